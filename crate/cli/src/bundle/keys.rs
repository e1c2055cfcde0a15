//! Keys: made here, secret ones read from the files that `minisign` writes too. A secret key never leaves its file.

use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign::{KeyPair, SecretKey, SecretKeyBox};
use second_reading_bundle::SigningKey;

use super::outputs::Staged;
use super::telling::say;
use crate::arguments::PasswordChosen;
use crate::outcome::{Failure, Outcome};
use crate::shown::shown;

/// How a secret key ends.
const CHECKSUM_BYTES: usize = 32;

/// Makes a key pair.
pub(super) fn generate(name: &Path, password: &PasswordChosen) -> Result<Outcome, Failure> {
    let (secret, public) = (with_ending(name, "key"), with_ending(name, "pub"));
    if let Some(there) = [&secret, &public].into_iter().find(|path| path.exists()) {
        return Err(Failure::InTheWay(there.clone()));
    }
    let failed = |error: minisign::PError| key_failure(&secret, error.to_string());
    let pair = match chosen(password, &secret, Asked::Twice)? {
        Some(password) => KeyPair::generate_encrypted_keypair(Some(password)).map_err(failed)?,
        None => KeyPair::generate_unencrypted_keypair().map_err(failed)?,
    };
    let secret_words = pair.sk.to_box(None).map_err(failed)?.into_string();
    let public_words = pair.pk.to_box().map_err(failed)?.into_string();
    // Both are on the disk before either has its name: half a pair would be in the way of the next.
    let line = |words: &str| format!("{}\n", words.trim_end()).into_bytes();
    let secret_staged = Staged::new(&secret, &line(&secret_words), true)?;
    let public_staged = Staged::new(&public, &line(&public_words), false)?;
    secret_staged.place()?;
    public_staged.place()?;
    let key =
        SigningKey::parse(&pair.pk.to_base64()).map_err(|error| key_failure(&public, error.to_string()))?;
    say(format_args!("{}: the secret key. Keep it offline and never hand it on.", secret.display()))?;
    say(format_args!(
        "{}: the public key {}. Hand it on with these words, by another way:",
        public.display(),
        key.id()
    ))?;
    say(format_args!("    {}", key.fingerprint()))?;
    Ok(Outcome::Good)
}

/// Reads a secret key, asking for its password where it has one and none was given.
pub(super) fn secret_key(path: &Path, password: &PasswordChosen) -> Result<SecretKey, Failure> {
    let words =
        std::fs::read_to_string(path).map_err(|error| Failure::Unread { path: path.into(), error })?;
    let line = words.lines().nth(1).unwrap_or_default().trim();
    if [words.trim_start_matches('\u{feff}'), line].iter().any(|key| SigningKey::parse(key).is_ok()) {
        let problem = "this is the public key; give the secret one, which `bundle keygen` writes as NAME.key";
        return Err(key_failure(path, problem.to_owned()));
    }
    let key_box = || {
        SecretKeyBox::from_string(&words)
            .map_err(|error| key_failure(path, format!("no secret key can be read: {error}")))
    };
    if let Ok(key) = key_box()?.into_unencrypted_secret_key() {
        return Ok(key);
    }
    if let Some(key) = unguarded(&words) {
        return Ok(key);
    }
    match chosen(password, path, Asked::Once)? {
        Some(password) => key_box()?.into_secret_key(Some(password)).map_err(|error| {
            key_failure(
                path,
                format!(
                    "{error}; give the right password and a file that `bundle keygen` or `minisign -G` wrote"
                ),
            )
        }),
        None => Err(key_failure(path, "the key has a password, or is none; leave --no-password out".into())),
    }
}

/// A secret key as `minisign -G -W` writes it: without a password, and without the checksum that the crate asks for.
fn unguarded(words: &str) -> Option<SecretKey> {
    let bytes = STANDARD.decode(words.lines().nth(1)?).ok()?;
    let checksum = bytes.last_chunk::<CHECKSUM_BYTES>()?;
    let key = SecretKey::from_bytes(&bytes).ok()?;
    (!key.is_encrypted() && checksum.iter().all(|byte| *byte == 0)).then_some(key)
}

/// How often a terminal asks: a password that was mistyped once opens nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Once,
    Twice,
}

/// Asks for a password at the terminal itself, whatever becomes of the output.
fn typed(key: &Path, asked: Asked) -> Result<String, Failure> {
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt).map_err(|error| {
            key_failure(key, format!("the terminal gives no password ({error}); give --password-file FILE"))
        })
    };
    let password = ask(&format!("Password of {}: ", shown(&key.display().to_string())))?;
    // Before it is asked for again: an empty one guards nothing, however often it is typed.
    if password.is_empty() {
        let problem =
            "no password was typed; type one, or give --no-password if whoever has the file may sign";
        return Err(key_failure(key, problem.to_owned()));
    }
    if asked == Asked::Twice && ask("The same once more: ")? != password {
        return Err(key_failure(key, "the two passwords are not the same; try again".to_owned()));
    }
    Ok(password)
}

/// The password; `None` for none.
fn chosen(password: &PasswordChosen, key: &Path, asked: Asked) -> Result<Option<String>, Failure> {
    if password.no_password {
        return Ok(None);
    }
    let first_line = |input: &mut dyn BufRead| {
        let mut line = String::new();
        input.read_line(&mut line).map(|_| line.trim_end_matches(['\r', '\n']).to_owned())
    };
    let line = match &password.password_file {
        None if std::io::stdin().is_terminal() => return typed(key, asked).map(Some),
        None => {
            let problem = "no terminal to ask for its password; give --password-file FILE, or --no-password";
            return Err(key_failure(key, problem.to_owned()));
        }
        Some(path) if path.as_os_str() == "-" => first_line(&mut std::io::stdin().lock()),
        Some(path) => {
            std::fs::File::open(path).and_then(|file| first_line(&mut std::io::BufReader::new(file)))
        }
    };
    let named = password.password_file.clone().unwrap_or_default();
    let line = line.map_err(|error| Failure::Unread { path: named.clone(), error })?;
    if line.is_empty() {
        return Err(key_failure(&named, "its first line is empty; write the password there".to_owned()));
    }
    Ok(Some(line))
}

fn key_failure(path: &Path, problem: String) -> Failure {
    Failure::Key { path: path.to_owned(), problem }
}

/// `name.ending`, whatever dots the name has.
fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    path.push(format!(".{ending}"));
    PathBuf::from(path)
}
