//! A council's overlay: what it adds to, replaces in and leaves out of a base bundle that others keep.
//!
//! The overlay always has the last word, and in one way for each kind of thing. By id it **replaces** clauses,
//! categories, rules, identity rules and texts of the base; what is new is added behind. It **adds** members to a
//! concept of the same name and readings to those there are. It **switches off** the rules it names, and layers besides
//! those that the base switches off. It **caps** all that is said of a category, by either. Thresholds, reviewers,
//! elections and the document are the overlay's where it states them and the base's where it does not. How messages are
//! weighed stays the base's. Id, authority, serial and dates of what comes of it are the overlay's.

use std::collections::{BTreeMap, BTreeSet};

use second_reading_engine::{
    Category, CategoryClause, Clause, Concept, Day, Election, IdentityRule, Reading, Reviewer, Rule,
    SemanticKind, SemanticLevels, Severity, Thresholds,
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::payload::{Document, Payload, SCHEMA, SelfTest};

/// The bundle that an overlay builds on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BaseNeeded {
    /// Its id.
    pub id: String,
    /// The lowest serial of it that the overlay was made for; any later one will do.
    pub serial: u64,
}

/// A bundle that builds on another, as data: a payload with a `base`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// The version of this shape: 1.
    pub schema: u32,
    /// What it builds on.
    pub base: BaseNeeded,
    /// The id of what comes of it, such as `redcar`.
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
    /// The key that will sign bundles of this id after this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// The language of its texts.
    pub locale: String,
    /// The document that its clauses are quoted from, in place of the base's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// Clauses, added or in place of the base's of the same id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
    /// Categories in place of the base's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<CategoryClause>,
    /// The most that rules and the semantic reviewer may do about a category, the base's rules among them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub at_most: BTreeMap<Category, Severity>,
    /// Concepts, or more members for the base's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<Concept>,
    /// More readings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// Rules, added or in place of the base's of the same id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Rules of the base that are switched off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules_off: Vec<String>,
    /// Identity rules, added or in place of the base's of the same id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identity: Vec<IdentityRule>,
    /// How sure a finding must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thresholds: Option<Thresholds>,
    /// How sure the semantic reviewer must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub semantic_levels: Option<SemanticLevels>,
    /// Kinds of risk of which the semantic reviewer no longer speaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub semantic_off: Vec<Category>,
    /// What it says of a kind of risk, in place of the base's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub semantic_kinds: Vec<SemanticKind>,
    /// The reviewers that the council wants; `rules` is always one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewers: Option<Vec<Reviewer>>,
    /// Layers that are switched off besides the base's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers_off: Vec<String>,
    /// Election periods in place of the base's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elections: Option<Vec<Election>>,
    /// Texts, added or in place of the base's of the same name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<String, String>,
    /// Sentences by which its own rules are tried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub self_tests: Vec<SelfTest>,
}

/// Why an overlay does not fit a base.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OverlayError {
    /// Another bundle, or too old a one.
    #[error("it builds on `{}` of serial {} or later, and this is `{id}` of serial {serial}", needed.id, needed.serial)]
    OtherBase {
        /// What it needs.
        needed: BaseNeeded,
        /// What it was given.
        id: String,
        /// Its serial.
        serial: u64,
    },
    /// A rule to be switched off that is not there.
    #[error("`rules_off` names `{0}`, and the base has no such rule; take it out")]
    NoSuchRule(String),
    /// A concept that the base inflects otherwise.
    #[error(
        "concept `{0}` has another `inflect`, `obfuscated`, `regex` or `check` than the base's; give it a name of its own"
    )]
    OtherConcept(String),
    /// The same id as its base.
    #[error("it has the id of its base, `{0}`; give it one of its own")]
    SameId(String),
}

impl Overlay {
    /// The whole bundle: this overlay on its base.
    ///
    /// # Errors
    /// When the base is another one, or has not what the overlay speaks of.
    pub fn on(&self, base: &Payload) -> Result<Payload, OverlayError> {
        if base.id != self.base.id || base.serial < self.base.serial {
            let needed = self.base.clone();
            return Err(OverlayError::OtherBase { needed, id: base.id.clone(), serial: base.serial });
        }
        if base.id == self.id {
            return Err(OverlayError::SameId(self.id.clone()));
        }
        let mut whole = base.clone();
        if let Some(missing) =
            self.rules_off.iter().find(|off| !base.rules.iter().any(|rule| &rule.id == *off))
        {
            return Err(OverlayError::NoSuchRule(missing.clone()));
        }
        let gone: BTreeSet<&str> = self
            .rules_off
            .iter()
            .map(String::as_str)
            .chain(self.rules.iter().map(|rule| rule.id.as_str()))
            .collect();
        // A switched-off rule of the base is gone; an overlay's own rule of that id is not.
        whole.rules.retain(|rule| !self.rules_off.contains(&rule.id));
        whole.self_tests.retain(|test| !gone.contains(test.rule.as_str()));
        replace(&mut whole.clauses, &self.clauses, |clause| clause.id.clone());
        replace(&mut whole.categories, &self.categories, |category| category.id);
        replace(&mut whole.rules, &self.rules, |rule| rule.id.clone());
        replace(&mut whole.identity, &self.identity, |rule| rule.id.clone());
        add_concepts(&mut whole.concepts, &self.concepts)?;
        whole.readings.extend(self.readings.iter().cloned());
        whole.self_tests.extend(self.self_tests.iter().cloned());
        whole.layers_off.extend(self.layers_off.iter().cloned());
        whole.texts.extend(self.texts.clone());
        whole.thresholds = self.thresholds.unwrap_or(whole.thresholds);
        whole.semantic.levels = self.semantic_levels.unwrap_or(whole.semantic.levels);
        replace(&mut whole.semantic.kinds, &self.semantic_kinds, |kind| kind.category);
        whole.semantic.kinds.retain(|kind| !self.semantic_off.contains(&kind.category));
        whole.reviewers = self.reviewers.clone().unwrap_or(whole.reviewers);
        whole.elections = self.elections.clone().unwrap_or(whole.elections);
        whole.document = self.document.clone().unwrap_or(whole.document);
        self.at_most.iter().for_each(|(category, most)| whole.cap(*category, *most));
        Ok(Payload {
            schema: SCHEMA,
            id: self.id.clone(),
            authority: self.authority.clone(),
            serial: self.serial,
            issued: self.issued,
            expires: self.expires,
            successor: self.successor.clone(),
            locale: self.locale.clone(),
            ..whole
        })
    }
}

/// Puts each new item in the place of the one with the same id, or behind all.
fn replace<T: Clone, I: PartialEq>(items: &mut Vec<T>, new: &[T], id: impl Fn(&T) -> I) {
    for item in new {
        match items.iter_mut().find(|known| id(known) == id(item)) {
            Some(known) => *known = item.clone(),
            None => items.push(item.clone()),
        }
    }
}

fn add_concepts(concepts: &mut Vec<Concept>, new: &[Concept]) -> Result<(), OverlayError> {
    for concept in new {
        let Some(known) = concepts.iter_mut().find(|known| known.name == concept.name) else {
            concepts.push(concept.clone());
            continue;
        };
        // Words are added and nothing else: what changes how the base's words are read would change them all.
        let told = |concept: &Concept| (concept.inflect, concept.obfuscated, concept.check);
        if told(known) != told(concept) || !concept.regex.is_empty() {
            return Err(OverlayError::OtherConcept(concept.name.clone()));
        }
        known.members.extend(
            concept
                .members
                .iter()
                .filter(|member| !known.members.contains(member))
                .cloned()
                .collect::<Vec<_>>(),
        );
    }
    Ok(())
}
