//! A key of a test's own, and a small bundle for it to sign.
#![allow(dead_code, reason = "each of the tests that share this uses its own part")]

use std::io::Cursor;

use minisign::KeyPair;
use second_reading_bundle::{
    Contents, Payload, Refusal, SigningKey, TrustedKey, UNTRUSTED_COMMENT, join, trusted_comment,
};
use serde_json::{Value, json};

pub(crate) struct Key(KeyPair);

impl Key {
    pub(crate) fn new() -> Key {
        Key(KeyPair::generate_unencrypted_keypair().unwrap())
    }

    pub(crate) fn text(&self) -> String {
        self.0.pk.to_base64()
    }

    pub(crate) fn id(&self) -> String {
        SigningKey::parse(&self.text()).unwrap().id().to_string()
    }

    pub(crate) fn trusted(&self, bundles: &[&str]) -> TrustedKey {
        let bundles = bundles.iter().map(|id| (*id).to_owned()).collect();
        TrustedKey { key: self.text(), bundles, succeeds: None }
    }

    /// Signs as the command does.
    pub(crate) fn sign(&self, payload: &Value) -> String {
        let comment = trusted_comment(
            payload["id"].as_str().unwrap_or_default(),
            payload["serial"].as_u64().unwrap_or_default(),
        );
        self.sign_as(&format!("{payload}\n"), UNTRUSTED_COMMENT, &comment)
    }

    pub(crate) fn sign_as(&self, payload: &str, untrusted: &str, trusted: &str) -> String {
        join(&self.signature(payload, untrusted, trusted), payload).unwrap()
    }

    /// Signs any words with Minisign's own kind of comment; such as make no file are refused.
    pub(crate) fn try_sign(&self, payload: &str) -> Result<String, Refusal> {
        join(&self.signature(payload, UNTRUSTED_COMMENT, "timestamp:1799000000"), payload)
    }

    fn signature(&self, payload: &str, untrusted: &str, trusted: &str) -> String {
        let words = Cursor::new(payload);
        let signature = minisign::sign(Some(&self.0.pk), &self.0.sk, words, Some(trusted), Some(untrusted));
        signature.unwrap().into_string()
    }
}

/// A whole bundle of two rules.
pub(crate) fn small() -> Value {
    let categories: Vec<Value> = second_reading_engine::Category::ALL
        .iter()
        .map(|category| json!({ "id": category.id(), "clause": "1", "words": "w", "label": "l" }))
        .collect();
    json!({
        "schema": 1,
        "id": "north-wold",
        "authority": "North Wold District Council",
        "serial": 7,
        "issued": "2027-01-01",
        "locale": "en-GB",
        "document": { "title": "Code", "attribution": "Its own." },
        "clauses": [{ "id": "1", "words": "Treat others with respect." }],
        "categories": categories,
        "concepts": [{ "name": "insult", "members": ["liar", "clown"], "inflect": "noun" }],
        "readings": [],
        "rules": [
            {
                "id": "respect.insult", "category": "respect", "severity": "warn", "confidence": 0.9,
                "match": ["is a <{insult}>"],
                "polarity": "affirmed", "voice": "own",
                "reason": "Calling somebody names could be seen as disrespect.",
                "advice": "Say what was done.", "source": "1",
            },
            {
                "id": "party.support", "category": "party", "severity": "notice", "confidence": 0.6,
                "match": ["vote (red|blue)"],
                "polarity": "affirmed", "voice": "own",
                "reason": "This could be seen as support of a party.",
                "advice": "Leave the party out.", "source": "1",
            },
        ],
        "identity": [],
        "thresholds": { "warn": 0.78, "notice": 0.4 },
        "reviewers": ["rules"],
        "layers_off": [],
        "elections": [],
        "texts": {},
        "self_tests": [
            { "rule": "respect.insult", "text": "He is a liar.", "fires": true },
            { "rule": "respect.insult", "text": "He is a baker.", "fires": false },
        ],
    })
}

pub(crate) fn whole() -> Payload {
    match Contents::parse(&small().to_string()) {
        Ok(Contents::Whole(payload)) => *payload,
        other => unreachable!("{other:?}"),
    }
}
