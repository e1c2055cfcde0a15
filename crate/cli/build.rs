//! Compiles the built-in bundle from its source into the payload that the command carries, so that the command works
//! from any folder and never disagrees with the rules it was built with.

use std::error::Error;
use std::path::Path;

use second_reading_bundle::source;

/// The built-in bundle's source and what it includes.
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={RULES}");
    let bytes = source::load(&Path::new(RULES).join("middlesbrough"), &[])
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?
        .to_contents()
        .to_bytes()?;
    let output = std::env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR for build scripts")?;
    std::fs::write(Path::new(&output).join("middlesbrough.json"), bytes)?;
    Ok(())
}
