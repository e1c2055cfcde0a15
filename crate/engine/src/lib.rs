//! The engine: a draft in, a review out.

mod category;
mod draft;
mod review;
mod span;

pub use category::Category;
pub use draft::{Day, Draft, IdentitySetting, NotADay, Recipients, Surface};
pub use review::{Finding, Identification, Review, Reviewer, Severity, Verdict};
pub use span::{ByteSpan, Utf16Span};
