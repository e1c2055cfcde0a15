//! One file of a source: its text, where things stand in it, and what keeps it from being read.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;

use super::{Example, Place, SourceError};

/// A file's path and text.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// Where each line after the first starts.
    lines: Vec<usize>,
}

impl File {
    /// Reads a file, or says what keeps it from being read.
    pub(super) fn read(path: &Path) -> Result<File, SourceError> {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let lines = error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count();
            SourceError {
                file: path.to_owned(),
                line: Some(lines + 1),
                item: None,
                problem: "a letter is not written in UTF-8; save the file as UTF-8".to_owned(),
            }
        })?;
        let lines = text.match_indices('\n').map(|(end, _)| end + 1).collect();
        Ok(File { path: path.to_owned(), text, lines })
    }

    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|start| *start <= at) + 1
    }

    pub(super) fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.path.clone(), line: self.line(span.start) }
    }

    pub(super) fn examples(&self, found: Vec<Spanned<String>>) -> Vec<Example> {
        found
            .into_iter()
            .map(|text| Example { place: self.place(text.span()), text: text.into_inner() })
            .collect()
    }

    /// The line on which what is called `name` begins.
    pub(super) fn heading(&self, name: &str) -> Option<usize> {
        let begins = |line: &str| line.trim_start().trim_start_matches('[').starts_with(name);
        Some(self.text.lines().position(begins)? + 1)
    }

    pub(super) fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, SourceError> {
        toml::from_str(&self.text).map_err(|error| SourceError {
            file: self.path.clone(),
            line: error.span().map(|span| self.line(span.start)),
            item: None,
            problem: explained(error.message().trim()),
        })
    }
}

/// A message of the TOML reader, with the cure for what is most often behind it.
fn explained(message: &str) -> String {
    let cures = [
        ("invalid type: map, expected a sequence", "write its heading with two brackets, as in [[rule]]"),
        ("invalid type: map, expected a string", "put dates in quotation marks"),
        ("invalid type: string", "a list stands in [ ], and a number without quotation marks"),
        ("unexpected key or value", "each line holds one entry, without a comma at its end"),
    ];
    let message = message.replace('\n', "; ");
    match cures.iter().find(|(begins, _)| message.starts_with(begins)) {
        Some((_, cure)) => format!("{message}; {cure}"),
        None => message,
    }
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> SourceError {
    SourceError { file: path.to_owned(), line: None, item: None, problem: format!("cannot be read: {error}") }
}
