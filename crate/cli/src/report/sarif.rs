//! Reviews as SARIF 2.1.0, so that editors and pipelines show them where they show everything else.
//!
//! A post that is a file of its own gets exact regions; a post in a line of JSON gets its line, with the words as the
//! snippet, for its characters do not stand in the file as they stand in the post.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use second_reading_engine::{ByteSpan, Finding, Severity};
use serde_json::{Value, json};

use super::Reviewed;
use super::lines::Lines;
use crate::output::{Frame, append};

/// What stands in an address as it is.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// One log with one run, whose results are the entries.
pub(super) fn frame() -> Frame {
    let tool =
        json!({ "driver": { "name": "second-reading", "semanticVersion": env!("CARGO_PKG_VERSION") } });
    Frame {
        before: format!(
            r#"{{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{{"tool":{tool},"columnKind":"unicodeCodePoints","results":["#
        ) + "\n",
        between: ",\n",
        end: "",
        after: |usable| format!("\n],\"invocations\":[{{\"executionSuccessful\":{usable}}}]}}]}}\n"),
        bad_lines_in_place: false,
    }
}

/// Appends a result for each finding.
pub(crate) fn write(out: &mut Vec<u8>, reviewed: Reviewed<'_>) {
    let lines = Lines::of(reviewed.text);
    for (index, finding) in reviewed.review.findings.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(b",\n");
        }
        append(out, &result(reviewed, &lines, finding));
    }
}

fn result(reviewed: Reviewed<'_>, lines: &Lines<'_>, finding: &Finding) -> Value {
    let locations: Vec<Value> = finding.spans.iter().map(|span| location(reviewed, lines, *span)).collect();
    json!({
        "ruleId": finding.rule,
        "level": match finding.severity { Severity::Notice => "note", Severity::Warn => "warning" },
        "message": { "text": format!("{} ({}) {}", finding.message, finding.clause, finding.advice) },
        "locations": locations,
        "properties": {
            "category": finding.category,
            "clause": finding.clause,
            "reviewer": finding.reviewer,
            "confidence": decimal(finding.confidence),
        },
    })
}

fn location(reviewed: Reviewed<'_>, lines: &Lines<'_>, span: ByteSpan) -> Value {
    let snippet = json!({ "text": reviewed.words(span) });
    let region = match reviewed.line {
        Some(line) => json!({ "startLine": line, "snippet": snippet }),
        None => {
            let (start_line, start_column) = lines.position(span.start);
            let (end_line, end_column) = lines.position(span.end);
            json!({
                "startLine": start_line,
                "startColumn": start_column,
                "endLine": end_line,
                "endColumn": end_column,
                // From the start of the file, of which a byte order mark is part; lines and columns know none.
                "byteOffset": reviewed.mark + span.start,
                "byteLength": span.end - span.start,
                "snippet": snippet,
            })
        }
    };
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": utf8_percent_encode(reviewed.source, &PLAIN).to_string() },
            "region": region,
        },
        "logicalLocations": [{ "fullyQualifiedName": reviewed.id }],
    })
}

/// The number that was written in the bundle, not its nearest binary neighbour.
fn decimal(confidence: f32) -> f64 {
    (f64::from(confidence) * 1e4).round() / 1e4
}
