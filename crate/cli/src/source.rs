//! Where posts come from, cut into chunks of whole lines (or whole texts) that workers can read apart.
//!
//! A chunk holds what one `read` gave, up to its last line end. So a file is read in large pieces, while lines that
//! trickle through a pipe are passed on as they come; and no more than a chunk and one unfinished line is ever held.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

/// The longest line, and the longest single text, that is read: 16 MiB, far above any post. It bounds the memory that
/// broken input can take.
pub(crate) const LONGEST: usize = 16 << 20;

/// How much is asked for in one read.
const READ: usize = 128 << 10;

/// One place that posts come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input.
    StandardInput,
    /// Words given as an argument.
    Words(String),
}

impl Source {
    /// How messages and reviews name it.
    fn name(&self) -> Arc<str> {
        match self {
            Source::File(path) => path.display().to_string().into(),
            Source::StandardInput => "-".into(),
            Source::Words(_) => "text".into(),
        }
    }

    fn open(self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Source::File(path) => Box::new(File::open(path)?),
            Source::StandardInput => Box::new(io::stdin().lock()),
            Source::Words(words) => Box::new(io::Cursor::new(words)),
        })
    }
}

/// A piece of one source.
#[derive(Debug)]
pub(crate) struct Chunk {
    /// How messages name the source.
    pub(crate) source: Arc<str>,
    /// What it holds.
    pub(crate) content: Content,
}

/// What a chunk holds.
#[derive(Debug)]
pub(crate) enum Content {
    /// Whole lines; the last may lack its line end. `first` is the number of the first, from 1.
    Lines { first: u64, bytes: Vec<u8> },
    /// One text.
    Whole(Vec<u8>),
    /// A line longer than [`LONGEST`], left out.
    LineTooLong { line: u64 },
    /// A text longer than [`LONGEST`], left out.
    TextTooLong,
    /// The source could not be read (any further).
    Failed(io::Error),
}

/// The chunks of all sources, in order: of lines, or of whole texts.
pub(crate) fn chunks(sources: Vec<Source>, by_line: bool) -> impl Iterator<Item = Chunk> {
    sources.into_iter().flat_map(move |source| {
        let name = source.name();
        let contents: Box<dyn Iterator<Item = Content>> = match source.open() {
            Err(error) => Box::new(std::iter::once(Content::Failed(error))),
            Ok(input) if by_line => Box::new(Lines::new(input)),
            Ok(input) => Box::new(std::iter::once_with(|| whole(input))),
        };
        contents.map(move |content| Chunk { source: Arc::clone(&name), content })
    })
}

fn whole(input: impl Read) -> Content {
    let mut bytes = Vec::new();
    match input.take(LONGEST as u64 + 1).read_to_end(&mut bytes) {
        Err(error) => Content::Failed(error),
        Ok(read) if read > LONGEST => Content::TextTooLong,
        Ok(_) => Content::Whole(bytes),
    }
}

/// Cuts a stream at line ends.
struct Lines<R> {
    input: R,
    /// What was read and not yet passed on; at most one line that is still unfinished.
    held: Vec<u8>,
    /// The number of the first line in `held`.
    line: u64,
    /// Inside a line that is too long: dropped up to its end.
    dropping: bool,
    ended: bool,
}

impl<R: Read> Lines<R> {
    fn new(input: R) -> Self {
        Self { input, held: Vec::new(), line: 1, dropping: false, ended: false }
    }

    /// Passes on the first `length` bytes held, which end a line or the input.
    fn pass(&mut self, length: usize) -> Content {
        let rest = self.held.split_off(length);
        let bytes = std::mem::replace(&mut self.held, rest);
        let first = self.line;
        self.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Content::Lines { first, bytes }
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = Content;

    fn next(&mut self) -> Option<Content> {
        while !self.ended {
            let before = self.held.len();
            self.held.resize(before + READ, 0);
            let result = self.input.read(&mut self.held[before..]);
            self.held.truncate(before + result.as_ref().map_or(0, |read| *read));
            match result {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.ended = true;
                    return Some(Content::Failed(error));
                }
                Ok(0) => {
                    self.ended = true;
                    return (!self.held.is_empty()).then(|| self.pass(self.held.len()));
                }
                Ok(_) => {}
            }
            if self.dropping {
                let end = memchr::memchr(b'\n', &self.held);
                self.held.drain(..end.map_or(self.held.len(), |end| end + 1));
                if end.is_none() {
                    continue;
                }
                self.dropping = false;
                self.line += 1;
            }
            // Only what was just read can hold a line end; all of it where the end of a long line was dropped.
            let unseen = before.min(self.held.len());
            if let Some(last) = memchr::memrchr(b'\n', &self.held[unseen..]) {
                return Some(self.pass(unseen + last + 1));
            }
            if self.held.len() > LONGEST {
                self.held.clear();
                self.dropping = true;
                return Some(Content::LineTooLong { line: self.line });
            }
        }
        None
    }
}
