//! Node and the JavaScript packages, from the lock file.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::process::{capture, command, find, root, run, step};

/// Installs the locked packages, unless they are what the lock file says already.
pub(crate) fn ensure_packages() -> Result<()> {
    if find("node").is_none() || find("npm").is_none() {
        bail!("Node is missing; install Node 20 or newer (https://nodejs.org), then run this again");
    }
    let version = capture(command("node").arg("--version"))?;
    let major: u32 =
        version.trim().trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok()).unwrap_or(0);
    if major < 20 {
        bail!("Node {} is too old; install Node 20 or newer, then run this again", version.trim());
    }
    let lock = fs::read(root().join("package-lock.json")).context("package-lock.json cannot be read")?;
    let stamp = root().join("node_modules/.second-reading-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("Installing the locked JavaScript packages (npm ci)", || {
        run(command("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
        fs::write(&stamp, &lock).context("node_modules cannot be written")
    })
}

/// A program that one of the packages brings.
pub(crate) fn tool(name: &str) -> std::process::Command {
    command(root().join("node_modules/.bin").join(name))
}
