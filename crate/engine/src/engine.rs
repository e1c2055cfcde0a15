//! The engine: a rule set made ready, and the review of a draft by it.
//!
//! A review has two steps. A pass (`pass.rs`) reads the draft by the rules; what it found is then weighed, alone or with
//! what the semantic reviewer read, as often as that reads on. Neither can fail, and their time grows with the draft's
//! length only.

use crate::compile;
use crate::compiled::Compiled;
use crate::identity::{self, IdentityText};
use crate::mail;
use crate::merge;
use crate::pass::{Pass, Reads};
use crate::rule::error::LoadError;
use crate::rule::set::{Election, RuleSet, Where};
use crate::semantic::Reading;
use crate::text::{Outline, Text};
use crate::weighing;
use crate::{
    ByteSpan, Category, Draft, Finding, Identification, IdentitySetting, Review, Reviewer, Severity,
};

/// Which reviewers take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reviewers {
    /// The bundle's rules.
    pub rules: bool,
    /// The semantic reviewer, where one is loaded.
    pub semantic: bool,
}

impl Reviewers {
    /// Everyone.
    pub const ALL: Reviewers = Reviewers { rules: true, semantic: true };
    /// The rules alone.
    pub const RULES: Reviewers = Reviewers { rules: true, semantic: false };
}

/// A rule set made ready for reviews.
#[derive(Debug)]
pub struct Engine {
    compiled: Compiled,
}

/// What the rules found in a draft, not yet weighed with what the semantic reviewer reads in it. It goes with that draft
/// and is as confidential: of each word that the rules know it holds the number.
#[derive(Debug)]
pub struct Unweighed {
    identity: Identification,
    findings: Vec<Finding>,
    /// For each sign of a message, whether it is met.
    signs: Vec<bool>,
    outline: Outline,
    /// Others' mail in it, where it is put before the public.
    letters: Vec<ByteSpan>,
}

impl Engine {
    /// Makes a rule set ready.
    ///
    /// # Errors
    /// Names the rule or concept that cannot be used, the place in its pattern, and what would put it right.
    pub fn new(set: &RuleSet) -> Result<Engine, LoadError> {
        Engine::from_set(set.clone())
    }

    /// The same, of a rule set that nobody else needs: for its time the memory of both is not taken.
    ///
    /// # Errors
    /// As [`Engine::new`].
    pub fn from_set(set: RuleSet) -> Result<Engine, LoadError> {
        Ok(Engine { compiled: compile::compile(set)? })
    }

    /// Reviews a draft by the rules.
    #[must_use]
    pub fn review(&self, draft: &Draft<'_>, reviewers: Reviewers) -> Review {
        self.review_read(draft, reviewers, &[])
    }

    /// Reviews a draft by the rules and by what the semantic reviewer read in exactly this text. The bundle says what
    /// its readings come to; with none the rules stand alone.
    #[must_use]
    pub fn review_read(&self, draft: &Draft<'_>, reviewers: Reviewers, readings: &[Reading]) -> Review {
        self.weigh(draft, &self.read(draft, reviewers.rules), reviewers, readings)
    }

    /// Reads a draft by the rules, which is most of a review's work: what it finds can be weighed again and again, as
    /// the semantic reviewer reads on.
    #[must_use]
    pub fn read(&self, draft: &Draft<'_>, rules: bool) -> Unweighed {
        let private = draft.identity == IdentitySetting::Private;
        // Of what somebody posts as themselves nothing is said, unless it is a message to be weighed.
        let words = if private && draft.recipients.is_none() { "" } else { draft.text };
        let text = Text::read(words, &self.compiled.lexicon);
        let mut pass = Pass::new(&self.compiled, &text, draft);
        pass.run(Reads { rules, identity: (!private).then_some(Where::Text) });
        pass.look_for_signs();
        let identity = identity::of_writer(&self.compiled, draft, pass.identity_evidence());
        let findings = pass.findings();
        let signs = pass.signs;
        let letters = if draft.is_public() { text.letters.clone() } else { Vec::new() };
        Unweighed { identity, findings, signs, outline: text.into_outline(), letters }
    }

    /// The review of a draft that this engine read, by what the semantic reviewer read in exactly this text.
    #[must_use]
    pub fn weigh(
        &self,
        draft: &Draft<'_>,
        read: &Unweighed,
        reviewers: Reviewers,
        readings: &[Reading],
    ) -> Review {
        let identity = read.identity.clone();
        let mut findings = read.findings.clone();
        if reviewers.semantic {
            findings = weighing::weigh(&self.compiled, draft.text, findings, readings, &read.letters);
        }
        let mail = mail::weigh(&self.compiled, draft, &read.signs, &findings);
        if draft.identity == IdentitySetting::Private {
            return Review { mail, ..merge::review(identity, Vec::new()) };
        }
        mail::settle(&self.compiled, mail.as_ref(), &mut findings);
        let mut review = Review { mail, ..merge::review(identity, findings) };
        // Only now: what is the same risk, and which reading it lies in, goes by the telling words.
        for finding in review.findings.iter_mut().filter(|finding| finding.reviewer == Reviewer::Rules) {
            let hint = finding.severity == Severity::Notice;
            finding.spans.iter_mut().for_each(|span| *span = read.outline.shown(*span, hint));
            merge::tidy(&mut finding.spans);
        }
        review
    }

    /// The places where one rule fires in a draft, before findings are merged: for the tests of a bundle.
    #[must_use]
    pub fn places(&self, rule: &str, draft: &Draft<'_>) -> Vec<ByteSpan> {
        let text = Text::read(draft.text, &self.compiled.lexicon);
        let mut pass = Pass::new(&self.compiled, &text, draft);
        pass.run(Reads { rules: true, identity: None });
        pass.look_for_signs();
        let Some(index) = self.compiled.rules.iter().position(|program| program.rule.id == rule) else {
            return Vec::new();
        };
        let mut findings = pass.findings();
        let mail = mail::weigh(&self.compiled, draft, &pass.signs, &findings);
        mail::settle(&self.compiled, mail.as_ref(), &mut findings);
        let weighed_away =
            self.compiled.rules.get(index).is_some_and(|program| program.rule.weighed.is_some())
                && !findings.iter().any(|finding| finding.rule == rule);
        if weighed_away { Vec::new() } else { pass.told.get(index).cloned().unwrap_or_default() }
    }

    /// Whether a piece of text identifies its writer as a councillor: `Some(true)` with the words that show it, `None`
    /// where nothing does. It never says that somebody is none.
    #[must_use]
    pub fn identify(&self, identity: &IdentityText<'_>) -> Identification {
        identity::identify(&self.compiled, identity)
    }

    /// Whether a sign is met in a message: for the tests of a bundle.
    #[must_use]
    pub fn shows(&self, sign: &str, draft: &Draft<'_>) -> bool {
        let text = Text::read(draft.text, &self.compiled.lexicon);
        let mut pass = Pass::new(&self.compiled, &text, draft);
        pass.look_for_signs();
        self.compiled.mail.iter().zip(&pass.signs).any(|(program, met)| program.sign.id == sign && *met)
    }

    /// The council's words for a finding: those of the category where the clause is its own, else the clause's.
    #[must_use]
    pub fn clause_words(&self, category: Category, clause: &str) -> Option<&str> {
        self.compiled
            .categories
            .iter()
            .find(|known| known.id == category && known.clause == clause)
            .map(|known| known.words.as_str())
            .or_else(|| {
                self.compiled
                    .clauses
                    .iter()
                    .find(|known| known.id == clause)
                    .map(|known| known.words.as_str())
            })
    }

    /// The short label of a category.
    #[must_use]
    pub fn category_label(&self, category: Category) -> Option<&str> {
        self.compiled.categories.iter().find(|known| known.id == category).map(|known| known.label.as_str())
    }

    /// Puts other election periods in place of the rule set's.
    pub fn set_elections(&mut self, elections: Vec<Election>) {
        self.compiled.elections = elections;
    }

    /// What all patterns come to, in steps of the machine that runs them: the measure of what a word can cost.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.compiled.steps
    }

    /// How many rules there are, those of switched-off layers included.
    #[must_use]
    pub fn rule_count(&self) -> usize {
        self.compiled.rules.len()
    }
}
