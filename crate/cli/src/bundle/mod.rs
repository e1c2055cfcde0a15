//! `second-reading bundle`: what the writers and signers of rules need.
//!
//! What is wrong with a source is printed line by line, each with file, line and cure, in the form that editors turn
//! into links.

mod diff;
mod facts;
mod keys;
mod outputs;
mod posts;
mod signing;
mod starter;
mod telling;

use std::path::{Path, PathBuf};

use second_reading_bundle::source::{self, Source};
use second_reading_bundle::{MOST_PAYLOAD_BYTES, Refusal, inspect, load_and_try};

use self::telling::{complain, refuse_to_build, say, unheard};
use crate::arguments::BundleCommand;
use crate::loading;
use crate::outcome::{Failure, Outcome, tell};

/// Runs the command.
pub(crate) fn run(command: BundleCommand) -> Result<Outcome, Failure> {
    let result = match command {
        BundleCommand::New { folder, authority, on } => starter::run(&folder, authority, on),
        BundleCommand::Check { source } => with_source(&source, check),
        BundleCommand::Test { source } => with_source(&source, test),
        BundleCommand::Build { source: folder, output } => {
            with_source(&folder, |source| build(&folder, source, output))
        }
        BundleCommand::Keygen { output, password } => keys::generate(&output, &password),
        BundleCommand::Sign { payload, key, output, base, password } => {
            signing::sign(&payload, &key, &output, base, &password)
        }
        BundleCommand::Verify { file, key, base, on } => signing::verify(&file, &key, base, on),
        BundleCommand::Inspect { file } => facts::run(&file),
        BundleCommand::Diff { old, new, posts, on, base } => {
            diff::run(&old, &new, base, posts.as_deref(), on)
        }
    };
    unheard(result, Outcome::Good)
}

fn check(source: &Source) -> Result<Outcome, Failure> {
    let whole = source.whole().ok().and_then(|payload| payload.load().ok());
    say(format_args!(
        "{} serial {}: {} rules, {} identity rules, {} concepts, {} steps, all well formed",
        source.id,
        source.serial,
        source.rules.len(),
        source.identity.len(),
        source.concepts.len(),
        whole.map_or(0, |bundle| bundle.engine.steps()),
    ))?;
    Ok(Outcome::Good)
}

/// Does something with a source that is well formed.
fn with_source(
    folder: &Path,
    work: impl FnOnce(&Source) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    source_in(folder)?.map_or_else(Ok, |source| work(&source))
}

/// The source in a folder; the inner outcome is of one that is not good, which was told already.
fn source_in(folder: &Path) -> Result<Result<Source, Outcome>, Failure> {
    // Without its first file a folder is no bad bundle but none at all.
    let first = folder.join("bundle.toml");
    let renamed = folder.join("bundle.toml.txt");
    if !first.exists() && renamed.exists() {
        tell(format_args!("{}: is not read; take the `.txt` out of its name", renamed.display()));
        return Ok(Err(Outcome::Raised));
    }
    if let Err(error) = std::fs::metadata(&first) {
        return Err(Failure::SourceUnread { path: first, error });
    }
    Ok(source::load(folder, &loading::built_in()?).map_err(|errors| complain(&errors)))
}

fn test(source: &Source) -> Result<Outcome, Failure> {
    let report = match source::test(source) {
        Ok(report) => report,
        Err(error) => return Ok(complain(&[error])),
    };
    let outcome = if report.failures.is_empty() { Outcome::Good } else { complain(&report.failures) };
    let said = say(format_args!(
        "{} serial {}: {} rules, {} examples, {} not as they should be",
        source.id,
        source.serial,
        report.rules,
        report.examples,
        report.failures.len()
    ));
    unheard(said.map(|()| outcome), outcome)
}

fn build(folder: &Path, source: &Source, output: PathBuf) -> Result<Outcome, Failure> {
    outputs::spare(&output, source.files.iter().map(PathBuf::as_path), &format!("{}.json", source.id))?;
    if outputs::ends_in(&output, "srb") {
        return Err(Failure::LooksSigned { path: output, id: source.id.clone() });
    }
    let bytes = source
        .to_contents()
        .to_bytes()
        .map_err(|error| Failure::BundleUnusable { path: output.clone(), error: Box::new(error) })?;
    if let Err(refusal) = taken(&bytes, source) {
        return Ok(refuse_to_build(folder, &refusal));
    }
    outputs::replace(&output, &bytes)?;
    say(format_args!("{}: {} serial {}, {} bytes", output.display(), source.id, source.serial, bytes.len()))?;
    Ok(Outcome::Good)
}

/// Reads what is to be written as whoever signs or installs it will: its very bytes, with room for a signature, and the
/// sentences in them. What a source can hold and they cannot would come to light there, with nobody near to mend it.
fn taken(bytes: &[u8], source: &Source) -> Result<(), Refusal> {
    if bytes.len() > MOST_PAYLOAD_BYTES {
        return Err(Refusal::TooLarge { bytes: bytes.len(), most: MOST_PAYLOAD_BYTES });
    }
    let (_, contents) = inspect(bytes)?;
    let base = source.base.as_ref().map(|base| base.payload.as_ref());
    load_and_try(&contents.on(base)?).map(drop)
}
