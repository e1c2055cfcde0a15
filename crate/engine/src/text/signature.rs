//! Finds the lines with which a message is signed: a closing word, names, offices, ways to reach the writer. They say who
//! writes and not what is meant, and a message is no milder for them: to a reviewer that weighs all words together they
//! are so many calm ones.
//!
//! Lines are a signature by the closing before them and by what they look like, never by what they say; a sentence is none,
//! so that what somebody adds below is read.

use super::line::lines;
use crate::ByteSpan;

/// Words that close a message, alone in their line or before the writer's name.
const CLOSINGS: &[&str] = &[
    "regards",
    "kind regards",
    "kindest regards",
    "best regards",
    "warm regards",
    "warmest regards",
    "with kind regards",
    "many regards",
    "rgds",
    "kr",
    "best",
    "all best",
    "best wishes",
    "all best wishes",
    "with best wishes",
    "warm wishes",
    "very best wishes",
    "all the best",
    "every good wish",
    "yours",
    "yours sincerely",
    "yours faithfully",
    "yours truly",
    "yours ever",
    "sincerely",
    "faithfully",
    "in friendship",
    "in solidarity",
    "many thanks",
    "with thanks",
    "thanks",
    "thank you",
    "thanks again",
    "cheers",
    "ta",
    "love",
    "cofion",
    "cofion cynnes",
    "cofion gorau",
    "yn gywir",
    "yr eiddoch yn gywir",
    "gan ddymuno'n dda",
    "diolch",
    "diolch yn fawr",
    "le meas",
    "is mise le meas",
    "le deagh dhùrachd",
];

/// What programs and devices put under a message.
const SENT_FROM: &[&str] =
    &["sent from my ", "sent from outlook", "sent from yahoo", "sent via ", "get outlook for "];

/// Small letters in names and offices; any other word in small letters says something.
const OFFICE: &[&str] = &[
    "for",
    "and",
    "the",
    "with",
    "yn",
    "dros",
    "cllr",
    "councillor",
    "member",
    "ward",
    "division",
    "deputy",
    "leader",
    "chair",
    "vice",
    "mayor",
    "group",
    "cabinet",
    "portfolio",
    "holder",
    "lead",
    "shadow",
    "committee",
    "council",
    "borough",
    "county",
    "city",
    "town",
    "parish",
    "district",
    "community",
    "independent",
    "labour",
    "conservative",
    "green",
    "planning",
    "licensing",
    "housing",
    "finance",
    "resources",
    "highways",
    "transport",
    "environment",
    "children",
    "children's",
    "adults",
    "adult",
    "social",
    "care",
    "health",
    "education",
    "services",
    "culture",
    "leisure",
    "regeneration",
    "mobile",
    "phone",
    "email",
    "she/her",
    "he/him",
    "they/them",
];
/// A name behind a closing has no more words.
const NAME: usize = 5;
/// A line of a signature has no more words: "Labour member for Brambles and Thorntree, Middlesbrough Council".
const WORDS: usize = 12;
/// A signature has no more lines.
const LINES: usize = 12;

/// The signatures in a text, in order.
pub(crate) fn signatures(text: &str) -> Vec<ByteSpan> {
    let lines = lines(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at + 1..).unwrap_or_default();
        at += 1;
        if !closes(line.text) {
            continue;
        }
        let signed = rest.iter().take(LINES).take_while(|line| signs(line.text));
        let last = signed.filter(|line| !line.text.is_empty()).last().unwrap_or(line);
        found.push(ByteSpan { start: line.start, end: last.end() });
        at += rest.iter().take_while(|line| line.start <= last.start).count();
    }
    found
}

/// Whether a line closes a message.
fn closes(line: &str) -> bool {
    if line == "--" || line == "—" {
        return true;
    }
    let lower = line.to_lowercase().replace('’', "'");
    if SENT_FROM.iter().any(|words| lower.starts_with(words)) && words(line) <= WORDS {
        return true;
    }
    CLOSINGS.iter().any(|closing| {
        let Some(behind) = lower.strip_prefix(closing) else { return false };
        let name = behind.trim_matches(|c: char| !c.is_alphanumeric());
        // "Best" may begin a word, and "Thanks for nothing" is no closing: a name has capitals, or a comma before it.
        let comma = behind.trim_start().starts_with([',', '!', '-', '–']);
        name.is_empty()
            || behind.starts_with(|c: char| !c.is_alphanumeric())
                && words(name) <= NAME
                && (comma && words(name) <= 2 || is_name(line, words(closing)))
    })
}

/// Whether every word of a line behind the first few begins with a capital or a mark.
fn is_name(line: &str, behind: usize) -> bool {
    line.split_whitespace().skip(behind).all(|word| !word.starts_with(char::is_lowercase))
}

/// Whether a line below a closing is part of the signature: a name or an office, which are capitals but for small words
/// between them and the words of offices, or a way to reach somebody.
fn signs(line: &str) -> bool {
    let said = line.trim_end_matches(['"', '”', '\'', '’', ')']);
    let below = line.to_lowercase();
    let reaches =
        line.contains('@') || line.contains("www.") || line.chars().filter(char::is_ascii_digit).count() > 5;
    let plain = |word: &&str| {
        word.starts_with(char::is_lowercase) && word.chars().count() > 2 && !OFFICE.contains(word)
    };
    words(line) <= WORDS
        && (reaches || words(line) < 2 || !words_of(line).any(|word| plain(&word)))
        && !said.ends_with(['.', '!', '?', '…', ':', ','])
        && !below.starts_with("ps ")
        && !below.starts_with("p.s")
        && !below.starts_with('>')
}

/// The words of a line, without the marks around them.
fn words_of(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(text: &str) -> Vec<&str> {
        signatures(text).iter().filter_map(|span| text.get(span.start..span.end)).collect()
    }

    #[test]
    fn a_closing_and_what_stands_below_it() {
        for signature in [
            "Kind regards\n\nCllr Jo Smith\nMember for Moss Bank\nTel: 01642 555 0123\njo@example.org",
            "Cheers, Jo",
            "cheers, jo",
            "Thanks\nJo",
            "Best wishes,\nCllr Jo Smith (she/her)\nNorth Wold Council | Labour",
            "All the best Jo Smith",
            "Cofion cynnes,\nSiân",
            "Yours sincerely,\n\n\nA Yeo",
            "-- \nAnn Yeo\n01642 555 0123",
            "Sent from my iPhone",
        ] {
            let text = format!("The light is out.\n\n{signature}");
            assert_eq!(signed(&text), [signature], "{text}");
            let crlf = text.replace('\n', "\r\n");
            assert_eq!(signed(&crlf), [signature.replace('\n', "\r\n")], "{crlf}");
        }
    }

    #[test]
    fn what_is_added_below_is_read() {
        assert_eq!(
            signed("The light is out.\nRegards\nAnn\n\nPS the clerk is useless\n\nOur leader is a liar."),
            ["Regards\nAnn"]
        );
        assert_eq!(signed("Yes.\n\nThanks\nJan\n\nNo, never.\nCheers\nAnn"), ["Thanks\nJan", "Cheers\nAnn"]);
        assert_eq!(signed("Yes.\nRegards\nAnn\n> you liar"), ["Regards\nAnn"]);
        for below in
            ["our clerk is useless", "vote labour", "And our clerk is useless", "the Tories lied to us"]
        {
            assert_eq!(signed(&format!("Yes.\nThanks\n{below}")), ["Thanks"]);
        }
    }

    #[test]
    fn what_only_begins_like_a_closing_is_none() {
        for text in [
            "Thanks for nothing, leader",
            "Best of luck to our candidate",
            "Cheers all round at the count",
            "Love this street",
            "Yours is the vote that counts",
            "Regards the bins, he lied",
            "Thank you to everybody who came out for us",
            "Thanks, he lied to us all again",
            "Bestow your vote on Ann",
            "Our regards",
        ] {
            assert_eq!(signed(text), [""; 0], "{text}");
        }
    }
}
