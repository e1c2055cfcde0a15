//! From a rule set to what an engine runs: checks everything, so that a review can take it for granted.

use std::mem::take;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::Factor;
use crate::compiled::{Compiled, Context, IdentityProgram, MailProgram, Owner, ReadingProgram, RuleProgram};
use crate::index::Index;
use crate::rule::class::Class;
use crate::rule::compiler::{CLASS_WEIGHT, Compiler, NAME_CLASS, check_phrases};
use crate::rule::error::LoadError;
use crate::rule::inflect;
use crate::rule::lexicon::{Known, Lexicon};
use crate::rule::node::{Node, phrases_of};
use crate::rule::pattern::{parse, push_plain};
use crate::rule::phrases::Phrases;
use crate::rule::program::{Program, Test};
use crate::rule::set::{Concept, Inflection, Polarity, RuleSet};
use crate::rule::symbol::{ConceptId, Sym};

/// Weights of what has no words to count.
const NAME_WEIGHT: f32 = 60.0;
const REGEX_WEIGHT: f32 = 2.0;

/// Concepts that include concepts that include …: more than this nobody keeps in mind.
const DEEPEST_CONCEPT: usize = 24;

/// How often concepts may be included in others, directly or through others.
const MOST_INCLUSIONS: usize = 100_000;

/// Regular expressions are tried one by one on every draft that holds a digit.
const MOST_REGEXES: usize = 500;

/// One concept's own members, before others are included.
#[derive(Default)]
struct Own {
    phrases: Phrases,
    includes: Vec<ConceptId>,
    classes: Vec<Class>,
}

/// Makes a rule set ready. It is taken apart: what is compiled is let go at once, for it has the size of what comes of it.
pub(crate) fn compile(set: RuleSet) -> Result<Compiled, LoadError> {
    let RuleSet { clauses, categories, readings, rules: ruled, identity: identities, mail: mails, .. } = set;
    let mut lexicon = Lexicon::new();
    let (names, mut weights) = concepts(&set.concepts, &mut lexicon)?;
    drop(set.concepts);
    let mut compiler = Compiler::new(&mut lexicon, &names, &mut weights);
    let mut patterns = Vec::new();
    let mut rules = Vec::new();
    let mut ids = FxHashSet::default();
    for (index, mut rule) in ruled.into_iter().enumerate() {
        let owner = format!("rule {}", rule.id);
        // Findings name their rule.
        if !ids.insert(rule.id.clone()) {
            return Err(LoadError::new(owner, "another rule has the same id; rename one"));
        }
        if rule.patterns.is_empty() {
            return Err(LoadError::new(owner, "it has no `match`"));
        }
        if !(0.0..=1.0).contains(&rule.confidence) {
            return Err(LoadError::new(owner, "`confidence` must lie between 0 and 1"));
        }
        if let Some(clause) = &rule.clause
            && !clauses.iter().any(|known| &known.id == clause)
        {
            return Err(LoadError::new(owner, format!("there is no clause `{clause}` in this bundle")));
        }
        let category = categories.iter().find(|known| known.id == rule.category);
        let Some(category) = category else {
            return Err(LoadError::new(
                owner,
                format!("the bundle ties no clause to the category `{}`", rule.category),
            ));
        };
        let off = rule.layer.as_ref().is_some_and(|layer| set.layers_off.contains(layer));
        for pattern in take(&mut rule.patterns) {
            let compiled = match rule.polarity {
                Polarity::Any => compiler.compile(&owner, &pattern)?,
                Polarity::Affirmed | Polarity::Asked => compiler.compile_affirmed(&owner, &pattern)?,
            };
            if !off {
                patterns.push((compiled, Owner::Rule(index)));
            }
        }
        let target = take(&mut rule.target).into_iter().map(|name| {
            let missing =
                || LoadError::new(owner.clone(), format!("`target` names `{name}`, which is no concept"));
            names.get(name.trim_matches(['{', '}'])).copied().ok_or_else(missing)
        });
        let around = [&mut rule.with, &mut rule.with_draft, &mut rule.unless, &mut rule.unless_draft];
        rules.push(RuleProgram {
            context: Context {
                target: target.collect::<Result<_, _>>()?,
                ..context(&mut compiler, &owner, around.map(take))?
            },
            clause: rule.clause.clone().unwrap_or_else(|| category.clause.clone()),
            rule,
        });
    }
    let mut read = Vec::new();
    for reading in readings {
        let owner = format!("reading {:?}", reading.reads).to_lowercase();
        read.push(ReadingProgram {
            reads: reading.reads,
            place: reading.place,
            within: reading.within,
            programs: programs(&mut compiler, &owner, reading.patterns)?,
        });
    }
    let mut identity = Vec::new();
    for (index, mut rule) in identities.into_iter().enumerate() {
        let owner = format!("identity rule {}", rule.id);
        for pattern in take(&mut rule.patterns) {
            patterns.push((compiler.compile(&owner, &pattern)?, Owner::Identity(index)));
        }
        let around = [&mut rule.with, &mut rule.with_draft, &mut rule.unless, &mut rule.unless_draft];
        identity.push(IdentityProgram { context: context(&mut compiler, &owner, around.map(take))?, rule });
    }
    let mut mail = Vec::new();
    let mut mail_patterns = Vec::new();
    for (index, mut sign) in mails.signs.into_iter().enumerate() {
        let owner = format!("sign {}", sign.id);
        for pattern in take(&mut sign.patterns) {
            mail_patterns.push((compiler.compile(&owner, &pattern)?, index));
        }
        let around = [&mut sign.with, &mut sign.with_draft, &mut sign.unless, &mut sign.unless_draft];
        mail.push(MailProgram { context: context(&mut compiler, &owner, around.map(take))?, sign });
    }
    if let Some(missing) = Factor::ALL.iter().find(|factor| {
        !mails.factors.is_empty() && !mails.factors.iter().any(|known| known.factor == **factor)
    }) {
        return Err(LoadError::new(
            "mail",
            format!("the factor `{missing}` has no text; add a [[mail_factor]] for it"),
        ));
    }
    let steps = compiler.steps;
    drop(compiler);
    lexicon.finish();
    let (patterns, index) = indexed(patterns, &lexicon);
    let (mail_patterns, mail_index) = indexed(mail_patterns, &lexicon);
    Ok(Compiled {
        steps,
        lexicon,
        patterns,
        index,
        rules,
        readings: read,
        identity,
        mail,
        mail_patterns,
        mail_index,
        mail_factors: mails.factors,
        categories,
        clauses,
        thresholds: set.thresholds,
        semantic: set.semantic,
        elections: set.elections,
    })
}

/// What must or must not stand around a match: `with`, `with_draft`, `unless` and `unless_draft`.
fn context(
    compiler: &mut Compiler<'_>,
    owner: &str,
    [with, with_draft, unless, unless_draft]: [Vec<String>; 4],
) -> Result<Context, LoadError> {
    let (unless_told, unless) =
        programs(compiler, owner, unless)?.into_iter().partition(|program: &Program| program.marks());
    Ok(Context {
        target: Vec::new(),
        with: programs(compiler, owner, with)?,
        with_draft: programs(compiler, owner, with_draft)?,
        unless,
        unless_told,
        unless_draft: programs(compiler, owner, unless_draft)?,
    })
}

fn programs(
    compiler: &mut Compiler<'_>,
    owner: &str,
    patterns: Vec<String>,
) -> Result<Vec<Program>, LoadError> {
    patterns.iter().map(|pattern| Ok(compiler.compile(owner, pattern)?.0)).collect()
}

/// Patterns without the anchors by which they are found from here on.
fn indexed<O>(patterns: Vec<((Program, Vec<Test>), O)>, lexicon: &Lexicon) -> (Vec<(Program, O)>, Index) {
    let mut index = Index::default();
    let each = patterns.into_iter().map(|((program, anchors), owner)| {
        index.add(&program, &anchors);
        (program, owner)
    });
    let programs = each.collect();
    index.finish(lexicon);
    (programs, index)
}

/// Fills the lexicon with all concepts; returns their ids by name and how common each is.
fn concepts(
    concepts: &[Concept],
    lexicon: &mut Lexicon,
) -> Result<(FxHashMap<String, ConceptId>, Vec<f32>), LoadError> {
    let mut names: FxHashMap<String, ConceptId> = FxHashMap::default();
    let all = concepts.iter().map(|concept| concept.name.as_str()).chain([NAME_CLASS]);
    for (index, name) in all.enumerate() {
        if names.insert(name.to_owned(), u32::try_from(index).unwrap_or(u32::MAX)).is_some() {
            return Err(LoadError::new(
                format!("concept {name}"),
                "another concept has the same name; rename one",
            ));
        }
    }
    let regexes: usize = concepts.iter().map(|concept| concept.regex.len()).sum();
    if regexes > MOST_REGEXES {
        let problem =
            format!("they have {regexes} regular expressions, and {MOST_REGEXES} are taken; join some");
        return Err(LoadError::new("the concepts", problem).costly());
    }
    let mut owned = Vec::new();
    let mut phrases = 0;
    for concept in concepts {
        let own = own(concept, &names, lexicon)?;
        phrases += own.phrases.len();
        check_phrases(phrases, &format!("concept {}", concept.name))?;
        owned.push(own);
    }
    owned.push(Own { classes: vec![Class::Name], ..Own::default() });
    let mut weights = vec![0.0; owned.len()];
    let mut included: Vec<(usize, usize)> = Vec::new();
    for (index, concept) in concepts.iter().map(Some).chain([None]).enumerate() {
        let mut reached = Vec::new();
        if let Err(problem) = reach(index, &owned, &mut reached, 0) {
            let owner = concept.map_or_else(String::new, |concept| format!("concept {}", concept.name));
            return Err(LoadError::new(owner, problem));
        }
        if included.len() + reached.len() > MOST_INCLUSIONS {
            let owner = concept.map_or_else(String::new, |concept| format!("concept {}", concept.name));
            let problem = "with it, concepts include each other too often; name fewer of them";
            return Err(LoadError::new(owner, problem).costly());
        }
        let id = u32::try_from(index).unwrap_or(u32::MAX);
        for inner in reached.into_iter().filter(|inner| *inner != index) {
            lexicon.include(u32::try_from(inner).unwrap_or(u32::MAX), id);
            included.push((index, inner));
        }
        let Some(own) = owned.get(index) else { continue };
        let mut total = 0.0;
        for phrase in own.phrases.iter() {
            lexicon.add_phrase(phrase, id);
            total += lexicon.weight(phrase);
        }
        for class in &own.classes {
            lexicon.add_class(*class, id);
            total += if *class == Class::Name { NAME_WEIGHT } else { CLASS_WEIGHT };
        }
        for regex in concept.map_or(&[][..], |concept| &concept.regex) {
            let owner = concept.map_or_else(String::new, |concept| format!("concept {}", concept.name));
            lexicon.add_regex(&owner, regex, concept.and_then(|concept| concept.check), id)?;
            total += REGEX_WEIGHT;
        }
        if concept.is_some_and(|concept| concept.obfuscated) {
            for phrase in own.phrases.iter() {
                if let [word] = phrase {
                    lexicon.add_disguised(*word);
                }
            }
        }
        if let Some(slot) = weights.get_mut(index) {
            *slot = total;
        }
    }
    let own_weights = weights.clone();
    for (index, inner) in included {
        if let (Some(weight), Some(more)) = (weights.get_mut(index), own_weights.get(inner)) {
            *weight += more;
        }
    }
    let known = |name: &str| names.get(name).copied();
    lexicon.known = Known {
        given_name: known("given-name"),
        not_a_name: known("not-a-name"),
        place: known("place-name"),
        title: known("title"),
        form_of_address: known("form-of-address"),
        place_title: known("place-title"),
        surname: known("surname"),
        handle_title: known("handle-title"),
        handle_name: known("handle-name"),
    };
    Ok((names, weights))
}

/// All concepts whose members belong to `index`, itself included.
fn reach(index: usize, owned: &[Own], reached: &mut Vec<usize>, depth: usize) -> Result<(), &'static str> {
    if depth > DEEPEST_CONCEPT {
        return Err("it includes concepts that include others, too deep; name the last ones here");
    }
    if reached.contains(&index) {
        return Ok(());
    }
    reached.push(index);
    for include in owned.get(index).map_or(&[][..], |own| &own.includes) {
        // A concept met twice is fine; one that leads back to where it started is not.
        if reached.first() == Some(&(*include as usize)) {
            return Err("it includes itself, directly or through another concept");
        }
        reach(*include as usize, owned, reached, depth + 1)?;
    }
    Ok(())
}

/// A concept's own members, parsed and inflected.
fn own(
    concept: &Concept,
    names: &FxHashMap<String, ConceptId>,
    lexicon: &mut Lexicon,
) -> Result<Own, LoadError> {
    let owner = format!("concept {}", concept.name);
    if concept.members.is_empty() && concept.regex.is_empty() {
        return Err(LoadError::new(owner, "it has neither `members` nor `regex`"));
    }
    let mut own = Own::default();
    let mut plain = Phrases::default();
    for member in &concept.members {
        check_phrases(own.phrases.len(), &owner)?;
        plain.clear();
        if push_plain(member, lexicon, &mut plain) {
            plain.iter().for_each(|phrase| inflected(phrase, concept.inflect, lexicon, &mut own.phrases));
            continue;
        }
        let nodes = parse(member, lexicon).map_err(|problem| problem.into_error(&owner, member))?;
        let fail = |problem: &str| LoadError::in_pattern(&owner, member, None, problem);
        match nodes.as_slice() {
            [Node::Concept(name)] => match names.get(name) {
                Some(id) => own.includes.push(*id),
                None => return Err(fail(&format!("there is no concept `{name}`"))),
            },
            [Node::Class(class)] => own.classes.push(*class),
            nodes => {
                let phrases = phrases_of(nodes).ok_or_else(|| {
                    fail("a member is words, `~`, `?` and `(a|b)` only, and not too many of them")
                })?;
                for phrase in phrases.iter() {
                    inflected(phrase, concept.inflect, lexicon, &mut own.phrases);
                }
            }
        }
    }
    Ok(own)
}

fn inflected(phrase: &[Sym], inflection: Option<Inflection>, lexicon: &mut Lexicon, phrases: &mut Phrases) {
    let place = match inflection {
        None => return phrases.push(phrase),
        Some(Inflection::Verb) => 0,
        Some(Inflection::Noun) => phrase.len().saturating_sub(1),
        Some(Inflection::Adjective) if phrase.len() > 1 => return phrases.push(phrase),
        Some(Inflection::Adjective) => 0,
    };
    let word = phrase.get(place).and_then(|sym| lexicon.word(*sym));
    let (Some(inflection), Some(word)) = (inflection, word.map(str::to_owned)) else { return };
    let mut other = phrase.to_vec();
    for form in inflect::forms(&word, inflection) {
        if let Some(slot) = other.get_mut(place) {
            *slot = lexicon.intern(&form);
        }
        phrases.push(&other);
    }
}
