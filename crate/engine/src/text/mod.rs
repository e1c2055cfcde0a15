//! A draft as the rules see it: tokens with symbols, sentences, and what the lexicon knows at each token.
//!
//! Every token keeps the bytes it came from, so that whatever is found maps back to the exact characters. This part
//! knows words and concepts, but nothing of rules, categories or councils.

mod address;
mod answered;
mod fold;
mod heading;
mod line;
mod notice;
mod quote;
pub(crate) mod scan;
mod shown;
#[cfg(feature = "semantic")]
mod signature;
mod tag;
pub(crate) mod token;

#[cfg(feature = "semantic")]
pub(crate) use answered::Answered;
pub(crate) use answered::answered;
#[cfg(feature = "semantic")]
pub(crate) use fold::is_invisible;
pub(crate) use shown::Outline;
#[cfg(feature = "semantic")]
pub(crate) use signature::signatures;
pub(crate) use tag::handle_words;

use scan::{Raw, Sink, scan};
use token::{Kind, Sentence, Token};

use crate::ByteSpan;
use crate::rule::lexicon::Lexicon;
use crate::rule::symbol::{ConceptId, Sym, UNKNOWN};

/// A sentence of more tokens than this is cut: it keeps every check on one sentence cheap.
const LONGEST_SENTENCE: usize = 200;

/// A concept met at a token, over `length` tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    at: u32,
    pub(crate) concept: ConceptId,
    pub(crate) length: u32,
}

/// A text, read.
#[derive(Debug)]
pub(crate) struct Text<'l> {
    lexicon: &'l Lexicon,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    /// Mail of others that the text answers or passes on, in bytes.
    pub(crate) letters: Vec<ByteSpan>,
    hits: Vec<Hit>,
    hits_from: Vec<u32>,
}

impl<'l> Text<'l> {
    /// Reads `text` with the words that `lexicon` knows.
    pub(crate) fn read(text: &str, lexicon: &'l Lexicon) -> Text<'l> {
        let reader = Reader {
            text,
            lexicon,
            tokens: Vec::with_capacity(text.len() / 5 + 4),
            sentences: Vec::new(),
            sentence_start: 0,
            compounds: Vec::new(),
        };
        let Reader { mut tokens, mut sentences, mut compounds, .. } = scan(text, reader);
        let answered = answered(text);
        mark_others(&mut sentences, &tokens, &answered.messages);
        mark_quoted(&mut tokens, &quote::quoted(text, answered.spans));
        spaced_words(&tokens, &sentences, lexicon, &mut compounds);
        let mut hits = Vec::with_capacity(tokens.len() * 2);
        let mut note = |at: usize, concept: ConceptId, length: usize| push(&mut hits, at, concept, length);
        for sentence in &sentences {
            lexicon.hits(&tokens, sentence, &mut note);
        }
        for (at, sym, length) in compounds {
            for concept in lexicon.concepts_of(sym) {
                note(at, *concept, length);
            }
        }
        lexicon.shaped(text, &tokens, &sentences, &mut note);
        let (hits, hits_from) = by_token(hits, tokens.len());
        Text { lexicon, tokens, sentences, letters: answered.letters, hits, hits_from }
    }

    /// The lengths in tokens with which a concept is met at token `at`.
    pub(crate) fn lengths(&self, at: usize, concept: ConceptId) -> impl Iterator<Item = u32> + '_ {
        let alone = self.tokens.get(at).is_some_and(|token| {
            self.lexicon.belongs(token.sym, concept) || self.lexicon.belongs(token.alt, concept)
        });
        let others = self.hits_at(at).iter().filter(move |hit| hit.concept == concept).map(|hit| hit.length);
        alone.then_some(1).into_iter().chain(others)
    }

    /// The concepts that start at token `at`, other than by its word alone.
    pub(crate) fn hits_at(&self, at: usize) -> &[Hit] {
        match (self.hits_from.get(at), self.hits_from.get(at + 1)) {
            (Some(from), Some(to)) => self.hits.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// The bytes of the tokens from `start` to before `end`.
    pub(crate) fn bytes(&self, start: usize, end: usize) -> Option<ByteSpan> {
        bytes(&self.tokens, start, end)
    }
}

fn bytes(tokens: &[Token], start: usize, end: usize) -> Option<ByteSpan> {
    let first = tokens.get(start)?;
    let last = tokens.get(end.checked_sub(1)?)?;
    (first.start < last.end).then_some(ByteSpan { start: first.start, end: last.end })
}

/// Puts the hits in the order of their tokens, and says for each token where its hits start.
fn by_token(hits: Vec<Hit>, tokens: usize) -> (Vec<Hit>, Vec<u32>) {
    let mut from = vec![0_u32; tokens + 1];
    for hit in &hits {
        if let Some(count) = from.get_mut(hit.at as usize + 1) {
            *count += 1;
        }
    }
    let mut total = 0;
    for count in &mut from {
        total += *count;
        *count = total;
    }
    let mut next = from.clone();
    let mut sorted = hits.clone();
    for hit in hits {
        if let Some(place) = next.get_mut(hit.at as usize) {
            if let Some(slot) = sorted.get_mut(*place as usize) {
                *slot = hit;
            }
            *place += 1;
        }
    }
    (sorted, from)
}

fn push(hits: &mut Vec<Hit>, at: usize, concept: ConceptId, length: usize) {
    if let (Ok(at), Ok(length)) = (u32::try_from(at), u32::try_from(length)) {
        hits.push(Hit { at, concept, length });
    }
}

/// Marks the tokens that lie inside a quotation.
fn mark_quoted(tokens: &mut [Token], quoted: &[ByteSpan]) {
    let mut spans = quoted.iter().peekable();
    let mut reach = 0;
    for token in tokens {
        while let Some(span) = spans.next_if(|span| span.start <= token.start) {
            reach = reach.max(span.end);
        }
        token.quoted = token.end <= reach;
    }
}

/// Marks the sentences that begin inside somebody else's message. Where all do, the draft is what they say.
fn mark_others(sentences: &mut [Sentence], tokens: &[Token], messages: &[ByteSpan]) {
    let mut messages = messages.iter().peekable();
    for sentence in &mut *sentences {
        let start = tokens.get(sentence.start).map_or(0, |token| token.start);
        while messages.next_if(|message| message.end <= start).is_some() {}
        sentence.others = messages.peek().is_some_and(|message| message.start <= start);
    }
    if sentences.iter().all(|sentence| sentence.others) {
        sentences.iter_mut().for_each(|sentence| sentence.others = false);
    }
}

/// Words typed as single letters with something between them.
fn spaced_words(
    tokens: &[Token],
    sentences: &[Sentence],
    lexicon: &Lexicon,
    found: &mut Vec<(usize, Sym, usize)>,
) {
    for sentence in sentences {
        let mut run: Vec<u8> = Vec::new();
        for at in sentence.start..=sentence.end {
            let letter = if at < sentence.end { tokens.get(at).and_then(|token| token.letter) } else { None };
            if let Some(letter) = letter {
                run.push(letter);
                continue;
            }
            if (3..=24).contains(&run.len()) {
                for skip in 0..run.len() - 2 {
                    let sym = run.get(skip..).and_then(|rest| lexicon.disguised_letters(rest));
                    if let Some(sym) = sym {
                        found.push((at - run.len() + skip, sym, run.len() - skip));
                        break;
                    }
                }
            }
            run.clear();
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    sentence_start: usize,
    compounds: Vec<(usize, Sym, usize)>,
}

impl Reader<'_> {
    fn add(&mut self, raw: Raw<'_>, sym: Sym, alt: Sym) {
        if self.tokens.len() - self.sentence_start >= LONGEST_SENTENCE {
            self.sentence_end(false);
        }
        let letter = match raw.folded.as_bytes() {
            [letter] if raw.kind == Kind::Word && letter.is_ascii_lowercase() => Some(*letter),
            _ => None,
        };
        self.tokens.push(Token {
            start: raw.start,
            end: raw.end,
            kind: raw.kind,
            sym,
            alt,
            capital: raw.capital,
            shouted: raw.shouted,
            after_break: raw.after_break,
            after_comma: raw.after_comma,
            quoted: false,
            letter,
        });
    }
}

impl Sink for Reader<'_> {
    fn token(&mut self, raw: Raw<'_>) {
        let sym = self.lexicon.symbol(raw.folded);
        match raw.kind {
            Kind::Word => {
                let sym = if sym == UNKNOWN { self.lexicon.stretched(raw.folded) } else { sym };
                self.add(raw, sym, self.lexicon.second_reading(raw.folded));
            }
            Kind::Hashtag => {
                let parts = tag::hashtag_words(self.text, raw.start, raw.end, self.lexicon);
                if self.tokens.len() - self.sentence_start + parts.len() > LONGEST_SENTENCE {
                    self.sentence_end(false);
                }
                let at = self.tokens.len();
                let length = parts.len();
                for (span, word) in parts {
                    let part = Raw { start: span.start, end: span.end, folded: &word, ..raw };
                    self.add(part, self.lexicon.symbol(&word), UNKNOWN);
                }
                if sym != UNKNOWN {
                    self.compounds.push((at, sym, length));
                }
            }
            _ => self.add(raw, sym, UNKNOWN),
        }
    }

    fn sentence_end(&mut self, asked: bool) {
        if self.tokens.len() > self.sentence_start {
            let (start, end) = (self.sentence_start, self.tokens.len());
            self.sentences.push(Sentence { start, end, asked, others: false });
            self.sentence_start = self.tokens.len();
        }
    }

    fn reveal(&mut self, candidate: &str) -> Option<String> {
        self.lexicon.reveal(candidate)
    }
}
