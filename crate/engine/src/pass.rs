//! One reading of a draft by the rules. It asks the index which patterns could match in each sentence, runs those, and lets
//! each match stand or fall by the words around it: whose they are, whether they are meant, and at whom they are aimed.

use rustc_hash::FxHashMap;

use crate::compiled::{Compiled, Context, Owner, RuleProgram};
use crate::merge;
use crate::rule::program::{Match, Program, Scratch};
use crate::rule::set::{Polarity, ReadingKind, ReadingPlace, Rule, Says, Voice, Where, Window};
use crate::rule::symbol::ConceptId;
use crate::text::Text;
use crate::text::token::Sentence;
use crate::{ByteSpan, Category, Draft, Finding, Reviewer, Severity};

/// Words with which a new clause begins behind a comma.
const SUBJECTS: &[&str] = &[
    "i", "you", "he", "she", "it", "we", "they", "this", "that", "these", "those", "there", "cllr", "mr",
    "mrs", "ms",
];

/// What a pass looks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reads {
    pub(crate) rules: bool,
    /// Who the writer is, by a text that stands here.
    pub(crate) identity: Option<Where>,
}

/// A match of an identity rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Noted {
    pub(crate) says: Says,
    /// The telling tokens.
    pub(crate) told: (usize, usize),
    pub(crate) quoted: bool,
}

/// One review under way.
pub(crate) struct Pass<'e, 't> {
    pub(crate) compiled: &'e Compiled,
    pub(crate) text: &'t Text<'e>,
    pub(crate) draft: &'t Draft<'t>,
    pub(crate) scratch: Scratch,
    /// For each rule, where it stands in the draft.
    pub(crate) told: Vec<Vec<ByteSpan>>,
    pub(crate) identity: Vec<Noted>,
    /// For each sign of a message, whether it is met.
    pub(crate) signs: Vec<bool>,
    /// Whether conditions on the whole draft hold, by the place where they stand in what was compiled, and by whether they
    /// are asked for somebody else's words.
    whole: FxHashMap<(*const Context, bool), bool>,
    /// For the sentence at hand: where each reading's words are, and whether each rule's conditions on it hold.
    cues: Vec<Option<Vec<(usize, usize)>>>,
    /// For the sentences at hand, by where they start: the words of set phrases, which are no reading's.
    set_phrases: FxHashMap<usize, Vec<(usize, usize)>>,
    local: FxHashMap<usize, bool>,
    draft_readings: FxHashMap<usize, bool>,
}

impl<'e, 't> Pass<'e, 't> {
    pub(crate) fn new(compiled: &'e Compiled, text: &'t Text<'e>, draft: &'t Draft<'t>) -> Pass<'e, 't> {
        Pass {
            compiled,
            text,
            draft,
            scratch: Scratch::default(),
            told: vec![Vec::new(); compiled.rules.len()],
            identity: Vec::new(),
            signs: vec![false; compiled.mail.len()],
            whole: FxHashMap::default(),
            cues: vec![None; compiled.readings.len()],
            set_phrases: FxHashMap::default(),
            local: FxHashMap::default(),
            draft_readings: FxHashMap::default(),
        }
    }

    pub(crate) fn run(&mut self, reads: Reads) {
        let (compiled, text) = (self.compiled, self.text);
        let mut search = compiled.index.search();
        let mut matches = Vec::new();
        for (number, sentence) in text.sentences.iter().enumerate() {
            compiled.index.find(text, *sentence, &mut search);
            self.cues.iter_mut().for_each(|cue| *cue = None);
            self.local.clear();
            for starts in search.starts.chunk_by(|(one, _), (other, _)| one == other) {
                let pattern =
                    starts.first().and_then(|(pattern, _)| compiled.patterns.get(*pattern as usize));
                let Some((program, owner)) = pattern else { continue };
                let wanted = match owner {
                    Owner::Rule(rule) => reads.rules && self.in_force(*rule),
                    Owner::Identity(rule) => reads.identity.is_some_and(|place| self.counts(*rule, place)),
                };
                if !wanted {
                    continue;
                }
                matches.clear();
                let starts = starts.iter().map(|(_, at)| *at);
                program.find_from(text, *sentence, starts, &mut self.scratch, &mut |matched| {
                    matches.push(matched);
                    true
                });
                for matched in matches.drain(..) {
                    match owner {
                        Owner::Rule(rule) => self.judge(*rule, number, &matched),
                        Owner::Identity(rule) => self.note_identity(*rule, *sentence, &matched),
                    }
                }
            }
        }
        for spans in &mut self.told {
            merge::tidy(spans);
        }
    }

    /// Whether a rule is in force on this surface and day.
    fn in_force(&self, rule: usize) -> bool {
        let Some(RuleProgram { rule, .. }) = self.compiled.rules.get(rule) else { return false };
        let for_messages = !rule.recipients.is_empty();
        let to_these = !for_messages || self.draft.recipients.is_some_and(|to| rule.recipients.contains(&to));
        let on_surface = rule.surfaces.is_empty()
            || self.draft.surface.map_or(!for_messages, |surface| rule.surfaces.contains(&surface));
        let in_window = match rule.window {
            None => true,
            Some(Window::Election) => self
                .draft
                .on
                .is_some_and(|day| self.compiled.elections.iter().any(|election| election.covers(day))),
        };
        to_these && on_surface && in_window
    }

    /// Whether an identity rule counts in this place.
    fn counts(&self, rule: usize, place: Where) -> bool {
        self.compiled.identity.get(rule).is_some_and(|program| program.rule.places.contains(&place))
    }

    /// Lets a match stand or fall by what is around it.
    fn judge(&mut self, index: usize, number: usize, matched: &Match) {
        let compiled = self.compiled;
        let Some(RuleProgram { rule, context, .. }) = compiled.rules.get(index) else { return };
        let Some(sentence) = self.text.sentences.get(number).copied() else { return };
        if rule.voice == Voice::Own && self.is_quoted(matched) && !self.gives_away(rule, matched) {
            return;
        }
        if !self.local_holds(index, sentence, context)
            || self.is_exempt(sentence, context, matched)
            || !self.whole_holds(sentence, context)
        {
            return;
        }
        if !context.target.is_empty() && !self.is_aimed(number, matched, &context.target) {
            return;
        }
        let spared_by = |kind: ReadingKind| match kind {
            ReadingKind::Negated | ReadingKind::Hypothetical => rule.polarity != Polarity::Any,
            ReadingKind::Asked => rule.polarity == Polarity::Affirmed,
            ReadingKind::Reported => rule.voice == Voice::Own,
            ReadingKind::Condemned | ReadingKind::Apologised => rule.voice != Voice::Any,
            ReadingKind::Meant => false,
        };
        for reading in 0..compiled.readings.len() {
            let applies = compiled.readings.get(reading).is_some_and(|program| spared_by(program.reads));
            if applies && self.is_read(reading, number, sentence, matched) {
                return;
            }
        }
        if let Some(told) = self.told.get_mut(index) {
            told.extend(matched.told.iter().filter_map(|(from, to)| self.text.bytes(*from, *to)));
        }
    }

    /// Whether it is told in mail that is put before the public: whoever does that may break a confidence in others' words.
    fn gives_away(&self, rule: &Rule, matched: &Match) -> bool {
        let in_mail = |span: ByteSpan| self.text.letters.iter().any(|letter| letter.overlaps(span));
        rule.category == Category::Confidentiality
            && self.draft.is_public()
            && matched.told.iter().filter_map(|(from, to)| self.text.bytes(*from, *to)).any(in_mail)
    }

    pub(crate) fn is_quoted(&self, matched: &Match) -> bool {
        matched.told.iter().all(|(from, to)| {
            self.text.tokens.get(*from..*to).is_some_and(|tokens| tokens.iter().all(|token| token.quoted))
        })
    }

    fn local_holds(&mut self, index: usize, sentence: Sentence, context: &Context) -> bool {
        if context.with.is_empty() && context.unless.is_empty() {
            return true;
        }
        if let Some(known) = self.local.get(&index) {
            return *known;
        }
        let (text, scratch) = (self.text, &mut self.scratch);
        let mut is_in = |program: &Program| program.is_in(text, sentence, scratch);
        let holds = (context.with.is_empty() || context.with.iter().any(&mut is_in))
            && !context.unless.iter().any(&mut is_in);
        self.local.insert(index, holds);
        holds
    }

    /// Whether what exempts single words exempts these: a council's number does not clear a resident's beside it.
    fn is_exempt(&mut self, sentence: Sentence, context: &Context, matched: &Match) -> bool {
        let (text, scratch) = (self.text, &mut self.scratch);
        context.unless_told.iter().any(|program| {
            let mut exempt = false;
            program.find(text, sentence, scratch, &mut |other| {
                exempt = other.tells_with(matched);
                !exempt
            });
            exempt
        })
    }

    /// Asked once a draft: a condition on all of it costs its whole length.
    fn whole_holds(&mut self, sentence: Sentence, context: &Context) -> bool {
        if context.with_draft.is_empty() && context.unless_draft.is_empty() {
            return true;
        }
        let place = (std::ptr::from_ref(context), sentence.others);
        if let Some(known) = self.whole.get(&place) {
            return *known;
        }
        // What somebody else says in a mail below excuses nothing that the writer says.
        let excuses = |other: &Sentence| sentence.others || !other.others;
        let holds = (context.with_draft.is_empty() || self.anywhere(&context.with_draft, |_| true))
            && !self.anywhere(&context.unless_draft, excuses);
        self.whole.insert(place, holds);
        holds
    }

    fn anywhere(&mut self, programs: &[Program], wanted: impl Fn(&Sentence) -> bool) -> bool {
        let (text, scratch) = (self.text, &mut self.scratch);
        text.sentences
            .iter()
            .filter(|sentence| wanted(sentence))
            .any(|sentence| programs.iter().any(|program| program.is_in(text, *sentence, scratch)))
    }

    /// Whether one of the concepts is met in this sentence or the one before, outside the telling words.
    fn is_aimed(&self, number: usize, matched: &Match, target: &[ConceptId]) -> bool {
        let from = number.checked_sub(1).unwrap_or(number);
        let sentences = self.text.sentences.get(from..=number).unwrap_or(&[]);
        sentences.iter().any(|sentence| {
            (sentence.start..sentence.end).any(|at| {
                let told = matched.told.iter().any(|(from, to)| (*from..*to).contains(&at));
                !told && target.iter().any(|concept| self.text.lengths(at, *concept).next().is_some())
            })
        })
    }

    /// Whether a reading's words stand so that they change the match.
    fn is_read(&mut self, reading: usize, number: usize, sentence: Sentence, matched: &Match) -> bool {
        let compiled = self.compiled;
        let Some(program) = compiled.readings.get(reading) else { return false };
        match program.place {
            ReadingPlace::Draft => {
                if let Some(known) = self.draft_readings.get(&reading) {
                    return *known;
                }
                let mut sentences = self.text.sentences.iter();
                let holds = sentences.any(|sentence| !self.find_cues(reading, *sentence).is_empty());
                self.draft_readings.insert(reading, holds);
                holds
            }
            ReadingPlace::Sentence => !self.cues_in(reading, sentence).is_empty(),
            ReadingPlace::Near => {
                if !self.cues_in(reading, sentence).is_empty() {
                    return true;
                }
                let text = self.text;
                let neighbours = [number.checked_sub(1), Some(number + 1)];
                let mut sentences =
                    neighbours.into_iter().flatten().filter_map(|number| text.sentences.get(number));
                sentences.any(|sentence| !self.find_cues(reading, *sentence).is_empty())
            }
            ReadingPlace::Before => {
                let told = matched.told_from();
                let cues = self.cues_in(reading, sentence).to_vec();
                cues.iter().any(|(from, to)| {
                    *from < told
                        && told.saturating_sub(*to) <= program.within
                        && !(*to..=told).any(|at| self.begins_anew(at))
                })
            }
        }
    }

    /// Whether the words before this token say nothing of it: behind a break, or behind a comma where somebody else, or
    /// somebody addressed, comes up. A list goes on behind its commas.
    fn begins_anew(&self, at: usize) -> bool {
        let Some(token) = self.text.tokens.get(at) else { return false };
        if token.after_break || !token.after_comma {
            return token.after_break;
        }
        let word = self.draft.text.get(token.start..token.end).unwrap_or_default();
        token.capital || SUBJECTS.iter().any(|subject| subject.eq_ignore_ascii_case(word))
    }

    fn cues_in(&mut self, reading: usize, sentence: Sentence) -> &[(usize, usize)] {
        if self.cues.get(reading).is_some_and(Option::is_none) {
            let found = self.find_cues(reading, sentence);
            if let Some(slot) = self.cues.get_mut(reading) {
                *slot = Some(found);
            }
        }
        self.cues.get(reading).and_then(Option::as_deref).unwrap_or(&[])
    }

    /// Where a reading's words stand in a sentence, save in a set phrase.
    fn find_cues(&mut self, reading: usize, sentence: Sentence) -> Vec<(usize, usize)> {
        let compiled = self.compiled;
        let Some(reading) = compiled.readings.get(reading) else { return Vec::new() };
        let mut found = self.spans_of(&reading.programs, sentence);
        if found.is_empty() {
            return found;
        }
        if !self.set_phrases.contains_key(&sentence.start) {
            let meant = compiled.readings.iter().filter(|reading| reading.reads == ReadingKind::Meant);
            let spans = meant.flat_map(|reading| self.spans_of(&reading.programs, sentence)).collect();
            self.set_phrases.insert(sentence.start, spans);
        }
        let phrases = self.set_phrases.get(&sentence.start).map_or(&[][..], Vec::as_slice);
        found.retain(|(from, to)| !phrases.iter().any(|(start, end)| from < end && start < to));
        found
    }

    /// The telling words of patterns in a sentence.
    fn spans_of(&mut self, programs: &[Program], sentence: Sentence) -> Vec<(usize, usize)> {
        let (text, scratch) = (self.text, &mut self.scratch);
        let mut found = Vec::new();
        for program in programs {
            program.find(text, sentence, scratch, &mut |matched| {
                found.extend(matched.told);
                true
            });
        }
        found
    }

    fn note_identity(&mut self, index: usize, sentence: Sentence, matched: &Match) {
        let compiled = self.compiled;
        let Some(program) = compiled.identity.get(index) else { return };
        if self.surrounded(sentence, &program.context, matched) {
            self.identity.push(Noted {
                says: program.rule.says,
                told: matched.told.first().copied().unwrap_or((matched.start, matched.end)),
                quoted: self.is_quoted(matched),
            });
        }
    }

    /// Whether what must stand in the sentence and the draft does, and what must not does not.
    pub(crate) fn surrounded(&mut self, sentence: Sentence, context: &Context, matched: &Match) -> bool {
        if self.is_exempt(sentence, context, matched) {
            return false;
        }
        let (text, scratch) = (self.text, &mut self.scratch);
        let mut is_in = |program: &Program| program.is_in(text, sentence, scratch);
        (context.with.is_empty() || context.with.iter().any(&mut is_in))
            && !context.unless.iter().any(&mut is_in)
            && self.whole_holds(sentence, context)
    }

    /// One finding a rule, with all its places.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let thresholds = self.compiled.thresholds;
        let mut findings = Vec::new();
        for (program, spans) in self.compiled.rules.iter().zip(&self.told) {
            let rule = &program.rule;
            if spans.is_empty() || rule.confidence < thresholds.notice {
                continue;
            }
            let severity = if rule.confidence < thresholds.warn { Severity::Notice } else { rule.severity };
            findings.push(Finding {
                category: rule.category,
                clause: program.clause.clone(),
                rule: rule.id.clone(),
                reviewer: Reviewer::Rules,
                severity,
                confidence: rule.confidence,
                spans: spans.clone(),
                message: rule.reason.clone(),
                advice: rule.advice.clone(),
            });
        }
        findings
    }
}
