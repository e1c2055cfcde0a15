//! Lists of phrases, each a few symbols, kept in one run of memory: a bundle has tens of thousands.

use crate::rule::symbol::{Sym, UNKNOWN};

/// More phrases than this no member or set of alternatives stands for.
const MOST: usize = 4000;

/// Phrases, each closed by the symbol that no word has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Phrases {
    words: Vec<Sym>,
    count: usize,
}

impl Phrases {
    /// Nothing but the empty phrase, to which words are put.
    pub(crate) fn empty_phrase() -> Phrases {
        Phrases { words: vec![UNKNOWN], count: 1 }
    }

    /// Nothing yet, with room for the words of a text.
    pub(crate) fn with_room_for(text: &str) -> Phrases {
        let words = text.split([' ', '|']).count();
        Phrases { words: Vec::with_capacity(words * 2), count: 0 }
    }

    /// Takes all phrases out; the room stays.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.count = 0;
    }

    /// One phrase for each of these words.
    pub(crate) fn of_words(words: &[Sym]) -> Phrases {
        let mut phrases = Phrases { words: Vec::with_capacity(words.len() * 2), count: 0 };
        words.iter().for_each(|word| phrases.push(&[*word]));
        phrases
    }

    pub(crate) fn push(&mut self, phrase: &[Sym]) {
        self.words.extend_from_slice(phrase);
        self.close();
    }

    /// Adds a word to a phrase that is yet to be closed.
    pub(crate) fn push_word(&mut self, word: Sym) {
        self.words.push(word);
    }

    /// Ends a phrase.
    pub(crate) fn close(&mut self) {
        self.words.push(UNKNOWN);
        self.count += 1;
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[Sym]> {
        self.words
            .split_inclusive(|sym| *sym == UNKNOWN)
            .map(|phrase| phrase.split_last().map_or(phrase, |(_, rest)| rest))
    }

    pub(crate) fn append(&mut self, more: &Phrases) {
        self.words.extend_from_slice(&more.words);
        self.count += more.count;
    }

    /// Every phrase of these followed by every phrase of `next`.
    pub(crate) fn followed_by(&self, next: &Phrases) -> Option<Phrases> {
        if self.count * next.count > MOST {
            return None;
        }
        let mut all = Phrases::default();
        for first in self.iter() {
            for second in next.iter() {
                all.words.extend_from_slice(first);
                all.push(second);
            }
        }
        Some(all)
    }
}
