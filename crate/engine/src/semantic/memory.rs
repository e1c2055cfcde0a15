//! Readings kept by what was read, so that a changed draft costs the segments that changed, and those that were shown
//! last, so that one can be shown again before all is read.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::pieces::Piece;
use super::segment::Segment;
use super::{Cut, MOST_SEGMENTS, Reading, Semantic};
use crate::ByteSpan;

/// How many readings are kept: of the longest draft that is read, its parts too, with room for its latest edits.
const MOST: usize = 2 * MOST_SEGMENTS + 100;

/// The pieces of a window, what of it is judged, and as what: all that a reading depends on.
type Window = (Words, usize, usize, Cut);

/// Keeps the latest readings. It holds numbers of pieces, never text; whoever lets go of the composer lets go of it.
#[derive(Default)]
pub struct Memory {
    known: FxHashMap<Window, Reading>,
    order: VecDeque<Window>,
    /// The readings of runs that were shown last, in the order of their text.
    shown: Vec<Shown>,
}

/// A segment that was shown, whatever stood around it.
pub(super) struct Shown {
    pub(super) words: Words,
    reading: Reading,
}

/// Pieces with the places of their words, from the first of them on.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Words(Vec<(u32, usize, usize)>);

impl Words {
    fn of(pieces: &[Piece]) -> Words {
        Words(placed(pieces).collect())
    }

    /// How many pieces they are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn are(&self, pieces: &[Piece]) -> bool {
        self.0.iter().copied().eq(placed(pieces))
    }
}

fn placed(pieces: &[Piece]) -> impl Iterator<Item = (u32, usize, usize)> {
    let base = pieces.first().map_or(0, |piece| piece.span.start);
    // Pieces may begin within a word, whose start then lies before them.
    let from = move |place: usize| place.wrapping_sub(base);
    pieces.iter().map(move |piece| (piece.number, from(piece.word.start), from(piece.word.end)))
}

impl Memory {
    /// What the segment was read as before, if it is still known: costs nothing.
    #[must_use]
    pub fn known(&self, segment: &Segment) -> Option<Reading> {
        self.known.get(&window(segment)).map(|reading| moved(reading, base(segment)))
    }

    /// Reads a segment, or remembers it.
    pub fn read(&mut self, semantic: &Semantic, segment: &Segment) -> Reading {
        if let Some(reading) = self.known(segment) {
            return reading;
        }
        let reading = semantic.read(segment);
        let window = window(segment);
        if self.order.len() == MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.order.push_back(window.clone());
        self.known.insert(window, relative(&reading, base(segment)));
        reading
    }

    /// What was shown last.
    pub(super) fn shown(&self) -> &[Shown] {
        &self.shown
    }

    /// Notes what is shown now.
    pub(super) fn show<'a>(&mut self, segments: impl Iterator<Item = (&'a Segment, &'a Reading)>) {
        let shown = |(segment, reading): (&Segment, &Reading)| Shown {
            words: Words::of(segment.judged_pieces()),
            reading: relative(reading, base(segment)),
        };
        self.shown = segments.map(shown).collect();
    }
}

impl Shown {
    /// The reading, for a segment that judges the same words.
    pub(super) fn reading(&self, segment: &Segment) -> Reading {
        moved(&self.reading, base(segment))
    }
}

/// Where what is judged begins: places are kept from there on.
fn base(segment: &Segment) -> usize {
    segment.judged().start
}

fn window(segment: &Segment) -> Window {
    (Words::of(&segment.window), segment.start, segment.end, segment.cut)
}

fn relative(reading: &Reading, base: usize) -> Reading {
    with_places(reading, |span| ByteSpan { start: span.start - base, end: span.end - base })
}

fn moved(reading: &Reading, base: usize) -> Reading {
    with_places(reading, |span| ByteSpan { start: span.start + base, end: span.end + base })
}

fn with_places(reading: &Reading, place: impl Fn(ByteSpan) -> ByteSpan) -> Reading {
    Reading {
        judged: place(reading.judged),
        chances: reading.chances,
        any: reading.any,
        cut: reading.cut,
        marks: reading.marks.each_ref().map(|marks| marks.iter().copied().map(&place).collect()),
    }
}
