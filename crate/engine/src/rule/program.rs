//! Patterns compiled to small programs, and the machine that runs them over the tokens of one sentence.
//!
//! The machine backtracks but never tries the same instruction at the same token twice in a sentence, so a pattern
//! costs at most its length times the sentence's, whatever is typed. A rule set's programs are found through their
//! anchors: words or concepts without which they cannot match.

use rustc_hash::FxHashMap;

use crate::rule::error::LoadError;
use crate::rule::lexicon::{ConceptId, Lexicon, Sym, holds};
use crate::rule::pattern::{Assertion, Class, Node, parse};
use crate::rule::phrases::Phrases;
use crate::text::{Sentence, Text};

/// A test on what starts at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    Sym(Sym),
    Concept(ConceptId),
    Class(Class),
}

#[derive(Clone, Debug)]
enum Step {
    /// Something that stands here; go on behind it.
    Meet(Test),
    /// One token that is none of these.
    Not(Vec<Test>),
    /// Any token.
    Any,
    /// Two ways, the first tried first.
    Either(u32, u32),
    Jump(u32),
    Open,
    Close,
    Assert(Assertion),
    Match,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Program {
    steps: Vec<Step>,
    /// At least one of these is in every match.
    pub(crate) anchors: Vec<Test>,
}

/// What a program needs where it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum First {
    /// This.
    Met(Test),
    /// The start of a sentence.
    SentenceStart,
    /// Nothing in particular.
    Anything,
}

/// Where a program matched, in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The marked words, or the whole match.
    pub(crate) told: Vec<(usize, usize)>,
}

impl Match {
    /// The first telling token.
    pub(crate) fn told_from(&self) -> usize {
        self.told.first().map_or(self.start, |(from, _)| *from)
    }
}

/// Room for one run, kept between runs so that nothing is allocated anew.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    seen: Vec<u64>,
    jobs: Vec<(u32, u32, u32)>,
    marks: Vec<u32>,
}

/// More steps than this no pattern needs.
const MOST_STEPS: usize = 400;

/// Tests of which every match meets one, and how often they are met.
type Anchors = (f32, Vec<Test>);

/// Puts a step in the place that was kept for it.
fn set_step(steps: &mut [Step], at: usize, step: Step) {
    if let Some(slot) = steps.get_mut(at) {
        *slot = step;
    }
}

/// Makes programs, sharing the sets of alternatives that several patterns name.
pub(crate) struct Compiler<'l> {
    pub(crate) lexicon: &'l mut Lexicon,
    pub(crate) names: &'l FxHashMap<String, ConceptId>,
    pub(crate) weights: &'l mut Vec<f32>,
    sets: FxHashMap<Phrases, ConceptId>,
}

impl<'l> Compiler<'l> {
    pub(crate) fn new(
        lexicon: &'l mut Lexicon,
        names: &'l FxHashMap<String, ConceptId>,
        weights: &'l mut Vec<f32>,
    ) -> Compiler<'l> {
        Compiler { lexicon, names, weights, sets: FxHashMap::default() }
    }

    /// Compiles one pattern of `owner`.
    pub(crate) fn compile(&mut self, owner: &str, pattern: &str) -> Result<Program, LoadError> {
        let nodes = parse(pattern, self.lexicon).map_err(|problem| problem.into_error(owner, pattern))?;
        let mut steps = Vec::new();
        let fail = |problem: String| LoadError::in_pattern(owner, pattern, None, problem);
        let anchors = self.sequence(&nodes, &mut steps).map_err(fail)?;
        steps.push(Step::Match);
        if steps.len() > MOST_STEPS {
            return Err(fail("it is too long; cut it in two".to_owned()));
        }
        let Some((_, anchors)) = anchors else {
            return Err(fail(
                "every part of it is optional or can be anything; name at least one word, concept or built-in"
                    .to_owned(),
            ));
        };
        Ok(Program { steps, anchors })
    }

    fn concept(&self, name: &str) -> Result<ConceptId, String> {
        self.names.get(name).copied().ok_or_else(|| format!("there is no concept `{name}`"))
    }

    /// Compiles nodes in a row; returns the rarest anchors among them.
    fn sequence(&mut self, nodes: &[Node], steps: &mut Vec<Step>) -> Result<Option<Anchors>, String> {
        let mut best: Option<Anchors> = None;
        for node in nodes {
            if let Some((weight, tests)) = self.node(node, steps)?
                && best.as_ref().is_none_or(|(lightest, _)| weight < *lightest)
            {
                best = Some((weight, tests));
            }
        }
        Ok(best)
    }

    fn node(&mut self, node: &Node, steps: &mut Vec<Step>) -> Result<Option<Anchors>, String> {
        if let Some(test) = self.test(node)? {
            steps.push(Step::Meet(test));
            let weight = match test {
                Test::Sym(sym) => self.lexicon.weight(&[sym]),
                Test::Concept(concept) => self.weights.get(concept as usize).copied().unwrap_or(CLASS_WEIGHT),
                Test::Class(_) => CLASS_WEIGHT,
            };
            return Ok(Some((weight, vec![test])));
        }
        let here = |steps: &Vec<Step>| u32::try_from(steps.len()).unwrap_or(0);
        match node {
            Node::Assert(assertion) => steps.push(Step::Assert(*assertion)),
            Node::Not(inner) => {
                let mut tests = Vec::new();
                self.tests(inner, &mut tests)?;
                steps.push(Step::Not(tests));
            }
            Node::Optional(inner) => {
                let choice = steps.len();
                steps.push(Step::Match);
                self.node(inner, steps)?;
                let end = here(steps);
                set_step(steps, choice, Step::Either(u32::try_from(choice).unwrap_or(0) + 1, end));
            }
            Node::Gap(None) => {
                let start = here(steps);
                steps.push(Step::Either(start + 3, start + 1));
                steps.push(Step::Any);
                steps.push(Step::Jump(start));
            }
            Node::Gap(Some(most)) => {
                let end = here(steps) + u32::from(*most) * 2;
                for _ in 0..*most {
                    let next = here(steps) + 1;
                    steps.push(Step::Either(end, next));
                    steps.push(Step::Any);
                }
            }
            Node::Mark(inner) => {
                steps.push(Step::Open);
                let anchors = self.sequence(inner, steps)?;
                steps.push(Step::Close);
                return Ok(anchors);
            }
            Node::Either(alternatives) => return self.alternatives(alternatives, steps),
            Node::Word(_) | Node::Tag(_) | Node::Forms(_) | Node::Concept(_) | Node::Class(_) => {}
        }
        Ok(None)
    }

    /// Compiles alternatives; their anchors are those of all of them, if each has some.
    fn alternatives(
        &mut self,
        alternatives: &[Vec<Node>],
        steps: &mut Vec<Step>,
    ) -> Result<Option<Anchors>, String> {
        let mut exits = Vec::new();
        let mut all: Option<Anchors> = Some((0.0, Vec::new()));
        for (i, alternative) in alternatives.iter().enumerate() {
            let last = i + 1 == alternatives.len();
            let choice = steps.len();
            if !last {
                steps.push(Step::Match);
            }
            let anchors = self.sequence(alternative, steps)?;
            all = match (all, anchors) {
                (Some((total, mut tests)), Some((weight, more))) => {
                    tests.extend(more);
                    Some((total + weight, tests))
                }
                _ => None,
            };
            if !last {
                exits.push(steps.len());
                steps.push(Step::Match);
                let next = u32::try_from(steps.len()).unwrap_or(0);
                set_step(steps, choice, Step::Either(u32::try_from(choice).unwrap_or(0) + 1, next));
            }
        }
        let end = u32::try_from(steps.len()).unwrap_or(0);
        for exit in exits {
            set_step(steps, exit, Step::Jump(end));
        }
        Ok(all)
    }

    /// The single test that a node comes to, if it does.
    fn test(&mut self, node: &Node) -> Result<Option<Test>, String> {
        Ok(Some(match node {
            Node::Word(word) => Test::Sym(*word),
            Node::Tag(tag) => Test::Concept(self.set(Phrases::of_words(&[*tag]))),
            Node::Forms(forms) => Test::Concept(self.set(Phrases::of_words(forms))),
            Node::Concept(name) => Test::Concept(self.concept(name)?),
            Node::Class(Class::Name) => Test::Concept(self.concept(NAME_CLASS)?),
            Node::Class(class) => Test::Class(*class),
            // Alternatives of plain words are one concept without a name.
            Node::Either(_) => match Phrases::of_nodes(std::slice::from_ref(node)) {
                Some(phrases) => Test::Concept(self.set(phrases)),
                None => return Ok(None),
            },
            _ => return Ok(None),
        }))
    }

    fn tests(&mut self, node: &Node, tests: &mut Vec<Test>) -> Result<(), String> {
        if let Some(test) = self.test(node)? {
            tests.push(test);
        } else if let Node::Either(alternatives) = node {
            for nodes in alternatives {
                for node in nodes {
                    self.tests(node, tests)?;
                }
            }
        }
        Ok(())
    }

    /// The nameless concept of these phrases.
    fn set(&mut self, phrases: Phrases) -> ConceptId {
        if let Some(known) = self.sets.get(&phrases) {
            return *known;
        }
        let concept = u32::try_from(self.weights.len()).unwrap_or(0);
        let mut weight = 0.0;
        for phrase in phrases.iter() {
            self.lexicon.add_phrase(phrase, concept);
            weight += self.lexicon.weight(phrase);
        }
        self.weights.push(weight);
        self.sets.insert(phrases, concept);
        concept
    }
}

/// How often a token of a built-in kind is likely to be met, on the scale of [`Lexicon::weight`].
pub(crate) const CLASS_WEIGHT: f32 = 10.0;

/// The name under which the built-in class of names is a concept.
pub(crate) const NAME_CLASS: &str = "#name";

impl Program {
    /// What its first step asks for.
    pub(crate) fn first(&self) -> First {
        match self.steps.iter().find(|step| !matches!(step, Step::Open)) {
            Some(Step::Meet(test)) => First::Met(*test),
            Some(Step::Assert(Assertion::Start)) => First::SentenceStart,
            _ => First::Anything,
        }
    }

    /// Every match in the sentence, from left to right, none overlapping.
    pub(crate) fn find(
        &self,
        text: &Text<'_>,
        sentence: Sentence,
        scratch: &mut Scratch,
        found: &mut impl FnMut(Match) -> bool,
    ) {
        let first = self.first();
        let could_start = |at: &usize| match first {
            First::Met(test) => meets(test, text, *at).next().is_some(),
            First::SentenceStart => *at == sentence.start,
            First::Anything => true,
        };
        let starts = (sentence.start..sentence.end).filter(could_start);
        self.find_from(text, sentence, starts, scratch, found);
    }

    /// The same, where it is known at which tokens it could start.
    pub(crate) fn find_from(
        &self,
        text: &Text<'_>,
        sentence: Sentence,
        starts: impl Iterator<Item = usize>,
        scratch: &mut Scratch,
        found: &mut impl FnMut(Match) -> bool,
    ) {
        let width = sentence.end - sentence.start + 1;
        let mut fresh = true;
        let mut reach = sentence.start;
        for start in starts {
            if start < reach {
                continue;
            }
            if std::mem::take(&mut fresh) {
                scratch.seen.clear();
                scratch.seen.resize((self.steps.len() * width).div_ceil(64), 0);
            }
            let Some(end) = self.run(text, sentence, start, scratch) else { continue };
            if end <= start {
                continue;
            }
            let mut told: Vec<(usize, usize)> = Vec::new();
            for pair in scratch.marks.chunks_exact(2) {
                if let [from, to] = pair
                    && from < to
                {
                    told.push((*from as usize, *to as usize));
                }
            }
            if told.is_empty() {
                told.push((start, end));
            }
            if !found(Match { start, end, told }) {
                return;
            }
            reach = end;
        }
    }

    /// Whether it matches anywhere in the sentence.
    pub(crate) fn is_in(&self, text: &Text<'_>, sentence: Sentence, scratch: &mut Scratch) -> bool {
        let mut any = false;
        self.find(text, sentence, scratch, &mut |_| {
            any = true;
            false
        });
        any
    }

    fn run(&self, text: &Text<'_>, sentence: Sentence, start: usize, scratch: &mut Scratch) -> Option<usize> {
        let width = sentence.end - sentence.start + 1;
        let Scratch { seen, jobs, marks } = scratch;
        jobs.clear();
        marks.clear();
        jobs.push((0, u32::try_from(start).ok()?, 0));
        while let Some((pc, at, kept)) = jobs.pop() {
            marks.truncate(kept as usize);
            let mut pc = pc;
            let mut at = at;
            loop {
                let slot = pc as usize * width + (at as usize - sentence.start);
                let bit = 1_u64 << (slot % 64);
                match seen.get_mut(slot / 64) {
                    Some(word) if *word & bit == 0 => *word |= bit,
                    _ => break,
                }
                let here = at as usize;
                let inside = here < sentence.end;
                match self.steps.get(pc as usize) {
                    None => break,
                    Some(Step::Match) => return Some(here),
                    Some(Step::Jump(to)) => pc = *to,
                    Some(Step::Either(first, second)) => {
                        jobs.push((*second, at, u32::try_from(marks.len()).unwrap_or(0)));
                        pc = *first;
                    }
                    Some(Step::Open | Step::Close) => {
                        marks.push(at);
                        pc += 1;
                    }
                    Some(Step::Assert(assertion)) => {
                        let token = text.tokens.get(here);
                        let holds = match assertion {
                            Assertion::Start => here == sentence.start,
                            Assertion::End => here == sentence.end,
                            Assertion::Question => sentence.asked,
                            Assertion::Break => {
                                here == sentence.start
                                    || !inside
                                    || token.is_some_and(|token| token.after_break)
                            }
                        };
                        if !holds {
                            break;
                        }
                        pc += 1;
                    }
                    Some(Step::Any) if inside => {
                        at += 1;
                        pc += 1;
                    }
                    Some(Step::Not(tests)) if inside => {
                        if tests.iter().any(|test| meets(*test, text, here).next().is_some()) {
                            break;
                        }
                        at += 1;
                        pc += 1;
                    }
                    Some(Step::Meet(test)) if inside => {
                        // Longer readings first: `kick out` before `kick`.
                        let mut lengths =
                            meets(*test, text, here).filter(|length| here + *length as usize <= sentence.end);
                        let Some(mut longest) = lengths.next() else { break };
                        for length in lengths {
                            let shorter = longest.min(length);
                            longest = longest.max(length);
                            jobs.push((pc + 1, at + shorter, u32::try_from(marks.len()).unwrap_or(0)));
                        }
                        at += longest;
                        pc += 1;
                    }
                    Some(_) => break,
                }
            }
        }
        None
    }
}

/// The lengths in tokens with which a test is met at `at`.
fn meets<'t>(test: Test, text: &'t Text<'_>, at: usize) -> impl Iterator<Item = u32> + 't {
    let token = text.tokens.get(at);
    let one = match test {
        Test::Sym(sym) => token.is_some_and(|token| token.sym == sym || token.alt == sym),
        Test::Class(class) => token.is_some_and(|token| holds(class, token)),
        Test::Concept(_) => false,
    };
    let hits = match test {
        Test::Concept(concept) => Some(text.lengths(at, concept)),
        _ => None,
    };
    one.then_some(1).into_iter().chain(hits.into_iter().flatten())
}
