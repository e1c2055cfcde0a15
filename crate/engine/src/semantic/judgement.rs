//! What is judged of a segment, and how sure a judgement is.

use crate::Category;

/// One judgement a category, and one for "anything at all".
pub(super) const HEADS: usize = Category::ALL.len() + 1;

/// Turns what the network says into a chance: `logit * slope + offset`, through the logistic function.
#[derive(Clone, Copy)]
pub(super) struct Calibration {
    pub(super) slope: f32,
    pub(super) offset: f32,
}

impl Calibration {
    pub(super) fn chance(self, logit: f32) -> f32 {
        logistic(logit * self.slope + self.offset)
    }
}

pub(super) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
