//! `second-reading bundle`: what the writers of rules need, on a bundle's source.
//!
//! What is wrong with a source is printed line by line, each with file, line and cure, in the form that editors turn
//! into links.

use std::path::{Path, PathBuf};

use second_reading_bundle::source::{self, Source, SourceError};

use crate::arguments::BundleCommand;
use crate::outcome::{Failure, Outcome};

/// Runs the command.
pub(crate) fn run(command: BundleCommand) -> Result<Outcome, Failure> {
    match command {
        BundleCommand::Check { source } => with_source(&source, |source| {
            println!(
                "{} serial {}: {} rules, {} identity rules, {} concepts, all well formed",
                source.id,
                source.serial,
                source.rules.len(),
                source.identity.len(),
                source.concepts.len()
            );
            Ok(Outcome::Good)
        }),
        BundleCommand::Test { source } => with_source(&source, test),
        BundleCommand::Build { source, output } => with_source(&source, |source| build(source, output)),
    }
}

/// Does something with a source that is well formed.
fn with_source(
    folder: &Path,
    work: impl FnOnce(&Source) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    // Without its first file a folder is no bad bundle but none at all.
    let first = folder.join("bundle.toml");
    if let Err(error) = std::fs::metadata(&first) {
        return Err(Failure::SourceUnread { path: first, error });
    }
    match source::load(folder) {
        Ok(source) => work(&source),
        Err(errors) => Ok(complain(&errors)),
    }
}

fn complain(errors: &[SourceError]) -> Outcome {
    for error in errors {
        eprintln!("{error}");
    }
    Outcome::Raised
}

fn test(source: &Source) -> Result<Outcome, Failure> {
    let report = match source::test(source) {
        Ok(report) => report,
        Err(error) => return Ok(complain(&[error])),
    };
    let outcome = if report.failures.is_empty() { Outcome::Good } else { complain(&report.failures) };
    println!(
        "{} serial {}: {} rules, {} examples, {} not as they should be",
        source.id,
        source.serial,
        report.rules,
        report.examples,
        report.failures.len()
    );
    Ok(outcome)
}

fn build(source: &Source, output: PathBuf) -> Result<Outcome, Failure> {
    let bytes = source
        .to_payload()
        .to_bytes()
        .map_err(|error| Failure::BundleUnusable { path: output.clone(), error: Box::new(error) })?;
    std::fs::write(&output, &bytes).map_err(|error| Failure::Unwritten { path: output.clone(), error })?;
    println!("{}: {} serial {}, {} bytes", output.display(), source.id, source.serial, bytes.len());
    Ok(Outcome::Good)
}
