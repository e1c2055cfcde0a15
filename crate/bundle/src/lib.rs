//! A council's bundle, from source to a loaded engine.
//!
//! `source` (behind the cargo feature of that name) reads TOML files and makes a [`Payload`]; a payload is UTF-8 JSON,
//! schema version 1, and the same source always gives the same bytes; [`Payload::load`] makes the engine. The browser
//! only ever sees payloads.
//!
//! This crate reads folders for `source` and nothing else; it knows no network and no browser. Whether a payload may be
//! trusted is not decided here: the built-in one is part of the package, and an installed one has to be verified before
//! it comes here.

mod payload;
#[cfg(feature = "source")]
pub mod source;

pub use payload::{Document, LoadedBundle, Payload, PayloadError, SCHEMA, SelfTest};
