//! Finding a browser, or installing one from Debian's packages.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::process::find;
use crate::system;

/// The two browsers that every test runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Browser {
    /// Chromium; not branded Chrome, which no longer loads an extension from its command line.
    Chromium,
    /// Firefox, or Firefox ESR.
    Firefox,
}

impl Browser {
    pub(crate) const ALL: [Browser; 2] = [Browser::Chromium, Browser::Firefox];

    /// The name used in folders and arguments.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
        }
    }

    fn programs(self) -> &'static [&'static str] {
        match self {
            Browser::Chromium => &["chromium", "chromium-browser"],
            Browser::Firefox => &["firefox-esr", "firefox"],
        }
    }

    /// The browser's program, installed first where it is missing and that can be done.
    pub(crate) fn ensure(self) -> Result<PathBuf> {
        if let Some(program) = self.programs().iter().find_map(|name| find(name)) {
            return Ok(program);
        }
        let package = self.programs()[0];
        if let Err(why) =
            system::install(self.name(), &[package, "fonts-dejavu-core", "fonts-noto-color-emoji"])
        {
            if self == Browser::Chromium && find("google-chrome").is_some() {
                bail!(
                    "only branded Chrome is here, and it loads no extension from its command line. \
                     Open chrome://extensions, switch on Developer mode, press Load unpacked and choose \
                     dist/chromium; or install Chromium ({why:#})"
                );
            }
            return Err(why);
        }
        match self.programs().iter().find_map(|name| find(name)) {
            Some(program) => Ok(program),
            None => bail!("{package} was installed but is not on the PATH"),
        }
    }
}
