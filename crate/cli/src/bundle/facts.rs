//! `bundle inspect`: what a file says of itself, line by line.

use std::path::Path;

use second_reading_bundle::{Contents, Facts, SigningKey, inspect};

use super::telling::{refuse, say};
use crate::loading;
use crate::outcome::{Failure, Outcome};

/// Prints what a payload, a signed file or a public key says of itself.
pub(super) fn run(path: &Path) -> Result<Outcome, Failure> {
    let bytes = loading::read(path)?;
    if let Some(key) = std::str::from_utf8(&bytes).ok().and_then(|words| SigningKey::parse(words).ok()) {
        print("key", key.text())?;
        print("key id", key.id())?;
        print("in words", key.fingerprint())?;
        return Ok(Outcome::Good);
    }
    match inspect(&bytes) {
        Ok((facts, contents)) => {
            describe(&facts, &contents)?;
            Ok(Outcome::Good)
        }
        Err(refusal) => Ok(refuse(path, &refusal)),
    }
}

fn print(name: &str, value: impl std::fmt::Display) -> Result<(), Failure> {
    say(format_args!("{name:<16}{value}"))
}

fn describe(facts: &Facts, contents: &Contents) -> Result<(), Failure> {
    print("bundle", &facts.id)?;
    print("authority", &facts.authority)?;
    print("serial", facts.serial)?;
    print("issued", facts.issued)?;
    print("expires", facts.expires.map_or("never".to_owned(), |day| day.to_string()))?;
    print("locale", &facts.locale)?;
    if let Some(document) = &facts.document {
        print("document", document)?;
    }
    if let Some(base) = &facts.base {
        print("builds on", format!("{} serial {} or later", base.id, base.serial))?;
        print("rules off", facts.rules_off)?;
    }
    print("rules", facts.rules)?;
    print("self-tests", facts.self_tests)?;
    if let Contents::Whole(payload) = contents {
        print("clauses", payload.clauses.len())?;
        for election in &payload.elections {
            print("election", format!("{} to {}", election.notice, election.poll))?;
        }
    }
    print("payload", format!("{} bytes, SHA-256 {}", facts.payload_bytes, facts.payload_sha256))?;
    if let Some(successor) = &facts.successor {
        print("next key", format!("{} ({})", successor.key_id, successor.words))?;
    }
    match &facts.signature {
        None => print("signature", "none: an unsigned payload"),
        Some(signature) => {
            print("signed with", format!("key {}, not proved here: `bundle verify` does", signature.key_id))?;
            print("signed comment", &signature.trusted_comment)
        }
    }
}
