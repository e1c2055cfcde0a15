//! What the writers and signers of rules are told, and where it goes.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use second_reading_bundle::Refusal;
use second_reading_bundle::source::SourceError;

use crate::outcome::{Failure, Outcome, in_words, tell};
use crate::shown::shown;

/// Prints a line. What is closed or full is for the caller to hear of, and no fault of this program.
pub(super) fn say(words: impl Display) -> Result<(), Failure> {
    writeln!(io::stdout().lock(), "{}", shown(&words.to_string())).map_err(Failure::Output)
}

/// A reader of the output that goes away (`head`) ends the run quietly, with what it came to so far.
pub(super) fn unheard(result: Result<Outcome, Failure>, so_far: Outcome) -> Result<Outcome, Failure> {
    match result {
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(so_far),
        result => result,
    }
}

/// Says what is wrong with a source, a line each.
pub(super) fn complain(errors: &[SourceError]) -> Outcome {
    for error in errors {
        tell(error);
    }
    Outcome::Raised
}

/// Says why nothing is built of a source, with the id that programs branch on and the way out that its writer has.
pub(super) fn refuse_to_build(folder: &Path, refusal: &Refusal) -> Outcome {
    let why = match refusal {
        Refusal::FailingSelfTests { failed, tests, first } => format!(
            "It fails {failed} of the {tests} tests that go with it (the first: {first}). \
             `second-reading bundle test {}` lists them all, with their lines.",
            folder.display()
        ),
        Refusal::SlowPatterns(what) => format!("Its patterns would make reading slow: {what}."),
        Refusal::TooLarge { bytes, most } => format!(
            "The payload would have {bytes} bytes, and no more than {most} are read, with room for a signature. \
             Shorten its texts and lists of words, or take out rules."
        ),
        Refusal::Malformed(what) => format!("What is built of it could not be read: {what}."),
        refusal => in_words(refusal),
    };
    tell(format_args!("{}: {}: {why} Nothing was written.", folder.display(), refusal.id()));
    Outcome::Raised
}

/// Says why, with the id that programs branch on.
pub(super) fn refuse(path: &Path, refusal: &Refusal) -> Outcome {
    tell(format_args!("{}: {}: {}", path.display(), refusal.id(), in_words(refusal)));
    Outcome::Raised
}
