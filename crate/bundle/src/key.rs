//! The public key that a council signs its bundles with, and the words by which two people compare one.
//!
//! A key is Minisign's: base64 of the letters `Ed`, an eight-byte key id and the Ed25519 key. Only one spelling of it is
//! read, so that equal keys are equal texts. Signing is the command's business; nothing here knows a secret key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bip39::Language;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// How many words a fingerprint has: 88 bits, which nobody can search for a second key with the same words.
const WORDS: usize = 8;

/// Each word stands for so many bits: the list has 2,048.
const BITS_OF_A_WORD: usize = 11;

/// What is hashed before the key, so that these words are never those of something else.
const DOMAIN: &[u8] = b"second-reading key fingerprint 1\n";

/// Bytes of the letters, the key id and the key.
const KEY_BYTES: usize = 2 + 8 + 32;

/// The number that a key and its signatures carry. It is no proof of anything: anybody can write any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyId(pub(crate) [u8; 8]);

impl std::fmt::Display for KeyId {
    /// As `minisign` prints it: 16 hexadecimal digits, the last byte first.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().rev().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

/// A public key.
#[derive(Clone, Debug)]
pub struct SigningKey {
    text: String,
    id: KeyId,
    bytes: Vec<u8>,
    verifier: minisign_verify::PublicKey,
}

impl PartialEq for SigningKey {
    fn eq(&self, other: &SigningKey) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for SigningKey {}

/// Words that are no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "not a Minisign public key; give the line that starts with RW, or the whole of a .pub file as `second-reading bundle keygen` or `minisign -G` writes it"
)]
pub struct NotAKey;

impl SigningKey {
    /// Reads a key: the bare line, or the two lines of a `.pub` file.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(words: &str) -> Result<SigningKey, NotAKey> {
        let mut lines = words.trim().lines().map(str::trim_end);
        let mut line = lines.next().ok_or(NotAKey)?;
        if line.starts_with("untrusted comment:") {
            line = lines.next().ok_or(NotAKey)?;
        }
        if lines.next().is_some() {
            return Err(NotAKey);
        }
        let bytes = STANDARD.decode(line).map_err(|_| NotAKey)?;
        let id = match bytes.get(..KEY_BYTES) {
            Some([b'E', b'd', id @ ..]) if bytes.len() == KEY_BYTES => id.first_chunk().copied(),
            _ => None,
        };
        let verifier = minisign_verify::PublicKey::from_base64(line).map_err(|_| NotAKey)?;
        Ok(SigningKey { text: line.to_owned(), id: KeyId(id.ok_or(NotAKey)?), bytes, verifier })
    }

    /// The key as one line of base64.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number that it and its signatures carry.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// What two people read to each other to see that they hold the same key: eight common words.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(DOMAIN);
        hash.update(&self.bytes);
        let list = Language::English.word_list();
        let mut bits =
            hash.finalize().into_iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
        let mut words: Vec<&str> = Vec::with_capacity(WORDS);
        for _ in 0..WORDS {
            let index =
                bits.by_ref().take(BITS_OF_A_WORD).fold(0, |index, bit| index << 1 | usize::from(bit));
            words.extend(list.get(index));
        }
        words.join(" ")
    }

    pub(crate) fn verifier(&self) -> &minisign_verify::PublicKey {
        &self.verifier
    }
}

#[cfg(test)]
mod tests {
    use super::{NotAKey, SigningKey};

    /// Minisign's own documentation shows this key; its secret half is its author's.
    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    #[test]
    fn one_key_has_one_spelling_and_one_fingerprint() -> Result<(), NotAKey> {
        let key = SigningKey::parse(KEY)?;
        assert_eq!(key.id().to_string(), "E7620F1842B4E81F");
        assert_eq!(key.fingerprint().split(' ').count(), 8);
        let file = format!("untrusted comment: minisign public key E7620F1842B4E81F\n{KEY}\n");
        assert_eq!(SigningKey::parse(&file)?.fingerprint(), key.fingerprint());
        let other = KEY.replace("FO3", "FO2");
        assert!(SigningKey::parse(&other).is_ok_and(|other| other.fingerprint() != key.fingerprint()));
        Ok(())
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for wrong in [
            "",
            "RWQ",
            "untrusted comment: x",
            &KEY.replace("RWQ", "RUQ"),
            &KEY[..55],
            &format!("{KEY}="),
            &format!("{KEY}\n{KEY}"),
            "untrusted comment: a comment\nRWRTY0IyRWRTY0Iy",
        ] {
            assert_eq!(SigningKey::parse(wrong).err(), Some(NotAKey), "{wrong}");
        }
    }
}
