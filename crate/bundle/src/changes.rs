//! What one bundle would change for a councillor who has another: rules that come, go, hold a post or only show.
//!
//! What counts is what a person meets. A rule below the bundle's thresholds, or of a layer that is switched off, is not
//! there; one below the threshold of warnings only shows. What could silence a rule without touching it is told too: the
//! readings, the thresholds, and every concept that its words lead to. Words for people are made elsewhere, from these
//! facts.

use std::collections::{BTreeMap, BTreeSet};

use second_reading_engine::{Category, Concept, IdentityRule, MailSign, Reading, Rule, Severity};
use serde::Serialize;

use crate::payload::Payload;

/// How a rule changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It was not there, or not in force.
    Added,
    /// It is not there any more, or not in force.
    Removed,
    /// It only showed, and now holds a post.
    Stricter,
    /// It held a post, and now only shows.
    Milder,
    /// It looks for other words, itself or through a concept.
    Rewritten,
    /// The semantic reviewer could let go what it finds, and now it stands in any case.
    Settled,
    /// It stood in any case, and now the semantic reviewer may let go what it finds.
    Unsettled,
    /// It looks for the same and explains itself in other words.
    Reworded,
}

/// One rule that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleChange {
    /// The rule's id.
    pub rule: String,
    /// Its category.
    pub category: Category,
    /// How it changes.
    pub change: Change,
    /// What it did.
    pub before: Option<Severity>,
    /// What it will do.
    pub after: Option<Severity>,
    /// Why it speaks, in its own words.
    pub reason: String,
    /// A sentence on which it fires, where the bundle brings one.
    pub example: Option<String>,
}

/// Everything that changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// The rules, in the order of their kinds of change, then of the bundles. What a rule does, what it looks for or says,
    /// and whether it stands in any case are told one beside the other.
    pub rules: Vec<RuleChange>,
    /// The ids of clauses that are new, gone or of other words.
    pub clauses: Vec<String>,
    /// The kinds of risk that are of another clause, other words or another name.
    pub categories: Vec<Category>,
    /// Whether the clauses are quoted from another document, or as somebody else's words.
    pub document: bool,
    /// Whether other words spare what stands beside them, or make it count.
    pub readings: bool,
    /// Whether a finding must be more or less sure to show, or to hold a post.
    pub thresholds: bool,
    /// Whether who counts as a councillor is read otherwise.
    pub identity: bool,
    /// Whether messages are weighed otherwise.
    pub mail: bool,
    /// Whether other election periods are known.
    pub elections: bool,
    /// Whether other reviewers are on, or the semantic one speaks otherwise.
    pub reviewers: bool,
    /// Whether texts of the extension change.
    pub texts: bool,
}

impl Changes {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// What `new` changes for somebody who has `old`; with no `old`, everything is added.
    #[must_use]
    pub fn between(old: Option<&Payload>, new: &Payload) -> Changes {
        let Some(old) = old else {
            let rules = new.rules.iter().filter_map(|rule| met_otherwise(None, Some((new, rule))));
            return Changes { rules: rules.collect(), ..Changes::default() };
        };
        let (before, after) = (by_id(old), by_id(new));
        let concepts = OtherConcepts::between(old, new);
        let there = new.rules.iter().flat_map(|rule| {
            let was = before.get(rule.id.as_str()).map(|was| (old, *was));
            let is = (new, rule);
            let words = was.and_then(|was| worded_otherwise(was, is, concepts.reach(rule)));
            let certainty = was.and_then(|was| settling(was, is));
            met_otherwise(was, Some(is)).into_iter().chain(words).chain(certainty)
        });
        let gone = old.rules.iter().filter(|rule| !after.contains_key(rule.id.as_str()));
        let mut rules: Vec<RuleChange> =
            there.chain(gone.filter_map(|rule| met_otherwise(Some((old, rule)), None))).collect();
        rules.sort_by_key(|rule| rule.change);
        Changes {
            rules,
            clauses: other_clauses(old, new),
            categories: other_categories(old, new),
            document: old.document != new.document,
            readings: old.readings != new.readings || concepts.reach_any(&new.readings),
            thresholds: old.thresholds != new.thresholds,
            identity: old.identity != new.identity
                || concepts.reach_any(&new.identity)
                || concepts.cut_handles(),
            mail: old.mail != new.mail || concepts.reach_any(&new.mail.signs),
            elections: old.elections != new.elections,
            reviewers: old.reviewers != new.reviewers || old.semantic != new.semantic,
            texts: old.texts != new.texts,
        }
    }
}

fn by_id(payload: &Payload) -> BTreeMap<&str, &Rule> {
    payload.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect()
}

/// What a person meets of a rule.
fn met(payload: &Payload, rule: &Rule) -> Option<Severity> {
    let off = rule.layer.as_ref().is_some_and(|layer| payload.layers_off.contains(layer));
    if off || rule.confidence < payload.thresholds.notice {
        None
    } else if rule.confidence < payload.thresholds.warn {
        Some(Severity::Notice)
    } else {
        Some(rule.severity)
    }
}

/// A bundle and a rule in it.
type Of<'a> = (&'a Payload, &'a Rule);

/// Whether a rule comes, goes, holds a post or only shows.
fn met_otherwise(old: Option<Of<'_>>, new: Option<Of<'_>>) -> Option<RuleChange> {
    let before = old.and_then(|(payload, rule)| met(payload, rule));
    let after = new.and_then(|(payload, rule)| met(payload, rule));
    let change = match (before, after) {
        (None, Some(_)) => Change::Added,
        (Some(_), None) => Change::Removed,
        (Some(before), Some(after)) if before < after => Change::Stricter,
        (Some(before), Some(after)) if before > after => Change::Milder,
        _ => return None,
    };
    let said_by = new.filter(|_| after.is_some()).or(old)?;
    Some(told(said_by, change, before, after))
}

/// Whether a rule that is there in both looks for other words, or explains itself in others.
fn worded_otherwise(old: Of<'_>, new: Of<'_>, meant_otherwise: bool) -> Option<RuleChange> {
    let (before, after) = (met(old.0, old.1)?, met(new.0, new.1)?);
    let (was, is) = (old.1, new.1);
    let change = if meant_otherwise || looks_for(was) != looks_for(is) {
        Change::Rewritten
    } else if (&was.reason, &was.advice, &was.clause) != (&is.reason, &is.advice, &is.clause) {
        Change::Reworded
    } else {
        return None;
    };
    Some(told(new, change, Some(before), Some(after)))
}

/// Whether the semantic reviewer may let go what a rule finds, where it may not have before, or the other way round.
/// Where it is off altogether every rule stands, and that it is off is told by itself.
fn settling(old: Of<'_>, new: Of<'_>) -> Option<RuleChange> {
    let (before, after) = (met(old.0, old.1)?, met(new.0, new.1)?);
    let stands =
        |(payload, rule): Of<'_>| !rule.goes_by_words() || rule.confidence >= payload.semantic.levels.certain;
    let change = match (stands(old), stands(new)) {
        _ if !new.0.wants_semantic() => return None,
        (false, true) => Change::Settled,
        (true, false) => Change::Unsettled,
        _ => return None,
    };
    Some(told(new, change, Some(before), Some(after)))
}

fn told(
    (payload, rule): Of<'_>,
    change: Change,
    before: Option<Severity>,
    after: Option<Severity>,
) -> RuleChange {
    let example = payload.self_tests.iter().find(|test| test.fires && test.rule == rule.id);
    RuleChange {
        rule: rule.id.clone(),
        category: rule.category,
        change,
        before,
        after,
        reason: rule.reason.clone(),
        example: example.map(|test| test.text.clone()),
    }
}

/// The rule without what it only says, and how weightily.
fn looks_for(rule: &Rule) -> Rule {
    Rule {
        severity: Severity::Notice,
        confidence: 0.0,
        clause: None,
        reason: String::new(),
        advice: String::new(),
        source: String::new(),
        ..rule.clone()
    }
}

/// The concepts by which the engine itself tells what `{#name}` is; `docs/writing-rules.md` lists them.
const BEHIND_NAMES: [&str; 4] = ["given-name", "not-a-name", "place-name", "title"];

/// The concepts by which it cuts handles (and hashtags) into words, whatever an identity rule then looks for.
const BEHIND_HANDLES: [&str; 2] = ["handle-title", "handle-name"];

/// What stands for a name, in words and concepts alike.
const A_NAME: &str = "#name";

/// The names of concepts that do not hold the same words in both, themselves or through concepts within.
struct OtherConcepts<'a>(BTreeSet<&'a str>);

impl<'a> OtherConcepts<'a> {
    fn between(old: &'a Payload, new: &'a Payload) -> OtherConcepts<'a> {
        let of = |payload: &'a Payload| -> BTreeMap<&'a str, &'a Concept> {
            payload.concepts.iter().map(|concept| (concept.name.as_str(), concept)).collect()
        };
        let (before, after) = (of(old), of(new));
        let all = before.keys().chain(after.keys()).copied();
        let mut others: BTreeSet<&str> = all.filter(|name| before.get(name) != after.get(name)).collect();
        loop {
            if BEHIND_NAMES.iter().any(|name| others.contains(name)) {
                others.insert(A_NAME);
            }
            let same = new.concepts.iter().filter(|concept| !others.contains(concept.name.as_str()));
            let reached: Vec<&str> = same
                .filter(|concept| named(&concept.members).any(|name| others.contains(name)))
                .map(|concept| concept.name.as_str())
                .collect();
            if reached.is_empty() {
                return OtherConcepts(others);
            }
            others.extend(reached);
        }
    }

    fn reach(&self, item: &impl Worded) -> bool {
        let targets = item.targets().iter().map(|name| name.trim_matches(['{', '}']));
        targets.chain(item.words().into_iter().flat_map(named)).any(|name| self.0.contains(name))
    }

    /// Whether handles are cut into other words.
    fn cut_handles(&self) -> bool {
        BEHIND_HANDLES.iter().any(|name| self.0.contains(name))
    }

    fn reach_any(&self, items: &[impl Worded]) -> bool {
        items.iter().any(|item| self.reach(item))
    }
}

/// The names that stand in braces in some patterns.
fn named(patterns: &[String]) -> impl Iterator<Item = &str> {
    let after_braces = patterns.iter().flat_map(|pattern| pattern.split('{').skip(1));
    after_braces.filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// Whatever looks for words.
trait Worded {
    /// Every list of its patterns.
    fn words(&self) -> Vec<&[String]>;

    /// The concepts that it names by themselves, with braces or without.
    fn targets(&self) -> &[String] {
        &[]
    }
}

impl Worded for Rule {
    fn targets(&self) -> &[String] {
        &self.target
    }

    fn words(&self) -> Vec<&[String]> {
        vec![&self.patterns, &self.with, &self.with_draft, &self.unless, &self.unless_draft]
    }
}

impl Worded for IdentityRule {
    fn words(&self) -> Vec<&[String]> {
        vec![&self.patterns, &self.with, &self.with_draft, &self.unless, &self.unless_draft]
    }
}

impl Worded for MailSign {
    fn words(&self) -> Vec<&[String]> {
        vec![&self.patterns, &self.with, &self.with_draft, &self.unless, &self.unless_draft]
    }
}

impl Worded for Reading {
    fn words(&self) -> Vec<&[String]> {
        vec![&self.patterns]
    }
}

fn other_clauses(old: &Payload, new: &Payload) -> Vec<String> {
    let of = |payload: &'_ Payload| -> BTreeMap<String, String> {
        payload.clauses.iter().map(|clause| (clause.id.clone(), clause.words.clone())).collect()
    };
    let (before, after) = (of(old), of(new));
    let gone = before.keys().filter(|id| !after.contains_key(*id));
    let other = after.iter().filter(|(id, words)| before.get(*id) != Some(*words)).map(|(id, _)| id);
    other.chain(gone).cloned().collect()
}

fn other_categories(old: &Payload, new: &Payload) -> Vec<Category> {
    let of = |payload: &'_ Payload, category: Category| {
        payload.categories.iter().find(|known| known.id == category).cloned()
    };
    Category::ALL.into_iter().filter(|category| of(old, *category) != of(new, *category)).collect()
}
