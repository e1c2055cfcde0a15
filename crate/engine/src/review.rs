//! What goes out: findings, the verdict and how the writer was read.

use serde::{Deserialize, Serialize};

use crate::{ByteSpan, Category, MailReview};

/// How serious one finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look: shown quietly, never holds a submission.
    Notice,
    /// Holds a submission until the person decides.
    Warn,
}

/// What a review comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing found.
    Clear,
    /// Notices only.
    Notice,
    /// At least one finding that holds a submission.
    Warn,
}

/// What raised a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Reviewer {
    /// A rule of the bundle.
    Rules,
    /// The semantic reviewer.
    Semantic,
}

/// One risk at one place in a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The kind of risk.
    pub category: Category,
    /// The clause of the council's document, such as `12.3`.
    pub clause: String,
    /// The id of the rule.
    pub rule: String,
    /// What raised it.
    pub reviewer: Reviewer,
    /// How serious it is.
    pub severity: Severity,
    /// From 0 to 1.
    pub confidence: f32,
    /// The words that weighed, in order, in bytes of the draft.
    pub spans: Vec<ByteSpan>,
    /// Why it could be seen so, for the person.
    pub message: String,
    /// How to put it better.
    pub advice: String,
}

/// How the writer was read (12.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identification {
    /// `Some(true)`: as a councillor; `Some(false)`: not; `None`: unknown, which counts as yes.
    pub identified: Option<bool>,
    /// The words or the setting that decided.
    pub evidence: Option<String>,
}

/// All findings of one draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Review {
    /// What it comes to.
    pub verdict: Verdict,
    /// How the writer was read.
    pub identity: Identification,
    /// The findings, in order of their first words.
    pub findings: Vec<Finding>,
    /// How the message was weighed, where it was said who receives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailReview>,
}
