//! The engine of Second Reading: a draft in, a review out.
//!
//! ```
//! use second_reading_engine::{Draft, Engine, Reviewers, RuleSet};
//!
//! let engine = Engine::new(&RuleSet::default())?;
//! let review = engine.review(&Draft::of("The library reopens on Monday."), Reviewers::ALL);
//! assert!(review.findings.is_empty());
//! # Ok::<(), second_reading_engine::LoadError>(())
//! ```
//!
//! The path of a draft: `text` reads it into tokens and sentences; a `pass` over them asks the `index` which patterns
//! could match, runs them (`rule::program`) and judges each match by the words around it; `identity` says how the
//! writer is read; `weighing` hears the semantic reviewer too; `mail` weighs a message to known recipients; `merge`
//! raises each risk once. All of them go by what `compile` made of the rule set (`compiled`). A [`RuleSet`] is plain data;
//! [`Engine::new`] checks all that a review needs, so that a review cannot fail, and [`RuleSet::check`] what nobody can
//! mean.
//!
//! What it must not know: a page, a clock, a network, a file or JavaScript. The day, the surface and the names that a
//! page shows come in with the [`Draft`].
//!
//! **Untrusted input.** Drafts may be anything: a review neither fails nor panics, and its time grows in proportion to
//! the draft. Rule sets come from bundles that somebody vouches for; still, sizes are limited and a bad one is a
//! [`LoadError`].

mod category;
mod checks;
mod compile;
mod compiled;
mod day;
mod draft;
mod engine;
mod grouped;
mod identity;
mod index;
mod mail;
mod merge;
mod pass;
mod phrase;
mod review;
mod rule;
pub mod semantic;
mod span;
mod text;
mod weighing;

pub use category::Category;
pub use day::{Day, NotADay};
pub use draft::{Draft, IdentitySetting, Recipients, Surface};
pub use engine::{Engine, Reviewers, Unweighed};
pub use identity::IdentityText;
pub use mail::{Factor, MailReview, WeighedFactor};
pub use review::{Finding, Identification, Review, Reviewer, Severity, Verdict};
pub use rule::error::LoadError;
pub use rule::set::{
    CategoryClause, Clause, Concept, Election, IdentityRule, Inflection, MailFactor, MailRules, MailSign,
    NumberCheck, Polarity, Reading, ReadingKind, ReadingPlace, Rule, RuleSet, Says, SemanticKind,
    SemanticLevels, SemanticRules, Shows, Thresholds, Voice, Weighed, Where, Window,
};
pub use span::{ByteSpan, Utf16Span, byte_spans, utf16_spans};
