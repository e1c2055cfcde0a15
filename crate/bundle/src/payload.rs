//! The payload: a bundle as one JSON text, schema version 1.
//!
//! It carries patterns, not compiled programs, so that it can be read, compared and signed. Its fields stand in one
//! fixed order and its lists in the order of the source, so that the same source gives the same bytes.

use std::collections::BTreeMap;

use second_reading_engine::{
    Category, CategoryClause, Clause, Concept, Day, Election, Engine, IdentityRule, LoadError, MailRules,
    Reading, Reviewer, Rule, RuleSet, SemanticRules, Severity, Thresholds,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The version of the payload's shape.
pub const SCHEMA: u32 = 1;

/// A chance that nothing reaches.
const NEVER: f32 = 2.0;

/// The document that the clauses are quoted from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Whose words the clauses are, and under what terms they are quoted.
    pub attribution: String,
}

/// A sentence by which a loaded bundle can be tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SelfTest {
    /// The rule.
    pub rule: String,
    /// The sentence.
    pub text: String,
    /// Whether the rule fires on it.
    pub fires: bool,
}

/// A bundle as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// The version of this shape: 1.
    pub schema: u32,
    /// The bundle's id, such as `middlesbrough`.
    pub id: String,
    /// Whose bundle it is.
    pub authority: String,
    /// Grows with every issue.
    pub serial: u64,
    /// The day it was issued.
    pub issued: Day,
    /// The day after which it should be replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
    /// The key that will sign bundles of this id after this one; the signature over this payload vouches for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// The language of its texts.
    pub locale: String,
    /// The document that the clauses are quoted from.
    pub document: Document,
    /// The council's clauses, quoted.
    pub clauses: Vec<Clause>,
    /// What each category means in that document.
    pub categories: Vec<CategoryClause>,
    /// Named lists of words.
    pub concepts: Vec<Concept>,
    /// How words around a match change how it is meant.
    pub readings: Vec<Reading>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// How a writer is read as a councillor.
    pub identity: Vec<IdentityRule>,
    /// How a message to known recipients is weighed.
    #[serde(default)]
    pub mail: MailRules,
    /// How sure a finding must be.
    pub thresholds: Thresholds,
    /// What the semantic reviewer says, and how sure it must be.
    #[serde(default)]
    pub semantic: SemanticRules,
    /// The reviewers that the council wants; `rules` is always one of them.
    pub reviewers: Vec<Reviewer>,
    /// Layers of rules that the council has switched off.
    pub layers_off: Vec<String>,
    /// Election periods.
    pub elections: Vec<Election>,
    /// Texts that the extension shows, by name.
    pub texts: BTreeMap<String, String>,
    /// Sentences by which a loaded bundle can be tried.
    pub self_tests: Vec<SelfTest>,
}

/// Why bytes are no usable payload.
#[derive(Debug, Error)]
pub enum PayloadError {
    /// Not JSON, or not of this shape.
    #[error("the bundle cannot be read: {0}")]
    Shape(#[from] serde_json::Error),
    /// A newer shape than this program knows.
    #[error(
        "the bundle has schema version {found}, and this program reads version {SCHEMA}; update the program"
    )]
    Schema {
        /// The version found.
        found: u64,
    },
    /// A rule or concept that cannot be used.
    #[error("the bundle's rules cannot be used: {0}")]
    Rules(#[from] LoadError),
}

/// What nobody can mean in a list of reviewers, and the way out: rules read every draft, whatever it says.
pub(crate) fn reviewers_problem(reviewers: &[Reviewer]) -> Option<&'static str> {
    (!reviewers.contains(&Reviewer::Rules))
        .then_some("`reviewers` leaves out `rules`, which read in any case; put \"rules\" into it")
}

/// A bundle ready for reviews.
#[derive(Debug)]
pub struct LoadedBundle {
    /// The bundle's id.
    pub id: String,
    /// Whose bundle it is.
    pub authority: String,
    /// Its serial.
    pub serial: u64,
    /// The day it was issued.
    pub issued: Day,
    /// The day after which it should be replaced.
    pub expires: Option<Day>,
    /// The language of its texts.
    pub locale: String,
    /// The document that the clauses are quoted from.
    pub document: Document,
    /// The reviewers that the council wants.
    pub reviewers: Vec<Reviewer>,
    /// Whether there is a kind of risk of which the semantic reviewer may speak.
    pub speaks: bool,
    /// Texts that the extension shows, by name.
    pub texts: BTreeMap<String, String>,
    /// The rules, made ready.
    pub engine: Engine,
}

impl LoadedBundle {
    /// Whether the council wants the semantic reviewer and has given it something to say.
    #[must_use]
    pub fn wants_semantic(&self) -> bool {
        self.reviewers.contains(&Reviewer::Semantic) && self.speaks
    }
}

impl Payload {
    /// Reads a payload.
    ///
    /// # Errors
    /// When the bytes are not JSON of schema version 1.
    pub fn parse(bytes: &[u8]) -> Result<Payload, PayloadError> {
        #[derive(Deserialize)]
        struct Version {
            schema: u64,
        }
        let wrong = match serde_json::from_slice::<Payload>(bytes) {
            Ok(payload) if payload.schema == SCHEMA => return Ok(payload),
            Ok(payload) => return Err(PayloadError::Schema { found: payload.schema.into() }),
            Err(error) => error,
        };
        // A newer shape is told apart from a broken one by its version alone.
        match serde_json::from_slice::<Version>(bytes) {
            Ok(Version { schema }) if schema != u64::from(SCHEMA) => {
                Err(PayloadError::Schema { found: schema })
            }
            _ => Err(PayloadError::Shape(wrong)),
        }
    }

    /// The payload as bytes; equal payloads give equal bytes.
    ///
    /// # Errors
    /// Never for a payload that was read or made from a source; the signature is serde's.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PayloadError> {
        let mut bytes = serde_json::to_vec(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Whether the semantic reviewer is on and has something to say: what [`LoadedBundle::wants_semantic`] tells.
    pub(crate) fn wants_semantic(&self) -> bool {
        self.reviewers.contains(&Reviewer::Semantic) && !self.semantic.kinds.is_empty()
    }

    /// Whether it has a rule of this id.
    #[must_use]
    pub fn has_rule(&self, id: &str) -> bool {
        self.rules.iter().any(|rule| rule.id == id)
    }

    /// Lets what speaks of a category do this at most, whatever it says itself.
    pub(crate) fn cap(&mut self, category: Category, most: Severity) {
        let rules = self.rules.iter_mut().filter(|rule| rule.category == category);
        rules.for_each(|rule| rule.severity = rule.severity.min(most));
        if most == Severity::Notice {
            let kinds = self.semantic.kinds.iter_mut().filter(|kind| kind.category == category);
            kinds.for_each(|kind| kind.warn = NEVER);
        }
    }

    /// The part that an engine is made from.
    #[must_use]
    pub fn rule_set(&self) -> RuleSet {
        RuleSet {
            clauses: self.clauses.clone(),
            categories: self.categories.clone(),
            concepts: self.concepts.clone(),
            readings: self.readings.clone(),
            rules: self.rules.clone(),
            identity: self.identity.clone(),
            mail: self.mail.clone(),
            thresholds: self.thresholds,
            semantic: self.semantic.clone(),
            elections: self.elections.clone(),
            layers_off: self.layers_off.clone(),
        }
    }

    /// Makes the bundle ready for reviews.
    ///
    /// # Errors
    /// Names the rule or concept that cannot be used.
    pub fn load(&self) -> Result<LoadedBundle, PayloadError> {
        self.clone().into_loaded()
    }

    /// The same, where nobody else needs the payload: for its time the memory of both is not taken.
    ///
    /// # Errors
    /// As [`Payload::load`].
    pub fn into_loaded(self) -> Result<LoadedBundle, PayloadError> {
        // Needed no more: what they take is free for the engine.
        drop(self.self_tests);
        Ok(LoadedBundle {
            id: self.id,
            authority: self.authority,
            serial: self.serial,
            issued: self.issued,
            expires: self.expires,
            locale: self.locale,
            document: self.document,
            reviewers: self.reviewers,
            speaks: !self.semantic.kinds.is_empty(),
            texts: self.texts,
            engine: Engine::from_set(RuleSet {
                clauses: self.clauses,
                categories: self.categories,
                concepts: self.concepts,
                readings: self.readings,
                rules: self.rules,
                identity: self.identity,
                mail: self.mail,
                thresholds: self.thresholds,
                semantic: self.semantic,
                elections: self.elections,
                layers_off: self.layers_off,
            })?,
        })
    }
}
