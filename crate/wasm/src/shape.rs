//! Drafts and reviews as they cross the boundary. They mirror `extension/src/shared/review.ts`.
//!
//! Words of the draft cross as JavaScript strings, untouched: a lone surrogate, which Rust reads as U+FFFD, is one
//! code unit on both sides, so spans stay right and their words are cut from what the person really typed.

use js_sys::JsString;
use second_reading_engine::{
    Category, Engine, Finding, IdentitySetting, MailReview, Recipients, Review, Reviewer, Severity, Surface,
    Utf16Span, Verdict, Where, utf16_spans,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::failure::Failure;

/// What the engine is given.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DraftShape {
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub(crate) text: JsString,
    pub(crate) surface: Option<Surface>,
    pub(crate) identity: IdentitySetting,
    pub(crate) display_name: Option<String>,
    pub(crate) handle: Option<String>,
    pub(crate) on: Option<String>,
    pub(crate) recipients: Option<Recipients>,
}

/// What the engine answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReviewShape<'a> {
    verdict: Verdict,
    identified: Option<bool>,
    evidence: Option<&'a str>,
    findings: Vec<FindingShape<'a>>,
    mail: Option<&'a MailReview>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingShape<'a> {
    category: Category,
    clause: &'a str,
    quote: &'a str,
    rule: &'a str,
    reviewer: Reviewer,
    severity: Severity,
    confidence: f64,
    spans: Vec<SpanShape>,
    message: &'a str,
    advice: &'a str,
}

#[derive(Serialize)]
struct SpanShape {
    start: u32,
    end: u32,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    text: JsString,
}

impl<'a> ReviewShape<'a> {
    /// `text` is the draft as the engine read it, `typed` the same as JavaScript holds it.
    pub(crate) fn new(engine: &'a Engine, review: &'a Review, text: &str, typed: &JsString) -> Self {
        let finding = |finding: &'a Finding| FindingShape {
            category: finding.category,
            clause: &finding.clause,
            quote: engine.clause_words(finding.category, &finding.clause).unwrap_or_default(),
            rule: &finding.rule,
            reviewer: finding.reviewer,
            severity: finding.severity,
            // The number that was written in the bundle, not its nearest binary neighbour.
            confidence: (f64::from(finding.confidence) * 1e4).round() / 1e4,
            spans: utf16_spans(text, &finding.spans)
                .into_iter()
                .map(|span| SpanShape::new(typed, span))
                .collect(),
            message: &finding.message,
            advice: &finding.advice,
        };
        Self {
            verdict: review.verdict,
            identified: review.identity.identified,
            evidence: review.identity.evidence.as_deref(),
            findings: review.findings.iter().map(finding).collect(),
            mail: review.mail.as_ref(),
        }
    }
}

impl SpanShape {
    fn new(typed: &JsString, span: Utf16Span) -> Self {
        // JavaScript strings are shorter than 2^32 code units.
        let unit = |unit: usize| u32::try_from(unit).unwrap_or(u32::MAX);
        let (start, end) = (unit(span.start), unit(span.end));
        Self { start, end, text: typed.substring(start, end) }
    }
}

/// Words that may say who writes.
#[derive(Deserialize)]
pub(crate) struct IdentityTextShape {
    #[serde(rename = "where")]
    pub(crate) place: Where,
    pub(crate) text: String,
}

/// Whether they do.
#[derive(Serialize)]
pub(crate) struct IdentityShape<'a> {
    pub(crate) identifies: bool,
    pub(crate) evidence: Option<&'a str>,
}

/// Which bundle this is.
#[derive(Serialize)]
pub(crate) struct BundleShape<'a> {
    pub(crate) id: &'a str,
    pub(crate) serial: u64,
    pub(crate) authority: &'a str,
}

/// A plain object, as JSON would give it.
pub(crate) fn plain(shape: &impl Serialize) -> Result<JsValue, Failure> {
    shape
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| Failure::Review(error.to_string()))
}
