//! One file of a source: its text, where things stand in it, and what keeps it from being read.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;

use super::{Example, Place, SourceError};

/// What `bundle.toml` says before its first table: below a heading, an entry is the table's.
const ABOVE_HEADINGS: [&str; 12] = [
    "id",
    "authority",
    "serial",
    "issued",
    "expires",
    "successor",
    "locale",
    "include",
    "without",
    "clauses_as",
    "reviewers",
    "layers_off",
];

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

    /// Where what is called `name` begins: a table's heading, or an entry; failing that, the file's first line.
    pub(super) fn heading(&self, name: &str) -> Place {
        self.headings(name).next().unwrap_or_else(|| self.place(0..0))
    }

    /// Where each of the tables called `name` begins, or the entry of that name.
    pub(super) fn headings(&self, name: &str) -> impl Iterator<Item = Place> {
        let begins = move |line: &str| {
            let rest = line.trim_start().trim_start_matches('[').strip_prefix(name);
            rest.is_some_and(|rest| rest.trim_start().starts_with([']', '=']))
        };
        let lines = self.text.lines().enumerate().filter(move |(_, line)| begins(line));
        lines.map(|(at, _)| Place { file: self.path.clone(), line: at + 1 })
    }

    fn explained(&self, message: &str, span: Option<Range<usize>>) -> String {
        let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
        let is_first = self.path.file_name().is_some_and(|name| name == "bundle.toml");
        match unknown.filter(|key| is_first && ABOVE_HEADINGS.contains(key)) {
            Some(key) => format!("{message}; `{key}` stands above the first [heading] of the file"),
            None => explained(message, span.and_then(|span| self.text.get(span))),
        }
    }

    pub(super) fn parse<T: serde::de::DeserializeOwned>(&self) -> Result<T, SourceError> {
        toml::from_str(&self.text).map_err(|error| SourceError {
            file: self.path.clone(),
            line: error.span().map(|span| self.line(span.start)),
            item: None,
            problem: self.explained(error.message().trim(), error.span()),
        })
    }
}

/// A message of the TOML reader about these words, with the cure for what is most often behind it.
fn explained(message: &str, words: Option<&str>) -> String {
    let message = message.replace('\n', "; ");
    let is_date = words.is_some_and(|words| words.starts_with(|first: char| first.is_ascii_digit()));
    let cure = match message.split_once(", expected ") {
        _ if message.starts_with("unexpected key or value") => {
            "each line holds one entry, without a comma at its end; a number has a point, not a comma"
        }
        Some(("invalid type: map", "a sequence")) => "write its heading with two brackets, as in [[rule]]",
        Some(("invalid type: map", _)) if is_date => "put dates in quotation marks",
        Some(("invalid type: map", _)) => "write its heading with one bracket, as in [document]",
        Some((string, expected)) if string.starts_with("invalid type: string") => match expected {
            "a sequence" => "a list stands in [ ]",
            "a boolean" => "`true` and `false` stand without quotation marks",
            _ => "a number stands without quotation marks",
        },
        _ => return message,
    };
    format!("{message}; {cure}")
}

pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> SourceError {
    SourceError { file: path.to_owned(), line: None, item: None, problem: format!("cannot be read: {error}") }
}
