//! A review as one JSON object: the contract in `schemas/check-output.schema.json`. Spans are in bytes.

use second_reading_engine::{Category, MailReview, Reviewer, Severity, Verdict};
use serde::Serialize;

use super::Reviewed;
use crate::output::append;

#[derive(Serialize)]
struct ReviewLine<'a> {
    id: &'a str,
    verdict: Verdict,
    identified: Option<bool>,
    findings: Vec<FindingOfLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mail: Option<&'a MailReview>,
}

#[derive(Serialize)]
struct FindingOfLine<'a> {
    category: Category,
    clause: &'a str,
    rule: &'a str,
    reviewer: Reviewer,
    severity: Severity,
    confidence: f32,
    spans: Vec<SpanOfLine<'a>>,
    message: &'a str,
    advice: &'a str,
}

#[derive(Serialize)]
struct SpanOfLine<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// Appends the review.
pub(crate) fn write(out: &mut Vec<u8>, reviewed: Reviewed<'_>) {
    let findings = reviewed.review.findings.iter().map(|finding| FindingOfLine {
        category: finding.category,
        clause: &finding.clause,
        rule: &finding.rule,
        reviewer: finding.reviewer,
        severity: finding.severity,
        confidence: finding.confidence,
        spans: finding
            .spans
            .iter()
            .map(|span| SpanOfLine { start: span.start, end: span.end, text: reviewed.words(*span) })
            .collect(),
        message: &finding.message,
        advice: &finding.advice,
    });
    let line = ReviewLine {
        id: reviewed.id,
        verdict: reviewed.review.verdict,
        identified: reviewed.review.identity.identified,
        findings: findings.collect(),
        mail: reviewed.review.mail.as_ref(),
    };
    append(out, &line);
}
