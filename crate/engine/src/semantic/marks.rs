//! From what each piece weighed to the words that are marked.

use super::segment::Segment;
use crate::ByteSpan;

/// A piece is marked when it weighs at least this share of the heaviest one.
const SHARE: f32 = 0.8;
/// Marks with at most so many lighter pieces between them are one.
const BRIDGE: usize = 3;

/// The words that weighed most, in order. `weights` are those of the pieces that are judged, from 0 to 1.
pub(super) fn marks(segment: &Segment, weights: &[f32]) -> Vec<ByteSpan> {
    let pieces = segment.judged_pieces();
    let judged = segment.judged();
    let heaviest = weights.iter().copied().fold(0.0, f32::max);
    let mut found: Vec<(ByteSpan, usize)> = Vec::new();
    for (at, (piece, weight)) in pieces.iter().zip(weights).enumerate() {
        if *weight < heaviest * SHARE {
            continue;
        }
        // A word of more pieces than a segment may hold reaches beyond it.
        let word =
            ByteSpan { start: piece.word.start.max(judged.start), end: piece.word.end.min(judged.end) };
        match found.last_mut() {
            Some((span, last)) if at - *last <= BRIDGE + 1 || word.start < span.end => {
                span.end = word.end;
                *last = at;
            }
            _ => found.push((word, at)),
        }
    }
    found.into_iter().map(|(span, _)| span).collect()
}
