//! Sizes that are kept under version control, so that growth shows in a diff.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::process::root;

const FILE: &str = "docs/figures/size.json";

/// A built file's size in bytes, as it lies and as it travels.
pub(crate) struct Size {
    pub(crate) raw: u64,
    pub(crate) gzip: u64,
}

/// Measures one file.
pub(crate) fn measure(file: &Path) -> Result<Size> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&bytes)?;
    Ok(Size { raw: bytes.len() as u64, gzip: encoder.finish()?.len() as u64 })
}

/// Prints the sizes beside the committed ones, and says how to commit new ones where they moved by more than 2 %.
pub(crate) fn report(sizes: &[(&str, Size)]) -> Result<()> {
    let file = root().join(FILE);
    let committed: Value =
        fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or(Value::Null);
    let mut moved = false;
    for (name, size) in sizes {
        let before = committed[*name]["gzip_bytes"].as_u64();
        let beside = match before {
            Some(before) if before == size.gzip => "as committed".to_owned(),
            Some(before) => format!("committed: {before}"),
            None => "no committed figure".to_owned(),
        };
        moved |= before.is_none_or(|before| size.gzip.abs_diff(before) * 50 > before);
        eprintln!("  {name}: {} bytes, {} gzipped ({beside})", size.raw, size.gzip);
    }
    if moved {
        eprintln!(
            "  Sizes moved by more than 2 %: `cargo xtask build --write-sizes` keeps the new ones in {FILE}."
        );
    }
    Ok(())
}

/// Keeps the sizes as the committed figures.
pub(crate) fn write(sizes: &[(&str, Size)]) -> Result<()> {
    let figures: serde_json::Map<String, Value> = sizes
        .iter()
        .map(|(name, size)| ((*name).to_owned(), json!({ "bytes": size.raw, "gzip_bytes": size.gzip })))
        .collect();
    let file = root().join(FILE);
    fs::create_dir_all(file.parent().unwrap_or(&file))?;
    fs::write(&file, format!("{}\n", serde_json::to_string_pretty(&figures)?))
        .with_context(|| format!("{FILE} cannot be written"))
}
