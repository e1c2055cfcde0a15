//! Bundle sources: a folder of TOML files that a council's web editor keeps.
//!
//! `bundle.toml` says whose bundle it is and which folders it includes. Every other `.toml` file in the folder and in
//! the included ones may hold `[[concept]]`, `[[reading]]`, `[[rule]]`, `[[identity]]`, `[[clause]]` and `[[draft]]`
//! tables, or those by which messages are weighed (`[[mail_factor]]`, `[[mail_sign]]`), one theme a file. Every rule
//! carries sentences on which it fires and sentences that it spares; one without both is refused. Errors are collected,
//! so that one run shows all of them, each with file and line.

mod file;
mod read;
mod shape;
mod test;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use second_reading_engine::{
    Category, CategoryClause, Clause, Concept, Day, Election, IdentityRule, MailFactor, MailRules, MailSign,
    Reading, Reviewer, Rule, SemanticKind, SemanticLevels, SemanticRules, Severity, Thresholds, Verdict,
};
use thiserror::Error;

use crate::contents::Contents;
use crate::overlay::{BaseNeeded, Overlay, OverlayError};
use crate::payload::{Document, Payload, SCHEMA, SelfTest};

pub use test::{TestReport, test};

/// What is wrong in a source, where, and how to put it right.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}{}: {problem}", file.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct SourceError {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The rule, concept or draft, where it is about one.
    pub item: Option<String>,
    /// What is wrong, and what would put it right.
    pub problem: String,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
}

/// A sentence that tries a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A rule with its examples.
#[derive(Clone, Debug)]
pub struct SourceRule {
    /// The rule.
    pub rule: Rule,
    /// Where it stands.
    pub place: Place,
    /// Sentences on which it fires.
    pub fires: Vec<Example>,
    /// Sentences that it spares.
    pub spares: Vec<Example>,
}

/// An identity rule with its examples.
#[derive(Clone, Debug)]
pub struct SourceIdentity {
    /// The rule.
    pub rule: IdentityRule,
    /// Where it stands.
    pub place: Place,
    /// Texts on which it fires.
    pub fires: Vec<Example>,
    /// Texts that it spares.
    pub spares: Vec<Example>,
}

/// A sign in messages with its examples.
#[derive(Clone, Debug)]
pub struct SourceSign {
    /// The sign.
    pub sign: MailSign,
    /// Where it stands.
    pub place: Place,
    /// Messages that show it.
    pub fires: Vec<Example>,
    /// Messages that do not.
    pub spares: Vec<Example>,
}

/// A whole draft with the verdict that the bundle must give it.
#[derive(Clone, Debug)]
pub struct SourceDraft {
    /// The draft.
    pub text: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Where it stands.
    pub place: Place,
}

/// The bundle that an overlay builds on.
#[derive(Clone, Debug)]
pub struct SourceBase {
    /// What the overlay asks for.
    pub needed: BaseNeeded,
    /// What was found.
    pub payload: Box<Payload>,
    /// Where it is asked for.
    pub place: Place,
}

/// A bundle source, read and checked: of a whole bundle, or of an overlay where it has a base.
#[derive(Clone, Debug)]
pub struct Source {
    /// Every file that it was read from, those of its base among them.
    pub files: Vec<PathBuf>,
    /// The bundle's id.
    pub id: String,
    /// Whose bundle it is.
    pub authority: String,
    /// Its serial.
    pub serial: u64,
    /// The day of issue.
    pub issued: Day,
    /// The day after which it should be replaced.
    pub expires: Option<Day>,
    /// The key that will sign bundles of this id after this one.
    pub successor: Option<String>,
    /// The language of its texts.
    pub locale: String,
    /// What it builds on, if it is an overlay.
    pub base: Option<SourceBase>,
    /// Rules of the base that are switched off.
    pub rules_off: Vec<String>,
    /// The document that the clauses are quoted from.
    pub document: Option<Document>,
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// The categories.
    pub categories: Vec<CategoryClause>,
    /// The most that may be done about a category, whatever its rules say themselves.
    pub at_most: BTreeMap<Category, Severity>,
    /// The concepts.
    pub concepts: Vec<Concept>,
    /// The readings.
    pub readings: Vec<Reading>,
    /// The rules.
    pub rules: Vec<SourceRule>,
    /// The identity rules.
    pub identity: Vec<SourceIdentity>,
    /// What weighs for and against a message, in words.
    pub mail_factors: Vec<MailFactor>,
    /// The signs by which messages are weighed.
    pub mail_signs: Vec<SourceSign>,
    /// Whole drafts with their verdicts.
    pub drafts: Vec<SourceDraft>,
    /// How sure a finding must be.
    pub thresholds: Option<Thresholds>,
    /// How sure the semantic reviewer must be.
    pub semantic_levels: Option<SemanticLevels>,
    /// Kinds of risk of which it does not speak.
    pub semantic_off: Vec<Category>,
    /// What it says of each kind of risk.
    pub semantic_kinds: Vec<SemanticKind>,
    /// The reviewers that the council wants.
    pub reviewers: Option<Vec<Reviewer>>,
    /// Layers that are switched off.
    pub layers_off: Vec<String>,
    /// Election periods.
    pub elections: Option<Vec<Election>>,
    /// Texts that the extension shows.
    pub texts: BTreeMap<String, String>,
}

/// The JSON Schemas of a source's files: `bundle.toml`, and every other.
#[cfg(feature = "schema")]
#[must_use]
pub fn schemas() -> [(&'static str, schemars::Schema); 2] {
    [
        ("bundle-source.schema.json", schemars::schema_for!(shape::BundleFile)),
        ("bundle-theme.schema.json", schemars::schema_for!(shape::ThemeFile)),
    ]
}

/// Reads and checks the bundle source in `dir`; an overlay may build on one of these bundles by its id alone.
///
/// # Errors
/// Everything that is wrong with it, each with file, line, rule and cure.
pub fn load(dir: &Path, built_in: &[Payload]) -> Result<Source, Vec<SourceError>> {
    read::load(dir, built_in, 0)
}

impl Source {
    /// What this source is built into.
    #[must_use]
    pub fn to_contents(&self) -> Contents {
        match &self.base {
            None => Contents::Whole(Box::new(self.to_payload())),
            Some(base) => Contents::Overlay(Box::new(self.to_overlay(&base.needed))),
        }
    }

    /// The bundle that reviews drafts: this one, or this overlay on its base.
    ///
    /// # Errors
    /// When the base is another than the overlay asks for, which [`load`] has already ruled out.
    pub fn whole(&self) -> Result<Payload, OverlayError> {
        match &self.base {
            None => Ok(self.to_payload()),
            Some(base) => self.to_overlay(&base.needed).on(&base.payload),
        }
    }

    fn rules(&self) -> Vec<Rule> {
        self.rules.iter().map(|source| source.rule.clone()).collect()
    }

    fn identity_rules(&self) -> Vec<IdentityRule> {
        self.identity.iter().map(|source| source.rule.clone()).collect()
    }

    fn kinds_spoken_of(&self) -> impl Iterator<Item = &SemanticKind> {
        self.semantic_kinds.iter().filter(|kind| !self.semantic_off.contains(&kind.category))
    }

    /// Of each rule's examples the first of either kind goes along.
    fn self_tests(&self) -> Vec<SelfTest> {
        let tests = self.rules.iter().flat_map(|source| {
            let test = |example: &Example, fires| SelfTest {
                rule: source.rule.id.clone(),
                text: example.text.clone(),
                fires,
            };
            let fires = source.fires.first().map(|example| test(example, true));
            fires.into_iter().chain(source.spares.first().map(|example| test(example, false)))
        });
        tests.collect()
    }

    fn to_payload(&self) -> Payload {
        let nameless = || Document { title: String::new(), attribution: String::new() };
        let mut payload = Payload {
            schema: SCHEMA,
            id: self.id.clone(),
            authority: self.authority.clone(),
            serial: self.serial,
            issued: self.issued,
            expires: self.expires,
            successor: self.successor.clone(),
            locale: self.locale.clone(),
            document: self.document.clone().unwrap_or_else(nameless),
            clauses: self.clauses.clone(),
            categories: self.categories.clone(),
            concepts: self.concepts.clone(),
            readings: self.readings.clone(),
            rules: self.rules(),
            identity: self.identity_rules(),
            mail: MailRules {
                factors: self.mail_factors.clone(),
                signs: self.mail_signs.iter().map(|source| source.sign.clone()).collect(),
            },
            thresholds: self.thresholds.unwrap_or_default(),
            semantic: SemanticRules {
                levels: self.semantic_levels.unwrap_or_default(),
                kinds: self.kinds_spoken_of().cloned().collect(),
            },
            reviewers: self.reviewers.clone().unwrap_or_else(|| vec![Reviewer::Rules, Reviewer::Semantic]),
            layers_off: self.layers_off.clone(),
            elections: self.elections.clone().unwrap_or_default(),
            texts: self.texts.clone(),
            self_tests: self.self_tests(),
        };
        self.at_most.iter().for_each(|(category, most)| payload.cap(*category, *most));
        payload
    }

    fn to_overlay(&self, needed: &BaseNeeded) -> Overlay {
        Overlay {
            schema: SCHEMA,
            base: needed.clone(),
            id: self.id.clone(),
            authority: self.authority.clone(),
            serial: self.serial,
            issued: self.issued,
            expires: self.expires,
            successor: self.successor.clone(),
            locale: self.locale.clone(),
            document: self.document.clone(),
            clauses: self.clauses.clone(),
            categories: self.categories.clone(),
            at_most: self.at_most.clone(),
            concepts: self.concepts.clone(),
            readings: self.readings.clone(),
            rules: self.rules(),
            rules_off: self.rules_off.clone(),
            identity: self.identity_rules(),
            thresholds: self.thresholds,
            semantic_levels: self.semantic_levels,
            semantic_off: self.semantic_off.clone(),
            semantic_kinds: self.kinds_spoken_of().cloned().collect(),
            reviewers: self.reviewers.clone(),
            layers_off: self.layers_off.clone(),
            elections: self.elections.clone(),
            texts: self.texts.clone(),
            self_tests: self.self_tests(),
        }
    }
}
