//! What rules found and what the semantic reviewer read, weighed together before they become one review.
//!
//! Either may be wrong alone. A rule that fired is evidence: it adds to the log-odds of the chance that the reviewer
//! gives its words. What stays below the bundle's levels then is not raised, or not held; a rule of which the bundle is
//! certain, or that goes by a date or by who receives a message, stands in any case. The same risk in the same words is
//! raised once, in the rule's words, which say more.

use std::borrow::Cow;

use crate::compiled::Compiled;
use crate::merge::tidy;
use crate::phrase::phrase;
use crate::rule::set::{Rule, SemanticKind, SemanticLevels};
use crate::semantic::{Cut, Reading};
use crate::{ByteSpan, Category, Finding, Reviewer, Severity};

/// What a part's log-odds of any risk lose, for out of its context more looks risky than is; half as much where a rule
/// bears it out. Chosen on posts that were held back, alone and one after the other (`docs/model.md`).
const PART_LESS: f32 = 1.5;
/// What a sentence by itself loses, which a rule bears out and has no context at all. Chosen likewise.
const SENTENCE_LESS: f32 = 1.75;

/// The findings of both. `readings` are of exactly this text; where there are none, the rules' findings stand. `letters`
/// are the mail of others in it that is put before the public.
pub(crate) fn weigh(
    compiled: &Compiled,
    text: &str,
    mut findings: Vec<Finding>,
    readings: &[Reading],
    letters: &[ByteSpan],
) -> Vec<Finding> {
    if readings.is_empty() || compiled.semantic.kinds.is_empty() {
        return findings;
    }
    let readings = &of_letters(readings, letters)[..];
    let levels = compiled.semantic.levels;
    let scores: Vec<f32> = readings.iter().map(|reading| score(compiled, reading, &findings)).collect();
    let mut own: Vec<Finding> = Vec::new();
    for (reading, score) in readings.iter().zip(&scores) {
        for spoken in speak(compiled, text, reading, *score, &findings) {
            let same = |finding: &&mut Finding| finding.category == spoken.category;
            let mut rules = findings.iter_mut().filter(same).filter(|rule| goes_by_words(compiled, rule));
            if let Some(rule) = rules.find(|rule| is_in(rule, reading)) {
                rule.severity = rule.severity.max(spoken.severity);
            } else if let Some(known) = own.iter_mut().find(same) {
                known.severity = known.severity.max(spoken.severity);
                known.confidence = known.confidence.max(spoken.confidence);
                known.spans.extend(spoken.spans);
            } else {
                own.push(spoken);
            }
        }
    }
    findings.retain_mut(|finding| {
        if !goes_by_words(compiled, finding) || finding.confidence >= levels.certain {
            return true;
        }
        let of = readings.iter().zip(&scores).filter(|(reading, _)| is_in(finding, reading));
        let Some(score) = of.map(|(_, score)| *score).reduce(f32::max) else { return true };
        if score < log_odds(levels.warn) {
            finding.severity = Severity::Notice;
        }
        score >= log_odds(levels.notice)
    });
    own.iter_mut().for_each(|finding| tidy(&mut finding.spans));
    findings.extend(own);
    findings
}

/// What is read in others' mail, beside what the writer says, is no fault of the writer's but one: that it is told.
fn of_letters<'r>(readings: &'r [Reading], letters: &[ByteSpan]) -> Cow<'r, [Reading]> {
    let is_theirs = |reading: &Reading| letters.iter().any(|letter| letter.overlaps(reading.judged));
    if readings.iter().all(is_theirs) || !readings.iter().any(is_theirs) {
        return Cow::Borrowed(readings);
    }
    let mut readings = readings.to_vec();
    for reading in readings.iter_mut().filter(|reading| is_theirs(reading)) {
        let mut told = 0.0;
        for (category, chance) in Category::ALL.into_iter().zip(&mut reading.chances) {
            if category == Category::Confidentiality {
                told = *chance;
            } else {
                *chance = 0.0;
            }
        }
        reading.any = reading.any.min(told);
    }
    Cow::Owned(readings)
}

/// How much speaks for any risk in one segment, in log-odds: the reviewer's word, and the weightiest rule that fired there.
/// A rule that asks how the message was weighed is no sign of what it says.
fn score(compiled: &Compiled, reading: &Reading, rules: &[Finding]) -> f32 {
    let here = rules.iter().filter(|rule| is_in(rule, reading) && !asks_weighing(compiled, rule));
    let gained = here.map(|rule| gain(compiled.semantic.levels, rule.severity)).reduce(f32::max);
    let less = match (reading.cut, gained) {
        (Cut::Run, _) => 0.0,
        (Cut::Part, None) => PART_LESS,
        (Cut::Part, Some(_)) => PART_LESS / 2.0,
        (Cut::Sentence, _) => SENTENCE_LESS,
    };
    log_odds(reading.any) - less + gained.unwrap_or_default()
}

/// What the semantic reviewer says of one segment.
fn speak(compiled: &Compiled, text: &str, reading: &Reading, score: f32, rules: &[Finding]) -> Vec<Finding> {
    let levels = compiled.semantic.levels;
    if score < log_odds(levels.notice) {
        return Vec::new();
    }
    let named = rules.iter().any(|rule| is_in(rule, reading) && goes_by_words(compiled, rule));
    let likeliest = Category::ALL.into_iter().zip(reading.chances).max_by(|a, b| a.1.total_cmp(&b.1));
    let mut said = Vec::new();
    for ((category, chance), marks) in Category::ALL.into_iter().zip(reading.chances).zip(&reading.marks) {
        let Some(kind) = compiled.semantic.kinds.iter().find(|kind| kind.category == category) else {
            continue;
        };
        // Where a rule has named a risk already, a second one must be likely by itself.
        let first = !named && likeliest.is_some_and(|(likely, _)| likely == category);
        if !first && chance < kind.named {
            continue;
        }
        let held = score >= log_odds(levels.warn) && chance >= kind.warn;
        said.push(finding(
            compiled,
            kind,
            text,
            marks,
            chance,
            if held { Severity::Warn } else { Severity::Notice },
        ));
    }
    said
}

fn finding(
    compiled: &Compiled,
    kind: &SemanticKind,
    text: &str,
    marks: &[ByteSpan],
    chance: f32,
    severity: Severity,
) -> Finding {
    let clause = compiled.categories.iter().find(|known| known.id == kind.category);
    Finding {
        category: kind.category,
        clause: clause.map(|known| known.clause.clone()).unwrap_or_default(),
        rule: format!("semantic.{}", kind.category),
        reviewer: Reviewer::Semantic,
        severity,
        confidence: chance,
        // Readings cross a boundary on their way here; places that are not in this text count for nothing.
        spans: marks
            .iter()
            .filter(|span| text.get(span.start..span.end).is_some())
            .map(|span| phrase(text, *span))
            .collect(),
        message: kind.reason.clone(),
        advice: kind.advice.clone(),
    }
}

/// Whether the words of a finding were judged in this reading.
fn is_in(finding: &Finding, reading: &Reading) -> bool {
    finding.spans.iter().any(|span| span.overlaps(reading.judged))
}

/// Whether what raised a finding goes by what is said alone.
fn goes_by_words(compiled: &Compiled, finding: &Finding) -> bool {
    compiled.rule(&finding.rule).is_none_or(Rule::goes_by_words)
}

/// Whether a rule speaks only where a message was weighed in some way, which is yet to be done.
fn asks_weighing(compiled: &Compiled, finding: &Finding) -> bool {
    compiled.rule(&finding.rule).is_some_and(|rule| rule.weighed.is_some())
}

fn gain(levels: SemanticLevels, severity: Severity) -> f32 {
    match severity {
        Severity::Notice => levels.rule_notice,
        Severity::Warn => levels.rule_warn,
    }
}

/// The log-odds of a chance, kept finite.
fn log_odds(chance: f32) -> f32 {
    let chance = if chance.is_nan() { 0.0 } else { chance.clamp(1e-6, 1.0 - 1e-6) };
    (chance / (1.0 - chance)).ln()
}
