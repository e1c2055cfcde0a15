//! What is shown for telling words. A few words tell a reader little, so the clause or the short sentence around them is
//! taken in, and for a hint in a short draft the beginning of the next sentence, where what it hints at mostly stands.
//!
//! Only what is underlined goes by this: whose words they are and whether they are meant goes by the telling words.

use super::{Kind, Sentence, Text, Token, bytes};
use crate::ByteSpan;

/// How many tokens before and after telling words are shown with them. With more, hardly any underline comes nearer to
/// what a careful reader marks, and many grow longer.
const CLAUSE_WORDS: usize = 10;

/// A sentence of no more tokens is shown whole, over its breaks and quotations.
const SHORT_SENTENCE: usize = 20;

/// A hint in a sentence of no more tokens leads up to the next one.
const LEADING_SENTENCE: usize = 15;

/// In a longer draft the next sentence is mostly about something else.
const SHORT_DRAFT: usize = 60;

/// The tokens and sentences of a text, for as long as its findings are weighed.
#[derive(Debug)]
pub(crate) struct Outline {
    tokens: Vec<Token>,
    sentences: Vec<Sentence>,
}

impl Text<'_> {
    /// What is left of it when its words need no more looking up.
    pub(crate) fn into_outline(self) -> Outline {
        Outline { tokens: self.tokens, sentences: self.sentences }
    }
}

impl Outline {
    /// What is shown for the words told; `hint` where they only hint at a risk. Numbers and addresses are shown alone.
    pub(crate) fn shown(&self, told: ByteSpan, hint: bool) -> ByteSpan {
        let start = self.tokens.partition_point(|token| token.end <= told.start);
        let end = self.tokens.partition_point(|token| token.start < told.end);
        let number = self.sentences.partition_point(|sentence| sentence.end <= start);
        let words = self.tokens.get(start..end).unwrap_or_default();
        let Some(sentence) = self.sentences.get(number).copied() else { return told };
        if !words.iter().any(|token| matches!(token.kind, Kind::Word | Kind::Emoji)) {
            return told;
        }
        let (mut from, mut to) = if length(sentence) <= SHORT_SENTENCE {
            (sentence.start, sentence.end.max(end))
        } else {
            self.clause(sentence, start, end)
        };
        let before = number.checked_sub(1).and_then(|before| self.sentences.get(before));
        if let Some(before) = before
            && !self.has_words(sentence)
        {
            // An emoji behind a full stop says something of what stands before it.
            from = before.start.max(before.end.saturating_sub(SHORT_SENTENCE));
        }
        let leads = hint && length(sentence) <= LEADING_SENTENCE && self.tokens.len() <= SHORT_DRAFT;
        if let Some(next) = self.sentences.get(number + 1).filter(|_| leads) {
            to = to.max(next.end.min(next.start + CLAUSE_WORDS));
        }
        bytes(&self.tokens, from, to).unwrap_or(told)
    }

    /// The tokens around the telling ones, up to [`CLAUSE_WORDS`] on either side. They end at a break, at the end of the
    /// sentence and where a quotation begins or ends.
    fn clause(&self, sentence: Sentence, start: usize, end: usize) -> (usize, usize) {
        let (mut from, mut to) = (start, end);
        while from > sentence.start.max(start.saturating_sub(CLAUSE_WORDS)) && self.goes_on(from) {
            from -= 1;
        }
        while to < sentence.end.min(end + CLAUSE_WORDS) && self.goes_on(to) {
            to += 1;
        }
        (from, to)
    }

    /// Whether the token at `at` goes on with what the token before it says.
    fn goes_on(&self, at: usize) -> bool {
        let pair = at.checked_sub(1).and_then(|last| self.tokens.get(last)).zip(self.tokens.get(at));
        pair.is_some_and(|(last, token)| !token.after_break && token.quoted == last.quoted)
    }

    fn has_words(&self, sentence: Sentence) -> bool {
        let tokens = self.tokens.get(sentence.start..sentence.end).unwrap_or_default();
        tokens.iter().any(|token| token.kind != Kind::Emoji)
    }
}

fn length(sentence: Sentence) -> usize {
    sentence.end - sentence.start
}
