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
    let edges = spans.iter().map(|span| [span.start, span.end]);
    let counted = recount(text, edges.collect(), char::len_utf8, char::len_utf16);
    counted.into_iter().map(|[start, end]| Utf16Span { start, end }).collect()
}

/// The same places counted in bytes: [`utf16_spans`] the other way round.
#[must_use]
pub fn byte_spans(text: &str, spans: &[Utf16Span]) -> Vec<ByteSpan> {
    let edges = spans.iter().map(|span| [span.start, span.end]);
    let counted = recount(text, edges.collect(), char::len_utf16, char::len_utf8);
    counted.into_iter().map(|[start, end]| ByteSpan { start, end }).collect()
}

/// Places of a text, counted anew by another measure of its characters.
fn recount(
    text: &str,
    spans: Vec<[usize; 2]>,
    from: fn(char) -> usize,
    to: fn(char) -> usize,
) -> Vec<[usize; 2]> {
    let mut edges = spans.concat();
    edges.sort_unstable();
    edges.dedup();
    let mut counted = Vec::with_capacity(edges.len());
    let (mut passed, mut units) = (0, 0);
    let mut waiting = edges.iter().peekable();
    for c in text.chars() {
        passed += from(c);
        while waiting.next_if(|edge| **edge < passed).is_some() {
            counted.push(units);
        }
        if waiting.peek().is_none() {
            break;
        }
        units += to(c);
    }
    counted.resize(edges.len(), units);
    let unit = |edge| edges.binary_search(&edge).ok().and_then(|i| counted.get(i).copied()).unwrap_or(units);
    spans.into_iter().map(|span| span.map(unit)).collect()
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
        assert_eq!(byte_spans(text, &utf16_spans(text, &all)), all, "and back");
        let bent = [Utf16Span { start: 2, end: 900 }];
        assert_eq!(byte_spans(text, &bent), [ByteSpan { start: 1, end: text.len() }]);
    }
}
