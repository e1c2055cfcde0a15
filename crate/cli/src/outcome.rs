//! What a run came to, and the exit code that says so.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use second_reading_bundle::Refusal;

use crate::shown::shown;

/// What a run came to; a later one outweighs an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// All is well: exit 0.
    #[default]
    Good,
    /// A post raised a warning, or a bundle is not good: exit 1.
    Raised,
    /// Some input could not be used: exit 2.
    Unusable,
}

impl Outcome {
    /// Takes the other outcome where it weighs more.
    pub(crate) fn include(&mut self, other: Outcome) {
        *self = (*self).max(other);
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(match outcome {
            Outcome::Good => 0,
            Outcome::Raised => 1,
            Outcome::Unusable => 2,
        })
    }
}

/// Says something on standard error, on one line. Where that is closed or full there is nobody to tell, and the exit code still
/// says it.
pub(crate) fn tell(words: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{}", shown(&words.to_string()));
}

/// A refusal in words, with the way out that the command has: nothing is installed here.
pub(crate) fn in_words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoBase { base, serial } => format!(
            "The bundle adds to `{base}` of serial {serial} or later, which is not built in. Give it with `--base FILE`."
        ),
        refusal => refusal.to_string(),
    }
}

/// What stops a run. Each message names its source and the way out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("nothing to read: name a FILE, give --text \"…\", or - for standard input")]
    NothingToRead,
    #[error("{path}: {error}")]
    BundleUnusable { path: PathBuf, error: Box<dyn std::error::Error> },
    #[error("what is built in does not load ({0}); build the command again, or give --bundle FILE")]
    BuiltIn(Box<dyn std::error::Error>),
    #[error("{path}: {}", in_words(refusal))]
    Refused { path: PathBuf, refusal: Refusal },
    #[error("{path}: a base is a whole bundle, and this is itself an overlay, on `{base}`; name a whole one")]
    BaseIsOverlay { path: PathBuf, base: String },
    #[error(
        "{0}: this is a folder; name a payload or a signed file (`second-reading bundle build {0} -o NAME.json` makes a payload of a source)"
    )]
    Folder(PathBuf),
    #[error("{path}: {problem}")]
    Key { path: PathBuf, problem: String },
    #[error("{path}: {error}; check the name and that the file may be read")]
    Unread { path: PathBuf, error: std::io::Error },
    #[error("{0}: there is something of that name already; choose another name, or move it away")]
    InTheWay(PathBuf),
    #[error("{path}: files of that ending are sources; choose another name, such as {instead}")]
    LooksLikeSource { path: PathBuf, instead: String },
    #[error(
        "{path}: files of that ending are signed, and this would not be; build {id}.json and make it one with `bundle sign`"
    )]
    LooksSigned { path: PathBuf, id: String },
    #[error("{path}: there is no file, folder or built-in bundle of that name; built in are {built_in}")]
    NoBundle { path: PathBuf, built_in: String },
    #[error("there is no built-in bundle `{0}`; built in are {1}")]
    NoBuiltIn(String, String),
    #[error("{path}: {problem}; name a folder of .jsonl files, as `check --input jsonl` reads them")]
    NoPosts { path: PathBuf, problem: &'static str },
    #[error("{path}: {error}; name the folder of a bundle source, such as rules/middlesbrough")]
    SourceUnread { path: PathBuf, error: std::io::Error },
    #[error("{path}: {error}; check that the folder is there and may be written")]
    Unwritten { path: PathBuf, error: std::io::Error },
    #[error("standard output: {0}")]
    Output(std::io::Error),
    #[error("the machine gives no thread to read with: {0}")]
    NoThread(std::io::Error),
    #[error("reading stopped at a fault of this program; what was printed so far is whole")]
    Stopped,
}
