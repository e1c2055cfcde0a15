//! What can be wrong with a rule set, said so that whoever wrote it finds the place.

use thiserror::Error;

/// A rule set that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{owner}: {problem}{}", place(.pattern, .at))]
pub struct LoadError {
    /// What it is in, such as `rule respect.liar` or `concept insult`.
    pub owner: String,
    /// The pattern or member, if it is in one.
    pub pattern: Option<String>,
    /// The character in the pattern at which it was noticed.
    pub at: Option<usize>,
    /// What is wrong, and what would put it right.
    pub problem: String,
    /// Whether it is well formed, and refused for what it would cost in time or memory.
    pub costly: bool,
}

fn place(pattern: &Option<String>, at: &Option<usize>) -> String {
    match (pattern, at) {
        (Some(pattern), Some(at)) => format!(" (in `{pattern}`, at character {})", at + 1),
        (Some(pattern), None) => format!(" (in `{pattern}`)"),
        _ => String::new(),
    }
}

impl LoadError {
    pub(crate) fn new(owner: impl Into<String>, problem: impl Into<String>) -> LoadError {
        LoadError { owner: owner.into(), pattern: None, at: None, problem: problem.into(), costly: false }
    }

    /// The same, for something that would cost too much.
    pub(crate) fn costly(self) -> LoadError {
        LoadError { costly: true, ..self }
    }

    pub(crate) fn in_pattern(
        owner: &str,
        pattern: &str,
        at: Option<usize>,
        problem: impl Into<String>,
    ) -> LoadError {
        LoadError { pattern: Some(pattern.to_owned()), at, ..LoadError::new(owner, problem) }
    }
}
