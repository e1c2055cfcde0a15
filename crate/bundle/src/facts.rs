//! What a bundle says of itself, for a person who is asked whether to take it.

use second_reading_engine::Day;
use serde::Serialize;

use crate::contents::{Contents, payload_hash};
use crate::key::SigningKey;
use crate::overlay::BaseNeeded;
use crate::refusal::Refusal;
use crate::signed_file::{SignedFile, readable};

/// The facts of a bundle. Whether they are proved is said by where they come from: [`crate::accept`] proves them,
/// [`inspect`] only reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// The bundle's id.
    pub id: String,
    /// Whose bundle it is.
    pub authority: String,
    /// Its serial.
    pub serial: u64,
    /// The day it was issued.
    pub issued: Day,
    /// Its last day.
    pub expires: Option<Day>,
    /// The language of its texts.
    pub locale: String,
    /// The title of the document that its clauses are of; an overlay may leave it to its base.
    pub document: Option<String>,
    /// What it builds on, if it is an overlay.
    pub base: Option<BaseNeeded>,
    /// How many rules it brings itself.
    pub rules: usize,
    /// How many rules of its base it switches off.
    pub rules_off: usize,
    /// How many sentences it brings to be tried by.
    pub self_tests: usize,
    /// The SHA-256 of the payload, in hex.
    pub payload_sha256: String,
    /// The payload's bytes.
    pub payload_bytes: usize,
    /// The key that will sign after this bundle.
    pub successor: Option<KeyFacts>,
    /// What the signature says, if there is one.
    pub signature: Option<SignatureFacts>,
}

/// A key, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyFacts {
    /// The key as one line of base64.
    pub key: String,
    /// Its number, as `minisign` prints it.
    pub key_id: String,
    /// The words by which two people compare it.
    pub words: String,
}

/// A signature, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureFacts {
    /// The number of the key.
    pub key_id: String,
    /// The comment that is signed with the payload.
    pub trusted_comment: String,
}

impl From<&SigningKey> for KeyFacts {
    fn from(key: &SigningKey) -> KeyFacts {
        KeyFacts { key: key.text().to_owned(), key_id: key.id().to_string(), words: key.fingerprint() }
    }
}

impl Facts {
    pub(crate) fn new(words: &str, contents: &Contents, signed: Option<&SignedFile<'_>>) -> Facts {
        Facts::known(words, payload_hash(words), contents, signed)
    }

    fn known(
        words: &str,
        payload_sha256: String,
        contents: &Contents,
        signed: Option<&SignedFile<'_>>,
    ) -> Facts {
        let label = contents.label();
        let (rules, rules_off, self_tests) = match contents {
            Contents::Whole(payload) => (payload.rules.len(), 0, payload.self_tests.len()),
            Contents::Overlay(overlay) => {
                (overlay.rules.len(), overlay.rules_off.len(), overlay.self_tests.len())
            }
        };
        let (document, base) = match contents {
            Contents::Whole(payload) => (Some(payload.document.title.clone()), None),
            Contents::Overlay(overlay) => {
                (overlay.document.as_ref().map(|document| document.title.clone()), Some(overlay.base.clone()))
            }
        };
        Facts {
            id: label.id.to_owned(),
            authority: label.authority.to_owned(),
            serial: label.serial,
            issued: label.issued,
            expires: label.expires,
            locale: label.locale.to_owned(),
            document,
            base,
            rules,
            rules_off,
            self_tests,
            payload_sha256,
            payload_bytes: words.len(),
            // A key that cannot be read was refused when the payload was.
            successor: label
                .successor
                .and_then(|key| SigningKey::parse(key).ok())
                .as_ref()
                .map(KeyFacts::from),
            signature: signed.map(|signed| SignatureFacts {
                key_id: signed.key.to_string(),
                trusted_comment: signed.trusted_comment.to_owned(),
            }),
        }
    }
}

/// Reads what a file says of itself, signed or not. Nothing of it is proved.
///
/// # Errors
/// The same refusals as reading it for acceptance, up to the shape of its payload.
pub fn inspect(file: &[u8]) -> Result<(Facts, Contents), Refusal> {
    let signed = match SignedFile::split(file) {
        Ok(signed) => Some(signed),
        Err(Refusal::Unsigned) => None,
        Err(refusal) => return Err(refusal),
    };
    let words = match &signed {
        Some(signed) => signed.payload,
        None => readable(file)?,
    };
    let contents = Contents::parse(words)?;
    Ok((Facts::new(words, &contents, signed.as_ref()), contents))
}

/// Reads a payload whose SHA-256 is known, in hex. Where a browser hashes a megabyte in two milliseconds, a module that it
/// has just begun to run takes thirty.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_payload(payload: &[u8], sha256: String) -> Result<(Facts, Contents), Refusal> {
    let words = readable(payload)?;
    let contents = Contents::parse(words)?;
    Ok((Facts::known(words, sha256, &contents, None), contents))
}
