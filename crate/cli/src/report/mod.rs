//! How answers are printed: for programs (JSON), for people (text), for editors and pipelines (SARIF).

pub(crate) mod json;
mod lines;
pub(crate) mod sarif;
pub(crate) mod text;

use second_reading_engine::{ByteSpan, Review};

use crate::arguments::Format;
use crate::output::Frame;

/// A review with what it is a review of.
#[derive(Clone, Copy)]
pub(crate) struct Reviewed<'a> {
    /// How messages name the source.
    pub(crate) source: &'a str,
    /// The line of the source; `None` where the source is the post.
    pub(crate) line: Option<u64>,
    /// The id of the post.
    pub(crate) id: &'a str,
    /// The post.
    pub(crate) text: &'a str,
    /// How many bytes of the source, a byte order mark, stand before the post. The engine's spans are offsets into the
    /// text as it was reviewed, and JSON gives them so; only what points into the file itself counts these too.
    pub(crate) mark: usize,
    /// The review.
    pub(crate) review: &'a Review,
}

impl Reviewed<'_> {
    /// The words of a span. The engine's spans lie on character boundaries of the text they were found in.
    pub(crate) fn words(&self, span: ByteSpan) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

/// What stands around and between the answers of a format.
pub(crate) fn frame(format: Format) -> Frame {
    let lines = Frame {
        before: String::new(),
        between: "",
        end: "\n",
        after: |_| String::new(),
        bad_lines_in_place: true,
    };
    match format {
        Format::Text => Frame { bad_lines_in_place: false, ..lines },
        Format::Jsonl => lines,
        Format::Json => {
            Frame { before: "[\n".into(), between: ",\n", end: "", after: |_| "\n]\n".into(), ..lines }
        }
        Format::Sarif => sarif::frame(),
    }
}
