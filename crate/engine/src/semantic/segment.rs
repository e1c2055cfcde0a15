//! Cutting a text into what is read at once: runs of whole sentences, with what stands around them.
//!
//! Most posts are one run. A longer one is cut into shorter ones, so that an edit costs the run it falls in and at times a
//! neighbour, and no more than [`WHOLE`] pieces are ever read at once. The trainer cuts posts in exactly this way
//! (`model/reviewer/segments.py`).
//!
//! What is judged of a run is the mean of its pieces, in which one risky sentence among harmless ones on other matters
//! goes under. So whatever holds more than fits into [`PART`] pieces is cut once more into parts of that size, and each
//! sentence in which rules found something is read by itself, with nothing beside it: `passage` says which parts are worth
//! reading.
//!
//! Where somebody else's message was left out between two pieces, no segment judges both: its marks and its judgement would
//! reach over words that it has not read.

use super::pieces::Piece;
use super::places::Places;
use super::reading::Cut;
use crate::ByteSpan;

/// How many runs of one text are read, about 100,000 characters, and how many parts at most.
pub const MOST_SEGMENTS: usize = 400;
/// A text of at most so many pieces is one segment.
pub(super) const WHOLE: usize = 80;
/// The most pieces that are judged at once in a longer one.
pub(super) const TARGET: usize = 56;
/// How many pieces before and after are read with them.
pub(super) const AROUND: usize = 12;
/// The most pieces that are judged at once when a text is read once more in parts: about as many as a short post has.
const PART: usize = 40;
/// How many sentences are read by themselves: in a text with more to be found, enough is found without.
const MOST_ALONE: usize = 40;

/// What is judged at once, and the pieces around it that are read with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The pieces that are read.
    pub(super) window: Vec<Piece>,
    /// The first of them that is judged.
    pub(super) start: usize,
    /// One past the last that is judged.
    pub(super) end: usize,
    /// What of the text it is.
    pub(super) cut: Cut,
}

impl Segment {
    /// What judges the pieces from `start` to `end`, with those around them.
    pub(super) fn of(pieces: &[Piece], start: usize, end: usize) -> Segment {
        let from = start.saturating_sub(AROUND);
        let to = pieces.len().min(end + AROUND);
        let window = pieces.get(from..to).unwrap_or_default().to_vec();
        Segment { window, start: start - from, end: end - from, cut: Cut::Run }
    }

    /// What judges the pieces from `start` to `end` without any others.
    fn alone(pieces: &[Piece], start: usize, end: usize) -> Segment {
        let window = pieces.get(start..end).unwrap_or_default().to_vec();
        Segment { start: 0, end: window.len(), window, cut: Cut::Sentence }
    }

    /// Whether it is a part of what is read in longer runs too.
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.cut != Cut::Run
    }

    /// The pieces that are judged.
    pub(super) fn judged_pieces(&self) -> &[Piece] {
        self.window.get(self.start..self.end).unwrap_or_default()
    }

    /// How many pieces are read for it: what a reading costs.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.window.len()
    }

    /// What is judged, in bytes of the text.
    #[must_use]
    pub fn judged(&self) -> ByteSpan {
        let pieces = self.judged_pieces();
        let start = pieces.first().map_or(0, |piece| piece.span.start);
        ByteSpan { start, end: pieces.last().map_or(start, |piece| piece.span.end) }
    }
}

/// The segments of a text that was read into these pieces: its runs, and then their parts, those sentences among them
/// that are `suspected`.
pub(super) fn cut(text: &str, pieces: &[Piece], suspected: &Places) -> Vec<Segment> {
    let runs = runs(text, pieces, 0, pieces.len());
    let parts = whole_sentences(text, pieces, 0, pieces.len(), PART);
    // One that a run judges already would say nothing new.
    let parts = parts.into_iter().filter(|part| runs.binary_search(part).is_err());
    let parts = parts.map(|(start, end)| Segment { cut: Cut::Part, ..Segment::of(pieces, start, end) });
    let alone = alone(text, pieces, suspected).into_iter().filter(|sentence| *sentence != (0, pieces.len()));
    let alone = alone.map(|(start, end)| Segment::alone(pieces, start, end));
    let mut parts: Vec<Segment> = parts.chain(alone).collect();
    parts.sort_by_key(|part| part.judged().start);
    let runs = runs.iter().map(|(start, end)| Segment::of(pieces, *start, *end)).take(MOST_SEGMENTS);
    runs.chain(parts).collect()
}

/// The sentences in which something is suspected, each by itself: the first [`MOST_ALONE`], and not those that make
/// several parts anyway.
fn alone(text: &str, pieces: &[Piece], suspected: &Places) -> Vec<(usize, usize)> {
    if suspected.is_empty() {
        return Vec::new();
    }
    let is_suspected = |(start, end): &(usize, usize)| {
        let ends = pieces.get(*start).zip(end.checked_sub(1).and_then(|last| pieces.get(last)));
        ends.is_some_and(|(first, last)| {
            suspected.touch(ByteSpan { start: first.span.start, end: last.span.end })
        })
    };
    let short = sentences(text, pieces).into_iter().filter(|(start, end)| end - start <= PART);
    short.filter(is_suspected).take(MOST_ALONE).collect()
}

/// What of the pieces from `from` to `to` is judged at once.
pub(super) fn runs(text: &str, pieces: &[Piece], from: usize, to: usize) -> Vec<(usize, usize)> {
    whole_sentences(text, pieces, from, to, if pieces.len() <= WHOLE { WHOLE } else { TARGET })
}

/// Runs of whole sentences of at most so many pieces; of a longer sentence, as many as it takes.
fn whole_sentences(text: &str, pieces: &[Piece], from: usize, to: usize, most: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (start, end) in sentences(text, pieces.get(from..to).unwrap_or_default()) {
        let (start, end) = (from + start, from + end);
        let apart = pieces.get(start).is_some_and(|piece| piece.apart);
        for part in (start..end).step_by(most) {
            let stop = end.min(part + most);
            match runs.last_mut() {
                Some((first, last)) if stop - *first <= most && !apart => *last = stop,
                _ => runs.push((part, stop)),
            }
        }
    }
    runs
}

/// Sentences end at new lines, and at a full stop (or !, ?, …) with white space behind it.
fn sentences(text: &str, pieces: &[Piece]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, pair) in pieces.windows(2).enumerate() {
        let [last, next] = pair else { continue };
        let gap = text.get(last.span.end..next.span.start).unwrap_or_default();
        let mark = text.get(last.span.start..last.span.end).unwrap_or_default();
        if gap.contains(['\n', '\u{2028}', '\u{2029}'])
            || !gap.is_empty() && matches!(mark, "." | "!" | "?" | "…")
        {
            found.push((start, at + 1));
            start = at + 1;
        }
    }
    if start < pieces.len() {
        found.push((start, pieces.len()));
    }
    found
}
