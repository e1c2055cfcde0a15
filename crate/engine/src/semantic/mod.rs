//! The semantic reviewer: a small language model that reads what words alone do not say.
//!
//! The path of a text: `pieces` reads it into word pieces; `segment` cuts it into runs of whole sentences with what
//! stands around them; `network` reads one run (`kernel` holds its arithmetic); `marks` turns what each piece weighed
//! into places. One call reads one segment, so that a caller can stop between any two, and [`Memory`] keeps readings
//! by what was read, so that an edit costs the segments it touches.
//!
//! The weights come in as bytes (`weights` checks every size in them). What this must not know: thresholds, messages
//! and clauses, which are the bundle's, and where the bytes come from.

mod kernel;
mod marks;
mod memory;
mod network;
mod pieces;
mod segment;
mod weights;

use crate::{ByteSpan, Category};

pub use memory::Memory;
pub use segment::Segment;
pub use weights::SemanticError;

/// The loaded reviewer.
pub struct Semantic {
    vocabulary: pieces::Vocabulary,
    network: network::Network,
    calibration: [Calibration; HEADS],
}

/// One judgement a category, and one for "anything at all".
const HEADS: usize = Category::ALL.len() + 1;

/// Turns what the network says into a chance: `logit * slope + offset`, through the logistic function.
#[derive(Clone, Copy)]
struct Calibration {
    slope: f32,
    offset: f32,
}

impl Calibration {
    fn chance(self, logit: f32) -> f32 {
        logistic(logit * self.slope + self.offset)
    }
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

/// What one segment was read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What was judged, in bytes of the text.
    pub judged: ByteSpan,
    /// For each category in the order of [`Category::ALL`], the calibrated chance that a careful reader would raise it.
    pub chances: [f32; Category::ALL.len()],
    /// The calibrated chance that a careful reader would raise anything.
    pub any: f32,
    /// For each category, the words that weighed most, in order; never empty where anything was judged.
    pub marks: [Vec<ByteSpan>; Category::ALL.len()],
}

impl Semantic {
    /// Reads the weights.
    ///
    /// # Errors
    /// Where the bytes are not weights of this version, are cut short or hold sizes that do not fit one another.
    pub fn load(bytes: &[u8]) -> Result<Semantic, SemanticError> {
        weights::load(bytes)
    }

    /// The segments of a text, in order; nothing but white space has none. Linear in the text.
    #[must_use]
    pub fn segments(&self, text: &str) -> Vec<Segment> {
        segment::cut(text, &self.vocabulary.read(text))
    }

    /// Reads one segment: about as many milliseconds as a third of its pieces.
    #[must_use]
    pub fn read(&self, segment: &Segment) -> Reading {
        let said = self.network.read(segment);
        let mut chances = [0.0; Category::ALL.len()];
        for ((chance, logit), calibration) in chances.iter_mut().zip(&said.whole).zip(&self.calibration) {
            *chance = calibration.chance(*logit);
        }
        let any = self.calibration[HEADS - 1].chance(said.whole[HEADS - 1]);
        let marks = std::array::from_fn(|category| {
            let weights: Vec<f32> = said
                .pieces
                .iter()
                .map(|logits| logistic(logits.get(category).copied().unwrap_or_default()))
                .collect();
            marks::marks(segment, &weights)
        });
        Reading { judged: segment.judged(), chances, any, marks }
    }

    /// What the network says before calibration, for tests against the reference: one logit a head, then for each
    /// piece that is judged one logit a head.
    #[doc(hidden)]
    #[must_use]
    pub fn logits(&self, segment: &Segment) -> (Vec<f32>, Vec<Vec<f32>>) {
        let said = self.network.read(segment);
        (said.whole.to_vec(), said.pieces.iter().map(|logits| logits.to_vec()).collect())
    }
}
