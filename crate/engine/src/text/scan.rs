//! Cuts a text into tokens and sentences, once from left to right.
//!
//! The same scan reads drafts and the words of rules, so a rule is written as people type: `isn't` in a pattern meets
//! `isn't`, `isn’t`, `isnt` and `is not` in a draft. Tokens are words, numbers, amounts, emoji, mentions, hashtags and
//! addresses; punctuation only ends sentences and separates. The scan knows no vocabulary: its sink says whether a
//! word with stars or digits in it is a known one.

use super::address::{LOOK_AHEAD, address};
use super::fold::{fold_into, is_emoji, is_invisible, is_word_char};
use super::token::Kind;

/// One token as found. `folded` is in plain lower-case letters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Raw<'a> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) folded: &'a str,
    /// The first letter is a capital.
    pub(crate) capital: bool,
    /// All letters are capitals, and there are several.
    pub(crate) shouted: bool,
    /// Something stronger than a comma stands before it.
    pub(crate) after_break: bool,
    /// A comma stands before it.
    pub(crate) after_comma: bool,
}

/// What receives tokens.
pub(crate) trait Sink {
    /// The next token.
    fn token(&mut self, raw: Raw<'_>);
    /// A sentence ended here; `asked` if with a question mark.
    fn sentence_end(&mut self, asked: bool);
    /// The plain word that `candidate`, which has stars, digits or signs among its letters, stands for.
    fn reveal(&mut self, candidate: &str) -> Option<String>;
}

/// Words after which a full stop ends nothing, sorted.
const ABBREVIATIONS: &[&str] = &[
    "approx", "apr", "aug", "ave", "cllr", "cllrs", "cncllr", "coun", "dec", "dept", "dr", "eg", "etc",
    "feb", "hon", "ie", "inc", "insp", "jan", "jr", "ltd", "mar", "mr", "mrs", "ms", "nov", "oct", "pc",
    "plc", "prof", "rd", "ref", "rev", "revd", "rt", "sept", "sgt", "sr", "st", "tel", "vs",
];

/// Those of them that stand before a number only: "No." alone is an answer.
const BEFORE_NUMBERS: &[&str] = &["no", "nos"];

/// No contraction below has more letters.
const LONGEST_CONTRACTION: usize = 8;

/// Contractions typed without their apostrophe, sorted: the word, its two parts and how many letters the second one takes.
const BARE_CONTRACTIONS: &[(&str, &str, &str, usize)] = &[
    ("aint", "is", "not", 2),
    ("arent", "are", "not", 2),
    ("cannot", "can", "not", 3),
    ("cant", "can", "not", 1),
    ("couldnt", "could", "not", 2),
    ("didnt", "did", "not", 2),
    ("doesnt", "does", "not", 2),
    ("dont", "do", "not", 2),
    ("hadnt", "had", "not", 2),
    ("hasnt", "has", "not", 2),
    ("havent", "have", "not", 2),
    ("hes", "he", "'s", 1),
    ("im", "i", "am", 1),
    ("isnt", "is", "not", 2),
    ("ive", "i", "have", 2),
    ("mustnt", "must", "not", 2),
    ("shes", "she", "'s", 1),
    ("shouldnt", "should", "not", 2),
    ("thats", "that", "'s", 1),
    ("theyre", "they", "are", 2),
    ("theyve", "they", "have", 2),
    ("wasnt", "was", "not", 2),
    ("werent", "were", "not", 2),
    ("weve", "we", "have", 2),
    ("whats", "what", "'s", 1),
    ("whos", "who", "'s", 1),
    ("wont", "will", "not", 2),
    ("wouldnt", "would", "not", 2),
    ("youre", "you", "are", 2),
    ("youve", "you", "have", 2),
];

/// What a full stop after the last word may belong to.
#[derive(Clone, Copy, PartialEq)]
enum Abbreviation {
    OfAnything,
    OfNumber,
}

#[derive(Clone, Copy, PartialEq)]
enum Pending {
    /// One full stop.
    Stop,
    /// Several dots: only a capital after them starts a new sentence.
    Dots,
    /// `!` or `?`.
    Strong,
    /// A new line: a small letter after it goes on with the sentence.
    Line,
    /// An empty line or a list item.
    Hard,
}

struct Scan<'t, S> {
    text: &'t str,
    at: usize,
    sink: S,
    pending: Option<Pending>,
    asked: bool,
    spaced: bool,
    after_break: bool,
    after_comma: bool,
    abbreviation: Option<Abbreviation>,
    line_start: bool,
    lines: usize,
    word: String,
}

/// Cuts `text` into tokens and sentences.
pub(crate) fn scan<S: Sink>(text: &str, sink: S) -> S {
    let mut scan = Scan {
        text,
        at: 0,
        sink,
        pending: None,
        asked: false,
        spaced: true,
        after_break: false,
        after_comma: false,
        abbreviation: None,
        line_start: true,
        lines: 0,
        word: String::new(),
    };
    while let Some(c) = scan.peek() {
        scan.step(c);
    }
    scan.sink.sentence_end(scan.asked);
    scan.sink
}

impl<S: Sink> Scan<'_, S> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn step(&mut self, c: char) {
        if c == '\n' || c == '\u{2028}' || c == '\u{2029}' {
            self.lines += 1;
            self.end_soon(if self.lines > 1 { Pending::Hard } else { Pending::Line });
            self.spaced = true;
            self.line_start = true;
            self.at += c.len_utf8();
            return;
        }
        if c.is_whitespace() {
            self.spaced = true;
            self.at += c.len_utf8();
            return;
        }
        let at_line_start = std::mem::replace(&mut self.line_start, false);
        let fresh = self.spaced || !self.before_is_word();
        let second = self.peek_second();
        match c {
            '>' if at_line_start => self.line_start = true,
            '-' | '*' | '•' | '–' | '·' if at_line_start && second.is_some_and(char::is_whitespace) => {
                self.end_soon(Pending::Hard);
            }
            '@' if fresh && second.is_some_and(|next| next.is_ascii_alphanumeric() || next == '_') => {
                return self.tagged(Kind::Mention);
            }
            '#' if fresh && second.is_some_and(char::is_alphabetic) => return self.tagged(Kind::Hashtag),
            '£' | '€' | '$' if second.is_some_and(|next| next.is_ascii_digit()) => {
                return self.number(Kind::Money);
            }
            '$' if fresh && second.is_some_and(|next| next.is_ascii_alphabetic()) && self.disguised() => {
                return;
            }
            '&' => {
                let (start, end) = (self.at, self.at + 1);
                self.emit(start, end, Kind::Word, "and", false, false);
            }
            '.' => self.end_soon(match self.pending {
                Some(Pending::Stop | Pending::Dots) => Pending::Dots,
                _ => Pending::Stop,
            }),
            '…' => self.end_soon(Pending::Dots),
            '!' | '?' | '‽' => {
                self.asked |= c == '?';
                self.end_soon(Pending::Strong);
            }
            ';' | ':' | '—' | '(' | ')' | '[' | ']' | '|' => self.after_break = true,
            ',' | '،' | '，' => self.after_comma = true,
            '-' | '–' if self.spaced => self.after_break = true,
            _ if is_emoji(c) => return self.emoji(),
            _ if c.is_ascii_digit() => return self.number(Kind::Number),
            _ if is_word_char(c) && !is_invisible(c) => return self.word_or_address(fresh, c),
            _ => {}
        }
        if !is_invisible(c) {
            self.spaced = false;
        }
        self.at += c.len_utf8();
    }

    fn before_is_word(&self) -> bool {
        self.text.get(..self.at).and_then(|before| before.chars().next_back()).is_some_and(is_word_char)
    }

    fn end_soon(&mut self, with: Pending) {
        self.pending = Some(match (self.pending, with) {
            (Some(Pending::Hard), _) | (_, Pending::Hard) => Pending::Hard,
            (Some(Pending::Strong), _) => Pending::Strong,
            // A stop at the end of a line is a stop; dots at the end of a line too.
            (Some(Pending::Stop | Pending::Dots), Pending::Line) => Pending::Strong,
            (_, with) => with,
        });
    }

    /// Decides, now that the next token is known to start with `first`, whether a sentence ended before it.
    fn settle(&mut self, first: char) {
        self.lines = 0;
        let Some(pending) = self.pending.take() else { return };
        let ends = match pending {
            Pending::Hard => true,
            Pending::Strong => self.spaced || first.is_uppercase(),
            Pending::Stop => {
                let goes_on = match self.abbreviation {
                    None => false,
                    Some(Abbreviation::OfAnything) => true,
                    Some(Abbreviation::OfNumber) => first.is_ascii_digit(),
                };
                self.spaced && !goes_on
            }
            Pending::Dots => self.spaced && first.is_uppercase(),
            Pending::Line => !first.is_lowercase(),
        };
        if ends {
            self.sink.sentence_end(self.asked);
            self.asked = false;
            self.after_break = false;
            self.after_comma = false;
        } else {
            self.after_break |= matches!(pending, Pending::Dots | Pending::Strong);
        }
    }

    fn emit(&mut self, start: usize, end: usize, kind: Kind, folded: &str, capital: bool, shouted: bool) {
        if let Some(first) = self.text.get(start..).and_then(|rest| rest.chars().next()) {
            self.settle(first);
        }
        let after_break = std::mem::take(&mut self.after_break);
        let after_comma = std::mem::take(&mut self.after_comma);
        self.sink.token(Raw { start, end, kind, folded, capital, shouted, after_break, after_comma });
        self.abbreviation = None;
        self.spaced = false;
    }

    fn tagged(&mut self, kind: Kind) {
        let start = self.at;
        let name = self.rest().get(1..).unwrap_or("");
        let length = name
            .find(|c: char| {
                !(is_word_char(c)
                    || c == '_'
                    || (kind == Kind::Mention && (c == '.' || c == '-' || c == '@')))
            })
            .unwrap_or(name.len());
        // A full stop after a handle ends the sentence, not the handle.
        let name = name.get(..length).unwrap_or("").trim_end_matches(['.', '-', '@']);
        let end = start + 1 + name.len();
        let mut folded = String::with_capacity(name.len() + 1);
        folded.push(if kind == Kind::Mention { '@' } else { '#' });
        name.chars().for_each(|c| fold_into(c, &mut folded));
        self.at = end;
        self.emit(start, end, kind, &folded, false, false);
    }

    fn number(&mut self, kind: Kind) {
        let start = self.at;
        let mut end = start;
        let mut chars = self.rest().char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let next_is_digit = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            let inside = (offset == 0 && kind == Kind::Money)
                || is_word_char(c)
                || (matches!(c, '.' | ',' | ':' | '/') && next_is_digit);
            if !inside {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        let mut folded = std::mem::take(&mut self.word);
        folded.clear();
        self.text.get(start..end).unwrap_or("").chars().for_each(|c| fold_into(c, &mut folded));
        self.at = end;
        self.emit(start, end, kind, &folded, false, false);
        self.word = folded;
    }

    fn emoji(&mut self) {
        let start = self.at;
        let mut folded = String::new();
        let mut end = start;
        let mut joined = true;
        let mut flag = 0;
        for c in self.rest().chars() {
            let regional = matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
            if c == '\u{200d}' {
                joined = true;
                folded.push(c);
            } else if matches!(c, '\u{1f3fb}'..='\u{1f3ff}') && end > start {
                // A skin tone: the same sign.
            } else if is_emoji(c) && (joined || (regional && flag == 1)) {
                joined = false;
                flag = if regional { flag + 1 } else { 2 };
                folded.push(c);
            } else if !is_invisible(c) || end == start {
                break;
            }
            end += c.len_utf8();
        }
        if end == start {
            // Never stands still, whatever the character.
            end += self.peek().map_or(1, char::len_utf8);
        }
        self.at = end;
        self.emit(start, end, Kind::Emoji, folded.trim_end_matches('\u{200d}'), false, false);
    }

    fn word_or_address(&mut self, fresh: bool, first: char) {
        if fresh {
            if let Some((length, kind)) = address(self.rest()) {
                let start = self.at;
                self.at += length;
                let mut folded = String::new();
                self.text.get(start..self.at).unwrap_or("").chars().for_each(|c| fold_into(c, &mut folded));
                return self.emit(start, start + length, kind, &folded, false, false);
            }
            if self.disguised() {
                return;
            }
        }
        self.word(first);
    }

    /// Tries to read a word with signs or digits among its letters; moves past it if the sink knows it.
    fn disguised(&mut self) -> bool {
        let mut candidate = String::new();
        let mut letters = 0;
        let mut signs = 0;
        let mut end = 0;
        let mut kept = 0;
        for (offset, c) in self.rest().char_indices() {
            let sign = matches!(c, '*' | '@' | '$' | '!' | '+' | '|' | '€') || c.is_ascii_digit();
            if offset > LOOK_AHEAD || !(sign || is_word_char(c)) {
                break;
            }
            if sign {
                signs += 1;
                candidate.push(c);
            } else {
                letters += 1;
                fold_into(c, &mut candidate);
            }
            end = offset + c.len_utf8();
            if !matches!(c, '!' | '+' | '|') {
                kept = candidate.len();
            }
        }
        if signs == 0 || letters == 0 {
            return false;
        }
        let trimmed = candidate.len() - kept;
        candidate.truncate(kept);
        let Some(word) = self.sink.reveal(&candidate) else { return false };
        let (start, end) = (self.at, self.at + end - trimmed);
        self.at = end;
        self.emit(start, end, Kind::Word, &word, false, false);
        true
    }

    fn word(&mut self, first: char) {
        let start = self.at;
        let mut folded = std::mem::take(&mut self.word);
        folded.clear();
        let mut end = start;
        let mut apostrophe = None;
        let mut letters = 0;
        let mut capitals = 0;
        let mut before = start;
        let mut last = start;
        let mut chars = self.rest().char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if is_word_char(c) {
                if c.is_alphabetic() {
                    letters += 1;
                    capitals += usize::from(c.is_uppercase());
                }
                fold_into(c, &mut folded);
                last = start + offset;
            } else if is_apostrophe(c) && chars.peek().is_some_and(|(_, next)| is_word_char(*next)) {
                apostrophe = Some((folded.len(), start + offset));
                before = last;
                folded.push('\'');
            } else {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        self.at = end;
        // A mark that stands alone, such as an accent without its letter, is no word.
        if folded.is_empty() {
            self.word = folded;
            return;
        }
        let capital = first.is_uppercase();
        let shouted = letters > 1 && capitals == letters;
        self.emit_word(
            start,
            end,
            &folded,
            apostrophe.map(|(at, byte)| (at, byte, before)),
            capital,
            shouted,
        );
        self.word = folded;
    }

    /// Emits a word, cut in two where it is a contraction.
    fn emit_word(
        &mut self,
        start: usize,
        end: usize,
        folded: &str,
        apostrophe: Option<(usize, usize, usize)>,
        capital: bool,
        shouted: bool,
    ) {
        let Some((at, byte, before)) = apostrophe else {
            if let Some((_, one, two, letters)) = bare_contraction(folded) {
                let plain = folded.len() == end - start;
                let cut = if plain { end - letters } else { end };
                self.emit(start, cut, Kind::Word, one, capital, shouted);
                self.emit(if plain { cut } else { start }, end, Kind::Word, two, false, shouted);
            } else {
                self.emit(start, end, Kind::Word, folded, capital, shouted);
                self.abbreviation = if BEFORE_NUMBERS.contains(&folded) {
                    Some(Abbreviation::OfNumber)
                } else if ABBREVIATIONS.binary_search(&folded).is_ok()
                    || (capital && folded.len() == 1 && folded != "i")
                {
                    Some(Abbreviation::OfAnything)
                } else {
                    None
                };
            }
            return;
        };
        let (stem, tail) = folded.split_at(at);
        match tail {
            "'t" if stem.ends_with('n') => {
                let stem = match stem {
                    "ca" | "can" => "can",
                    "wo" | "won" => "will",
                    "shan" => "shall",
                    "ain" => "is",
                    _ => stem.strip_suffix('n').unwrap_or(stem),
                };
                self.emit(start, before, Kind::Word, stem, capital, shouted);
                self.emit(before, end, Kind::Word, "not", false, shouted);
            }
            "'re" | "'ve" | "'ll" | "'m" | "'d" | "'s" => {
                let tail = match tail {
                    "'re" => "are",
                    "'ve" => "have",
                    "'ll" => "will",
                    "'m" => "am",
                    _ => tail,
                };
                let stem: String = stem.chars().filter(|c| *c != '\'').collect();
                self.emit(start, byte, Kind::Word, &stem, capital, shouted);
                self.emit(byte, end, Kind::Word, tail, false, false);
            }
            _ => {
                let whole: String = folded.chars().filter(|c| *c != '\'').collect();
                self.emit(start, end, Kind::Word, &whole, capital, shouted);
            }
        }
    }
}

fn bare_contraction(word: &str) -> Option<&'static (&'static str, &'static str, &'static str, usize)> {
    // Most words are none, and loading a bundle asks of a hundred thousand.
    if !word.ends_with(['t', 's', 'm', 'e']) || word.len() > LONGEST_CONTRACTION {
        return None;
    }
    let at = BARE_CONTRACTIONS.binary_search_by(|(known, ..)| (*known).cmp(word)).ok()?;
    BARE_CONTRACTIONS.get(at)
}

/// Whether the scan would read `text` as one word just as it stands.
pub(crate) fn is_plain_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase()) && bare_contraction(text).is_none()
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇' | '‘' | '`' | '´')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(BARE_CONTRACTIONS.is_sorted());
        assert!(BARE_CONTRACTIONS.iter().all(|known| bare_contraction(known.0) == Some(known)));
    }
}
