//! A rule set as data: what a bundle's payload carries and what an engine is made from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Category, Day, Factor, Recipients, Severity, Surface};

/// Everything that an engine is made from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// The council's clauses, quoted.
    pub clauses: Vec<Clause>,
    /// What each category means in this council's document.
    pub categories: Vec<CategoryClause>,
    /// Named lists of words.
    pub concepts: Vec<Concept>,
    /// How words around a match change whose they are or whether they are meant.
    pub readings: Vec<Reading>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// How a writer is read as a councillor (12.2).
    pub identity: Vec<IdentityRule>,
    /// How a message to known recipients is weighed (11.5).
    #[serde(default)]
    pub mail: MailRules,
    /// How sure a finding must be.
    #[serde(default)]
    pub thresholds: Thresholds,
    /// What the semantic reviewer says, and how sure it must be.
    #[serde(default)]
    pub semantic: SemanticRules,
    /// Election periods (11.6).
    #[serde(default)]
    pub elections: Vec<Election>,
    /// Layers of rules that are switched off.
    #[serde(default)]
    pub layers_off: Vec<String>,
}

/// A clause of the council's document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// Its number, such as `12.3`.
    pub id: String,
    /// The council's words.
    pub words: String,
}

/// The clause that a category stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CategoryClause {
    /// The category.
    pub id: Category,
    /// The clause's number.
    pub clause: String,
    /// The council's words for just this duty.
    pub words: String,
    /// A short label for people.
    pub label: String,
}

/// How the members of a concept change their form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Inflection {
    /// The first word of each member: accuse, accuses, accused, accusing.
    Verb,
    /// The last word of each member: liar, liars.
    Noun,
    /// The only word of each member: lazy, lazier, laziest.
    Adjective,
}

/// A check on what a regular expression found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NumberCheck {
    /// The check digit of an NHS number.
    Nhs,
    /// The letters that a National Insurance number may start with.
    Ni,
    /// The check digit of a payment card.
    Luhn,
}

/// A named list of words, phrases, emoji or hashtags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Concept {
    /// Its name, as in `{name}`.
    pub name: String,
    /// Words, phrases, emoji, hashtags, other concepts `{name}` or built-in classes `{#name}`.
    #[serde(default)]
    pub members: Vec<String>,
    /// Whether other forms of each member belong to it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inflect: Option<Inflection>,
    /// Whether members are also met with stars, signs, spaces or repeated letters in them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub obfuscated: bool,
    /// Regular expressions, for numbers and codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regex: Vec<String>,
    /// A check on what the regular expressions find.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<NumberCheck>,
}

/// What a reading says about a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReadingKind {
    /// It is denied.
    Negated,
    /// It is supposed, wished or feared, not said.
    Hypothetical,
    /// It is asked.
    Asked,
    /// Somebody else said it.
    Reported,
    /// It is condemned.
    Condemned,
    /// The writer says sorry for it.
    Apologised,
    /// It is meant after all: a set phrase whose words are no sign of any of the others (`if you ask me`).
    Meant,
}

/// Where a reading's words stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReadingPlace {
    /// Before the telling words, in the same sentence, with no break and at most `within` tokens between.
    #[default]
    Before,
    /// Anywhere in the same sentence.
    Sentence,
    /// Anywhere in the same sentence or its neighbours.
    Near,
    /// Anywhere in the draft.
    Draft,
}

/// Words that change how what stands beside them is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// What it says about a match.
    pub reads: ReadingKind,
    /// Where its words stand.
    #[serde(default)]
    pub place: ReadingPlace,
    /// For `before`: how many tokens may stand between.
    #[serde(default = "default_within")]
    pub within: usize,
    /// The words.
    #[serde(rename = "match")]
    pub patterns: Vec<String>,
}

fn default_within() -> usize {
    6
}

/// Which matches count, by whether they are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Only what is affirmed: denied, supposed and asked matches are spared.
    #[default]
    Affirmed,
    /// Questions count too.
    Asked,
    /// Every match counts.
    Any,
}

/// Which matches count, by whose words they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// Only the writer's own: quoted, reported, condemned and apologised-for words are spared.
    #[default]
    Own,
    /// Quoted words count; condemned and apologised-for ones are spared.
    Passed,
    /// Every match counts.
    Any,
}

/// When a rule is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Window {
    /// From a notice of election to the close of the poll.
    Election,
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id, such as `respect.insult`.
    pub id: String,
    /// The category of its findings.
    pub category: Category,
    /// The clause, where it is not the category's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// How serious a finding is.
    pub severity: Severity,
    /// How sure a finding is, from 0 to 1.
    pub confidence: f32,
    /// What it looks for.
    #[serde(rename = "match")]
    pub patterns: Vec<String>,
    /// One of these concepts must be met in the same sentence or the one before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target: Vec<String>,
    /// One of these must be in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// One of these must be in the draft.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_draft: Vec<String>,
    /// None of these may be in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// None of these may be in the draft.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless_draft: Vec<String>,
    /// Which matches count, by whether they are meant.
    #[serde(default)]
    pub polarity: Polarity,
    /// Which matches count, by whose words they are.
    #[serde(default)]
    pub voice: Voice,
    /// When it is in force; always, if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    /// Where it is in force; everywhere, if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surfaces: Vec<Surface>,
    /// Which recipients it is about. With any here, it is a rule for messages: in force only where the recipients are
    /// known to be these, and the surface, if it names any, known too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Recipients>,
    /// How the message must have been weighed; however, if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighed: Option<Weighed>,
    /// A layer that can be switched off as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// Why it could be seen as a breach, for the person.
    pub reason: String,
    /// How to put it better.
    pub advice: String,
    /// The paragraph or guidance it comes from.
    pub source: String,
}

impl Rule {
    /// Whether it goes by what is said alone, and not by a date, how a message was weighed, or a layer of other law.
    #[must_use]
    pub fn goes_by_words(&self) -> bool {
        self.window.is_none() && self.weighed.is_none() && self.layer.is_none()
    }
}

/// A place where a writer says who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Where {
    /// The draft's own words.
    Text,
    /// A handle such as `@CllrSmith`.
    Handle,
    /// The name shown.
    DisplayName,
    /// A profile's description.
    Bio,
    /// The end of a mail.
    Signature,
}

/// What a piece of identity shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Says {
    /// The writer is a councillor.
    Councillor,
    /// Nothing: the words only look like it. A former councillor, a candidate, Councillor Street.
    Nothing,
}

/// A rule that reads who the writer is (12.2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IdentityRule {
    /// Its id.
    pub id: String,
    /// What it shows. Words of a rule that shows nothing are not words of any other identity rule.
    pub says: Says,
    /// Where its words count.
    #[serde(rename = "where")]
    pub places: Vec<Where>,
    /// What it looks for.
    #[serde(rename = "match")]
    pub patterns: Vec<String>,
    /// One of these must be in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// One of these must be in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_draft: Vec<String>,
    /// None of these may be in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// None of these may be in the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless_draft: Vec<String>,
}

/// How a message must have been weighed for a rule to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Weighed {
    /// As political.
    Political,
    /// As political, with nothing against it but who receives it: the case to ask about (Cheshire East 4.12).
    Doubtful,
}

/// How messages are weighed: the words that show a factor, and the factors in words for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MailRules {
    /// The factors. A bundle without them weighs no messages; one with them has all ten.
    #[serde(default)]
    pub factors: Vec<MailFactor>,
    /// The signs.
    #[serde(default)]
    pub signs: Vec<MailSign>,
}

/// A factor in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MailFactor {
    /// The factor.
    pub factor: Factor,
    /// What it means, for the person.
    pub text: String,
}

/// What a sign in a message weighs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Shows {
    /// It is about a party, a political group, an election or opponents.
    Political,
    /// It is work for an election or a party: political, and never administrative.
    Campaign,
    /// It takes or pushes a side on something disputed.
    Controversial,
    /// It criticises people, a party or a group.
    Criticism,
    /// It goes beyond arrangements: it says what the writer thinks, feels or wants.
    Beyond,
}

/// A rule that weighs a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MailSign {
    /// Its id.
    pub id: String,
    /// How much it weighs for each; what weighs ten or more in all is so, and what is below zero weighs against.
    pub weighs: BTreeMap<Shows, i32>,
    /// For which recipients it counts; whoever receives it, if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Recipients>,
    /// What it looks for.
    #[serde(rename = "match")]
    pub patterns: Vec<String>,
    /// One of these must be in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// One of these must be in the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_draft: Vec<String>,
    /// None of these may be in the same sentence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// None of these may be in the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless_draft: Vec<String>,
}

/// How sure a finding must be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// Below this a `warn` becomes a `notice`.
    pub warn: f32,
    /// Below this nothing is raised.
    pub notice: f32,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { warn: 0.7, notice: 0.4 }
    }
}

/// What the semantic reviewer says, and how sure it must be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SemanticRules {
    /// How sure it must be.
    #[serde(default)]
    pub levels: SemanticLevels,
    /// The kinds of risk that it may speak of; it is silent about the others.
    #[serde(default)]
    pub kinds: Vec<SemanticKind>,
}

/// How sure the semantic reviewer must be, and how its word and the rules' weigh together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SemanticLevels {
    /// From this chance of any risk on (0 to 1) something is raised.
    pub notice: f32,
    /// From this chance of any risk on a submission is held.
    pub warn: f32,
    /// What the chance's log-odds gain where a rule shows a `notice` in the same words.
    pub rule_notice: f32,
    /// What they gain where a rule warns there.
    pub rule_warn: f32,
    /// Rules of this confidence or a higher one stand, whatever the semantic reviewer reads.
    pub certain: f32,
}

impl Default for SemanticLevels {
    fn default() -> SemanticLevels {
        SemanticLevels { notice: 0.73, warn: 0.88, rule_notice: 1.5, rule_warn: 2.0, certain: 0.85 }
    }
}

/// The most that a rule can add to a chance's log-odds: with so much, hardly any chance is left to decide.
const MOST_GAIN: f32 = 20.0;

impl SemanticLevels {
    /// What nobody can mean in them, and the way out; `None` where they can be meant. No comparison holds for what is no
    /// number.
    #[must_use]
    pub fn problem(&self) -> Option<&'static str> {
        let chance = |number: f32| number > 0.0 && number < 1.0;
        let gain = |number: f32| (0.0..=MOST_GAIN).contains(&number);
        if !(chance(self.notice) && chance(self.warn) && self.notice <= self.warn) {
            Some("`notice` and `warn` are chances between 0 and 1, and `notice` is not above `warn`")
        } else if !(gain(self.rule_notice) && gain(self.rule_warn)) {
            Some("`rule_notice` and `rule_warn` are gains from 0 to 20")
        } else if !(0.0..=1.0).contains(&self.certain) {
            Some("`certain` lies between 0 and 1, as the confidence of rules does")
        } else {
            None
        }
    }
}

/// One kind of risk in the semantic reviewer's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SemanticKind {
    /// The category.
    pub category: Category,
    /// From this chance of the category on (0 to 1) it is named beside the likeliest.
    pub named: f32,
    /// Below this chance of the category nothing is held for it; above 1 nothing ever is.
    pub warn: f32,
    /// Why it could be read so, for the person.
    pub reason: String,
    /// How to put it better.
    pub advice: String,
}

impl SemanticKind {
    /// What nobody can mean in its numbers, and the way out; `None` where they can be meant.
    #[must_use]
    pub fn problem(&self) -> Option<&'static str> {
        let meant = (0.0..=1.0).contains(&self.named) && self.warn >= 0.0 && self.warn.is_finite();
        (!meant)
            .then_some("`named` is a chance from 0 to 1, and `warn` is one too, or above 1 to hold nothing")
    }
}

/// One election.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Election {
    /// The day the notice of election is published.
    pub notice: Day,
    /// The day of the poll.
    pub poll: Day,
}

impl Election {
    /// What is wrong with its days, and the way out; `None` where they can be meant.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let Election { notice, poll } = self;
        (poll < notice)
            .then(|| format!("its `notice` ({notice}) comes after its `poll` ({poll}); exchange them"))
    }

    /// Whether `day` lies in the election period of 11.6.
    #[must_use]
    pub fn covers(&self, day: Day) -> bool {
        self.notice <= day && day <= self.poll
    }
}
