//! The operating system's packages: installed where that is Debian and allowed, asked for by name elsewhere.

use std::path::Path;

use anyhow::{Result, bail};

use crate::process::{capture, command, find, run, step};

/// Installs Debian packages that are missing, or says what to install. `what` names them for the person.
pub(crate) fn install(what: &str, packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !Path::new("/etc/debian_version").exists() || find("apt-get").is_none() {
        bail!(
            "{what} is missing; install it with your system's package manager (on Debian: {names}), then run this again"
        );
    }
    let Some(prefix) = administrator() else {
        bail!("{what} is missing; run `sudo apt-get install {names}`, then run this again");
    };
    step(&format!("Installing {what} from Debian's packages ({names})"), || {
        let apt = |arguments: &[&str]| {
            let (program, before) = prefix.split_first().unwrap_or((&"apt-get", &[]));
            let mut apt = command(program);
            apt.args(before).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
            apt
        };
        capture(&mut apt(&["update"]))?;
        let mut install = apt(&["install", "--yes", "--no-install-recommends"]);
        run(install.args(&missing).stdout(std::process::Stdio::null()))
    })
}

/// How this user starts apt-get: as root directly, otherwise through a sudo that does not ask.
fn administrator() -> Option<Vec<&'static str>> {
    if capture(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Some(vec!["apt-get"]);
    }
    let quiet_sudo = find("sudo").is_some() && capture(command("sudo").args(["-n", "true"])).is_ok();
    quiet_sudo.then(|| vec!["sudo", "-n", "apt-get"])
}

fn installed(package: &str) -> bool {
    capture(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]))
        .is_ok_and(|status| status == "installed")
}
