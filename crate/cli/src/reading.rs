//! A draft read by both reviewers, as the extension reads it.

use second_reading_bundle::LoadedBundle;
use second_reading_engine::semantic::{Memory, Scope, Semantic};
use second_reading_engine::{ByteSpan, Draft, IdentitySetting, Review, Reviewers};

/// The review of a draft: by the rules and, where there is a `semantic` reviewer and anything could come of it, by that.
/// What is in `memory` is not read again.
pub(crate) fn review(
    bundle: &LoadedBundle,
    semantic: Option<&Semantic>,
    draft: &Draft<'_>,
    reviewers: Reviewers,
    memory: &mut Memory,
) -> Review {
    let engine = &bundle.engine;
    let read = engine.read(draft, reviewers.rules);
    let by_rules = engine.weigh(draft, &read, reviewers, &[]);
    let private = draft.identity == IdentitySetting::Private && draft.recipients.is_none();
    let Some(semantic) = semantic.filter(|_| !private) else { return by_rules };
    let suspected: Vec<ByteSpan> = by_rules.findings.into_iter().flat_map(|finding| finding.spans).collect();
    let scope = Scope { public: draft.is_public(), suspected: &suspected };
    engine.weigh(draft, &read, reviewers, &semantic.readings(draft.text, scope, memory))
}
