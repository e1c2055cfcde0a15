//! The `.srb` file: the four lines of a Minisign signature, a blank line, the payload.
//!
//! There is one way to write each file and no room for anything that the signature does not cover: lines end in a line
//! feed alone, base64 has its one spelling, and the first line, which Minisign leaves uncovered, is one of two fixed
//! ones. A file that was split is not yet a file that anybody signed: that is [`SignedFile::verify`]'s to say.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::key::{KeyId, SigningKey};
use crate::refusal::Refusal;

/// The largest file that is read: nearly three times the built-in bundle, room for 4,000 lean rules, and two of them
/// fit in the 10 MB that a browser lets an extension keep.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// The longest trusted comment; Minisign's own are about fifty characters long.
const MOST_COMMENT_BYTES: usize = 1024;

/// What stands before a payload at most: a comment, both signatures, and a first line that is one of two.
const MOST_SIGNATURE_BYTES: usize = MOST_COMMENT_BYTES + 512;

/// The largest payload of which every signature makes a file that is read.
pub const MOST_PAYLOAD_BYTES: usize = MOST_BYTES - MOST_SIGNATURE_BYTES;

/// How long a secret key is: its kinds, its salt and how hard it is to open, its number, the key and a checksum.
const SECRET_KEY_BYTES: usize = 158;

/// How every first line starts.
const UNTRUSTED: &str = "untrusted comment: ";

/// The first lines that are taken: ours, and Minisign's own.
const FIRST_LINES: [&str; 2] = [UNTRUSTED_COMMENT, "signature from minisign secret key"];

/// What our signatures say in the line that is not covered.
pub const UNTRUSTED_COMMENT: &str = "second-reading signed bundle";

/// How the trusted comments of our own signatures start.
const OUR_COMMENT: &str = "second-reading ";

/// The trusted comment that our signatures carry: what the bundle is, for whoever has only the signature to read.
#[must_use]
pub fn trusted_comment(bundle: &str, serial: u64) -> String {
    format!("{OUR_COMMENT}bundle={bundle} serial={serial}")
}

/// A file in its parts, of which nothing is proved yet.
#[derive(Clone)]
pub struct SignedFile<'a> {
    /// The number of the key that it says it was signed with.
    pub key: KeyId,
    /// The comment that the signature covers.
    pub trusted_comment: &'a str,
    /// The payload.
    pub payload: &'a str,
    signature: minisign_verify::Signature,
}

/// A payload that somebody signed. There is no other way to one than [`SignedFile::verify`].
#[derive(Clone, Copy, Debug)]
pub struct VerifiedBundle<'a> {
    payload: &'a str,
    trusted_comment: &'a str,
}

impl<'a> VerifiedBundle<'a> {
    /// The payload.
    #[must_use]
    pub fn payload(self) -> &'a str {
        self.payload
    }

    /// The comment that the signature covers.
    #[must_use]
    pub fn trusted_comment(self) -> &'a str {
        self.trusted_comment
    }

    /// Holds the trusted comment against what the payload says; Minisign's own comments name neither.
    ///
    /// # Errors
    /// When the comment is ours and says something else.
    pub fn comment_agrees(self, bundle: &str, serial: u64) -> Result<(), Refusal> {
        let ours = self.trusted_comment.starts_with(OUR_COMMENT);
        if ours && self.trusted_comment != trusted_comment(bundle, serial) {
            return Err(Refusal::Malformed(format!(
                "its signature speaks of `{}` and its payload of bundle={bundle} serial={serial}; sign the payload again",
                self.trusted_comment
            )));
        }
        Ok(())
    }
}

impl<'a> SignedFile<'a> {
    /// Splits a file.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`], [`Refusal::NotUtf8`], [`Refusal::Unsigned`], [`Refusal::Truncated`] or
    /// [`Refusal::Malformed`], each with the way out.
    pub fn split(file: &'a [u8]) -> Result<SignedFile<'a>, Refusal> {
        let words = readable(file)?;
        if words.trim_start().starts_with('{') {
            return Err(Refusal::Unsigned);
        }
        if let Some(what) = key_in(words) {
            return Err(malformed(what));
        }
        if words.starts_with('\u{feff}') {
            return Err(malformed(
                "it begins with a byte order mark, which an editor put there; choose the file unopened, as it was handed on",
            ));
        }
        let other = || malformed("it does not start as a signed bundle does; choose the .srb file");
        // Before the first line is looked for: a page or an archive without a line feed breaks off nowhere.
        if !words.starts_with(UNTRUSTED) && !UNTRUSTED.starts_with(words) {
            return Err(other());
        }
        let mut lines = Lines { rest: words, number: 0 };
        let comment = lines.next()?.strip_prefix(UNTRUSTED).ok_or_else(other)?;
        if !FIRST_LINES.contains(&comment) {
            return Err(malformed(
                "its first line is neither Second Reading's nor Minisign's own; sign it again without a comment of your own (`minisign -c`)",
            ));
        }
        let signature = lines.base64::<74>()?;
        let trusted = lines.next()?;
        let Some(trusted_comment) = trusted.strip_prefix("trusted comment: ") else {
            return Err(malformed("its third line is no trusted comment; sign it again"));
        };
        if trusted_comment.len() > MOST_COMMENT_BYTES
            || trusted_comment.chars().any(|c| c.is_control() && c != '\t')
        {
            return Err(malformed(
                "its trusted comment is too long or holds control characters; sign it again",
            ));
        }
        lines.base64::<64>()?;
        let header = words.len() - lines.rest.len();
        if !lines.next()?.is_empty() {
            return Err(malformed(
                "its fifth line is not empty; put one blank line between signature and payload",
            ));
        }
        if lines.rest.is_empty() {
            return Err(Refusal::Truncated);
        }
        let (algorithm, key) = match signature {
            [a, b, id @ ..] => ([a, b], id.first_chunk().copied()),
        };
        if algorithm != *b"ED" {
            return Err(malformed(
                "its signature is of a kind that is not read; sign it without `minisign -l`",
            ));
        }
        let decoded = words.get(..header).and_then(|lines| minisign_verify::Signature::decode(lines).ok());
        let (Some(key), Some(signature)) = (key, decoded) else {
            return Err(malformed("its signature cannot be read; sign it again"));
        };
        Ok(SignedFile { key: KeyId(key), trusted_comment, payload: lines.rest, signature })
    }

    /// Proves that the key made both signatures: over the payload, and over that signature and the trusted comment.
    ///
    /// # Errors
    /// [`Refusal::WrongKey`] when it was signed with another key; [`Refusal::Altered`] or, where its end is missing,
    /// [`Refusal::Truncated`] when it is not what was signed.
    pub fn verify(&self, key: &SigningKey) -> Result<VerifiedBundle<'a>, Refusal> {
        if key.id() != self.key {
            return Err(Refusal::WrongKey { found: self.key, expected: key.id() });
        }
        match key.verifier().verify(self.payload.as_bytes(), &self.signature, false) {
            Ok(()) => Ok(VerifiedBundle { payload: self.payload, trusted_comment: self.trusted_comment }),
            Err(_) if !self.payload.trim_end().ends_with('}') => Err(Refusal::Truncated),
            Err(_) => Err(Refusal::Altered),
        }
    }
}

/// Puts a signature of four lines, as Minisign writes it, before the payload that it is of.
///
/// # Errors
/// When what comes of it is no signed file: the signature has other lines than it must.
pub fn join(signature: &str, payload: &str) -> Result<String, Refusal> {
    let file = format!("{}\n\n{payload}", signature.trim_end_matches('\n'));
    SignedFile::split(file.as_bytes())?;
    Ok(file)
}

/// The file as text of a size that is read.
pub(crate) fn readable(file: &[u8]) -> Result<&str, Refusal> {
    if file.len() > MOST_BYTES {
        return Err(Refusal::TooLarge { bytes: file.len(), most: MOST_BYTES });
    }
    std::str::from_utf8(file).map_err(|error| Refusal::NotUtf8 { at: error.valid_up_to() })
}

/// What to say where somebody gave one of Minisign's keys, whose files start as signatures do; `None` for anything else.
#[must_use]
pub fn key_in(words: &str) -> Option<&'static str> {
    let words = words.trim_start_matches('\u{feff}');
    if SigningKey::parse(words).is_ok() {
        return Some("it is a public key, with which bundles are checked; choose the .srb file");
    }
    let bytes = STANDARD.decode(words.lines().nth(1)?).ok()?;
    (bytes.len() == SECRET_KEY_BYTES && bytes.starts_with(b"Ed"))
        .then_some("it is a secret key; keep it to yourself, and choose the .srb file")
}

fn malformed(what: &str) -> Refusal {
    Refusal::Malformed(what.to_owned())
}

/// The lines before the payload.
struct Lines<'a> {
    rest: &'a str,
    number: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Result<&'a str, Refusal> {
        self.number += 1;
        let (line, rest) = self.rest.split_once('\n').ok_or(Refusal::Truncated)?;
        if line.ends_with('\r') {
            return Err(malformed(
                "its lines end as on Windows: a mail program or an editor changed it; hand the file on as an attachment and choose it unopened",
            ));
        }
        self.rest = rest;
        Ok(line)
    }

    /// A line of base64 that comes to exactly so many bytes, in its one spelling.
    fn base64<const BYTES: usize>(&mut self) -> Result<[u8; BYTES], Refusal> {
        let line = self.next()?;
        let number = self.number;
        STANDARD.decode(line).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
            Refusal::Malformed(format!("line {number} is no signature as Minisign writes it; sign it again"))
        })
    }
}
