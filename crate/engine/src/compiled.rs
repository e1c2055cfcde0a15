//! A rule set made ready: what `compile` makes, and a pass runs.

use crate::index::Index;
use crate::rule::lexicon::Lexicon;
use crate::rule::program::Program;
use crate::rule::set::{
    CategoryClause, Clause, Election, IdentityRule, MailFactor, MailSign, ReadingKind, ReadingPlace, Rule,
    SemanticRules, Thresholds,
};
use crate::rule::symbol::ConceptId;

/// Whose pattern it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    Rule(usize),
    Identity(usize),
}

/// What must or must not stand around a match.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) target: Vec<ConceptId>,
    pub(crate) with: Vec<Program>,
    pub(crate) with_draft: Vec<Program>,
    pub(crate) unless: Vec<Program>,
    /// Those that mark words: they go for a match whose telling words are among these, and for no other.
    pub(crate) unless_told: Vec<Program>,
    pub(crate) unless_draft: Vec<Program>,
}

#[derive(Debug)]
pub(crate) struct RuleProgram {
    pub(crate) rule: Rule,
    pub(crate) clause: String,
    pub(crate) context: Context,
}

#[derive(Debug)]
pub(crate) struct ReadingProgram {
    pub(crate) reads: ReadingKind,
    pub(crate) place: ReadingPlace,
    pub(crate) within: usize,
    pub(crate) programs: Vec<Program>,
}

#[derive(Debug)]
pub(crate) struct IdentityProgram {
    pub(crate) rule: IdentityRule,
    pub(crate) context: Context,
}

#[derive(Debug)]
pub(crate) struct MailProgram {
    pub(crate) sign: MailSign,
    pub(crate) context: Context,
}

/// All that reviews need of a rule set.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// What all its patterns come to, in steps.
    pub(crate) steps: usize,
    pub(crate) lexicon: Lexicon,
    pub(crate) patterns: Vec<(Program, Owner)>,
    pub(crate) index: Index,
    pub(crate) rules: Vec<RuleProgram>,
    pub(crate) readings: Vec<ReadingProgram>,
    pub(crate) identity: Vec<IdentityProgram>,
    /// Signs of messages, apart from the rest: a draft to nobody known does not look for them.
    pub(crate) mail: Vec<MailProgram>,
    pub(crate) mail_patterns: Vec<(Program, usize)>,
    pub(crate) mail_index: Index,
    pub(crate) mail_factors: Vec<MailFactor>,
    pub(crate) categories: Vec<CategoryClause>,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) thresholds: Thresholds,
    pub(crate) semantic: SemanticRules,
    pub(crate) elections: Vec<Election>,
}

impl Compiled {
    /// The rule with this id.
    pub(crate) fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().map(|program| &program.rule).find(|rule| rule.id == id)
    }
}
