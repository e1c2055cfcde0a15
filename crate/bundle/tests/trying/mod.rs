//! What must hold for any file at all: tried by properties, by the fuzz target and on every input that it kept.

use second_reading_bundle::{Circumstances, Contents, Payload, Refusal, TrustStore, accept, inspect};
use second_reading_engine::{Draft, IdentitySetting, Reviewers};

use crate::signing::{Key, whole};

/// Drafts that an accepted bundle must read, whatever its rules.
const DRAFTS: [&str; 3] = [
    "Cllr Hartley is a liar, vote red on Thursday!",
    "the the the 🐉 \u{0}\u{feff} ..20 {insult} <a|b> @x #y https://z 0800 123",
    "",
];

/// A key, and what it is trusted for.
pub(crate) struct Trial {
    key: Key,
    trust: TrustStore,
    bases: Vec<Payload>,
}

impl Trial {
    pub(crate) fn new() -> Trial {
        let key = Key::new();
        let trusted = key.trusted(&["north-wold", "east-mere"]);
        Trial {
            key,
            trust: TrustStore { keys: vec![trusted], ..TrustStore::default() },
            bases: vec![whole()],
        }
    }

    pub(crate) fn sign(&self, payload: &str) -> Result<String, Refusal> {
        self.key.try_sign(payload)
    }

    /// A file as it came: never taken unless the key signed just this.
    pub(crate) fn file(&self, file: &[u8]) -> Result<(), Refusal> {
        // Looking into it believes nothing and so may succeed; it must come back.
        let _ = inspect(file);
        accept(file, &self.circumstances()).map(drop)
    }

    /// The same bytes as a payload that the key does sign: loaded and tried, and used where it is taken.
    pub(crate) fn payload(&self, bytes: &[u8]) -> Result<(), Refusal> {
        let words = String::from_utf8_lossy(bytes);
        let file = self.sign(&words)?;
        let accepted = accept(file.as_bytes(), &self.circumstances())?;
        for text in DRAFTS {
            let draft = Draft { identity: IdentitySetting::Councillor, ..Draft::of(text) };
            let review = accepted.loaded.engine.review(&draft, Reviewers::ALL);
            for span in review.findings.iter().flat_map(|finding| &finding.spans) {
                assert!(text.get(span.start..span.end).is_some(), "a place outside the draft");
            }
        }
        // What was read comes back the same from its own bytes.
        let contents = Contents::parse(accepted.payload)?;
        let again = contents.to_bytes().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        assert_eq!(again.ok().map(|words| Contents::parse(&words)), Some(Ok(contents)));
        Ok(())
    }

    fn circumstances(&self) -> Circumstances<'_> {
        // A day after every day of issue that the seeds have.
        let today = "2027-01-10".parse().unwrap_or_else(|error| unreachable!("{error}"));
        Circumstances { trust: &self.trust, today, bases: &self.bases, current: self.bases.first() }
    }
}

/// Payloads to start from: a whole bundle and an overlay on it.
pub(crate) fn seeds() -> Vec<String> {
    let overlay = serde_json::json!({
        "schema": 1, "base": { "id": "north-wold", "serial": 7 }, "id": "east-mere",
        "authority": "East Mere Town Council", "serial": 1, "issued": "2027-01-02", "locale": "en-GB",
        "concepts": [{ "name": "insult", "members": ["(old|new) wretch", "toad~"], "inflect": "noun" }],
        "rules_off": ["party.support"], "thresholds": { "warn": 0.95, "notice": 0.4 },
        "elections": [{ "notice": "2027-03-31", "poll": "2027-05-06" }],
    });
    vec![format!("{}\n", crate::signing::small()), format!("{overlay}\n")]
}
