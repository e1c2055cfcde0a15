//! What the semantic reviewer says of one segment: numbers and places, before a bundle says what they come to.

use serde::{Deserialize, Serialize};

use crate::{ByteSpan, Category};

/// What one segment was read as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What was judged, in bytes of the text; empty where there was no word to judge.
    pub judged: ByteSpan,
    /// For each category in the order of [`Category::ALL`], the calibrated chance that a careful reader would raise it.
    pub chances: [f32; Category::ALL.len()],
    /// The calibrated chance that a careful reader would raise anything.
    pub any: f32,
    /// Whether it is of a part of what was read in longer runs too.
    pub part: bool,
    /// For each category, the words that weighed most, in order; never empty where anything was judged.
    pub marks: [Vec<ByteSpan>; Category::ALL.len()],
}
