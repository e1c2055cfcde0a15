//! Readings kept by what was read, so that a changed draft costs the segments that changed.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::segment::Segment;
use super::{Reading, Semantic};
use crate::ByteSpan;

/// How many readings are kept: a draft of ten thousand characters has about forty segments.
const MOST: usize = 128;

/// The pieces of a window with their distances, and what of it is judged: all that a reading depends on.
type Key = (Vec<(u32, usize, usize)>, usize, usize);

/// Keeps the latest readings. It holds numbers of pieces, never text; whoever lets go of the composer lets go of it.
#[derive(Default)]
pub struct Memory {
    known: FxHashMap<Key, Reading>,
    order: VecDeque<Key>,
}

impl Memory {
    /// What the segment was read as before, if it is still known: costs nothing.
    #[must_use]
    pub fn known(&self, segment: &Segment) -> Option<Reading> {
        self.known.get(&key(segment)).map(|reading| moved(reading, base(segment)))
    }

    /// Reads a segment, or remembers it.
    pub fn read(&mut self, semantic: &Semantic, segment: &Segment) -> Reading {
        if let Some(reading) = self.known(segment) {
            return reading;
        }
        let reading = semantic.read(segment);
        let key = key(segment);
        if self.order.len() == MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.order.push_back(key.clone());
        self.known.insert(key, relative(&reading, base(segment)));
        reading
    }
}

fn base(segment: &Segment) -> usize {
    segment.window.first().map_or(0, |piece| piece.span.start)
}

fn key(segment: &Segment) -> Key {
    let base = base(segment);
    // A window may begin within a word, whose start then lies before it.
    let from = |place: usize| place.wrapping_sub(base);
    let window =
        segment.window.iter().map(|piece| (piece.number, from(piece.word.start), from(piece.word.end)));
    (window.collect(), segment.start, segment.end)
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
        marks: reading.marks.each_ref().map(|marks| marks.iter().copied().map(&place).collect()),
    }
}
