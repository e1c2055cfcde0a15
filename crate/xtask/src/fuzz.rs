//! `cargo xtask fuzz`: tries bundle files at random for as long as it is told.

use anyhow::Result;
use clap::Args;

use crate::process::{cargo, root, run as run_command, step};

/// What `cargo xtask fuzz` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// How long to try
    #[arg(long, value_name = "N", default_value_t = 10)]
    minutes: u64,
    /// A number to repeat a run by
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Runs the fuzz target; inputs with a new kind of answer, and findings, stay in `tests/fuzz/bundle`.
pub(crate) fn run(options: &Options) -> Result<()> {
    step(&format!("Trying bundle files at random for {} minutes", options.minutes), || {
        run_command(
            cargo()
                .args(["run", "--release", "--package", "second-reading-bundle", "--example", "fuzz", "--"])
                .arg((options.minutes * 60).to_string())
                .arg(root().join("tests/fuzz/bundle"))
                .arg(options.seed.to_string()),
        )
    })
}
