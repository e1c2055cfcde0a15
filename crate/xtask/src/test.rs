//! `cargo xtask test`: everything that can be checked, in the order that finds a fault soonest.

use std::fs;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::Command;

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
        run_command(&mut node_tests(&["tests/pages", "tests/wasm"], cores)?)
    })?;
    step("Setting up the forum and the comments to test with (.venv)", || {
        run_command(command("node").args(["--import", "tsx", "tests/apps/setup.ts"]))
    })?;
    let second_tries = SecondTries::none()?;
    let names: Vec<&str> = browsers.iter().map(|browser| browser.name()).collect();
    let what = format!("Running the guard's tests and the end-to-end tests in {}", names.join(" and "));
    let ended = step(&what, || side_by_side(&browsers, &second_tries));
    second_tries.tell();
    ended
}

/// Runs each browser's tests beside the other's: a browser that waits leaves the machine to the other. What the first says
/// is shown as it comes, what others say when they have ended.
fn side_by_side(browsers: &[Browser], second_tries: &SecondTries) -> Result<()> {
    let Some((first, others)) = browsers.split_first() else { return Ok(()) };
    let beside = |browser: &Browser| -> Result<()> {
        let words = root().join("target").join(format!("tests-in-{}.txt", browser.name()));
        let mut tests = browser_tests(*browser, second_tries)?;
        let told =
            fs::File::create(&words).with_context(|| format!("could not write {}", words.display()))?;
        let also = told.try_clone().context("could not write twice to one file")?;
        let ended = run_command(tests.stdout(told).stderr(also));
        eprint!("{}", fs::read_to_string(&words).unwrap_or_default());
        ended
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = others.iter().map(|browser| scope.spawn(move || beside(browser))).collect();
        let mut ended =
            vec![browser_tests(*first, second_tries).and_then(|mut tests| run_command(&mut tests))];
        for other in others {
            ended
                .push(other.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a thread of this program fell"))));
        }
        ended.into_iter().collect()
    })
}

/// The guard's tests and then the end-to-end tests in one browser, one file after another: two of one browser's would
/// change each other's policies.
fn browser_tests(browser: Browser, second_tries: &SecondTries) -> Result<Command> {
    let mut tests = node_tests(&["tests/guard", "tests/e2e"], 1)?;
    tests.env("BROWSER", browser.name()).env("SECOND_TRIES", &second_tries.0);
    Ok(tests)
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
fn node_tests(folders: &[&str], at_once: usize) -> Result<Command> {
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
    let mut node = command("node");
    node.args(["--import", "tsx", "--test", "--test-reporter=spec"])
        .arg(format!("--test-concurrency={at_once}"))
        .args(files);
    Ok(node)
}
