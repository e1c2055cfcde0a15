//! The transformer: pieces of one window in, what it says of the whole and of each piece out.

use std::ops::Range;

use super::judgement::HEADS;
use super::kernel::{HEAD, Matrix, Rounded, Work, add, attend, gelu, normalise, product};
use super::segment::Segment;

/// Scale and offset of a normalisation.
pub(super) struct Norm {
    pub(super) scale: Vec<f32>,
    pub(super) offset: Vec<f32>,
}

impl Norm {
    fn apply(&self, rows: &mut [f32]) {
        normalise(rows, &self.scale, &self.offset);
    }
}

/// Rows of whole numbers, each with a scale.
pub(super) struct Table {
    pub(super) values: Vec<i8>,
    pub(super) scales: Vec<f32>,
    pub(super) width: usize,
}

impl Table {
    fn add_row(&self, row: usize, into: &mut [f32]) {
        let values = self.values.get(row * self.width..(row + 1) * self.width).unwrap_or_default();
        let scale = self.scales.get(row).copied().unwrap_or_default();
        for (into, value) in into.iter_mut().zip(values) {
            *into += f32::from(*value) * scale;
        }
    }
}

/// One layer.
pub(super) struct Layer {
    /// Queries, keys and values side by side; the queries are scaled already.
    pub(super) mix: Matrix,
    pub(super) join: Matrix,
    pub(super) after_attention: Norm,
    pub(super) widen: Matrix,
    pub(super) narrow: Matrix,
    pub(super) after: Norm,
}

/// A small matrix that is not rounded.
pub(super) struct Head {
    pub(super) weights: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Head {
    fn apply(&self, row: &[f32]) -> [f32; HEADS] {
        let mut out = [0.0; HEADS];
        for ((out, weights), bias) in out.iter_mut().zip(self.weights.chunks_exact(row.len())).zip(&self.bias)
        {
            *out = bias + product(weights, row);
        }
        out
    }
}

/// The whole of it.
pub(super) struct Network {
    pub(super) before: u32,
    pub(super) after: u32,
    pub(super) words: Table,
    pub(super) places: Table,
    pub(super) first: Norm,
    pub(super) layers: Vec<Layer>,
    pub(super) whole: Head,
    pub(super) piece: Head,
}

/// What was said of a segment: logits.
pub(super) struct Said {
    pub(super) whole: [f32; HEADS],
    /// Of each piece that is judged.
    pub(super) pieces: Vec<[f32; HEADS]>,
}

impl Network {
    /// Reads one segment.
    pub(super) fn read(&self, segment: &Segment) -> Said {
        let width = self.words.width;
        let numbers = std::iter::once(self.before)
            .chain(segment.window.iter().map(|piece| piece.number))
            .chain(std::iter::once(self.after));
        let rows = segment.window.len() + 2;
        let mut states = vec![0.0; rows * width];
        for ((place, number), state) in numbers.enumerate().zip(states.chunks_exact_mut(width)) {
            self.words.add_row(number as usize, state);
            self.places.add_row(place, state);
        }
        self.first.apply(&mut states);
        let mut room =
            Room { rounded: Rounded::new(), wide: Vec::new(), joined: Vec::new(), work: Work::default() };
        // One past the piece before the window.
        let judged = (segment.start + 1) * width..(segment.end + 1) * width;
        if let Some((last, layers)) = self.layers.split_last() {
            for layer in layers {
                self.pass(layer, &mut states, &mut room, 0..rows * width);
            }
            // Nothing asks what became of the pieces around.
            self.pass(last, &mut states, &mut room, judged.clone());
        }
        let judged = states.get(judged).unwrap_or_default();
        let count = (segment.end - segment.start).max(1) as f32;
        let mut mean = vec![0.0; width];
        for row in judged.chunks_exact(width) {
            add(&mut mean, row);
        }
        for number in &mut mean {
            *number /= count;
        }
        Said {
            whole: self.whole.apply(&mean),
            pieces: judged.chunks_exact(width).map(|row| self.piece.apply(row)).collect(),
        }
    }

    /// Passes the states through a layer, after which only those in `wanted` are what they should be.
    fn pass(&self, layer: &Layer, states: &mut [f32], room: &mut Room, wanted: Range<usize>) {
        let width = self.words.width;
        room.rounded.round(states, width);
        layer.mix.apply(&room.rounded, &mut room.wide);
        room.joined.clear();
        room.joined.resize(states.len(), 0.0);
        for head in (0..width).step_by(HEAD) {
            attend(&room.wide, width, head, &mut room.work, &mut room.joined);
        }
        let joined = room.joined.get(wanted.clone()).unwrap_or_default();
        let states = states.get_mut(wanted).unwrap_or_default();
        room.rounded.round(joined, width);
        layer.join.apply(&room.rounded, &mut room.wide);
        add(states, &room.wide);
        layer.after_attention.apply(states);
        room.rounded.round(states, width);
        layer.widen.apply(&room.rounded, &mut room.wide);
        gelu(&mut room.wide);
        room.rounded.round(&room.wide, layer.widen.outputs());
        layer.narrow.apply(&room.rounded, &mut room.joined);
        add(states, &room.joined);
        layer.after.apply(states);
    }
}

/// Room that every layer uses again.
struct Room {
    rounded: Rounded,
    wide: Vec<f32>,
    joined: Vec<f32>,
    work: Work,
}
