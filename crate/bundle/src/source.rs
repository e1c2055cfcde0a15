//! Bundle sources: a folder of TOML files that a council's web editor keeps.
//!
//! `bundle.toml` says whose bundle it is and which folders it includes. Every other `.toml` file in the folder and in
//! the included ones may hold `[[concept]]`, `[[reading]]`, `[[rule]]`, `[[identity]]`, `[[clause]]` and `[[draft]]`
//! tables, or those by which messages are weighed (`[[mail_factor]]`, `[[mail_sign]]`), one theme a file. Every rule carries sentences on which it fires and sentences that it spares; one without
//! both is refused. Errors are collected, so that one run shows all of them, each with file and line.

mod read;
mod test;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use second_reading_engine::{
    CategoryClause, Clause, Concept, Day, Election, Engine, IdentityRule, MailFactor, MailRules, MailSign,
    Reading, Reviewer, Rule, RuleSet, Thresholds, Verdict,
};
use thiserror::Error;

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

/// A bundle source, read and checked.
#[derive(Clone, Debug)]
pub struct Source {
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
    /// The document that the clauses are quoted from.
    pub document: Document,
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// The categories.
    pub categories: Vec<CategoryClause>,
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
    pub thresholds: Thresholds,
    /// The reviewers that the council wants.
    pub reviewers: Vec<Reviewer>,
    /// Layers that are switched off.
    pub layers_off: Vec<String>,
    /// Election periods.
    pub elections: Vec<Election>,
    /// Texts that the extension shows.
    pub texts: BTreeMap<String, String>,
}

/// Reads and checks the bundle source in `dir`.
///
/// # Errors
/// Everything that is wrong with it, each with file, line, rule and cure.
pub fn load(dir: &Path) -> Result<Source, Vec<SourceError>> {
    read::load(dir)
}

impl Source {
    /// The part that an engine is made from.
    #[must_use]
    pub fn rule_set(&self) -> RuleSet {
        RuleSet {
            clauses: self.clauses.clone(),
            categories: self.categories.clone(),
            concepts: self.concepts.clone(),
            readings: self.readings.clone(),
            rules: self.rules.iter().map(|source| source.rule.clone()).collect(),
            identity: self.identity.iter().map(|source| source.rule.clone()).collect(),
            mail: MailRules {
                factors: self.mail_factors.clone(),
                signs: self.mail_signs.iter().map(|source| source.sign.clone()).collect(),
            },
            thresholds: self.thresholds,
            elections: self.elections.clone(),
            layers_off: self.layers_off.clone(),
        }
    }

    /// The payload of this source. Of each rule's examples the first of either kind goes along.
    #[must_use]
    pub fn to_payload(&self) -> Payload {
        let set = self.rule_set();
        let self_tests = self.rules.iter().flat_map(|source| {
            let test = |example: &Example, fires| SelfTest {
                rule: source.rule.id.clone(),
                text: example.text.clone(),
                fires,
            };
            let fires = source.fires.first().map(|example| test(example, true));
            fires.into_iter().chain(source.spares.first().map(|example| test(example, false)))
        });
        Payload {
            schema: SCHEMA,
            id: self.id.clone(),
            authority: self.authority.clone(),
            serial: self.serial,
            issued: self.issued,
            expires: self.expires,
            successor: self.successor.clone(),
            locale: self.locale.clone(),
            document: self.document.clone(),
            clauses: set.clauses,
            categories: set.categories,
            concepts: set.concepts,
            readings: set.readings,
            rules: set.rules,
            identity: set.identity,
            mail: set.mail,
            thresholds: set.thresholds,
            reviewers: self.reviewers.clone(),
            layers_off: set.layers_off,
            elections: set.elections,
            texts: self.texts.clone(),
            self_tests: self_tests.collect(),
        }
    }

    /// The engine of this source.
    pub(crate) fn engine(&self) -> Result<Engine, SourceError> {
        Engine::new(&self.rule_set()).map_err(|error| SourceError {
            file: PathBuf::new(),
            line: None,
            item: Some(error.owner.clone()),
            problem: error.to_string(),
        })
    }
}
