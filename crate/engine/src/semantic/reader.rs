//! The loaded reviewer: from a text to segments, from a segment to a reading.

use super::judgement::{self, Calibration, HEADS, logistic};
use super::network::Network;
use super::pieces::Vocabulary;
use super::places::Places;
use super::weight_file::{self, Weights};
use super::{Reading, Segment, SemanticError, WeightBytes, marks, segment};
use crate::{ByteSpan, Category};

/// The loaded reviewer.
pub struct Semantic {
    pub(super) vocabulary: Vocabulary,
    network: Network,
    calibration: [Calibration; HEADS],
}

/// How much of a text is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope<'s> {
    /// It is put before the public: others' mail in it is read too, by itself.
    pub public: bool,
    /// Where rules found something: parts of this are read, however clear the run is, and the first sentences of it by
    /// themselves.
    pub suspected: &'s [ByteSpan],
}

/// The reading of a segment that has no word to judge.
fn unjudged(segment: &Segment) -> Reading {
    let start = segment.judged().start;
    Reading {
        judged: ByteSpan { start, end: start },
        chances: [0.0; Category::ALL.len()],
        any: 0.0,
        cut: segment.cut,
        marks: Default::default(),
    }
}

impl Semantic {
    /// Reads the weights.
    ///
    /// # Errors
    /// Where the bytes are not weights of this version, are cut short or hold sizes that do not fit one another.
    pub fn load(bytes: impl WeightBytes) -> Result<Semantic, SemanticError> {
        let Weights { vocabulary, network, calibration } = weight_file::load(bytes)?;
        Ok(Semantic { vocabulary, network, calibration })
    }

    /// The segments of a text, its runs in order and then their parts; nothing but white space has none. Linear in the
    /// text. What stands behind the first [`MOST_SEGMENTS`](super::MOST_SEGMENTS) runs is left to the rules: reading it would
    /// take longer than anybody waits.
    #[must_use]
    pub fn segments(&self, text: &str, scope: Scope<'_>) -> Vec<Segment> {
        segment::cut(text, &self.vocabulary.read(text, scope.public), &Places::new(scope.suspected.to_vec()))
    }

    /// Reads one segment, which takes as long as it has pieces. One without a word that the network knows is not judged:
    /// what it makes of a row of emoji is chance, and rules read those that say something.
    #[must_use]
    pub fn read(&self, segment: &Segment) -> Reading {
        if !self.vocabulary.knows_any(segment.judged_pieces()) {
            return unjudged(segment);
        }
        let said = self.network.read(segment);
        let mut chances = [0.0; Category::ALL.len()];
        for ((chance, logit), calibration) in chances.iter_mut().zip(&said.whole).zip(&self.calibration) {
            *chance = calibration.chance(*logit);
        }
        let any = judgement::any(said.whole[HEADS - 1], &said.pieces);
        let any = self.calibration[HEADS - 1].chance(any);
        let marks = std::array::from_fn(|category| {
            let weights: Vec<f32> = said
                .pieces
                .iter()
                .map(|logits| logistic(logits.get(category).copied().unwrap_or_default()))
                .collect();
            marks::marks(segment, &weights)
        });
        Reading { judged: segment.judged(), chances, any, cut: segment.cut, marks }
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
