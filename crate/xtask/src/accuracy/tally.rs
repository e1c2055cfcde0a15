//! Counting: what was raised, what should have been, and whether the words and the clause were right.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::Post;

/// One finding of a review, as far as it is judged here.
pub(super) struct Found {
    pub(super) category: String,
    pub(super) warn: bool,
    /// Byte ranges of the post.
    pub(super) spans: Vec<(usize, usize)>,
}

/// A share, kept as its two counts.
#[derive(Clone, Copy, Default)]
pub(super) struct Share {
    pub(super) of: u32,
    pub(super) hits: u32,
}

impl Share {
    pub(super) fn count(&mut self, hit: bool) {
        self.of += 1;
        self.hits += u32::from(hit);
    }

    pub(super) fn percent(self) -> f64 {
        if self.of == 0 { 0.0 } else { 100.0 * f64::from(self.hits) / f64::from(self.of) }
    }

    /// The 95 % Wilson interval, in percent.
    pub(super) fn interval(self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 100.0);
        }
        let (n, p, z) = (f64::from(self.of), self.percent() / 100.0, 1.96_f64);
        let centre = p + z * z / (2.0 * n);
        let spread = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + z * z / n;
        (100.0 * ((centre - spread) / scale).max(0.0), 100.0 * ((centre + spread) / scale).min(1.0))
    }
}

/// One category's figures.
#[derive(Clone, Copy, Default)]
pub(super) struct OfCategory {
    /// Of the posts with this label: a finding of this category.
    pub(super) found: Share,
    /// Of those: any finding at all.
    pub(super) raised: Share,
    /// Of the posts with a finding of this category: the label is there.
    pub(super) right: Share,
}

/// All figures of one part of the corpus.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) risky_raised: Share,
    pub(super) risky_warned: Share,
    pub(super) right_clause: Share,
    pub(super) touches_evidence: Share,
    pub(super) harmless_raised: Share,
    pub(super) harmless_warned: Share,
    pub(super) categories: BTreeMap<String, OfCategory>,
    /// By surface: risky posts raised, harmless posts raised.
    pub(super) surfaces: BTreeMap<String, (Share, Share)>,
    /// By length, for each span of [`LENGTHS`]: risky posts raised, harmless posts raised.
    pub(super) lengths: [(Share, Share); LENGTHS.len()],
    /// By corpus file: risky posts raised, harmless posts raised.
    pub(super) files: BTreeMap<String, (Share, Share)>,
}

impl Tally {
    /// Counts one post and what was found in it.
    pub(super) fn count(&mut self, post: &Post, found: &[Found]) {
        let raised = !found.is_empty();
        let warned = found.iter().any(|finding| finding.warn);
        let file = post.id.split('-').next().unwrap_or_default().to_owned();
        let surface = self.surfaces.entry(post.surface.clone()).or_default();
        let of_file = self.files.entry(file).or_default();
        let length = &mut self.lengths[length(&post.text)];
        if post.risky() {
            surface.0.count(raised);
            length.0.count(raised);
            of_file.0.count(raised);
            self.risky_raised.count(raised);
            self.risky_warned.count(warned);
            if raised {
                self.right_clause.count(found.iter().any(|finding| post.labels.contains(&finding.category)));
                self.touches_evidence.count(touches(post, found));
            }
        } else {
            surface.1.count(raised);
            length.1.count(raised);
            of_file.1.count(raised);
            self.harmless_raised.count(raised);
            self.harmless_warned.count(warned);
        }
        let seen: BTreeSet<&str> = found.iter().map(|finding| finding.category.as_str()).collect();
        for label in &post.labels {
            let category = self.categories.entry(label.clone()).or_default();
            category.found.count(seen.contains(label.as_str()));
            category.raised.count(raised);
        }
        for category in seen {
            let right = post.labels.contains(category);
            self.categories.entry(category.to_owned()).or_default().right.count(right);
        }
    }
}

/// Spans of length in characters, by the longest of each.
pub(super) const LENGTHS: [(usize, &str); 4] =
    [(80, "1 to 80"), (280, "81 to 280"), (1000, "281 to 1,000"), (usize::MAX, "over 1,000")];

/// Which of them a post falls in.
fn length(text: &str) -> usize {
    let characters = text.chars().count();
    LENGTHS.iter().position(|(longest, _)| characters <= *longest).unwrap_or_default()
}

/// Whether any underline touches any of the words that the labeller marked.
fn touches(post: &Post, found: &[Found]) -> bool {
    let marked: Vec<(usize, usize)> = post
        .evidence
        .iter()
        .flat_map(|words| post.text.match_indices(words.as_str()).map(|(at, words)| (at, at + words.len())))
        .collect();
    let spans = found.iter().flat_map(|finding| &finding.spans);
    spans.into_iter().any(|(start, end)| marked.iter().any(|(from, to)| start < to && from < end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(text: &str, labels: &[&str], evidence: &[&str]) -> Post {
        Post {
            id: "x1-001".into(),
            text: text.into(),
            surface: "forum".into(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            evidence: evidence.iter().map(|words| (*words).to_owned()).collect(),
        }
    }

    fn found(category: &str, warn: bool, span: (usize, usize)) -> Found {
        Found { category: category.into(), warn, spans: vec![span] }
    }

    #[test]
    fn a_miss_a_hit_and_a_false_alarm_are_told_apart() {
        let mut tally = Tally::default();
        tally.count(&post("you fool", &["respect"], &["fool"]), &[found("respect", true, (4, 8))]);
        tally.count(&post("you fool", &["respect"], &["fool"]), &[]);
        tally.count(&post("good day", &[], &[]), &[found("party", false, (0, 4))]);
        assert_eq!((tally.risky_raised.hits, tally.risky_raised.of), (1, 2));
        assert_eq!((tally.harmless_raised.hits, tally.harmless_warned.hits), (1, 0));
        assert_eq!((tally.categories["party"].right.hits, tally.categories["party"].right.of), (0, 1));
    }

    #[test]
    fn an_underline_elsewhere_does_not_touch_the_evidence() {
        assert!(!touches(&post("you fool", &["respect"], &["fool"]), &[found("respect", true, (0, 3))]));
    }

    #[test]
    fn the_interval_holds_the_share_and_is_wide_for_few() {
        let few = Share { of: 4, hits: 2 }.interval();
        let many = Share { of: 4000, hits: 2000 }.interval();
        assert!(few.0 < 50.0 && 50.0 < few.1 && few.1 - few.0 > many.1 - many.0);
    }
}
