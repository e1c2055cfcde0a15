//! Who the writer is here (12.2): the person's setting first, then the names the page shows, then the draft's words.
//!
//! Page content may raise identity, never lower it: a name or a draft can show that somebody writes as a councillor;
//! only a plain sign of somebody else's account (a bundle's `says = "other"` rule, on the name or handle) says no, and
//! never against a sign that they are one. Nothing found is "unknown", which counts as yes.

use crate::engine::{Engine, Owner};
use crate::rule::program::Scratch;
use crate::rule::set::{Says, Where};
use crate::text::{Text, handle_words};
use crate::{Draft, Identification, IdentitySetting};

/// A piece of text in which somebody may say who they are.
#[derive(Clone, Copy, Debug)]
pub struct IdentityText<'a> {
    /// What kind of text it is.
    pub where_: Where,
    /// The text.
    pub text: &'a str,
}

impl Engine {
    /// Whether a piece of text identifies its writer as a councillor: `Some(true)` with the words that show it,
    /// `Some(false)` where it shows somebody else, `None` where it shows nothing.
    #[must_use]
    pub fn identify(&self, identity: &IdentityText<'_>) -> Identification {
        let read = match identity.where_ {
            Where::Handle => handle_words(identity.text, &self.lexicon),
            _ => identity.text.to_owned(),
        };
        let text = Text::read(&read, &self.lexicon);
        let mut scratch = Scratch::default();
        let mut search = self.index.search();
        let mut other = None;
        for sentence in &text.sentences {
            self.index.find(&text, *sentence, &mut search);
            for starts in search.starts.chunk_by(|(one, _), (other, _)| one == other) {
                let pattern = starts.first().and_then(|(pattern, _)| self.patterns.get(*pattern as usize));
                let Some((program, Owner::Identity(rule))) = pattern else { continue };
                let Some(rule) =
                    self.identity.get(*rule).filter(|rule| rule.places.contains(&identity.where_))
                else {
                    continue;
                };
                let mut told = None;
                program.find(&text, *sentence, &mut scratch, &mut |matched| {
                    let quoted = identity.where_ == Where::Text
                        && text
                            .tokens
                            .get(matched.start..matched.end)
                            .is_some_and(|found| found.iter().all(|token| token.quoted));
                    if !quoted {
                        told = matched.told.first().and_then(|(from, to)| text.bytes(*from, *to));
                    }
                    told.is_none()
                });
                let Some(span) = told else { continue };
                if rule.unless.iter().any(|program| program.is_in(&text, *sentence, &mut scratch)) {
                    continue;
                }
                let evidence = match identity.where_ {
                    // A handle was cut into words to be read; what the person sees is the handle.
                    Where::Handle => Some(identity.text.to_owned()),
                    _ => read.get(span.start..span.end).map(str::to_owned),
                };
                match rule.says {
                    Says::Councillor => return Identification { identified: Some(true), evidence },
                    Says::Other => other = Some(evidence),
                }
            }
        }
        match other {
            Some(evidence) => Identification { identified: Some(false), evidence },
            None => Identification::default(),
        }
    }

    /// How the writer of a draft is read; `words` is what the draft's own words say.
    pub(crate) fn identity_of(&self, draft: &Draft<'_>, words: Option<(Says, String)>) -> Identification {
        match draft.identity {
            IdentitySetting::Private => return Identification { identified: Some(false), evidence: None },
            IdentitySetting::Councillor => return Identification { identified: Some(true), evidence: None },
            IdentitySetting::Detect => {}
        }
        let shown = [(Where::DisplayName, draft.display_name), (Where::Handle, draft.handle)];
        let shown: Vec<Identification> = shown
            .into_iter()
            .filter_map(|(place, text)| text.map(|text| self.identify(&IdentityText { where_: place, text })))
            .collect();
        let is = |answer: bool| shown.iter().find(|found| found.identified == Some(answer)).cloned();
        if let Some(yes) = is(true) {
            return yes;
        }
        if let Some((Says::Councillor, evidence)) = words {
            return Identification { identified: Some(true), evidence: Some(evidence) };
        }
        is(false).unwrap_or_default()
    }
}
