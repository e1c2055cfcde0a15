//! Compiles the built-in bundles from their sources into the payloads that the command carries, so that the command works
//! from any folder and never disagrees with the rules it was built with.

use std::error::Error;
use std::path::Path;

use second_reading_bundle::source;

/// The built-in bundles.
const BUILT_IN: [&str; 2] = ["middlesbrough", "lga-model-code"];

/// Their sources and what these include.
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={RULES}");
    let output = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?;
    for id in BUILT_IN {
        let bytes = source::load(&Path::new(RULES).join(id), &[])
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?
            .to_contents()
            .to_bytes()?;
        std::fs::write(Path::new(&output).join(format!("{id}.json")), bytes)?;
    }
    Ok(())
}
