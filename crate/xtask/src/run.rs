//! `cargo xtask run`: the demo sites and a browser with the extension, from a fresh machine to a first warning.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;

use crate::browsers::Browser;
use crate::process::{command, root, run as run_command};
use crate::{build, node};

/// What `cargo xtask run` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// The browser to open
    #[arg(long, value_enum, default_value = "chromium")]
    browser: Browser,
    /// Without a window, for a machine without a display
    #[arg(long)]
    headless: bool,
    /// Post something risky on the demo forum, write a picture of the warning, and end
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
}

/// Sets up, builds, serves the demo and opens the browser until it is closed.
pub(crate) fn run(options: &Options) -> Result<()> {
    let display = std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some();
    if cfg!(target_os = "linux") && !display && !options.headless {
        bail!(
            "there is no display to open a window on; \
             `cargo xtask run --headless --screenshot warning.png` shows a warning as a picture instead"
        );
    }
    let program = options.browser.ensure()?;
    node::ensure_packages()?;
    build::run(&build::Options::default())?;
    let mut demo = command("node");
    demo.args(["--import", "tsx"])
        .arg(root().join("tests/support/run-demo.ts"))
        .args(["--browser", options.browser.name()])
        .arg("--binary")
        .arg(program)
        .arg("--dist")
        .arg(root().join("dist").join(options.browser.name()));
    if options.headless {
        demo.arg("--headless");
    }
    if let Some(file) = &options.screenshot {
        demo.arg("--screenshot").arg(std::path::absolute(file)?);
    }
    run_command(&mut demo)
}
