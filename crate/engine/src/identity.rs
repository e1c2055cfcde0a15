//! Who the writer is here (12.2): the person's setting first, then the names the page shows, then the draft's words.
//!
//! Rules of two kinds are read. Those that show a councillor raise identity; those that show nothing (a former
//! councillor, a candidate, Councillor Street) take their words away from the others. Page content may raise identity
//! and never lowers it: what shows nothing leaves it unknown, which counts as yes. Only the person's own setting says
//! no.

use crate::compiled::Compiled;
use crate::pass::{Noted, Pass, Reads};
use crate::rule::set::{Says, Where};
use crate::text::{Text, handle_words};
use crate::{ByteSpan, Draft, Identification, IdentitySetting};

/// A piece of text in which somebody may say who they are.
#[derive(Clone, Copy, Debug)]
pub struct IdentityText<'a> {
    /// What kind of text it is.
    pub where_: Where,
    /// The text.
    pub text: &'a str,
}

impl Pass<'_, '_> {
    /// The first words that show a councillor and that no rule takes away.
    pub(crate) fn identity_evidence(&self) -> Option<ByteSpan> {
        let nothing = self.identity.iter().filter(|noted| noted.says == Says::Nothing);
        let mut takes: Vec<(usize, usize)> =
            nothing.map(|noted| noted.told).filter(|told| told.0 < told.1).collect();
        takes.sort_unstable();
        // Joined where they meet, so that one look says whether any of them overlaps.
        takes.dedup_by(|next, kept| {
            let meets = next.0 <= kept.1;
            if meets {
                kept.1 = kept.1.max(next.1);
            }
            meets
        });
        let taken = |told: (usize, usize)| {
            let at = takes.partition_point(|take| take.1 <= told.0);
            takes.get(at).is_some_and(|take| take.0 < told.1)
        };
        let shows = |noted: &&Noted| noted.says == Says::Councillor && !noted.quoted && !taken(noted.told);
        let first = self.identity.iter().filter(shows).min_by_key(|noted| noted.told)?;
        self.text.bytes(first.told.0, first.told.1)
    }
}

/// What [`Engine::identify`](crate::Engine::identify) answers.
pub(crate) fn identify(compiled: &Compiled, identity: &IdentityText<'_>) -> Identification {
    let evidence = match identity.where_ {
        // A handle is cut into words to be read; what the person sees is the handle.
        Where::Handle => {
            let (read, parts) = handle_words(identity.text, &compiled.lexicon);
            evidence_in(compiled, &read, Where::Handle).and_then(|span| {
                let within = |part: &&(ByteSpan, ByteSpan)| part.0.overlaps(span);
                let first = parts.iter().find(within)?;
                let last = parts.iter().rfind(within)?;
                identity.text.get(first.1.start..last.1.end)
            })
        }
        place => evidence_in(compiled, identity.text, place)
            .and_then(|span| identity.text.get(span.start..span.end)),
    };
    Identification { identified: evidence.map(|_| true), evidence: evidence.map(str::to_owned) }
}

fn evidence_in(compiled: &Compiled, read: &str, place: Where) -> Option<ByteSpan> {
    let text = Text::read(read, &compiled.lexicon);
    let draft = Draft::of(read);
    let mut pass = Pass::new(compiled, &text, &draft);
    pass.run(Reads { rules: false, identity: Some(place) });
    pass.identity_evidence()
}

/// How the writer of a draft is read; `words` are those in the draft that show a councillor.
pub(crate) fn of_writer(compiled: &Compiled, draft: &Draft<'_>, words: Option<ByteSpan>) -> Identification {
    match draft.identity {
        IdentitySetting::Private => return Identification { identified: Some(false), evidence: None },
        IdentitySetting::Councillor => return Identification { identified: Some(true), evidence: None },
        IdentitySetting::Detect => {}
    }
    let shown = [(Where::DisplayName, draft.display_name), (Where::Handle, draft.handle)];
    let named = shown.into_iter().find_map(|(place, text)| {
        let found = identify(compiled, &IdentityText { where_: place, text: text? });
        found.identified.is_some().then_some(found)
    });
    named.unwrap_or_else(|| {
        let evidence = words.and_then(|span| draft.text.get(span.start..span.end));
        Identification { identified: evidence.map(|_| true), evidence: evidence.map(str::to_owned) }
    })
}
