//! Places in a draft. A byte offset and a UTF-16 offset are different types, so that one is never taken for the other.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in the UTF-8 draft, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteSpan {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl ByteSpan {
    /// Whether the two share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: ByteSpan) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A half-open range of UTF-16 code units, as JavaScript counts a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Utf16Span {
    /// The first code unit.
    pub start: usize,
    /// One past the last code unit.
    pub end: usize,
}

/// The same places counted in UTF-16 code units, in the same order: one pass over the text for all of them.
///
/// An offset inside a character counts as that character's start, and one past the end as the end.
#[must_use]
pub fn utf16_spans(text: &str, spans: &[ByteSpan]) -> Vec<Utf16Span> {
    let mut edges: Vec<usize> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut counted = Vec::with_capacity(edges.len());
    let mut units = 0;
    let mut waiting = edges.iter().peekable();
    for (at, c) in text.char_indices() {
        while waiting.next_if(|edge| **edge < at + c.len_utf8()).is_some() {
            counted.push(units);
        }
        if waiting.peek().is_none() {
            break;
        }
        units += c.len_utf16();
    }
    counted.resize(edges.len(), units);
    let unit =
        |byte: usize| edges.binary_search(&byte).ok().and_then(|i| counted.get(i).copied()).unwrap_or(units);
    spans.iter().map(|span| Utf16Span { start: unit(span.start), end: unit(span.end) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_code_units() {
        let text = "a🌹é—z";
        let all: Vec<ByteSpan> =
            text.char_indices().map(|(start, c)| ByteSpan { start, end: start + c.len_utf8() }).collect();
        let units: Vec<(usize, usize)> =
            utf16_spans(text, &all).iter().map(|span| (span.start, span.end)).collect();
        assert_eq!(units, [(0, 1), (1, 3), (3, 4), (4, 5), (5, 6)]);
        assert!(utf16_spans("", &[]).is_empty());
    }
}
