//! One entry of the input (a line, or a whole text), and the page that a chunk of them comes to.
//!
//! Whatever is wrong with an entry becomes an answer or a complaint in its place; it never ends a run.

use serde::Serialize;

use crate::outcome::Outcome;
use crate::output::{Frame, append};
use crate::shown::shown;
use crate::source::{Chunk, Content, LONGEST};

/// One line, or one whole text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// How messages name where it comes from.
    pub(crate) source: &'a str,
    /// The number of the line, from 1; `None` for a whole text.
    pub(crate) line: Option<u64>,
    /// What it holds, without the line end and without a byte order mark.
    pub(crate) text: &'a str,
    /// How many bytes the byte order mark before it takes; 0 where there is none.
    pub(crate) mark: usize,
}

/// What a command does with one entry.
pub(crate) trait Work: Send + Sync + 'static {
    /// Reads the entry and appends what is printed of it to `out`; or says why it could not be used.
    fn read(&self, entry: Entry<'_>, out: &mut Vec<u8>) -> Result<Outcome, String>;
}

/// What one chunk came to.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// For standard output.
    pub(crate) out: Vec<u8>,
    /// For standard error.
    pub(crate) complaints: String,
    /// What its entries came to.
    pub(crate) outcome: Outcome,
}

/// The answer to a line that could not be used.
#[derive(Serialize)]
struct BadLine<'a> {
    line: u64,
    error: &'a str,
}

impl Page {
    /// Reads a chunk.
    pub(crate) fn read(work: &impl Work, frame: &Frame, chunk: &Chunk) -> Page {
        let mut page = Page::default();
        match &chunk.content {
            Content::Whole(bytes) => page.entry(work, frame, &chunk.source, None, bytes),
            Content::Lines { first, bytes } => {
                // The last line end ends a line; it does not begin one.
                let lines = bytes.strip_suffix(b"\n").unwrap_or(bytes);
                for (line, bytes) in (*first..).zip(lines.split(|byte| *byte == b'\n')) {
                    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
                    page.entry(work, frame, &chunk.source, Some(line), bytes);
                }
            }
            Content::LineTooLong { line } => {
                page.complain(frame, &chunk.source, Some(*line), &too_long("line"));
            }
            Content::TextTooLong => page.complain(frame, &chunk.source, None, &too_long("text")),
            Content::Failed(error) => page.complain(
                frame,
                &chunk.source,
                None,
                &format!("{error}; check the name and that it may be read"),
            ),
        }
        page
    }

    fn entry(&mut self, work: &impl Work, frame: &Frame, source: &str, line: Option<u64>, bytes: &[u8]) {
        let starts_source = line.is_none_or(|line| line == 1);
        let byte_order_mark = "\u{feff}".as_bytes();
        let marked = bytes.strip_prefix(byte_order_mark).filter(|_| starts_source);
        let (bytes, mark) = marked.map_or((bytes, 0), |bytes| (bytes, byte_order_mark.len()));
        if line.is_some() && bytes.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        let before = self.out.len();
        let result = if bytes.len() > LONGEST {
            Err(too_long("line"))
        } else {
            match std::str::from_utf8(bytes) {
                Err(error) => {
                    Err(format!("not UTF-8 from byte {} on; save it as UTF-8", error.valid_up_to() + 1))
                }
                Ok(text) => {
                    self.separate(frame);
                    let start = self.out.len();
                    let result = work.read(Entry { source, line, text, mark }, &mut self.out);
                    if self.out.len() == start {
                        self.out.truncate(before);
                    } else {
                        self.out.extend_from_slice(frame.end.as_bytes());
                    }
                    result
                }
            }
        };
        match result {
            Ok(outcome) => self.outcome.include(outcome),
            Err(error) => {
                self.out.truncate(before);
                self.complain(frame, source, line, &error);
            }
        }
    }

    fn separate(&mut self, frame: &Frame) {
        if !self.out.is_empty() {
            self.out.extend_from_slice(frame.between.as_bytes());
        }
    }

    fn complain(&mut self, frame: &Frame, source: &str, line: Option<u64>, error: &str) {
        self.outcome.include(Outcome::Unusable);
        match line {
            Some(line) if frame.bad_lines_in_place => {
                self.separate(frame);
                append(&mut self.out, &BadLine { line, error });
                self.out.extend_from_slice(frame.end.as_bytes());
            }
            Some(line) => {
                self.complaints += &format!("second-reading: {}:{line}: {}\n", shown(source), shown(error));
            }
            None => self.complaints += &format!("second-reading: {}: {}\n", shown(source), shown(error)),
        }
    }
}

fn too_long(what: &str) -> String {
    format!("longer than {} MiB; no post is, so look whether this {what} lost its line ends", LONGEST >> 20)
}
