//! Patterns compiled to programs, and the anchors by which a program is found.

use rustc_hash::FxHashMap;

use crate::rule::class::Class;
use crate::rule::error::LoadError;
use crate::rule::lexicon::Lexicon;
use crate::rule::node::{Node, phrases_of};
use crate::rule::pattern::parse;
use crate::rule::phrases::Phrases;
use crate::rule::program::{Program, Step, Test};
use crate::rule::symbol::ConceptId;

/// Words that deny what stands behind them.
const DENIALS: &[&str] = &["not", "never", "nae"];

/// In a longer gap than this a denial is of something else.
const LONGEST_DENIED: u8 = 3;

/// More steps than this no pattern needs.
const MOST_STEPS: usize = 400;

/// What all patterns of a rule set may come to: nearly twice the 136,589 steps of the built-in bundle. A step is tried
/// at most once for each word of a sentence, so this bounds what a word can cost, whatever is typed: at the limit, a
/// thousand words without a full stop that meet every pattern took 1.4 s on one core, less than the 2 s that a person
/// who posts is made to wait.
const MOST_STEPS_IN_ALL: usize = 250_000;

/// What all lists of words may come to, in phrases: a few dozen bytes of memory each.
const MOST_PHRASES: usize = 500_000;

/// Whether the lists of words have come to more than is taken.
pub(crate) fn check_phrases(phrases: usize, owner: &str) -> Result<(), LoadError> {
    if phrases <= MOST_PHRASES {
        return Ok(());
    }
    let problem =
        format!("with it, words and alternatives come to more than {MOST_PHRASES} phrases; use fewer");
    Err(LoadError::new(owner, problem).costly())
}

/// Tests of which every match meets one, and how often they are met.
struct Anchors {
    weight: f32,
    tests: Tests,
}

/// Most pieces of a pattern are one test.
enum Tests {
    One(Test),
    Several(Vec<Test>),
}

impl From<Tests> for Vec<Test> {
    fn from(tests: Tests) -> Vec<Test> {
        match tests {
            Tests::One(test) => vec![test],
            Tests::Several(tests) => tests,
        }
    }
}

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
    /// What all patterns compiled so far come to.
    pub(crate) steps: usize,
    sets: FxHashMap<Phrases, ConceptId>,
    /// What short gaps of the pattern at hand do not pass.
    kept_out: Option<Test>,
    /// Room for the steps of one pattern.
    room: Vec<Step>,
}

impl<'l> Compiler<'l> {
    pub(crate) fn new(
        lexicon: &'l mut Lexicon,
        names: &'l FxHashMap<String, ConceptId>,
        weights: &'l mut Vec<f32>,
    ) -> Compiler<'l> {
        Compiler {
            lexicon,
            names,
            weights,
            steps: 0,
            sets: FxHashMap::default(),
            kept_out: None,
            room: Vec::new(),
        }
    }

    /// Compiles one pattern of `owner`; returns it with its anchors, of which at least one is in every match.
    pub(crate) fn compile(&mut self, owner: &str, pattern: &str) -> Result<(Program, Vec<Test>), LoadError> {
        let nodes = parse(pattern, self.lexicon).map_err(|problem| problem.into_error(owner, pattern))?;
        let mut steps = std::mem::take(&mut self.room);
        steps.clear();
        let fail = |problem: String| LoadError::in_pattern(owner, pattern, None, problem);
        let anchors = self.sequence(&nodes, &mut steps).map_err(fail)?;
        steps.push(Step::Match);
        if steps.len() > MOST_STEPS {
            return Err(fail("it is too long; cut it in two".to_owned()).costly());
        }
        self.steps += steps.len();
        if self.steps > MOST_STEPS_IN_ALL {
            let problem = format!(
                "with it, all patterns come to more than {MOST_STEPS_IN_ALL} steps; use fewer or shorter ones"
            );
            return Err(fail(problem).costly());
        }
        check_phrases(self.lexicon.phrases, owner)?;
        let Some(anchors) = anchors else {
            return Err(fail(
                "every part of it is optional or can be anything; name at least one word, concept or built-in"
                    .to_owned(),
            ));
        };
        let program = Program { steps: Box::from(steps.as_slice()) };
        self.room = steps;
        Ok((program, anchors.tests.into()))
    }

    /// The same, where what is denied is no match: no `..3` passes the `not` of "I am not standing".
    pub(crate) fn compile_affirmed(
        &mut self,
        owner: &str,
        pattern: &str,
    ) -> Result<(Program, Vec<Test>), LoadError> {
        let denials: Vec<_> = DENIALS.iter().map(|word| self.lexicon.intern(word)).collect();
        self.kept_out = Some(Test::Concept(self.set(&Phrases::of_words(&denials))));
        let compiled = self.compile(owner, pattern);
        self.kept_out = None;
        compiled
    }

    fn concept(&self, name: &str) -> Result<ConceptId, String> {
        self.names.get(name).copied().ok_or_else(|| format!("there is no concept `{name}`"))
    }

    /// Compiles nodes in a row; returns the rarest anchors among them.
    fn sequence(&mut self, nodes: &[Node], steps: &mut Vec<Step>) -> Result<Option<Anchors>, String> {
        let mut best: Option<Anchors> = None;
        for node in nodes {
            if let Some(anchors) = self.node(node, steps)?
                && best.as_ref().is_none_or(|lightest| anchors.weight < lightest.weight)
            {
                best = Some(anchors);
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
            return Ok(Some(Anchors { weight, tests: Tests::One(test) }));
        }
        let here = |steps: &Vec<Step>| u32::try_from(steps.len()).unwrap_or(0);
        match node {
            Node::Assert(assertion) => steps.push(Step::Assert(*assertion)),
            Node::Not(inner) => {
                self.lacks(inner, steps)?;
                steps.push(Step::Any);
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
                let passed = match self.kept_out {
                    Some(test) if *most <= LONGEST_DENIED => Step::Other(test),
                    _ => Step::Any,
                };
                for _ in 0..*most {
                    let next = here(steps) + 1;
                    steps.push(Step::Either(end, next));
                    steps.push(passed);
                }
            }
            Node::Mark(inner) => {
                steps.push(Step::Open);
                let anchors = self.sequence(inner, steps)?;
                steps.push(Step::Close);
                return Ok(anchors);
            }
            Node::Either(alternatives) => return self.alternatives(alternatives, steps),
            Node::Word(_)
            | Node::Tag(_)
            | Node::Forms(_)
            | Node::Phrases(_)
            | Node::Concept(_)
            | Node::Class(_) => {}
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
        let mut all = Some((0.0, Vec::new()));
        for (i, alternative) in alternatives.iter().enumerate() {
            let last = i + 1 == alternatives.len();
            let choice = steps.len();
            if !last {
                steps.push(Step::Match);
            }
            let anchors = self.sequence(alternative, steps)?;
            all = match (all, anchors) {
                (Some((total, mut tests)), Some(more)) => {
                    match more.tests {
                        Tests::One(test) => tests.push(test),
                        Tests::Several(more) => tests.extend(more),
                    }
                    Some((total + more.weight, tests))
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
        Ok(all.map(|(weight, tests)| Anchors { weight, tests: Tests::Several(tests) }))
    }

    /// The single test that a node comes to, if it does.
    fn test(&mut self, node: &Node) -> Result<Option<Test>, String> {
        Ok(Some(match node {
            Node::Word(word) => Test::Sym(*word),
            Node::Tag(tag) => Test::Concept(self.set(&Phrases::of_words(&[*tag]))),
            Node::Forms(forms) => Test::Concept(self.set(&Phrases::of_words(forms))),
            Node::Phrases(phrases) => Test::Concept(self.set(phrases)),
            Node::Concept(name) => Test::Concept(self.concept(name)?),
            Node::Class(Class::Name) => Test::Concept(self.concept(NAME_CLASS)?),
            Node::Class(class) => Test::Class(*class),
            // Alternatives of plain words are one concept without a name.
            Node::Either(_) => match phrases_of(std::slice::from_ref(node)) {
                Some(phrases) => Test::Concept(self.set(&phrases)),
                None => return Ok(None),
            },
            _ => return Ok(None),
        }))
    }

    /// Compiles that what stands here is no such thing, without going on.
    fn lacks(&mut self, node: &Node, steps: &mut Vec<Step>) -> Result<(), String> {
        if let Some(test) = self.test(node)? {
            steps.push(Step::Lack(test));
        } else if let Node::Either(alternatives) = node {
            for nodes in alternatives {
                for node in nodes {
                    self.lacks(node, steps)?;
                }
            }
        }
        Ok(())
    }

    /// The nameless concept of these phrases.
    fn set(&mut self, phrases: &Phrases) -> ConceptId {
        if let Some(known) = self.sets.get(phrases) {
            return *known;
        }
        let concept = u32::try_from(self.weights.len()).unwrap_or(0);
        let mut weight = 0.0;
        for phrase in phrases.iter() {
            self.lexicon.add_phrase(phrase, concept);
            weight += self.lexicon.weight(phrase);
        }
        self.weights.push(weight);
        self.sets.insert(phrases.clone(), concept);
        concept
    }
}

/// How often a token of a built-in kind is likely to be met, on the scale of [`Lexicon::weight`].
pub(crate) const CLASS_WEIGHT: f32 = 10.0;

/// The name under which the built-in class of names is a concept.
pub(crate) const NAME_CLASS: &str = "#name";
