//! The headings that mail programs put above a message that is answered or passed on, told from lines that a person
//! writes.
//!
//! What stands under a heading is taken for somebody else's, so a heading must show what people do not write by hand: an
//! address, the minute at which the message was sent, or a line of dashes that names it. "On Monday Ann wrote:" shows none of
//! these, and reaches no further than the words that follow it at once.

use super::line::Line;

/// How far what a heading brings goes, where its lines are not marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// To the next empty line: a person quoted somebody.
    Paragraph,
    /// To the end of the text, as mail programs put it.
    End,
}

/// A heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// How many lines it takes.
    pub(super) lines: usize,
    pub(super) reach: Reach,
    /// Whether the message itself begins in the heading's last line.
    pub(super) goes_on: bool,
    /// Whether a person could have written it: it names nobody's address.
    pub(super) by_hand: bool,
}

impl Heading {
    /// What a mail program puts above a message, line by line.
    fn of(lines: usize) -> Heading {
        Heading { lines, reach: Reach::End, goes_on: false, by_hand: false }
    }
}

/// Longer lines are no heading, and neither is what is wrapped over more.
const LONGEST: usize = 400;
/// Over so many lines a heading may be wrapped.
const WRAPPED: usize = 3;
/// So many lines a block of "From:", "Sent:" and so on may have, with long lists of recipients.
const BLOCK: usize = 16;

/// What a heading says before its colon, in English and in Welsh.
const WROTE: &[&str] = &["wrote:", "ysgrifennodd:"];

/// What stands between dashes above a whole message.
const NAMED: &[&str] = &[
    "original message",
    "original appointment",
    "forwarded message",
    "forwarded by ",
    "neges wreiddiol",
    "neges wedi'i hanfon ymlaen",
];

/// The names of the lines of a block, in English and in Welsh.
const FIELDS: &[(&str, Field)] = &[
    ("from", Field::From),
    ("oddi wrth", Field::From),
    ("sent", Field::Sent),
    ("date", Field::Sent),
    ("anfonwyd", Field::Sent),
    ("dyddiad", Field::Sent),
    ("to", Field::To),
    ("at", Field::To),
    ("subject", Field::Subject),
    ("pwnc", Field::Subject),
    ("cc", Field::Other),
    ("bcc", Field::Other),
    ("reply-to", Field::Other),
    ("importance", Field::Other),
    ("sensitivity", Field::Other),
    ("attachments", Field::Other),
    ("when", Field::Other),
    ("where", Field::Other),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    From,
    Sent,
    To,
    Subject,
    Other,
}

/// Words that tell when, beside numbers.
const WHEN: &[&str] = &[
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "weds",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "sept",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
    "yesterday",
];
/// Words that stand among them.
const BETWEEN: &[&str] = &[
    "at",
    "am",
    "pm",
    "a.m",
    "p.m",
    "the",
    "of",
    "gmt",
    "bst",
    "utc",
    "morning",
    "afternoon",
    "evening",
    "night",
    "last",
];

/// Words with a capital that are no person's name, and so name nobody whose words follow.
const NOBODY: &[&str] =
    &["i", "we", "a", "an", "the", "this", "that", "my", "our", "he", "she", "they", "it", "who", "what"];

/// The heading that begins at the first of these lines. `first` says that nothing stands before it: there a block of
/// "From:" and "To:" is the draft's own.
pub(super) fn heading(lines: &[Line<'_>], first: bool) -> Option<Heading> {
    let line = lines.first()?.text;
    // Where the new lines were lost, the message stands in the line of its heading.
    if line.len() > LONGEST && !line.starts_with("On ") && !line.starts_with("From:") {
        return None;
    }
    named(line)
        .then_some(Heading::of(1))
        .or_else(|| ruled(lines))
        .or_else(|| block(lines).filter(|block| block.timed && !first).map(Block::heading))
        .or_else(|| wrote(lines))
}

/// Dashes with a name between them, or Apple's words for it.
fn named(line: &str) -> bool {
    if !line.starts_with(['-', 'B', 'b']) {
        return false;
    }
    let lower = line.to_lowercase();
    if lower == "begin forwarded message:" {
        return true;
    }
    let inner = lower.trim_matches('-');
    let dashes = lower.len() - inner.len();
    // Each side has some; a person's "- Forwarded message -" is no heading.
    let both = lower.starts_with("--") && lower.ends_with("--");
    both && dashes >= 6 && NAMED.iter().any(|name| inner.trim().starts_with(name))
}

/// A line of underscores with a block under it.
fn ruled(lines: &[Line<'_>]) -> Option<Heading> {
    let rule = lines.first()?.text;
    if rule.len() < 10 || !rule.bytes().all(|b| b == b'_' || b == b'-') {
        return None;
    }
    let blank = lines.iter().skip(1).take(2).take_while(|line| line.text.is_empty()).count();
    let block = block(lines.get(1 + blank..)?)?;
    Some(Heading { lines: 1 + blank + block.lines, ..block.heading() })
}

/// What a block of "From:", "Sent:", "To:" and "Subject:" says.
struct Block {
    lines: usize,
    /// It says the minute at which it was sent.
    timed: bool,
    /// All of it stands in one line, and so may what follows.
    flat: bool,
}

impl Block {
    fn heading(self) -> Heading {
        Heading { goes_on: self.flat, ..Heading::of(self.lines) }
    }
}

fn block(lines: &[Line<'_>]) -> Option<Block> {
    let first = lines.first()?.text;
    let Some((Field::From, value)) = field(first) else { return None };
    if value.is_empty() {
        return None;
    }
    if let Some(flat) = flat(value) {
        return Some(flat);
    }
    let (mut sent, mut timed, mut aimed) = (false, false, false);
    let mut taken = 1;
    let mut last = first;
    while let Some(line) = lines.get(taken).filter(|_| taken < BLOCK) {
        // Copies of a page have empty lines between.
        let line = if line.text.is_empty() {
            let Some(next) = lines.get(taken + 1).filter(|next| field(next.text).is_some()) else { break };
            taken += 1;
            next
        } else {
            line
        };
        match field(line.text) {
            Some((Field::From, _)) => break,
            Some((Field::Sent, value)) => {
                sent = true;
                timed |= has_time(value);
            }
            Some((Field::To | Field::Subject, _)) => aimed = true,
            Some((Field::Other, _)) => {}
            // A long list goes on in the next line.
            None if last.ends_with([';', ',']) => {}
            None => break,
        }
        last = line.text;
        taken += 1;
    }
    (sent && aimed).then_some(Block { lines: taken, timed, flat: false })
}

/// A copy that has lost its new lines: the fields stand behind one another.
fn flat(value: &str) -> Option<Block> {
    let rest = value.split_once(" Sent: ").or_else(|| value.split_once(" Date: "))?.1;
    let (sent, rest) = rest.split_once(" To: ")?;
    (rest.contains(" Subject: ") && has_time(sent)).then_some(Block { lines: 1, timed: true, flat: true })
}

/// The field that a line states, and its value. Copies show bold names with stars around them.
fn field(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_matches(['*', '_', ' ', '\t']);
    let (_, field) = FIELDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some((*field, value.trim_start_matches('*').trim()))
}

/// Whether a line is a field of a message's own heading.
pub(super) fn is_field(line: &str) -> bool {
    field(line).is_some()
}

/// "On …, Jane Smith wrote:" and its like, in one line or wrapped.
fn wrote(lines: &[Line<'_>]) -> Option<Heading> {
    let line = lines.first()?.text;
    if let Some(reach) = wrote_line(line) {
        return Some(Heading { reach, by_hand: !has_address(line), ..Heading::of(1) });
    }
    if !line.starts_with("On ") && !line.starts_with("Ar ") {
        return None;
    }
    if WROTE.iter().any(|wrote| machine_made(line, wrote)) {
        return Some(Heading { reach: Reach::Paragraph, goes_on: true, ..Heading::of(1) });
    }
    let mut whole = line.to_owned();
    for (at, next) in lines.iter().enumerate().take(WRAPPED).skip(1) {
        if next.text.is_empty() || whole.len() + next.text.len() > LONGEST {
            return None;
        }
        whole.push(' ');
        whole.push_str(next.text);
        if let Some(Reach::End) = wrote_line(&whole) {
            return Some(Heading { by_hand: !has_address(&whole), ..Heading::of(at + 1) });
        }
    }
    None
}

/// Whether a line that goes on behind `wrote` has an address before it, in its brackets.
fn machine_made(line: &str, wrote: &str) -> bool {
    let before = line.split_once(wrote).map(|(before, _)| before.trim_end());
    before.is_some_and(|before| before.len() <= LONGEST && before.ends_with('>') && has_address(before))
}

/// How far the heading reaches that a line is in all.
fn wrote_line(line: &str) -> Option<Reach> {
    if line.len() > LONGEST || !line.ends_with(':') {
        return None;
    }
    let Some(who) = WROTE.iter().find_map(|wrote| line.strip_suffix(wrote)) else {
        // "2025-03-03 14:05 Jane Smith <jane@x.uk>:", "Quoting Jane Smith <jane@x.uk>:", "Jane <jane@x.uk> wrote on …:"
        let dated = line.starts_with(|c: char| c.is_ascii_digit()) && has_time(line);
        let bracketed = line.ends_with(">:") && (dated || line.starts_with("Quoting "));
        let on = line.contains("> wrote on ") && has_time(line);
        return ((bracketed || on) && has_address(line)).then_some(Reach::End);
    };
    let who = who.strip_suffix(|c: char| c.is_whitespace())?.trim_end();
    if has_address(who) {
        return Some(Reach::End);
    }
    let Some(when) = who.strip_prefix("On ").or_else(|| who.strip_prefix("Ar ")) else {
        return is_name(who).then_some(Reach::Paragraph);
    };
    let (dated, name) = after_date(when);
    let named = is_name(name) || name.eq_ignore_ascii_case("you") && dated;
    let behind_comma = || when.rsplit_once(',').is_some_and(|(_, name)| is_name(name.trim()));
    if dated && named {
        Some(if has_time(when) && has_year(when) { Reach::End } else { Reach::Paragraph })
    } else {
        behind_comma().then_some(Reach::Paragraph)
    }
}

/// What stands behind the words that tell when, and whether there are such words.
fn after_date(when: &str) -> (bool, &str) {
    let (mut rest, mut dated) = (when, false);
    while let Some(word) = rest.split_whitespace().next() {
        let plain = word.trim_matches([',', '(', ')', '.', '-', '–']).to_lowercase();
        let tells =
            plain.starts_with(|c: char| c.is_ascii_digit() || c == '+') || WHEN.contains(&plain.as_str());
        if !tells && !plain.is_empty() && !BETWEEN.contains(&plain.as_str()) {
            break;
        }
        dated |= tells;
        rest = rest.get(word.len()..).unwrap_or_default().trim_start();
    }
    (dated, rest)
}

/// Whether this is how a person is named: a few words, each with a capital.
fn is_name(words: &str) -> bool {
    let words: Vec<&str> = words.split_whitespace().collect();
    let capital = |word: &&str| {
        let plain = word.trim_matches(['"', '\'', '(', ')', ',', '.', '“', '”']);
        let particle = ["de", "la", "van", "von", "der", "ap", "ab", "ferch", "o'", "via", "via:"];
        particle.contains(&plain) || plain.starts_with(char::is_uppercase)
    };
    (1..=6).contains(&words.len())
        && words.iter().all(capital)
        && words.first().is_some_and(|word| {
            word.starts_with(char::is_uppercase) && !NOBODY.contains(&word.to_lowercase().as_str())
        })
}

/// Whether there is a mail address.
fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let domain = text.get(at + 1..).unwrap_or_default();
        let domain = domain.split(|c: char| c.is_whitespace() || matches!(c, '>' | ')' | ']')).next();
        before.is_some_and(char::is_alphanumeric)
            && domain.is_some_and(|domain| domain.trim_end_matches('.').contains('.'))
    })
}

/// Whether there is a time of day, as in `14:05`.
fn has_time(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| {
        let [hour, colon, ten, minute] = four else { return false };
        hour.is_ascii_digit()
            && matches!(colon, b':' | b'.')
            && (b'0'..=b'5').contains(ten)
            && minute.is_ascii_digit()
    })
}

/// Whether there is a year of this or the last century, or a date all in numbers.
fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
        || text.split_whitespace().any(|word| {
            let parts: Vec<&str> = word.trim_matches(',').split(['/', '-', '.']).collect();
            parts.len() == 3
                && parts
                    .iter()
                    .all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        })
}
