//! How often a second labeller, who had not seen the first labels, gave the same: the ceiling of what any reader of
//! these posts can be asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::corpus::{self, Post};
use super::report;
use super::tally::Share;

/// What the two labellers agree on.
#[derive(Default)]
pub(super) struct Agreement {
    risky_or_not: Share,
    shares_a_label: Share,
    same_labels: Share,
}

impl Agreement {
    /// Compares the second labels in `file` with the corpus.
    pub(super) fn read(file: &Path, posts: &BTreeMap<String, &Post>) -> Result<Agreement> {
        let mut agreement = Agreement::default();
        let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        for (index, line) in text.lines().enumerate() {
            let place = || format!("{}, line {}", file.display(), index + 1);
            let second: Value = serde_json::from_str(line).with_context(place)?;
            let id = second["id"].as_str().unwrap_or_default();
            let first = posts.get(id).with_context(|| format!("{}: no post has the id {id:?}", place()))?;
            agreement.count(&first.labels, &corpus::strings(&second, "labels").into_iter().collect());
        }
        Ok(agreement)
    }

    fn count(&mut self, first: &BTreeSet<String>, second: &BTreeSet<String>) {
        self.risky_or_not.count(first.is_empty() == second.is_empty());
        if !first.is_empty() && !second.is_empty() {
            self.shares_a_label.count(!first.is_disjoint(second));
            self.same_labels.count(first == second);
        }
    }

    /// One section of the page.
    pub(super) fn section(&self) -> String {
        let mut out = String::from(
            "## Two labellers\n\nEvery tenth post of the `s` and `x` files was labelled a second time, unseen.\n\n",
        );
        report::shares(
            &mut out,
            "both agree",
            &[
                ("Whether it is risky", self.risky_or_not),
                ("At least one label, of those that both find risky", self.shares_a_label),
                ("All labels, of those", self.same_labels),
            ],
        );
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_on_risk_is_told_apart_from_agreement_on_labels() {
        let labels = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        let mut agreement = Agreement::default();
        agreement.count(&labels(&["respect", "adverse"]), &labels(&["adverse"]));
        agreement.count(&labels(&[]), &labels(&[]));
        agreement.count(&labels(&["party"]), &labels(&[]));
        assert_eq!((agreement.risky_or_not.hits, agreement.risky_or_not.of), (2, 3));
        assert_eq!((agreement.shares_a_label.hits, agreement.shares_a_label.of), (1, 1));
        assert_eq!(agreement.same_labels.hits, 0);
    }
}
