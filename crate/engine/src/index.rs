//! Finds the patterns that could match in a sentence, and where each could start.
//!
//! Of thousands of patterns a sentence has the anchors of a few dozen, and those can start at one or two tokens. Both
//! are looked up from the words: first the patterns of which an anchor is met, then the tokens at which one of these
//! can begin. Only these pairs are run. The index knows patterns by number; whose they are is not its business.

use crate::grouped::Grouped;
use crate::rule::class::{Class, holds};
use crate::rule::lexicon::Lexicon;
use crate::rule::program::{First, Program, Test};
use crate::rule::symbol::{ConceptId, Sym, UNKNOWN};
use crate::text::Text;
use crate::text::token::Sentence;

/// Patterns by what has to be met.
#[derive(Debug, Default)]
struct Lists {
    by_sym: Grouped,
    by_concept: Grouped,
    by_class: Vec<(Class, Vec<u32>)>,
    filling: Filling,
}

/// What has to be met, each with one pattern, until the filling ends.
#[derive(Debug, Default)]
struct Filling {
    by_sym: Vec<(Sym, u32)>,
    by_concept: Vec<(ConceptId, u32)>,
}

impl Lists {
    fn add(&mut self, test: Test, pattern: u32) {
        match test {
            Test::Sym(sym) => self.filling.by_sym.push((sym, pattern)),
            Test::Concept(concept) => self.filling.by_concept.push((concept, pattern)),
            Test::Class(class) => match self.by_class.iter_mut().find(|(known, _)| *known == class) {
                Some((_, patterns)) => patterns.push(pattern),
                None => self.by_class.push((class, vec![pattern])),
            },
        }
    }

    /// Lets each word lead straight to the patterns that need a list it belongs to.
    fn finish(&mut self, lexicon: &Lexicon) {
        let Filling { mut by_sym, by_concept } = std::mem::take(&mut self.filling);
        self.by_concept = Grouped::of(&by_concept);
        for sym in 0..u32::try_from(lexicon.size()).unwrap_or(0) {
            for concept in lexicon.concepts_of(sym) {
                by_sym.extend(self.by_concept.get(*concept).iter().map(|pattern| (sym, *pattern)));
            }
        }
        self.by_sym = Grouped::of(&by_sym);
    }

    /// Calls `met` with every pattern in these lists that token `at` meets.
    fn visit(&self, text: &Text<'_>, at: usize, mut met: impl FnMut(u32)) {
        let Some(token) = text.tokens.get(at) else { return };
        for sym in [token.sym, token.alt] {
            if sym != UNKNOWN {
                self.by_sym.get(sym).iter().for_each(|pattern| met(*pattern));
            }
        }
        for (class, patterns) in &self.by_class {
            if holds(*class, token) {
                patterns.iter().for_each(|pattern| met(*pattern));
            }
        }
        for hit in text.hits_at(at) {
            self.by_concept.get(hit.concept).iter().for_each(|pattern| met(*pattern));
        }
    }
}

/// All patterns, by anchor and by first word.
#[derive(Debug, Default)]
pub(crate) struct Index {
    anchors: Lists,
    starts: Lists,
    /// Patterns that can start only where the sentence does, and those that can start anywhere.
    at_start: Vec<u32>,
    anywhere: Vec<u32>,
    size: usize,
}

/// Room for one search, kept between searches.
#[derive(Debug)]
pub(crate) struct Search {
    seen: Vec<u32>,
    round: u32,
    /// Which pattern can start at which token, in order.
    pub(crate) starts: Vec<(u32, usize)>,
}

impl Index {
    /// Adds the next pattern.
    pub(crate) fn add(&mut self, program: &Program, anchors: &[Test]) {
        let number = u32::try_from(self.size).unwrap_or(u32::MAX);
        self.size += 1;
        for anchor in anchors {
            self.anchors.add(*anchor, number);
        }
        match program.first() {
            First::Met(test) => self.starts.add(test, number),
            First::SentenceStart => self.at_start.push(number),
            First::Anything => self.anywhere.push(number),
        }
    }

    /// Ends the filling.
    pub(crate) fn finish(&mut self, lexicon: &Lexicon) {
        self.anchors.finish(lexicon);
        self.starts.finish(lexicon);
    }

    /// Room for searches of this index.
    pub(crate) fn search(&self) -> Search {
        Search { seen: vec![0; self.size], round: 0, starts: Vec::new() }
    }

    /// Fills `search` with the patterns that could match in the sentence and where they could start.
    pub(crate) fn find(&self, text: &Text<'_>, sentence: Sentence, search: &mut Search) {
        let Search { seen, round, starts } = search;
        starts.clear();
        *round += 1;
        let mut any = false;
        for at in sentence.start..sentence.end {
            self.anchors.visit(text, at, |pattern| {
                if let Some(seen) = seen.get_mut(pattern as usize) {
                    *seen = *round;
                    any = true;
                }
            });
        }
        if !any {
            return;
        }
        let anchored = |pattern: &u32| seen.get(*pattern as usize) == Some(round);
        for at in sentence.start..sentence.end {
            self.starts.visit(text, at, |pattern| {
                if anchored(&pattern) {
                    starts.push((pattern, at));
                }
            });
        }
        starts.extend(
            self.at_start
                .iter()
                .filter(|pattern| anchored(pattern))
                .map(|pattern| (*pattern, sentence.start)),
        );
        for pattern in self.anywhere.iter().filter(|pattern| anchored(pattern)) {
            starts.extend((sentence.start..sentence.end).map(|at| (*pattern, at)));
        }
        starts.sort_unstable();
        starts.dedup();
    }
}
