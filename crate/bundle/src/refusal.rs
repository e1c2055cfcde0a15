//! Why a bundle is not taken: one variant for each reason, a machine id for each variant, and words for the person.

use second_reading_engine::Day;
use thiserror::Error;

use crate::key::KeyId;
use crate::payload::SCHEMA;

/// Why a bundle is refused. What was in force before stays in force.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// A payload without a signature.
    #[error("The bundle is not signed. Ask whoever made it for the signed file, whose name ends in .srb.")]
    Unsigned,
    /// Signed with a key that nobody here trusts.
    #[error(
        "The bundle is signed with key {key}, which is not trusted here. If it is your council's, compare the key's words with them and add it first."
    )]
    UnknownKey {
        /// The number in the signature.
        key: KeyId,
    },
    /// Signed with another key than the one whose bundle it says it is.
    #[error(
        "The bundle is signed with key {found}, but its signatures must be of key {expected}. Ask your council whether it has a new key."
    )]
    WrongKey {
        /// The number in the signature.
        found: KeyId,
        /// The number that should stand there.
        expected: KeyId,
    },
    /// Not what the key signed.
    #[error(
        "The bundle is not what was signed: it was changed or damaged on its way, or signed with another key of the same number. Ask for the file again."
    )]
    Altered,
    /// A serial that is not above the highest seen.
    #[error(
        "The bundle has serial {found}, and serial {highest} of `{bundle}` was here before. An older set of rules cannot replace a newer one; ask for one with a higher serial."
    )]
    OldSerial {
        /// The bundle.
        bundle: String,
        /// Its serial.
        found: u64,
        /// The highest serial ever seen.
        highest: u64,
    },
    /// A bundle id that the key is not trusted for.
    #[error(
        "Key {key} is trusted for other bundles, not for `{bundle}`. Ask your council which key signs `{bundle}`."
    )]
    NotForThisBundle {
        /// The key.
        key: KeyId,
        /// The bundle.
        bundle: String,
    },
    /// Past its last day.
    #[error("The bundle expired on {expired}. Ask your council for the present one.")]
    Expired {
        /// Its last day.
        expired: Day,
    },
    /// Before its day of issue.
    #[error(
        "The bundle is issued on {issued}, which is still to come. Install it then, or check this computer's date."
    )]
    NotYetValid {
        /// The day of issue.
        issued: Day,
    },
    /// A newer shape than this program knows.
    #[error(
        "The bundle is of schema version {found}, and this program reads version {SCHEMA}. Update Second Reading first."
    )]
    NewerSchema {
        /// The version found.
        found: u64,
    },
    /// It does not do what it says of itself.
    #[error(
        "The bundle fails {failed} of its {tests} own tests (the first: {first}). Tell whoever made it; `second-reading bundle test` lists them all."
    )]
    FailingSelfTests {
        /// How many fail.
        failed: usize,
        /// How many there are.
        tests: usize,
        /// The first that fails, in words.
        first: String,
    },
    /// More bytes than are read.
    #[error(
        "The file has {bytes} bytes, and no more than {most} are read. Ask whoever made it for a smaller bundle."
    )]
    TooLarge {
        /// How many it has.
        bytes: usize,
        /// How many are read.
        most: usize,
    },
    /// Patterns that would make typing slow.
    #[error("The bundle's patterns would make reading slow: {0}. Tell whoever made it.")]
    SlowPatterns(String),
    /// The file breaks off.
    #[error("The file breaks off before its end. Copy or download it again.")]
    Truncated,
    /// Bytes that are no text.
    #[error(
        "The file is no text from byte {at} on: it is damaged, or another kind of file. Choose the .srb file."
    )]
    NotUtf8 {
        /// The first byte that cannot be read.
        at: usize,
    },
    /// Of another shape than a bundle has.
    #[error("The file is no bundle that can be read: {0}.")]
    Malformed(String),
    /// An overlay whose base is not here.
    #[error(
        "The bundle adds to `{base}` of serial {serial} or later, which is not here. Install that one first."
    )]
    NoBase {
        /// The base's id.
        base: String,
        /// The lowest serial that will do.
        serial: u64,
    },
}

impl Refusal {
    /// What programs branch on; these ids do not change.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Refusal::Unsigned => "unsigned",
            Refusal::UnknownKey { .. } => "unknown-key",
            Refusal::WrongKey { .. } => "wrong-key",
            Refusal::Altered => "altered",
            Refusal::OldSerial { .. } => "old-serial",
            Refusal::NotForThisBundle { .. } => "not-for-this-bundle",
            Refusal::Expired { .. } => "expired",
            Refusal::NotYetValid { .. } => "not-yet-valid",
            Refusal::NewerSchema { .. } => "newer-schema",
            Refusal::FailingSelfTests { .. } => "failing-self-tests",
            Refusal::TooLarge { .. } => "too-large",
            Refusal::SlowPatterns(_) => "slow-patterns",
            Refusal::Truncated => "truncated",
            Refusal::NotUtf8 { .. } => "not-utf8",
            Refusal::Malformed(_) => "malformed",
            Refusal::NoBase { .. } => "no-base",
        }
    }
}
