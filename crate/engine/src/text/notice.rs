//! Finds the notices that mail systems put under every message: for whom it is meant, what to do if it went astray, whose
//! views it holds. They say nothing of this message: "This email is confidential" under all of them marks none.
//!
//! A paragraph is one only by phrases that stand nowhere else, and then only those of its sentences are left out that speak
//! of mail. What stands first in a draft is the writer's own mark.

use super::line::Line;
use crate::ByteSpan;

/// Phrases by which a paragraph that speaks of a mail is such a notice.
const SIGNS: &[&str] = &[
    "intended recipient",
    "intended addressee",
    "intended solely",
    "solely intended",
    "intended only for",
    "only intended for",
    "intended exclusively",
    "for the addressee",
    "not the addressee",
    "legally privileged",
    "received this email in error",
    "received this e-mail in error",
    "received this message in error",
    "received this communication in error",
    "received it in error",
    "not necessarily represent",
    "not necessarily reflect",
    "not necessarily those of",
    "not necessarily the views",
    "before printing this",
    "before you print this",
];

/// What such a paragraph calls the message.
const MAIL: &[&str] = &["email", "e-mail", "message", "communication", "transmission"];

/// Other words of its sentences.
const TALK: &[&str] = &[
    "confidential",
    "privilege",
    "recipient",
    "addressee",
    "sender",
    "in error",
    "disclos",
    "copying",
    "distribut",
    "unauthorised",
    "unlawful",
    "attachment",
    "virus",
    "monitored",
    "liability",
    "views",
    "opinions",
    "privacy",
    "personal data",
    "data protection",
    "gdpr",
    "freedom of information",
    "disclaimer",
    "printing",
];

/// A shorter paragraph is none.
const SHORTEST: usize = 40;

/// The sentences of such notices among these lines of `text`, in order.
pub(super) fn notices(text: &str, lines: &[Line<'_>]) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    // What stands first has no other words before it.
    for paragraph in lines.split(|line| line.text.is_empty()).filter(|lines| !lines.is_empty()).skip(1) {
        let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
        let Some(words) = text.get(first.start..last.end()) else { continue };
        // None is shorter than this, and few paragraphs are so long.
        if words.len() < SHORTEST {
            continue;
        }
        // Lower case of the same length, so that places stay; a phrase may be wrapped.
        let lower = words.to_ascii_lowercase().replace(['\n', '\r'], " ");
        let has = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
        if !has(MAIL, &lower) || !has(SIGNS, &lower) {
            continue;
        }
        let mut start = 0;
        for sentence in lower.split_inclusive(". ") {
            if has(MAIL, sentence) || has(TALK, sentence) {
                let begins = first.start + start;
                found.push(ByteSpan { start: begins, end: begins + sentence.trim_end().len() });
            }
            start += sentence.len();
        }
    }
    found
}
