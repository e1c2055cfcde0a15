//! `cargo xtask`: builds, runs, tests and packages the extension and the command.
//!
//! Each subcommand first sets up what it needs and says what it is doing. It knows nothing of how posts are
//! read: that is the engine's. What it cannot put right by itself it names in one line, with the way out.

mod accuracy;
mod browsers;
mod build;
mod figures;
mod fuzz;
mod manifest;
mod node;
mod package;
mod process;
mod run;
mod system;
mod test;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, runs, tests and packages Second Reading", version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the extension into dist/chromium and dist/firefox, and the command into target/release
    Build(build::Options),
    /// Build, start the demo sites and open a browser with the extension loaded
    Run(run::Options),
    /// Run every test: Rust, WebAssembly, and both browsers
    Test(test::Options),
    /// Judge the built-in rules on the labelled posts
    Accuracy(accuracy::Options),
    /// Try bundle files at random: parse, verify, load, review
    Fuzz(fuzz::Options),
    /// Check formatting, lints and types of everything
    Lint,
    /// Make the packages that browsers and stores install, in dist/
    Package,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Build(options) => build::run(&options),
        Task::Run(options) => run::run(&options),
        Task::Test(options) => test::run(&options),
        Task::Accuracy(options) => accuracy::run(&options),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Lint => test::lint(),
        Task::Package => package::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nStopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}
