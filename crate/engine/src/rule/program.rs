//! Compiled patterns, and the machine that runs them over the tokens of one sentence.
//!
//! The machine backtracks but never tries the same instruction at the same token twice in a sentence, so a pattern
//! costs at most its length times the sentence's, whatever is typed. A rule set's programs are found through their
//! anchors: words or concepts without which they cannot match.

use crate::rule::class::{Class, holds};
use crate::rule::node::Assertion;
use crate::rule::symbol::{ConceptId, Sym};
use crate::text::Text;
use crate::text::token::Sentence;

/// A test on what starts at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Test {
    Sym(Sym),
    Concept(ConceptId),
    Class(Class),
}

/// One instruction.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Something that stands here; go on behind it.
    Meet(Test),
    /// A token that is not this; go on at it.
    Lack(Test),
    /// Any token.
    Any,
    /// Any token that is not this.
    Other(Test),
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
    pub(crate) steps: Box<[Step]>,
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
    /// Whether any telling words of both are the same.
    pub(crate) fn tells_with(&self, other: &Match) -> bool {
        let shared =
            |(from, to): &(usize, usize)| other.told.iter().any(|(start, end)| from < end && start < to);
        self.told.iter().any(shared)
    }

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

impl Program {
    /// What its first step asks for.
    pub(crate) fn first(&self) -> First {
        match self.steps.iter().find(|step| !matches!(step, Step::Open)) {
            Some(Step::Meet(test)) => First::Met(*test),
            Some(Step::Assert(Assertion::Start)) => First::SentenceStart,
            _ => First::Anything,
        }
    }

    /// Whether it marks words.
    pub(crate) fn marks(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Open))
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
                    Some(Step::Other(test)) if inside => {
                        if meets(*test, text, here).next().is_some() {
                            break;
                        }
                        at += 1;
                        pc += 1;
                    }
                    Some(Step::Lack(test)) if inside => {
                        if meets(*test, text, here).next().is_some() {
                            break;
                        }
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
