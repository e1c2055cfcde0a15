//! The files of a bundle source, as TOML holds them.
//!
//! Names that stand in a message to the writer are spanned, so that the line can be told. Nothing is checked here beyond
//! the shape.

use std::collections::BTreeMap;
use std::path::PathBuf;

use second_reading_engine::{
    Category, Clause, Day, Election, Inflection, MailFactor, NumberCheck, Polarity, Reading, Recipients,
    Reviewer, Says, SemanticKind, Severity, Shows, Surface, Thresholds, Verdict, Voice, Weighed, Where,
    Window,
};
use serde::Deserialize;
use toml::Spanned;

use crate::payload::Document;

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BundleFile {
    pub(super) id: String,
    pub(super) authority: String,
    pub(super) serial: u64,
    pub(super) issued: Day,
    pub(super) expires: Option<Day>,
    pub(super) successor: Option<String>,
    pub(super) locale: String,
    /// What this bundle builds on, if it is an overlay.
    pub(super) base: Option<BaseEntry>,
    pub(super) document: Option<Document>,
    #[serde(default)]
    pub(super) include: Vec<PathBuf>,
    /// Shared rules, or rules of the base, that this council does not want.
    #[serde(default)]
    pub(super) without: Vec<String>,
    /// Which clause of this document stands for one that shared rules name from another.
    #[serde(default)]
    pub(super) clauses_as: BTreeMap<String, String>,
    /// The reviewers that this council wants; `rules` is always one of them.
    pub(super) reviewers: Option<Vec<Reviewer>>,
    #[serde(default)]
    pub(super) layers_off: Vec<String>,
    pub(super) thresholds: Option<Thresholds>,
    pub(super) semantic: Option<SemanticEntry>,
    #[serde(default)]
    pub(super) category: Vec<CategoryEntry>,
    pub(super) election: Option<Vec<Election>>,
    #[serde(default)]
    pub(super) texts: BTreeMap<String, String>,
}

/// What `[semantic]` says; what is left out stays as it is.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SemanticEntry {
    pub(super) notice: Option<f32>,
    pub(super) warn: Option<f32>,
    pub(super) rule_notice: Option<f32>,
    pub(super) rule_warn: Option<f32>,
    pub(super) certain: Option<f32>,
    /// Kinds of risk of which the semantic reviewer does not speak.
    #[serde(default)]
    pub(super) off: Vec<Category>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BaseEntry {
    pub(super) id: String,
    pub(super) serial: u64,
    /// Its source folder, payload or signed file; without one, a bundle that the command brings.
    pub(super) source: Option<PathBuf>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryEntry {
    pub(super) id: Category,
    pub(super) clause: String,
    pub(super) words: String,
    pub(super) label: String,
    /// The most that rules of this category may do here, whatever they say themselves.
    pub(super) at_most: Option<Severity>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ThemeFile {
    /// What the file's rules share, unless a rule says otherwise.
    #[serde(default)]
    pub(super) defaults: Defaults,
    #[serde(default)]
    pub(super) concept: Vec<ConceptEntry>,
    #[serde(default)]
    pub(super) reading: Vec<Reading>,
    #[serde(default)]
    pub(super) rule: Vec<RuleEntry>,
    #[serde(default)]
    pub(super) identity: Vec<IdentityEntry>,
    #[serde(default)]
    pub(super) mail_factor: Vec<MailFactor>,
    #[serde(default)]
    pub(super) mail_sign: Vec<SignEntry>,
    #[serde(default)]
    pub(super) semantic: Vec<SemanticKind>,
    #[serde(default)]
    pub(super) clause: Vec<Clause>,
    #[serde(default)]
    pub(super) draft: Vec<DraftEntry>,
}

#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Defaults {
    pub(super) category: Option<Category>,
    pub(super) severity: Option<Severity>,
    pub(super) confidence: Option<f32>,
    pub(super) reason: Option<String>,
    pub(super) advice: Option<String>,
    pub(super) source: Option<String>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ConceptEntry {
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) members: Vec<String>,
    pub(super) inflect: Option<Inflection>,
    #[serde(default)]
    pub(super) obfuscated: bool,
    #[serde(default)]
    pub(super) regex: Vec<String>,
    pub(super) check: Option<NumberCheck>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub(super) id: Spanned<String>,
    pub(super) category: Option<Category>,
    pub(super) clause: Option<String>,
    pub(super) severity: Option<Severity>,
    pub(super) confidence: Option<f32>,
    #[serde(rename = "match")]
    pub(super) patterns: Vec<String>,
    #[serde(default)]
    pub(super) target: Vec<String>,
    #[serde(default)]
    pub(super) with: Vec<String>,
    #[serde(default)]
    pub(super) with_draft: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    #[serde(default)]
    pub(super) unless_draft: Vec<String>,
    #[serde(default)]
    pub(super) polarity: Polarity,
    #[serde(default)]
    pub(super) voice: Voice,
    pub(super) window: Option<Window>,
    #[serde(default)]
    pub(super) surfaces: Vec<Surface>,
    #[serde(default)]
    pub(super) recipients: Vec<Recipients>,
    pub(super) weighed: Option<Weighed>,
    pub(super) layer: Option<String>,
    pub(super) reason: Option<String>,
    pub(super) advice: Option<String>,
    pub(super) source: Option<String>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub(super) fires: Vec<Spanned<String>>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub(super) spares: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct IdentityEntry {
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub(super) id: Spanned<String>,
    pub(super) says: Says,
    #[serde(rename = "where")]
    pub(super) places: Vec<Where>,
    #[serde(rename = "match")]
    pub(super) patterns: Vec<String>,
    #[serde(default)]
    pub(super) with: Vec<String>,
    #[serde(default)]
    pub(super) with_draft: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    #[serde(default)]
    pub(super) unless_draft: Vec<String>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub(super) fires: Vec<Spanned<String>>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub(super) spares: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct SignEntry {
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub(super) id: Spanned<String>,
    pub(super) weighs: BTreeMap<Shows, i32>,
    #[serde(default)]
    pub(super) recipients: Vec<Recipients>,
    #[serde(rename = "match")]
    pub(super) patterns: Vec<String>,
    #[serde(default)]
    pub(super) with: Vec<String>,
    #[serde(default)]
    pub(super) with_draft: Vec<String>,
    #[serde(default)]
    pub(super) unless: Vec<String>,
    #[serde(default)]
    pub(super) unless_draft: Vec<String>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub(super) fires: Vec<Spanned<String>>,
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    pub(super) spares: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct DraftEntry {
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub(super) text: Spanned<String>,
    pub(super) verdict: Verdict,
}
