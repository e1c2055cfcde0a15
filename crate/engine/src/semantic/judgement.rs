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

/// How many pieces say together what the pieces say of any risk: about a clause.
const TELLING: usize = 16;
/// The pieces' share in that judgement. Both were chosen on posts that were held back (`docs/model.md`).
const SHARE: f32 = 0.25;

/// One logit for any risk at all, of what was said of the whole and of what the most telling of its pieces say, each of
/// the kind that it speaks of most clearly. Either errs in its own way, and among other matters a risk shows longer in its
/// own words than in the mean of all.
pub(super) fn any(whole: f32, pieces: &[[f32; HEADS]]) -> f32 {
    let clearest = |logits: &[f32; HEADS]| logits.iter().take(Category::ALL.len()).copied().reduce(f32::max);
    let mut telling: Vec<f32> = pieces.iter().filter_map(clearest).collect();
    telling.sort_unstable_by(|one, other| other.total_cmp(one));
    telling.truncate(TELLING);
    if telling.is_empty() {
        return whole;
    }
    let mean = telling.iter().sum::<f32>() / telling.len() as f32;
    whole * (1.0 - SHARE) + mean * SHARE
}

pub(super) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A piece that says so much of the third kind and little of the others.
    fn says(logit: f32) -> [f32; HEADS] {
        let mut logits = [-9.0; HEADS];
        logits[2] = logit;
        // What a piece says of any risk at all is no kind.
        logits[HEADS - 1] = 50.0;
        logits
    }

    #[test]
    fn the_most_telling_pieces_have_a_quarter_of_the_say() {
        assert_eq!(any(2.0, &[]), 2.0);
        assert_eq!(any(2.0, &[says(4.0), says(-2.0)]), 1.75);
        let mut many = vec![says(-8.0); 60];
        assert_eq!(any(0.0, &many), -2.0);
        many.splice(20..20, vec![says(4.0); TELLING]);
        assert_eq!(any(0.0, &many), 1.0, "however many others there are");
    }
}
