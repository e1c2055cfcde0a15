//! `cargo xtask package`: one file a browser, as stores and policies take it. The same sources give the same bytes.

use std::fs;
use std::io::Write;

use anyhow::Result;
use walkdir::WalkDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::browsers::Browser;
use crate::build;
use crate::manifest::{self, Channel};
use crate::process::{root, step};

/// Builds, then packs each browser's folder.
pub(crate) fn run() -> Result<()> {
    build::run(&build::Options::default())?;
    for browser in Browser::ALL {
        let name = format!("second-reading-{}-{}.zip", browser.name(), env!("CARGO_PKG_VERSION"));
        step(&format!("Packing dist/{name}"), || {
            let folder = root().join("dist").join(browser.name());
            // A fixed time and a fixed order: who rebuilds the package can compare it byte by byte.
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(DateTime::default())
                .unix_permissions(0o644);
            let mut archive = ZipWriter::new(fs::File::create(root().join("dist").join(&name))?);
            for entry in WalkDir::new(&folder).sort_by_file_name() {
                let entry = entry?;
                if !entry.file_type().is_file() {
                    continue;
                }
                let inside = entry.path().strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
                archive.start_file(&inside, options)?;
                if inside == "manifest.json" {
                    archive.write_all(manifest::for_browser(browser, Channel::Store)?.as_bytes())?;
                } else {
                    archive.write_all(&fs::read(entry.path())?)?;
                }
            }
            archive.finish()?;
            Ok(())
        })?;
    }
    Ok(())
}
