//! The bundles that commands read with: those built in, payloads, and signed files, and the keys that prove these.
//!
//! A payload that a person names is taken at their word, as a rule writer needs it. So is a signed file, with a word that
//! nothing was proved, unless a key is given: then only what that key signed is read.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use second_reading_bundle::{
    Contents, LoadedBundle, MOST_BYTES, Payload, Refusal, SignedFile, SigningKey, inspect,
};
use second_reading_engine::semantic::Semantic;

use crate::arguments::BundleChosen;
use crate::outcome::{Failure, tell};

/// The payloads of the built-in bundles, compiled from their sources by the build script; the first is the one that
/// reads where no other is named.
const BUILT_IN: [&[u8]; 2] = [
    include_bytes!(concat!(env!("OUT_DIR"), "/middlesbrough.json")),
    include_bytes!(concat!(env!("OUT_DIR"), "/lga-model-code.json")),
];

/// The semantic reviewer's weights; `model/reviewer.sha256` names them, and a test compares.
const WEIGHTS: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../model/reviewer.bin"));

/// The semantic reviewer.
pub(crate) fn semantic() -> Result<Semantic, Failure> {
    Semantic::load(WEIGHTS).map_err(|error| Failure::BuiltIn(Box::new(error)))
}

/// The bundle chosen, or the built-in one.
pub(crate) fn load(chosen: &BundleChosen) -> Result<LoadedBundle, Failure> {
    let Some(path) = &chosen.file else {
        return Payload::parse(BUILT_IN[0])
            .and_then(|payload| payload.load())
            .map_err(|error| Failure::BuiltIn(Box::new(error)));
    };
    let bytes = read(path)?;
    let refused = |refusal| Failure::Refused { path: path.clone(), refusal };
    if let Some(key) = &chosen.key {
        let key = public_key(key)?;
        proved(&bytes, &key).map_err(refused)?;
    }
    let (facts, contents) = inspect(&bytes).map_err(refused)?;
    if facts.signature.is_some() && chosen.key.is_none() {
        tell(format_args!(
            "second-reading: {}: read without proving its signature; give --key PUB",
            path.display()
        ));
    }
    let bundle = whole(&contents, chosen.base.as_deref())?.map_err(refused)?;
    bundle.load().map_err(|error| Failure::BundleUnusable { path: path.clone(), error: Box::new(error) })
}

/// What a key signed, comment and payload agreeing.
pub(crate) fn proved(bytes: &[u8], key: &SigningKey) -> Result<Contents, Refusal> {
    let verified = SignedFile::split(bytes)?.verify(key)?;
    let contents = Contents::parse(verified.payload())?;
    let label = contents.label();
    verified.comment_agrees(label.id, label.serial)?;
    Ok(contents)
}

/// The built-in bundles.
pub(crate) fn built_in() -> Result<Vec<Payload>, Failure> {
    BUILT_IN
        .iter()
        .map(|bytes| Payload::parse(bytes).map_err(|error| Failure::BuiltIn(Box::new(error))))
        .collect()
}

/// The built-in bundle of that id.
pub(crate) fn built_in_named(id: &str) -> Result<Payload, Failure> {
    let mut built_in = built_in()?;
    match built_in.iter().position(|payload| payload.id == id) {
        Some(at) => Ok(built_in.swap_remove(at)),
        None => {
            let ids: Vec<&str> = built_in.iter().map(|payload| payload.id.as_str()).collect();
            Err(Failure::NoBundle { path: PathBuf::from(id), built_in: ids.join(", ") })
        }
    }
}

/// A bundle as its file held it, on the base named or a built-in one if it is an overlay. The inner refusal is of that
/// file; a base that cannot be used is the fault of whoever named it.
pub(crate) fn whole(contents: &Contents, base: Option<&Path>) -> Result<Result<Payload, Refusal>, Failure> {
    if let Contents::Whole(payload) = contents {
        return Ok(Ok(payload.as_ref().clone()));
    }
    let mut bases = built_in()?;
    if let Some(path) = base {
        bases.push(base_in(path)?);
    }
    let found = contents.base_among(&bases);
    if let (Err(_), Some(path), Some(given)) = (&found, base, bases.last()) {
        tell(format_args!("{}: this is `{}` serial {}", path.display(), given.id, given.serial));
    }
    Ok(found.and_then(|base| contents.clone().on(base)))
}

/// The bundle to build on that a file holds.
fn base_in(path: &Path) -> Result<Payload, Failure> {
    match inspect(&read(path)?) {
        Ok((_, Contents::Whole(payload))) => Ok(*payload),
        Ok((_, Contents::Overlay(overlay))) => {
            Err(Failure::BaseIsOverlay { path: path.to_owned(), base: overlay.base.id })
        }
        Err(refusal) => Err(Failure::Refused { path: path.to_owned(), refusal }),
    }
}

/// A file that holds a bundle. Of one that is too long for any, no more is read than shows that it is.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let unread = |error| {
        if path.is_dir() {
            Failure::Folder(path.to_owned())
        } else {
            Failure::Unread { path: path.to_owned(), error }
        }
    };
    let file = File::open(path).map_err(unread)?;
    let told = file.metadata().map_or(0, |facts| facts.len());
    let most = MOST_BYTES as u64;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).map_err(unread)?;
    if bytes.len() > MOST_BYTES {
        let length = usize::try_from(told).unwrap_or(usize::MAX).max(bytes.len());
        let refusal = Refusal::TooLarge { bytes: length, most: MOST_BYTES };
        return Err(Failure::Refused { path: path.to_owned(), refusal });
    }
    Ok(bytes)
}

/// Reads a public key: a file, or the key itself.
pub(crate) fn public_key(named: &str) -> Result<SigningKey, Failure> {
    let path = PathBuf::from(named);
    let words = match std::fs::read_to_string(&path) {
        Ok(words) => words,
        // A key's own line has the letters that every key starts with, and is no name of a file here.
        Err(_) if named.starts_with("RW") => named.to_owned(),
        Err(error) => return Err(Failure::Unread { path, error }),
    };
    SigningKey::parse(&words)
        .map_err(|error| Failure::Key { path: PathBuf::from(named), problem: error.to_string() })
}
