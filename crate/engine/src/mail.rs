//! Messages to known recipients, weighed by the factors of Cheshire East's report (4.9 to 4.11).
//!
//! Who receives a message is known; what kind of message it is, the bundle's signs say: each weighs something for or
//! against, and ten in all is enough. A political message is acceptable where it goes to the writer's own group or to an officer, arranges
//! something, takes no side and criticises nobody (4.9: the whip who moves a meeting). Nothing here knows words.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::compiled::{Compiled, MailProgram};
use crate::pass::Pass;
use crate::rule::program::Match;
use crate::rule::set::{Shows, Weighed};
use crate::text::token::Sentence;
use crate::{Category, Draft, Finding, Recipients, Severity};

/// Something that weighs for or against a political message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Factor {
    /// All recipients are councillors of the writer's own political group.
    SameGroup,
    /// Somebody else receives it too.
    NotSameGroup,
    /// A member of the public receives it, or may.
    PublicRecipient,
    /// No member of the public receives it.
    NoPublicRecipient,
    /// It is purely about arrangements.
    Administrative,
    /// It is about more than arrangements.
    NotAdministrative,
    /// It takes or pushes a side on something politically disputed.
    Controversial,
    /// It takes no such side.
    Uncontroversial,
    /// It criticises people, a party or a group.
    Criticises,
    /// It criticises nobody.
    NoCriticism,
}

impl Factor {
    /// Every factor, in the order of the report, each beside its opposite.
    pub const ALL: [Factor; 10] = [
        Factor::SameGroup,
        Factor::NotSameGroup,
        Factor::PublicRecipient,
        Factor::NoPublicRecipient,
        Factor::Administrative,
        Factor::NotAdministrative,
        Factor::Controversial,
        Factor::Uncontroversial,
        Factor::Criticises,
        Factor::NoCriticism,
    ];

    /// The report's paragraph: 4.10 for what makes a message more likely acceptable, 4.11 for what makes it less.
    #[must_use]
    pub const fn paragraph(self) -> &'static str {
        match self {
            Factor::SameGroup
            | Factor::NoPublicRecipient
            | Factor::Administrative
            | Factor::Uncontroversial
            | Factor::NoCriticism => "4.10",
            Factor::NotSameGroup
            | Factor::PublicRecipient
            | Factor::NotAdministrative
            | Factor::Controversial
            | Factor::Criticises => "4.11",
        }
    }

    /// The factor's id, as in bundles and reviews.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Factor::SameGroup => "same-group",
            Factor::NotSameGroup => "not-same-group",
            Factor::PublicRecipient => "public-recipient",
            Factor::NoPublicRecipient => "no-public-recipient",
            Factor::Administrative => "administrative",
            Factor::NotAdministrative => "not-administrative",
            Factor::Controversial => "controversial",
            Factor::Uncontroversial => "uncontroversial",
            Factor::Criticises => "criticises",
            Factor::NoCriticism => "no-criticism",
        }
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A factor of one message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WeighedFactor {
    /// The report's paragraph.
    pub paragraph: &'static str,
    /// The factor.
    pub factor: Factor,
    /// What it means, for the person.
    pub text: String,
}

/// A message, weighed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MailReview {
    /// Whether it is about a party, the politics or running of a group, an election or opponents.
    pub political: bool,
    /// Whether it could be sent: it is not political, or nothing in 4.11 weighs against it.
    pub acceptable: bool,
    /// One factor of each pair, in the report's order.
    pub factors: Vec<WeighedFactor>,
}

impl Pass<'_, '_> {
    /// Meets the signs of what kind of message it is, where its recipients are known.
    pub(crate) fn look_for_signs(&mut self) {
        if self.draft.recipients.is_none() {
            return;
        }
        let (compiled, text) = (self.compiled, self.text);
        let mut search = compiled.mail_index.search();
        for sentence in &text.sentences {
            compiled.mail_index.find(text, *sentence, &mut search);
            for starts in search.starts.chunk_by(|(one, _), (other, _)| one == other) {
                let pattern =
                    starts.first().and_then(|(pattern, _)| compiled.mail_patterns.get(*pattern as usize));
                let Some((program, sign)) = pattern.filter(|(_, sign)| self.weighs(*sign)) else { continue };
                let mut matches = Vec::new();
                let starts = starts.iter().map(|(_, at)| *at);
                program.find_from(text, *sentence, starts, &mut self.scratch, &mut |matched| {
                    matches.push(matched);
                    true
                });
                for matched in matches {
                    self.note_sign(*sign, *sentence, &matched);
                }
            }
        }
    }

    /// Whether a sign counts for these recipients and has not been met yet.
    fn weighs(&self, sign: usize) -> bool {
        let Some(MailProgram { sign: known, .. }) = self.compiled.mail.get(sign) else { return false };
        let to = |to| known.recipients.is_empty() || known.recipients.contains(&to);
        self.draft.recipients.is_some_and(to) && self.signs.get(sign) == Some(&false)
    }

    fn note_sign(&mut self, index: usize, sentence: Sentence, matched: &Match) {
        let compiled = self.compiled;
        let Some(program) = compiled.mail.get(index) else { return };
        // What is quoted or answered is not what the message says.
        if !self.is_quoted(matched)
            && self.surrounded(sentence, &program.context, matched)
            && let Some(met) = self.signs.get_mut(index)
        {
            *met = true;
        }
    }
}

/// What weighs this much in all is so.
const ENOUGH: i32 = 10;

/// Weighs a message; `met` says which of the bundle's signs it shows. `None` where nobody said who receives it, or
/// where the bundle has no words for the factors.
pub(crate) fn weigh(
    compiled: &Compiled,
    draft: &Draft<'_>,
    met: &[bool],
    findings: &[Finding],
) -> Option<MailReview> {
    let recipients = draft.recipients?;
    if compiled.mail_factors.is_empty() {
        return None;
    }
    let weight = |kind: Shows| -> i32 {
        let signs = compiled.mail.iter().zip(met).filter(|(_, met)| **met);
        signs.filter_map(|(program, _)| program.sign.weighs.get(&kind)).sum()
    };
    // What the other rules raised weighs as well; an attack on a party is half a side taken and half a criticism.
    let raised = |categories: &[Category]| {
        let weighs =
            |finding: &Finding| categories.contains(&finding.category) && awaits(compiled, finding).is_none();
        ENOUGH * i32::from(findings.iter().any(weighs))
    };
    let attack = raised(&[Category::Adverse]) / 2;
    let campaign = weight(Shows::Campaign) + raised(&[Category::Campaigning, Category::Candidacy]);
    let politics = raised(&[Category::Party, Category::Adverse]);
    let political = weight(Shows::Political) + politics + campaign.max(0) >= ENOUGH;
    let controversial = weight(Shows::Controversial) + attack >= ENOUGH;
    let criticises = weight(Shows::Criticism) + attack + raised(&[Category::Respect]) >= ENOUGH;
    let plainly_beyond = controversial || criticises || campaign >= ENOUGH;
    let administrative = !plainly_beyond && weight(Shows::Beyond) < ENOUGH;
    let own_group = recipients == Recipients::SameGroup;
    let public = matches!(recipients, Recipients::Public | Recipients::Mixed);
    let acceptable = !political
        || ((own_group || recipients == Recipients::Officer)
            && administrative
            && !controversial
            && !criticises);
    let one = |holds, yes, no| if holds { yes } else { no };
    let factors = [
        one(own_group, Factor::SameGroup, Factor::NotSameGroup),
        one(public, Factor::PublicRecipient, Factor::NoPublicRecipient),
        one(administrative, Factor::Administrative, Factor::NotAdministrative),
        one(controversial, Factor::Controversial, Factor::Uncontroversial),
        one(criticises, Factor::Criticises, Factor::NoCriticism),
    ];
    let text = |factor: Factor| {
        let known = compiled.mail_factors.iter().find(|known| known.factor == factor);
        known.map(|known| known.text.clone()).unwrap_or_default()
    };
    let weighed =
        |factor: Factor| WeighedFactor { paragraph: factor.paragraph(), factor, text: text(factor) };
    Some(MailReview { political, acceptable, factors: factors.map(weighed).into() })
}

/// Lets what a message was weighed as settle its findings: a warning of politics about an acceptable one becomes a
/// notice, and rules that wait for the weighing speak or fall silent.
pub(crate) fn settle(compiled: &Compiled, mail: Option<&MailReview>, findings: &mut Vec<Finding>) {
    findings.retain(|finding| match (awaits(compiled, finding), mail) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(Weighed::Political), Some(mail)) => mail.political,
        (Some(Weighed::Doubtful), Some(mail)) => mail.doubtful(),
    });
    if mail.is_none_or(|mail| !mail.political || !mail.acceptable) {
        return;
    }
    for finding in findings {
        if matches!(
            finding.category,
            Category::Candidacy | Category::Party | Category::Campaigning | Category::Adverse
        ) {
            finding.severity = Severity::Notice;
        }
    }
}

/// How the message must have been weighed for the rule of this finding to speak.
fn awaits(compiled: &Compiled, finding: &Finding) -> Option<Weighed> {
    compiled.rule(&finding.rule)?.weighed
}

impl MailReview {
    fn has(&self, factor: Factor) -> bool {
        self.factors.iter().any(|weighed| weighed.factor == factor)
    }

    /// Whether only those who receive it weigh against it.
    fn doubtful(&self) -> bool {
        !self.acceptable
            && self.has(Factor::Administrative)
            && self.has(Factor::Uncontroversial)
            && self.has(Factor::NoCriticism)
    }
}
