//! The engine's JavaScript face: a bundle's bytes in, an `Engine` out; drafts and reviews as plain objects whose spans
//! count UTF-16 code units, as JavaScript does.
//!
//! Shapes are those of `extension/src/shared/review.ts`; the types of the generated glue are imported from there, so
//! that the two cannot drift apart unseen. Nothing here knows a page, a site or a setting, and no engine keeps a draft:
//! whoever has one read holds it, and the engine remembers only how long the last review took. Whatever can go wrong is a JavaScript `Error` with a `name` to
//! branch on and a `message` for people.

mod bytes;
mod engine;
mod failure;
mod installing;
mod shape;

pub use bytes::{bytes_of_blob, bytes_of_response};
pub use engine::{Engine, ReadDraft};
pub use installing::{accept_bundle, bundle_limit_bytes, inspect_bundle, inspect_key};
