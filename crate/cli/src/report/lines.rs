//! Where the lines of a post begin, found once for all that is reported of it.

use second_reading_engine::ByteSpan;

/// The lines of a text; only `\n` ends one.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// The byte at which each line begins; the first begins at 0.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let behind_ends = text.match_indices('\n').map(|(end, _)| end + 1);
        Lines { text, starts: std::iter::once(0).chain(behind_ends).collect() }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub(super) fn position(&self, at: usize) -> (usize, usize) {
        let line = self.line(at);
        let start = self.start(line);
        let before = self.text.get(start..at).unwrap_or_default();
        (line + 1, before.chars().count() + 1)
    }

    /// The whole lines that some spans stand in, those between them too, and the number of the first, from 1. All of the
    /// text where there is no span.
    pub(super) fn around(&self, spans: &[ByteSpan]) -> (ByteSpan, usize) {
        let first = spans.iter().map(|span| span.start).min();
        let last = spans.iter().map(|span| span.end).max();
        let (Some(first), Some(last)) = (first, last) else {
            return (ByteSpan { start: 0, end: self.text.len() }, 1);
        };
        let (from, to) = (self.line(first), self.line(last));
        let end = self.starts.get(to + 1).map_or(self.text.len(), |next| next - 1);
        (ByteSpan { start: self.start(from), end }, from + 1)
    }

    /// The number of the line, from 0, that a byte stands in.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_from_one_in_characters() {
        let lines = Lines::of("é b\nc\r\n\nd");
        for (at, position) in [(0, (1, 1)), (2, (1, 2)), (4, (1, 4)), (5, (2, 1)), (8, (3, 1)), (9, (4, 1))] {
            assert_eq!(lines.position(at), position, "{at}");
        }
    }

    #[test]
    fn spans_bring_their_whole_lines() {
        let text = "one\ntwo\nthree\nfour";
        let lines = Lines::of(text);
        let around = |spans: &[ByteSpan]| {
            let (whole, first) = lines.around(spans);
            (&text[whole.start..whole.end], first)
        };
        assert_eq!(around(&[ByteSpan { start: 5, end: 7 }]), ("two", 2));
        assert_eq!(
            around(&[ByteSpan { start: 9, end: 10 }, ByteSpan { start: 5, end: 6 }]),
            ("two\nthree", 2)
        );
        assert_eq!(around(&[ByteSpan { start: 15, end: 18 }]), ("four", 4));
        assert_eq!(around(&[]), (text, 1));
    }
}
