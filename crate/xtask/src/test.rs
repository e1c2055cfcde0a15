//! `cargo xtask test`: everything that can be checked, in the order that finds a fault soonest.

use std::fs;

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
        node_tests("tests/pages", &[])?;
        node_tests("tests/wasm", &[])
    })?;
    for browser in browsers {
        step(&format!("Running the guard's tests and the end-to-end tests in {}", browser.name()), || {
            node_tests("tests/guard", &[("BROWSER", browser.name())])?;
            end_to_end(browser)
        })?;
    }
    Ok(())
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
        run_command(node::tool("biome").args(["check", "--error-on-warnings", "."]))?;
        for project in ["extension", "tests"] {
            run_command(node::tool("tsc").args(["--noEmit", "--project", project]))?;
        }
        Ok(())
    })
}

/// The end-to-end tests in one browser. What passed only at its second try is told (`tests/support/tries.ts`).
fn end_to_end(browser: Browser) -> Result<()> {
    let noted = root().join("target").join(format!("second-tries-{}.txt", browser.name()));
    let file = noted.to_string_lossy();
    if noted.exists() {
        fs::remove_file(&noted).with_context(|| format!("could not remove {file}"))?;
    }
    let ended = node_tests("tests/e2e", &[("BROWSER", browser.name()), ("SECOND_TRIES", &*file)]);
    if noted.exists() {
        let tests = fs::read_to_string(&noted).with_context(|| format!("could not read {file}"))?;
        eprintln!("  tried a second time, which a slow machine or a fault to be looked for made necessary:");
        tests.lines().for_each(|test| eprintln!("  - {test}"));
    }
    ended
}

/// The test files below a folder, one after another: browsers share the machine's two cores badly.
fn node_tests(folder: &str, environment: &[(&str, &str)]) -> Result<()> {
    let mut files: Vec<_> = walkdir::WalkDir::new(root().join(folder))
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.to_string_lossy().ends_with(".test.ts"))
        .collect();
    files.sort();
    anyhow::ensure!(!files.is_empty(), "{folder} holds no tests");
    run_command(
        command("node")
            .args(["--import", "tsx", "--test", "--test-concurrency=1", "--test-reporter=spec"])
            .args(files)
            .envs(environment.iter().copied()),
    )
}
