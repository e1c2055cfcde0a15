//! Signing and verifying. What would be refused by whoever installs it is not signed.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use second_reading_bundle::{
    Contents, Refusal, UNTRUSTED_COMMENT, inspect, join, load_and_try, trusted_comment,
};
use second_reading_engine::Day;

use super::keys::secret_key;
use super::outputs;
use super::telling::{refuse, say};
use crate::arguments::PasswordChosen;
use crate::clock::today;
use crate::loading;
use crate::outcome::{Failure, Outcome, tell};

/// Signs a payload.
pub(super) fn sign(
    payload: &Path,
    key: &Path,
    output: &Path,
    base: Option<PathBuf>,
    password: &PasswordChosen,
) -> Result<Outcome, Failure> {
    let bytes = loading::read(payload)?;
    let (facts, contents) = match inspect(&bytes) {
        Ok(read) => read,
        Err(refusal) => return Ok(refuse(payload, &refusal)),
    };
    let others = base.as_deref().into_iter().chain(password.password_file.as_deref());
    let instead = format!("{}-{}.srb", facts.id, facts.serial);
    outputs::spare(output, [payload, key].into_iter().chain(others), &instead)?;
    if facts.signature.is_some() {
        let refusal =
            Refusal::Malformed("it is signed already; name the payload that `bundle build` wrote".into());
        return Ok(refuse(payload, &refusal));
    }
    // One that is issued later may be signed today; one that is over today is over whenever it is installed.
    if let Err(refusal @ Refusal::Expired { expired }) = contents.label().holds_on(today()) {
        tell(format_args!(
            "{}: {}: Its last day was {expired}. Give it a later one in bundle.toml, and build it again.",
            payload.display(),
            refusal.id()
        ));
        return Ok(Outcome::Raised);
    }
    if let Err(refusal) = tried(&contents, base.as_deref())? {
        return Ok(refuse(payload, &refusal));
    }
    let secret = secret_key(key, password)?;
    let comment = trusted_comment(&facts.id, facts.serial);
    let signature =
        minisign::sign(None, &secret, Cursor::new(&bytes), Some(&comment), Some(UNTRUSTED_COMMENT))
            .map_err(|error| Failure::Key { path: key.to_owned(), problem: error.to_string() })?;
    let words = String::from_utf8_lossy(&bytes);
    let file = match join(&signature.into_string(), &words) {
        Ok(file) => file,
        Err(refusal) => return Ok(refuse(payload, &refusal)),
    };
    outputs::replace(output, file.as_bytes())?;
    say(format_args!(
        "{}: {} serial {}, {} bytes, signed",
        output.display(),
        facts.id,
        facts.serial,
        file.len()
    ))?;
    Ok(Outcome::Good)
}

/// Verifies a signed file.
pub(super) fn verify(
    path: &Path,
    key: &str,
    base: Option<PathBuf>,
    on: Option<Day>,
) -> Result<Outcome, Failure> {
    let key = loading::public_key(key)?;
    let bytes = loading::read(path)?;
    let on = on.unwrap_or_else(today);
    let proved =
        loading::proved(&bytes, &key).and_then(|contents| contents.label().holds_on(on).map(|()| contents));
    let contents = match proved {
        Ok(contents) => contents,
        Err(refusal) => return Ok(refuse(path, &refusal)),
    };
    if let Err(refusal) = tried(&contents, base.as_deref())? {
        return Ok(refuse(path, &refusal));
    }
    let label = contents.label();
    say(format_args!("{}: good, signed with key {}", path.display(), key.id()))?;
    say(format_args!("    {}", key.fingerprint()))?;
    say(format_args!(
        "{} serial {} of {}, issued {}",
        label.id, label.serial, label.authority, label.issued
    ))?;
    if let Some(expires) = label.expires {
        say(format_args!("expires {expires}"))?;
    }
    Ok(Outcome::Good)
}

/// Loads the bundle and runs its self-tests.
fn tried(contents: &Contents, base: Option<&Path>) -> Result<Result<(), Refusal>, Failure> {
    Ok(loading::whole(contents, base)?.and_then(|payload| load_and_try(&payload).map(drop)))
}
