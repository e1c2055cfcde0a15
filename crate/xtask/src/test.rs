//! `cargo xtask test`: everything that can be checked, in the order that finds a fault soonest.

use std::fs;
use std::num::NonZero;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::browsers::Browser;
use crate::process::{cargo, command, root, run as run_command, step};
use crate::{accuracy, build, node, system};

/// What `cargo xtask test` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Leave formatting, lints and types out
    #[arg(long)]
    no_lint: bool,
    /// Only one browser, while working on it
    #[arg(long, value_enum)]
    browser: Option<Browser>,
}

/// Sets up, then runs every test.
pub(crate) fn run(options: &Options) -> Result<()> {
    // One of the comment server's parts has no ready-made build: it is compiled for this machine.
    system::install(
        "what the real forum and comment server need of Python",
        &["python3-venv", "python3-dev", "gcc"],
    )?;
    system::install("the real tool that signed bundles must agree with", &["minisign"])?;
    node::ensure_packages()?;
    let browsers: Vec<Browser> = options.browser.map_or(Browser::ALL.to_vec(), |one| vec![one]);
    for browser in &browsers {
        browser.ensure()?;
    }
    step("Running the Rust tests", || {
        let product = ["--workspace", "--exclude", "second-reading-xtask", "--all-features"];
        run_command(cargo().arg("test").args(product))?;
        // By itself, so that what was compiled to get here is not compiled again with other features.
        run_command(cargo().args(["test", "--package", "second-reading-xtask"]))
    })?;
    build::run(&build::Options::default())?;
    step("Checking that parties, names, places and groups are treated alike", accuracy::check_alike)?;
    if !options.no_lint {
        lint()?;
    }
    step("Running the tests of the pages' parts and of the WebAssembly face", || {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        node_tests(&["tests/pages", "tests/wasm"], &[], cores)
    })?;
    let second_tries = SecondTries::none()?;
    let file = second_tries.0.to_string_lossy();
    let ended = browsers.iter().try_for_each(|browser| {
        step(&format!("Running the guard's tests and the end-to-end tests in {}", browser.name()), || {
            // One file after another: browsers share the machine's two cores badly.
            node_tests(&["tests/guard"], &[("BROWSER", browser.name())], 1)?;
            node_tests(&["tests/e2e"], &[("BROWSER", browser.name()), ("SECOND_TRIES", &*file)], 1)
        })
    });
    second_tries.tell();
    ended
}

/// Formatting, lints and types of both languages, warnings being errors.
pub(crate) fn lint() -> Result<()> {
    node::ensure_packages()?;
    step("Checking formatting, lints and types", || {
        run_command(cargo().args(["fmt", "--all", "--check"]))?;
        run_command(cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "--deny",
            "warnings",
        ]))?;
        // A workspace of its own, which nothing else compiles.
        let timing = ["check", "--locked", "--features", "own", "--manifest-path", "model/bench/Cargo.toml"];
        run_command(cargo().args(timing).args(["--target-dir", "target"]))?;
        run_command(node::tool("biome").args(["check", "--error-on-warnings", "."]))?;
        for project in ["extension", "tests"] {
            run_command(node::tool("tsc").args(["--noEmit", "--project", project]))?;
        }
        Ok(())
    })
}

/// The tests that needed a second try (`tests/support/tries.ts`), in whichever browser.
struct SecondTries(PathBuf);

impl SecondTries {
    /// None so far.
    fn none() -> Result<SecondTries> {
        let file = root().join("target").join("second-tries.txt");
        fs::create_dir_all(root().join("target")).context("could not make target/")?;
        fs::write(&file, "").with_context(|| format!("could not write {}", file.display()))?;
        Ok(SecondTries(file))
    }

    /// Says which they were, last of all, so that it is not overlooked.
    fn tell(&self) {
        let tests = fs::read_to_string(&self.0).unwrap_or_else(|error| format!("unknown: {error}"));
        if !tests.is_empty() {
            eprintln!(
                "▸ Tried a second time, for a machine that stalled or a fault that is to be looked for:"
            );
            tests.lines().for_each(|test| eprintln!("  - {test}"));
        }
    }
}

/// The test files below folders, so many at once.
fn node_tests(folders: &[&str], environment: &[(&str, &str)], at_once: usize) -> Result<()> {
    let mut files = Vec::new();
    for folder in folders {
        let found = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
        let before = files.len();
        files.extend(
            found
                .filter_map(Result::ok)
                .map(walkdir::DirEntry::into_path)
                .filter(|path| path.to_string_lossy().ends_with(".test.ts")),
        );
        anyhow::ensure!(files.len() > before, "{folder} holds no tests");
    }
    run_command(
        command("node")
            .args(["--import", "tsx", "--test", "--test-reporter=spec"])
            .arg(format!("--test-concurrency={at_once}"))
            .args(files)
            .envs(environment.iter().copied()),
    )
}
