//! Whom the person or the council trusts, for what, and what was here before.
//!
//! Plain data that comes in: where it is kept, and whether the council's policy or the person chose it, is for the
//! extension to know.

use second_reading_engine::Day;
use serde::{Deserialize, Serialize};

use crate::payload::Payload;

/// A key and what it may sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrustedKey {
    /// The key, as one line of base64 that starts with `RW`.
    pub key: String,
    /// The ids of the bundles that it may sign; of one that may sign none, only its place in a succession counts.
    pub bundles: Vec<String>,
    /// The key that named this one as its successor for these bundles. It is let go once this one has signed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub succeeds: Option<String>,
}

/// The highest serial of a bundle ever accepted under a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SeenSerial {
    /// The key.
    pub key: String,
    /// The bundle's id.
    pub bundle: String,
    /// The serial.
    pub serial: u64,
}

/// A bundle that travels in the package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BuiltIn {
    /// The bundle's id.
    pub bundle: String,
    /// Its serial. An installed bundle of the same id counts only above it.
    pub serial: u64,
}

/// Everything that decides whether a bundle is taken, apart from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrustStore {
    /// The keys that are trusted. One that was named as a successor besides stands once more for that.
    #[serde(default)]
    pub keys: Vec<TrustedKey>,
    /// What was ever accepted.
    #[serde(default)]
    pub seen: Vec<SeenSerial>,
    /// What travels in the package.
    #[serde(default)]
    pub built_in: Vec<BuiltIn>,
}

/// The circumstances of one acceptance.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Whom to trust, and what was here before.
    pub trust: &'a TrustStore,
    /// Today.
    pub today: Day,
    /// The bundles on which an overlay may build.
    pub bases: &'a [Payload],
    /// What reviews drafts now, to tell what would change.
    pub current: Option<&'a Payload>,
}
