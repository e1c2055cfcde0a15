//! The bundle that a command reads with: the built-in one, or a payload file.

use std::path::PathBuf;

use second_reading_bundle::{LoadedBundle, Payload};

use crate::outcome::Failure;

/// The payload of the built-in bundle, compiled from `rules/middlesbrough` by the build script.
const BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in.json"));

/// The bundle in the file, or the built-in one.
pub(crate) fn load(file: Option<PathBuf>) -> Result<LoadedBundle, Failure> {
    let Some(path) = file else {
        return Payload::parse(BUILT_IN)
            .and_then(|payload| payload.load())
            .map_err(|error| Failure::BuiltIn(Box::new(error)));
    };
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("srb")) {
        return Err(Failure::Signed(path));
    }
    match std::fs::read(&path) {
        Err(error) => Err(Failure::BundleUnread { path, error }),
        Ok(bytes) => Payload::parse(&bytes)
            .and_then(|payload| payload.load())
            .map_err(|error| Failure::BundleUnusable { path, error: Box::new(error) }),
    }
}
