//! Reading text into word pieces of the network's vocabulary, each with its place in the text.
//!
//! A word is spelt with the longest pieces that the vocabulary has, from the left. Letters are read without accents and
//! case; every mark, symbol and emoji is a word of its own; a capital after a small letter begins a new word, so that
//! hashtags are read. The trainer reads in exactly this way (`model/reviewer/vocabulary.py`).

use rustc_hash::FxHashMap;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::places::Places;
use crate::ByteSpan;
use crate::text::{Answered, answered, is_invisible, signatures};

/// Longer words are unknown: nobody spells them, and reading them piece by piece would take quadratic time.
const LONGEST_WORD: usize = 100;

/// One piece: its number and its place in bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) number: u32,
    pub(super) span: ByteSpan,
    /// The whole word that it is part of.
    pub(super) word: ByteSpan,
    /// Whether what stands before it is not read with it: it is somebody else's message, or this is.
    pub(super) apart: bool,
}

/// The pieces that the network knows.
pub(super) struct Vocabulary {
    /// Pieces that begin a word.
    first: FxHashMap<Box<str>, u32>,
    /// Pieces that go on with one.
    further: FxHashMap<Box<str>, u32>,
    /// Of each piece by its number, whether it is spelt with letters or digits.
    spelt: Vec<bool>,
    unknown: u32,
    /// The piece before every window.
    pub(super) before: u32,
    /// The piece after every window.
    pub(super) after: u32,
}

impl Vocabulary {
    /// A vocabulary from its pieces in order of their numbers; `None` where a special one is missing.
    pub(super) fn new<'a>(pieces: impl Iterator<Item = &'a str>) -> Option<Vocabulary> {
        let mut first = FxHashMap::default();
        let mut further = FxHashMap::default();
        let mut spelt = Vec::new();
        for (number, piece) in pieces.enumerate() {
            let number = u32::try_from(number).ok()?;
            // Special pieces stand in brackets.
            spelt.push(!piece.starts_with('[') && piece.contains(char::is_alphanumeric));
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => further.insert(rest.into(), number),
                _ => first.insert(piece.into(), number),
            };
        }
        let special = |name: &str| first.get(name).copied();
        Some(Vocabulary {
            unknown: special("[UNK]")?,
            before: special("[CLS]")?,
            after: special("[SEP]")?,
            first,
            further,
            spelt,
        })
    }

    /// Whether there is a word, or a part of one, that the network knows. Marks, emoji and other scripts are none.
    pub(super) fn knows_any(&self, pieces: &[Piece]) -> bool {
        pieces
            .iter()
            .filter_map(|piece| self.spelt.get(usize::try_from(piece.number).ok()?))
            .any(|spelt| *spelt)
    }

    /// The pieces of what the writer says in a text. Signatures are left out, and the messages that it answers or passes on,
    /// save for mail in what is put before the public, which may give away what is told in it; remarks that it answers are
    /// not, since answers are read by them. A text that is nothing but others' messages is read: whoever posts it puts it forth as it
    /// stands.
    pub(super) fn read(&self, text: &str, public: bool) -> Vec<Piece> {
        let pieces = self.read_all(text);
        let Answered { mut messages, letters, .. } = answered(text);
        // Who wrote an answered message signed it: that goes with it.
        let theirs = Places::new(messages.clone());
        messages.extend(signatures(text).into_iter().filter(|signed| !theirs.touch(*signed)));
        messages.sort_unstable();
        if messages.is_empty() {
            return pieces;
        }
        let (own, read) = apart(&pieces, &messages, |message| public && letters.contains(message));
        if self.knows_any(&own) { read } else { pieces }
    }

    fn read_all(&self, text: &str) -> Vec<Piece> {
        let mut reader = Reader { vocabulary: self, pieces: Vec::new(), letters: Vec::new() };
        let mut previous = ' ';
        for (start, c) in text.char_indices() {
            let place = ByteSpan { start, end: start + c.len_utf8() };
            if previous.is_lowercase() && c.is_uppercase() {
                reader.end_word();
            }
            previous = c;
            reader.take(c, place);
        }
        reader.end_word();
        reader.pieces
    }
}

/// The pieces outside these messages, which are in order; and those with the messages that are kept.
fn apart(
    pieces: &[Piece],
    messages: &[ByteSpan],
    keeps: impl Fn(&ByteSpan) -> bool,
) -> (Vec<Piece>, Vec<Piece>) {
    let mut own = Vec::with_capacity(pieces.len());
    let mut read: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut messages = messages.iter().peekable();
    // Whether the piece before was the writer's.
    let mut before = None;
    for piece in pieces {
        while messages.next_if(|message| message.end <= piece.span.start).is_some() {}
        let message = messages.peek().filter(|message| message.start < piece.span.end);
        let apart = before.replace(message.is_none()).is_some_and(|own| own != message.is_none());
        let piece = Piece { apart, ..*piece };
        if message.is_none() {
            own.push(piece);
        }
        if message.is_none_or(|message| keeps(message)) {
            read.push(piece);
        }
    }
    (own, read)
}

struct Reader<'v> {
    vocabulary: &'v Vocabulary,
    pieces: Vec<Piece>,
    /// The word so far, each letter with the place of the character it came from.
    letters: Vec<(char, ByteSpan)>,
}

impl Reader<'_> {
    fn take(&mut self, c: char, place: ByteSpan) {
        if is_invisible(c) || c.is_control() && !c.is_whitespace() {
            return;
        }
        let c = match c {
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            _ => c,
        };
        decompose_compatible(c, |part| {
            if is_combining_mark(part) {
                return;
            }
            for letter in part.to_lowercase().filter(|letter| !is_combining_mark(*letter)) {
                if letter.is_whitespace() {
                    self.end_word();
                } else if letter.is_alphanumeric() {
                    self.letters.push((letter, place));
                } else {
                    self.end_word();
                    self.letters.push((letter, place));
                    self.end_word();
                }
            }
        });
    }

    fn end_word(&mut self) {
        let Some(word) = around(&self.letters) else { return };
        let before = self.pieces.len();
        if self.letters.len() > LONGEST_WORD || !self.spell(word) {
            self.pieces.truncate(before);
            self.pieces.push(Piece { number: self.vocabulary.unknown, span: word, word, apart: false });
        }
        self.letters.clear();
    }

    /// Spells the word with known pieces; false where it cannot be spelt to its end.
    fn spell(&mut self, word: ByteSpan) -> bool {
        let letters: String = self.letters.iter().map(|(letter, _)| letter).collect();
        let mut rest = letters.as_str();
        let mut left = self.letters.as_slice();
        while !rest.is_empty() {
            let known =
                if rest.len() == letters.len() { &self.vocabulary.first } else { &self.vocabulary.further };
            let longest = (1..=left.len())
                .rev()
                .zip(rest.char_indices().rev().map(|(at, c)| at + c.len_utf8()))
                .find_map(|(count, bytes)| Some((count, bytes, *known.get(rest.get(..bytes)?)?)));
            let Some((count, bytes, number)) = longest else { return false };
            let (taken, further) = left.split_at(count);
            self.pieces.extend(around(taken).map(|span| Piece { number, span, word, apart: false }));
            left = further;
            rest = rest.get(bytes..).unwrap_or_default();
        }
        true
    }
}

/// From the first letter's place to the last one's.
fn around(letters: &[(char, ByteSpan)]) -> Option<ByteSpan> {
    let (_, first) = letters.first()?;
    let (_, last) = letters.last()?;
    Some(ByteSpan { start: first.start, end: last.end })
}
