//! What the semantic reviewer says of one segment: numbers and places, before a bundle says what they come to.

use serde::{Deserialize, Serialize};

use crate::{ByteSpan, Category};

/// What of a text is judged at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cut {
    /// A run of whole sentences: the runs make up the text.
    Run,
    /// A part of it that is read once more, with what stands around it.
    Part,
    /// A sentence that is read once more, with nothing around it.
    Sentence,
}

/// What one segment was read as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What was judged, in bytes of the text; empty where there was no word to judge.
    pub judged: ByteSpan,
    /// For each category in the order of [`Category::ALL`], the calibrated chance that a careful reader would raise it.
    pub chances: [f32; Category::ALL.len()],
    /// The calibrated chance that a careful reader would raise anything.
    pub any: f32,
    /// What of the text it is of.
    pub cut: Cut,
    /// For each category, the words that weighed most, in order; never empty where anything was judged.
    pub marks: [Vec<ByteSpan>; Category::ALL.len()],
}
