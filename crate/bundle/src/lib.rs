//! A council's bundle, from source to a signed file to a loaded engine.
//!
//! `source` (behind the cargo feature of that name) reads TOML files and makes a [`Payload`], or an [`Overlay`] on
//! another bundle; a payload is UTF-8 JSON, schema version 1, and the same source always gives the same bytes. A signed
//! file is a Minisign signature before a payload: [`SignedFile::split`] takes it apart, [`accept`] decides whether it is
//! taken, and [`inspect`] shows what it says of itself. The browser only ever sees payloads and signed files.
//!
//! **Trust.** The built-in payload is part of the package. Any other counts only after [`accept`]: a
//! [`VerifiedBundle`] comes from verification and from nowhere else. This crate knows no clock, no storage, no secret
//! key and no browser: the day, the trusted keys and what was seen before come in.
//!
//! **Untrusted input.** Files may be anything up to [`MOST_BYTES`]; reading neither panics nor believes. The engine
//! limits what rules may cost, so that not even a trusted key can sign a bundle that makes typing slow.

mod accept;
mod changes;
mod contents;
mod facts;
mod key;
mod overlay;
mod payload;
mod refusal;
mod signed_file;
#[cfg(feature = "source")]
pub mod source;
mod succession;
mod trial;
mod trust;

pub use accept::{Accepted, Consequences, Reopened, Retired, accept, reopen};
pub use changes::{Change, Changes, RuleChange};
#[cfg(feature = "schema")]
pub use contents::schemas;
pub use contents::{Contents, LARGEST_SERIAL, Label, payload_hash};
pub use facts::{Facts, KeyFacts, SignatureFacts, inspect, inspect_payload};
pub use key::{KeyId, NotAKey, SigningKey};
pub use overlay::{BaseNeeded, Overlay, OverlayError};
pub use payload::{Document, LoadedBundle, Payload, PayloadError, SCHEMA, SelfTest};
pub use refusal::Refusal;
pub use signed_file::{
    MOST_BYTES, MOST_PAYLOAD_BYTES, SignedFile, UNTRUSTED_COMMENT, VerifiedBundle, join, key_in,
    trusted_comment,
};
pub use trial::load_and_try;
pub use trust::{BuiltIn, Circumstances, SeenSerial, TrustStore, TrustedKey};
