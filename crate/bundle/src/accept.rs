//! Whether a bundle file is taken: one pure function of the file, of whom is trusted, and of the day.
//!
//! It proves the signature first and believes nothing in the file before. Everything that could be wrong is looked for
//! before anything is kept, so that a bundle that was accepted can be put in force in one step. Where the result is kept,
//! and what was in force before, is for the caller to know.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::changes::Changes;
use crate::contents::Contents;
use crate::facts::Facts;
use crate::key::SigningKey;
use crate::payload::{LoadedBundle, Payload};
use crate::refusal::Refusal;
use crate::signed_file::{SignedFile, VerifiedBundle};
use crate::succession::Succession;
use crate::trial::load_and_try;
use crate::trust::{Circumstances, SeenSerial, TrustStore, TrustedKey};

/// A bundle that may be put in force, and what goes with it.
#[derive(Debug)]
pub struct Accepted<'a> {
    /// What it says of itself, proved.
    pub facts: Facts,
    /// The payload as it was signed.
    pub payload: &'a str,
    /// For an overlay, the base that it was put on.
    pub base: Option<&'a Payload>,
    /// The key that signed it.
    pub key: SigningKey,
    /// The bundle that reviews drafts: the payload's, or the overlay's on its base.
    pub bundle: Payload,
    /// The same, ready for reviews and tried.
    pub loaded: LoadedBundle,
    /// What it changes for somebody who has the current bundle.
    pub changes: Changes,
    /// What is to be kept once it is in force.
    pub consequences: Consequences,
}

/// A bundle that was accepted before and kept since, proved anew.
#[derive(Debug)]
pub struct Reopened {
    /// What it says of itself, proved.
    pub facts: Facts,
    /// Ready for reviews.
    pub loaded: LoadedBundle,
}

/// What a bundle in force changes in the trust store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Consequences {
    /// Serials that are now the highest seen, each in place of one of the same key and bundle.
    pub seen: Vec<SeenSerial>,
    /// Keys that are now trusted: the successor that the bundle names.
    pub trust: Vec<TrustedKey>,
    /// What a key may sign no longer: a successor has taken over, or another was named in its place.
    pub retire: Vec<Retired>,
}

/// A key that another has taken over from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Retired {
    /// The key.
    pub key: String,
    /// The bundle that it signs no longer.
    pub bundle: String,
}

/// Decides on a file.
///
/// # Errors
/// The first [`Refusal`] met, in this order: size, text and shape of the file; the key; the signature; the payload's
/// schema and shape; what the key may sign; the serial; the dates; the base of an overlay; cost, soundness and self-tests
/// of the rules.
pub fn accept<'a>(file: &'a [u8], circumstances: &Circumstances<'a>) -> Result<Accepted<'a>, Refusal> {
    let Circumstances { trust, today, bases, current } = *circumstances;
    let signed = SignedFile::split(file)?;
    let Proved { verified, key, contents } = prove(&signed, trust)?;
    let label = contents.label();
    let succession = Succession::of(trust, label.id);
    let highest = trust.highest(&succession.line(key.text()), label.id);
    if label.serial <= highest {
        return Err(Refusal::OldSerial { bundle: label.id.to_owned(), found: label.serial, highest });
    }
    label.holds_on(today)?;
    let base = contents.base_among(bases)?;
    let facts = Facts::new(verified.payload(), &contents, Some(&signed));
    let consequences = consequences(&key, &succession, &contents);
    let bundle = contents.on(base)?;
    let loaded = load_and_try(&bundle)?;
    Ok(Accepted {
        facts,
        payload: verified.payload(),
        changes: Changes::between(current, &bundle),
        consequences,
        base,
        key,
        bundle,
        loaded,
    })
}

/// Opens a file that was accepted before. Nothing that storage gives back is believed: the signature, the key and what
/// it may sign are proved again. What an acceptance decided once stays decided: its serial was new then, its dates held
/// then (a bundle that expires goes on working), and the same bytes passed their own tests.
///
/// # Errors
/// As [`accept`], but for serial, dates and self-tests.
pub fn reopen(file: &[u8], trust: &TrustStore, bases: &[Payload]) -> Result<Reopened, Refusal> {
    let signed = SignedFile::split(file)?;
    let Proved { verified, contents, .. } = prove(&signed, trust)?;
    let facts = Facts::new(verified.payload(), &contents, Some(&signed));
    let base = contents.base_among(bases)?;
    let loaded = contents.on(base)?.into_loaded().map_err(crate::trial::refusal)?;
    Ok(Reopened { facts, loaded })
}

/// What a signature proves.
struct Proved<'a> {
    verified: VerifiedBundle<'a>,
    key: SigningKey,
    contents: Contents,
}

/// Proves that a key which is trusted for the bundle signed it, comment included.
fn prove<'a>(signed: &SignedFile<'a>, trust: &TrustStore) -> Result<Proved<'a>, Refusal> {
    let (verified, key) = verify(signed, trust)?;
    let contents = Contents::parse(verified.payload())?;
    let label = contents.label();
    verified.comment_agrees(label.id, label.serial)?;
    // A key may stand more than once: as one that the person trusts, and as one that others named.
    let mut signs = trust.keys.iter().filter(|trusted| trusted.bundles.iter().any(|id| id == label.id));
    if !signs.any(|trusted| SigningKey::parse(&trusted.key).as_ref() == Ok(&key)) {
        return Err(Refusal::NotForThisBundle { key: key.id(), bundle: label.id.to_owned() });
    }
    Ok(Proved { verified, key, contents })
}

/// Proves that one of the trusted keys made the signatures.
fn verify<'a>(
    signed: &SignedFile<'a>,
    trust: &TrustStore,
) -> Result<(VerifiedBundle<'a>, SigningKey), Refusal> {
    let mut refused = None;
    // One that may sign nothing is there for its place in a succession only.
    for trusted in trust.keys.iter().filter(|trusted| !trusted.bundles.is_empty()) {
        let Ok(key) = SigningKey::parse(&trusted.key) else { continue };
        if key.id() != signed.key {
            continue;
        }
        // Two keys may carry the same number: it proves nothing.
        match signed.verify(&key) {
            Ok(verified) => return Ok((verified, key)),
            Err(refusal) => refused = Some(refusal),
        }
    }
    Err(refused.unwrap_or_else(|| stranger(signed, trust)))
}

/// Why a file of a key that is not trusted is refused. What it says it is serves only to word the refusal.
fn stranger(signed: &SignedFile<'_>, trust: &TrustStore) -> Refusal {
    let claimed = Contents::parse(signed.payload);
    let claimed = claimed.as_ref().map(|contents| contents.label().id).ok();
    let expected = trust
        .keys
        .iter()
        .filter(|trusted| trusted.bundles.iter().any(|bundle| Some(bundle.as_str()) == claimed))
        .find_map(|trusted| SigningKey::parse(&trusted.key).ok());
    match expected {
        Some(expected) => Refusal::WrongKey { found: signed.key, expected: expected.id() },
        None => Refusal::UnknownKey { key: signed.key },
    }
}

impl TrustStore {
    /// The highest serial of a bundle that was here: under these keys, or in the package.
    fn highest(&self, line: &BTreeSet<&str>, bundle: &str) -> u64 {
        let seen = self.seen.iter().filter(|seen| seen.bundle == bundle && line.contains(seen.key.as_str()));
        let built_in = self.built_in.iter().filter(|built_in| built_in.bundle == bundle);
        let serials = seen.map(|seen| seen.serial).chain(built_in.map(|built_in| built_in.serial));
        serials.max().unwrap_or(0)
    }
}

/// Keys are told in their one spelling, however they were written where they came from.
fn consequences(key: &SigningKey, succession: &Succession, contents: &Contents) -> Consequences {
    let label = contents.label();
    let bundle = label.id.to_owned();
    let successor = label.successor.and_then(|next| SigningKey::parse(next).ok()).filter(|next| next != key);
    let successor = successor.as_ref().map(SigningKey::text);
    let seen = |key: &str| SeenSerial { key: key.to_owned(), bundle: bundle.clone(), serial: label.serial };
    let retired = |key: &str| Retired { key: key.to_owned(), bundle: bundle.clone() };
    Consequences {
        seen: std::iter::once(key.text()).chain(successor).map(seen).collect(),
        trust: successor
            .map(|next| TrustedKey {
                key: next.to_owned(),
                bundles: vec![bundle.clone()],
                succeeds: Some(key.text().to_owned()),
            })
            .into_iter()
            .collect(),
        retire: succession.retired(key.text(), successor).into_iter().map(retired).collect(),
    }
}
