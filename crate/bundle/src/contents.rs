//! What the payload of a bundle file can be: a whole bundle, or an overlay on another.

use second_reading_engine::Day;
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};

use crate::key::SigningKey;
use crate::overlay::Overlay;
use crate::payload::{Payload, PayloadError, SCHEMA};
use crate::refusal::Refusal;

/// The largest serial: the largest number that every program reads exactly.
pub const LARGEST_SERIAL: u64 = (1 << 53) - 1;

/// The longest bundle id.
const MOST_ID_BYTES: usize = 64;

/// A payload of either kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    /// A bundle by itself.
    Whole(Box<Payload>),
    /// An overlay, with a `base`.
    Overlay(Box<Overlay>),
}

/// What both kinds say of themselves.
#[derive(Clone, Copy, Debug)]
pub struct Label<'a> {
    /// The bundle's id.
    pub id: &'a str,
    /// Whose bundle it is.
    pub authority: &'a str,
    /// Its serial.
    pub serial: u64,
    /// The day it was issued.
    pub issued: Day,
    /// Its last day.
    pub expires: Option<Day>,
    /// The key that comes after.
    pub successor: Option<&'a str>,
    /// The language of its texts.
    pub locale: &'a str,
}

impl Contents {
    /// Reads a payload of either kind.
    ///
    /// # Errors
    /// [`Refusal::NewerSchema`] or [`Refusal::Malformed`].
    pub fn parse(words: &str) -> Result<Contents, Refusal> {
        #[derive(Deserialize)]
        struct Kind {
            schema: u64,
            #[serde(default)]
            base: Option<IgnoredAny>,
        }
        let shape =
            |error: serde_json::Error| Refusal::Malformed(format!("its payload does not fit: {error}"));
        let kind: Kind = serde_json::from_str(words).map_err(shape)?;
        if kind.schema > u64::from(SCHEMA) {
            return Err(Refusal::NewerSchema { found: kind.schema });
        }
        if kind.schema == 0 {
            return Err(Refusal::Malformed("there is no schema version 0".to_owned()));
        }
        let contents = match kind.base {
            None => Contents::Whole(serde_json::from_str(words).map_err(shape)?),
            Some(_) => Contents::Overlay(serde_json::from_str(words).map_err(shape)?),
        };
        contents.label().check()?;
        Ok(contents)
    }

    /// The payload as bytes; equal payloads give equal bytes.
    ///
    /// # Errors
    /// Never for a payload that was read or made from a source; the signature is serde's.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PayloadError> {
        match self {
            Contents::Whole(payload) => payload.to_bytes(),
            Contents::Overlay(overlay) => {
                let mut bytes = serde_json::to_vec(overlay)?;
                bytes.push(b'\n');
                Ok(bytes)
            }
        }
    }

    /// What it says of itself.
    #[must_use]
    pub fn label(&self) -> Label<'_> {
        match self {
            Contents::Whole(payload) => Label {
                id: &payload.id,
                authority: &payload.authority,
                serial: payload.serial,
                issued: payload.issued,
                expires: payload.expires,
                successor: payload.successor.as_deref(),
                locale: &payload.locale,
            },
            Contents::Overlay(overlay) => Label {
                id: &overlay.id,
                authority: &overlay.authority,
                serial: overlay.serial,
                issued: overlay.issued,
                expires: overlay.expires,
                successor: overlay.successor.as_deref(),
                locale: &overlay.locale,
            },
        }
    }

    /// The newest of these bundles that it can build on; `None` for a whole bundle, which builds on none.
    ///
    /// # Errors
    /// [`Refusal::NoBase`] where it needs one and none fits.
    pub fn base_among<'a>(&self, bases: &'a [Payload]) -> Result<Option<&'a Payload>, Refusal> {
        let Contents::Overlay(overlay) = self else { return Ok(None) };
        let needed = &overlay.base;
        let fits = |base: &&Payload| base.id == needed.id && base.serial >= needed.serial;
        let base = bases.iter().filter(fits).max_by_key(|base| base.serial);
        let none = Refusal::NoBase { base: needed.id.clone(), serial: needed.serial };
        base.ok_or(none).map(Some)
    }

    /// The bundle that reviews drafts: itself, or the overlay on its base. The contents become it, for a whole bundle is
    /// large.
    ///
    /// # Errors
    /// [`Refusal::NoBase`] where it needs one, [`Refusal::Malformed`] where it does not fit this one.
    pub fn on(self, base: Option<&Payload>) -> Result<Payload, Refusal> {
        match (self, base) {
            (Contents::Whole(payload), _) => Ok(*payload),
            (Contents::Overlay(overlay), Some(base)) => {
                overlay.on(base).map_err(|error| Refusal::Malformed(error.to_string()))
            }
            (Contents::Overlay(overlay), None) => {
                Err(Refusal::NoBase { base: overlay.base.id, serial: overlay.base.serial })
            }
        }
    }
}

impl Label<'_> {
    /// What is wrong with what a bundle says of itself.
    ///
    /// # Errors
    /// [`Refusal::Malformed`] with the field and the way out.
    pub fn check(&self) -> Result<(), Refusal> {
        let problem = self.problem();
        problem.map_or(Ok(()), |problem| Err(Refusal::Malformed(problem)))
    }

    /// Whether it is in force on a day.
    ///
    /// # Errors
    /// [`Refusal::NotYetValid`] or [`Refusal::Expired`].
    pub fn holds_on(&self, day: Day) -> Result<(), Refusal> {
        match self.expires.filter(|expires| *expires < day) {
            _ if day < self.issued => Err(Refusal::NotYetValid { issued: self.issued }),
            Some(expired) => Err(Refusal::Expired { expired }),
            None => Ok(()),
        }
    }

    /// What [`Label::check`] finds, in words.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || self.id.len() > MOST_ID_BYTES || !self.id.chars().all(letters) {
            return Some(
                "its id must be small letters, digits and hyphens, 64 at most, such as `north-wold`"
                    .to_owned(),
            );
        }
        if self.authority.trim().is_empty() {
            return Some("it names no authority; say whose bundle it is".to_owned());
        }
        // Both are shown in a line of their own where somebody decides whether to take the bundle.
        if [self.authority, self.locale].into_iter().any(|words| words.contains(breaks_its_line)) {
            return Some(
                "its authority or locale holds a line end or another control character; take it out"
                    .to_owned(),
            );
        }
        if self.serial == 0 || self.serial > LARGEST_SERIAL {
            return Some(format!("its serial must lie between 1 and {LARGEST_SERIAL}"));
        }
        if self.expires.is_some_and(|expires| expires < self.issued) {
            return Some("it expires before it is issued; put one of the dates right".to_owned());
        }
        if let Some(Err(error)) = self.successor.map(SigningKey::parse) {
            return Some(format!("its successor is {error}"));
        }
        None
    }
}

/// Whether a character would break the line of a label, or turn it round.
fn breaks_its_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The JSON Schemas of payloads: of a whole bundle, and of an overlay.
#[cfg(feature = "schema")]
#[must_use]
pub fn schemas() -> [(&'static str, schemars::Schema); 2] {
    [
        ("bundle-payload.schema.json", schemars::schema_for!(Payload)),
        ("bundle-overlay.schema.json", schemars::schema_for!(Overlay)),
    ]
}

/// The SHA-256 of a payload, in hex: by this the extension knows what it has kept.
#[must_use]
pub fn payload_hash(words: &str) -> String {
    Sha256::digest(words.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use second_reading_engine::Day;

    use super::Label;

    fn problem(authority: &str, locale: &str) -> Option<String> {
        let issued = Day { year: 2027, month: 1, day: 2 };
        let label =
            Label { id: "north-wold", authority, serial: 1, issued, expires: None, successor: None, locale };
        label.problem()
    }

    #[test]
    fn a_label_stays_in_its_line() {
        for authority in ["North Wold", "Cyngor Môn 🐉", "東京", "Bradford “City” & Keighley\u{200f}"]
        {
            assert_eq!(problem(authority, "en-GB"), None);
        }
        for c in ['\n', '\r', '\t', '\u{1b}', '\u{7f}', '\u{9b}', '\u{2028}', '\u{202e}', '\u{2066}'] {
            let words = format!("North{c}Wold");
            for said in [problem(&words, "en-GB"), problem("North Wold", &words)] {
                assert!(said.is_some_and(|said| said.contains("control character")), "{c:?}");
            }
        }
    }
}
