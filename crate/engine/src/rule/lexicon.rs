//! The words that a rule set knows: symbols for words, concepts for lists of them, and the disguises of swear words.
//!
//! A word becomes a small number once; after that everything compares numbers. Phrases of several words lie in a trie,
//! so all concepts at a token are found by walking it once. The lexicon knows tokens, never rules.

use std::sync::Arc;

use regex::{Regex, RegexBuilder};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::grouped::Grouped;
use crate::rule::class::{Class, holds};
use crate::rule::error::LoadError;
use crate::rule::number;
use crate::rule::set::NumberCheck;
use crate::rule::symbol::{ConceptId, Sym, UNKNOWN};
use crate::rule::vocabulary::{COMMON, EVERYWHERE, SECOND_READINGS, WHERE};
use crate::text::token::{Kind, Sentence, Token};

/// How often a phrase is met that starts with a word of either list, or with another word: rough, and only compared.
const EVERYWHERE_WEIGHT: f32 = 40.0;
const COMMON_WEIGHT: f32 = 4.0;
const RARE_WEIGHT: f32 = 0.05;

/// A regular expression whose program would be larger than this is refused.
const REGEX_SIZE: usize = 256 * 1024;

struct Shape {
    regex: Regex,
    check: Option<NumberCheck>,
    concept: ConceptId,
}

/// The concepts that the engine itself looks at, by the names that a bundle may define.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known {
    /// Given names: a capitalised one is a name even at the start of a sentence.
    pub(crate) given_name: Option<ConceptId>,
    /// Capitalised words that are no person's name: days, months, parties, offices.
    pub(crate) not_a_name: Option<ConceptId>,
    /// Words that make a capitalised run a place: road, park, school.
    pub(crate) place: Option<ConceptId>,
    /// Titles before a name: Cllr, Mr, Dame.
    pub(crate) title: Option<ConceptId>,
    /// Titles that are no other words and stand in no address: Cllr, Mrs, not Lord or Miss.
    pub(crate) form_of_address: Option<ConceptId>,
    /// Titles that streets and houses bear: Lord, Mayor.
    pub(crate) place_title: Option<ConceptId>,
    /// Words that are surnames too: Park, Hall, Young.
    pub(crate) surname: Option<ConceptId>,
    /// Titles that are run together with names in handles.
    pub(crate) handle_title: Option<ConceptId>,
    /// Given names, short ones too, that stand beside such a title.
    pub(crate) handle_name: Option<ConceptId>,
}

/// What is known of words and of nodes while the lexicon is filled: each with one concept, in the order of the rules.
#[derive(Default)]
struct Filling {
    single: Vec<(Sym, ConceptId)>,
    ends: Vec<(u32, ConceptId)>,
}

/// All words and concepts of a rule set.
#[derive(Default)]
pub(crate) struct Lexicon {
    symbols: FxHashMap<Arc<str>, Sym>,
    /// The words by their symbols, until the filling ends.
    words: Vec<Arc<str>>,
    /// The concepts of each word by itself.
    single: Grouped,
    roots: Vec<u32>,
    edges: FxHashMap<(u32, Sym), u32>,
    nodes: u32,
    /// The concepts of the phrases that end at each node.
    ends: Grouped,
    filling: Filling,
    classes: Vec<(Class, ConceptId)>,
    shapes: Vec<Shape>,
    second: FxHashMap<Sym, Sym>,
    /// For each concept, the ones that include it.
    wider: Vec<Vec<ConceptId>>,
    weights: Vec<f32>,
    /// How many phrases were added, the same one to several concepts counted for each.
    pub(crate) phrases: usize,
    disguised: Vec<String>,
    disguised_set: FxHashSet<Sym>,
    stretched: FxHashMap<String, Sym>,
    pub(crate) known: Known,
    /// Words before an address.
    is_where: FxHashSet<Sym>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.symbols.len()).finish_non_exhaustive()
    }
}

/// `word` with every run of the same letter made one.
fn collapsed(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

impl Lexicon {
    pub(crate) fn new() -> Lexicon {
        let mut lexicon = Lexicon { words: vec![Arc::from("")], roots: vec![0], ..Lexicon::default() };
        for (words, weight) in [(EVERYWHERE, EVERYWHERE_WEIGHT), (COMMON, COMMON_WEIGHT)] {
            for word in words {
                let sym = lexicon.intern(word) as usize;
                lexicon.weights.resize(lexicon.weights.len().max(sym + 1), RARE_WEIGHT);
                if let Some(slot) = lexicon.weights.get_mut(sym) {
                    *slot = weight;
                }
            }
        }
        for word in WHERE {
            let sym = lexicon.intern(word);
            lexicon.is_where.insert(sym);
        }
        for (short, long) in SECOND_READINGS {
            let (short, long) = (lexicon.intern(short), lexicon.intern(long));
            lexicon.second.insert(short, long);
        }
        lexicon
    }

    /// The symbol of `word`, made if it is new.
    pub(crate) fn intern(&mut self, word: &str) -> Sym {
        if let Some(sym) = self.symbols.get(word) {
            return *sym;
        }
        let sym = u32::try_from(self.words.len()).unwrap_or(UNKNOWN);
        let word: Arc<str> = word.into();
        self.words.push(Arc::clone(&word));
        self.symbols.insert(word, sym);
        self.roots.push(0);
        sym
    }

    /// The word of a symbol that was just interned.
    pub(crate) fn word(&self, sym: Sym) -> Option<&str> {
        self.words.get(sym as usize).map(|word| &**word)
    }

    /// Lets whatever belongs to `concept` belong to `wider` too.
    pub(crate) fn include(&mut self, concept: ConceptId, wider: ConceptId) {
        let needed = self.wider.len().max(concept as usize + 1);
        self.wider.resize(needed, Vec::new());
        if let Some(list) = self.wider.get_mut(concept as usize) {
            list.push(wider);
        }
    }

    /// `concept` and every concept that includes it.
    fn widened(&self, concept: ConceptId) -> impl Iterator<Item = ConceptId> + '_ {
        let wider = self.wider.get(concept as usize).map_or(&[][..], Vec::as_slice);
        std::iter::once(concept).chain(wider.iter().copied())
    }

    /// Whether a word belongs to a concept, by itself.
    pub(crate) fn belongs(&self, sym: Sym, concept: ConceptId) -> bool {
        sym != UNKNOWN && self.concepts_of(sym).binary_search(&concept).is_ok()
    }

    /// Ends the filling: from here on every list of concepts is sorted and holds the wider ones too.
    pub(crate) fn finish(&mut self) {
        let Filling { single, ends } = std::mem::take(&mut self.filling);
        self.single = Grouped::of(&self.with_wider(single));
        self.ends = Grouped::of(&self.with_wider(ends));
        self.words = Vec::new();
    }

    fn with_wider(&self, mut pairs: Vec<(u32, ConceptId)>) -> Vec<(u32, ConceptId)> {
        for at in 0..pairs.len() {
            let Some((key, concept)) = pairs.get(at).copied() else { continue };
            let wider = self.wider.get(concept as usize).into_iter().flatten();
            pairs.extend(wider.map(|wider| (key, *wider)));
        }
        pairs
    }

    /// How often a phrase is likely to be met, roughly: as often as its rarest word.
    pub(crate) fn weight(&self, phrase: &[Sym]) -> f32 {
        let of = |sym: &Sym| self.weights.get(*sym as usize).copied().unwrap_or(RARE_WEIGHT);
        phrase.iter().map(of).fold(EVERYWHERE_WEIGHT, f32::min)
    }

    /// Adds a phrase to a concept.
    pub(crate) fn add_phrase(&mut self, words: &[Sym], concept: ConceptId) {
        let Some((first, rest)) = words.split_first() else { return };
        self.phrases += 1;
        if rest.is_empty() {
            self.filling.single.push((*first, concept));
            return;
        }
        let mut node = self.roots.get(*first as usize).copied().unwrap_or(0);
        if node == 0 {
            node = self.new_node();
            if let Some(root) = self.roots.get_mut(*first as usize) {
                *root = node;
            }
        }
        for sym in rest {
            node = match self.edges.get(&(node, *sym)) {
                Some(next) => *next,
                None => {
                    let next = self.new_node();
                    self.edges.insert((node, *sym), next);
                    next
                }
            };
        }
        self.filling.ends.push((node, concept));
    }

    /// Nodes are counted from one: no word leads to node zero.
    fn new_node(&mut self) -> u32 {
        self.nodes += 1;
        self.nodes
    }

    pub(crate) fn add_class(&mut self, class: Class, concept: ConceptId) {
        self.classes.push((class, concept));
    }

    pub(crate) fn add_regex(
        &mut self,
        owner: &str,
        pattern: &str,
        check: Option<NumberCheck>,
        concept: ConceptId,
    ) -> Result<(), LoadError> {
        let regex = RegexBuilder::new(pattern)
            .case_insensitive(true)
            .size_limit(REGEX_SIZE)
            .dfa_size_limit(REGEX_SIZE)
            .build()
            .map_err(|error| {
                let fault = LoadError::in_pattern(owner, pattern, None, error.to_string());
                let too_large = matches!(error, regex::Error::CompiledTooBig(_));
                if too_large { fault.costly() } else { fault }
            })?;
        if regex.is_match("") {
            return Err(LoadError::in_pattern(
                owner,
                pattern,
                None,
                "it matches nothing at all; ask for at least one character",
            ));
        }
        // The search machinery is built at the first search: let that be now, not while somebody types.
        let _ = regex.is_match("TS1 9FT, 01642 000 000");
        self.shapes.push(Shape { regex, check, concept });
        Ok(())
    }

    /// Lets a one-word member be met in disguise.
    pub(crate) fn add_disguised(&mut self, sym: Sym) {
        let Some(word) = self.words.get(sym as usize).map(Arc::clone) else { return };
        let plain = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase());
        if plain && self.disguised_set.insert(sym) {
            self.stretched.entry(collapsed(&word)).or_insert(sym);
            self.disguised.push(word.to_string());
        }
    }

    /// How many symbols there are.
    pub(crate) fn size(&self) -> usize {
        self.roots.len()
    }

    pub(crate) fn symbol(&self, word: &str) -> Sym {
        self.symbols.get(word).copied().unwrap_or(UNKNOWN)
    }

    pub(crate) fn second_reading(&self, word: &str) -> Sym {
        if word.len() > 10 {
            return UNKNOWN;
        }
        self.second.get(&self.symbol(word)).copied().unwrap_or(UNKNOWN)
    }

    /// The symbol of a word whose letters are repeated three times or more: `fuuuuck`.
    pub(crate) fn stretched(&self, word: &str) -> Sym {
        let bytes = word.as_bytes();
        if !bytes.windows(3).any(|three| matches!(three, [a, b, c] if a == b && b == c)) {
            return UNKNOWN;
        }
        self.stretched.get(&collapsed(word)).copied().unwrap_or(UNKNOWN)
    }

    /// The symbol of a disguised word spelt out in single letters.
    pub(crate) fn disguised_letters(&self, letters: &[u8]) -> Option<Sym> {
        self.disguised.iter().find(|word| word.as_bytes() == letters).map(|word| self.symbol(word))
    }

    /// The plain word behind stars, signs and digits.
    pub(crate) fn reveal(&self, candidate: &str) -> Option<String> {
        let signs: Vec<char> = candidate.chars().collect();
        let letters = signs.iter().filter(|c| c.is_alphabetic()).count();
        let stars = signs.iter().filter(|c| **c == '*').count();
        let others = signs.len() - letters - stars;
        if signs.len() < 3 || letters == 0 || (stars == 0 && letters < 2) || (others > 0 && letters < 2) {
            return None;
        }
        let fits = |word: &&String| {
            word.len() == signs.len()
                && word
                    .chars()
                    .zip(&signs)
                    .enumerate()
                    .all(|(i, (letter, sign))| stands_for(*sign, letter, i))
        };
        self.disguised.iter().find(fits).cloned()
    }

    pub(crate) fn concepts_of(&self, sym: Sym) -> &[ConceptId] {
        self.single.get(sym)
    }

    pub(crate) fn is_handle_title(&self, word: &str) -> bool {
        self.known.handle_title.is_some_and(|concept| self.belongs(self.symbol(word), concept))
    }

    pub(crate) fn is_handle_name(&self, word: &str) -> bool {
        self.known.handle_name.is_some_and(|concept| self.belongs(self.symbol(word), concept))
    }

    /// The concepts met in a sentence by phrases of several words and by kinds of token:
    /// `found(token, concept, length)`. Those of single words are asked for with [`Lexicon::belongs`].
    pub(crate) fn hits(
        &self,
        tokens: &[Token],
        sentence: &Sentence,
        found: &mut impl FnMut(usize, ConceptId, usize),
    ) {
        for at in sentence.start..sentence.end {
            let Some(token) = tokens.get(at) else { return };
            for sym in [token.sym, token.alt] {
                if sym == UNKNOWN {
                    continue;
                }
                let root = self.roots.get(sym as usize).copied().unwrap_or(0);
                if root != 0 {
                    self.walk(tokens, at, at + 1, sentence.end, root, found);
                }
            }
            for (class, concept) in &self.classes {
                if *class != Class::Name && holds(*class, token) {
                    self.widened(*concept).for_each(|concept| found(at, concept, 1));
                }
            }
        }
    }

    fn walk(
        &self,
        tokens: &[Token],
        start: usize,
        at: usize,
        end: usize,
        node: u32,
        found: &mut impl FnMut(usize, ConceptId, usize),
    ) {
        for concept in self.ends.get(node) {
            found(start, *concept, at - start);
        }
        let Some(token) = (at < end).then(|| tokens.get(at)).flatten() else { return };
        for sym in [token.sym, token.alt] {
            if sym != UNKNOWN
                && let Some(next) = self.edges.get(&(node, sym))
            {
                self.walk(tokens, start, at + 1, end, *next, found);
            }
        }
    }

    /// Concepts met by shape: names, and what regular expressions find.
    pub(crate) fn shaped(
        &self,
        text: &str,
        tokens: &[Token],
        sentences: &[Sentence],
        found: &mut impl FnMut(usize, ConceptId, usize),
    ) {
        if self.classes.iter().any(|(class, _)| *class == Class::Name) {
            for sentence in sentences {
                self.names(tokens, sentence, &mut |at, length| {
                    for (class, concept) in &self.classes {
                        if *class == Class::Name {
                            self.widened(*concept).for_each(|concept| found(at, concept, length));
                        }
                    }
                });
            }
        }
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        for shape in &self.shapes {
            for matched in shape.regex.find_iter(text) {
                if shape.check.is_some_and(|check| !number::passes(check, matched.as_str())) {
                    continue;
                }
                let from = tokens.partition_point(|token| token.end <= matched.start());
                let to = tokens.partition_point(|token| token.start < matched.end());
                if from < to {
                    self.widened(shape.concept).for_each(|concept| found(from, concept, to - from));
                }
            }
        }
    }

    fn is(&self, token: &Token, concept: Option<ConceptId>) -> bool {
        concept.is_some_and(|concept| self.belongs(token.sym, concept))
    }

    /// Runs of capitalised words that are taken for a person's name, with the title before them.
    fn names(&self, tokens: &[Token], sentence: &Sentence, found: &mut impl FnMut(usize, usize)) {
        let words = tokens.get(sentence.start..sentence.end).unwrap_or(&[]);
        // Where everything is in capitals, capitals say nothing.
        let shouting = words.iter().filter(|token| token.shouted).count() * 2 > words.len();
        let name_like = |at: usize| {
            words.get(at).is_some_and(|token| {
                let first = at == 0;
                token.kind == Kind::Word
                    && token.capital
                    && token.end - token.start > 1
                    && !self.is(token, self.known.not_a_name)
                    && !self.is(token, self.known.title)
                    && (!token.shouted || self.is(token, self.known.given_name))
                    && (!shouting || self.is(token, self.known.given_name))
                    && (!first || self.is(token, self.known.given_name))
            })
        };
        let mut at = 0;
        while at < words.len() {
            let titled = words.get(at).is_some_and(|token| self.is(token, self.known.title));
            let from = at + usize::from(titled);
            let mut to = from;
            while to < words.len()
                && to - from < 4
                && (name_like(to) || (titled && to == from && self.is_surname(words, at)))
            {
                to += 1;
            }
            // A title makes the next word a name, capital or not, unless it is a word that rules know otherwise.
            if titled
                && to == from
                && words.get(to).is_some_and(|token| token.kind == Kind::Word && token.sym == UNKNOWN)
            {
                to += 1;
            }
            if to == from {
                at += 1;
                continue;
            }
            let place = |token: &Token| self.is(token, self.known.place);
            let run = words.get(at..to).unwrap_or(&[]);
            let placed = run.iter().any(place) && !(titled && self.is_somebody(words, at, to));
            if !placed && !words.get(to).is_some_and(|next| next.capital && place(next)) {
                found(sentence.start + at, to - at);
                if titled {
                    found(sentence.start + from, to - from);
                }
            }
            at = to;
        }
    }

    /// Whether the word behind the title at `at` is a surname, though it is another word too: `Mrs May`, `cllr hall`.
    fn is_surname(&self, words: &[Token], at: usize) -> bool {
        let (Some(title), Some(word)) = (words.get(at), words.get(at + 1)) else { return false };
        let behind = !word.after_comma && !word.after_break && self.is(word, self.known.surname);
        // Without a capital most titles are other words (`i miss park runs`), and what may be a verb is one.
        let capital = word.capital && !word.shouted;
        let plain = self.is(title, self.known.form_of_address) && !self.is(word, self.known.not_a_name);
        behind && (capital || plain)
    }

    /// Whether a title and words that could be a place's name are somebody's all the same: `Mrs Park`, `Cllr Jane Hall`.
    /// A street may be called after a councillor, and stands behind a number or a word that says where.
    fn is_somebody(&self, words: &[Token], at: usize, to: usize) -> bool {
        let Some((title, name)) = words.get(at..to).and_then(<[Token]>::split_first) else { return false };
        let named = match name {
            [surname] => self.is(surname, self.known.surname),
            [given, surname] => self.is(given, self.known.given_name) && self.is(surname, self.known.surname),
            _ => false,
        };
        let somewhere = || {
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            before.is_some_and(|word| word.kind == Kind::Number || self.is_where.contains(&word.sym))
        };
        let address = !self.is(title, self.known.form_of_address)
            && (self.is(title, self.known.place_title) || somewhere());
        named && !address
    }
}

/// Whether people type `sign` for `letter`. The first letter is never a star.
fn stands_for(sign: char, letter: char, position: usize) -> bool {
    sign == letter
        || match sign {
            '*' => position > 0,
            '@' | '4' => letter == 'a',
            '$' | '5' => letter == 's',
            '!' | '|' => matches!(letter, 'i' | 'l'),
            '1' => matches!(letter, 'i' | 'l'),
            '0' => letter == 'o',
            '3' | '€' => letter == 'e',
            '7' | '+' => letter == 't',
            '8' => letter == 'b',
            '9' => letter == 'g',
            _ => false,
        }
}
