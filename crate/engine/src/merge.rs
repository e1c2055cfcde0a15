//! Puts findings in order and raises each risk once.
//!
//! Two rules of the same category that point at the same words are one finding, the more serious one's; a notice that
//! adds nothing to a warning of its category about the same words disappears in it.

use crate::{ByteSpan, Finding, Identification, Review, Severity, Verdict};

/// Sorts places and joins those that overlap.
pub(crate) fn tidy(spans: &mut Vec<ByteSpan>) {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let joined = next.start < kept.end;
        if joined {
            kept.end = kept.end.max(next.end);
        }
        joined
    });
}

/// Whether two tidied lists share a character.
fn touch(one: &[ByteSpan], other: &[ByteSpan]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        if a.overlaps(*b) {
            return true;
        }
        if a.end <= b.end {
            i += 1;
        } else {
            j += 1;
        }
    }
    false
}

/// The review of these findings.
pub(crate) fn review(identity: Identification, mut findings: Vec<Finding>) -> Review {
    findings.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then(b.confidence.total_cmp(&a.confidence))
            .then_with(|| a.rule.cmp(&b.rule))
    });
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let same = kept
            .iter_mut()
            .find(|known| known.category == finding.category && touch(&known.spans, &finding.spans));
        match same {
            Some(known) => {
                known.spans.extend(finding.spans);
                tidy(&mut known.spans);
            }
            None => kept.push(finding),
        }
    }
    kept.sort_by(|a, b| {
        let first = |finding: &Finding| finding.spans.first().copied();
        first(a).cmp(&first(b)).then(b.severity.cmp(&a.severity)).then(a.category.cmp(&b.category))
    });
    let verdict = match kept.iter().map(|finding| finding.severity).max() {
        None => Verdict::Clear,
        Some(Severity::Notice) => Verdict::Notice,
        Some(Severity::Warn) => Verdict::Warn,
    };
    Review { verdict, identity, findings: kept, mail: None }
}
