//! Which signed bundles are taken and which are refused, and for what reason. Every test makes its own keys.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod signing;

use second_reading_bundle::{
    BuiltIn, Change, Circumstances, Consequences, Contents, MOST_BYTES, MOST_PAYLOAD_BYTES, Payload, Refusal,
    Retired, SeenSerial, SignedFile, TrustStore, TrustedKey, accept, inspect, join, reopen, trusted_comment,
};
use second_reading_engine::Day;
use serde_json::{Value, json};
use signing::{Key, small, whole};

fn day(words: &str) -> Day {
    words.parse().unwrap()
}

fn trust(key: &Key, bundles: &[&str]) -> TrustStore {
    TrustStore { keys: vec![key.trusted(bundles)], ..TrustStore::default() }
}

/// The machine id of the refusal, or `accepted`.
fn decide(file: impl AsRef<[u8]>, trust: &TrustStore) -> String {
    let circumstances = Circumstances { trust, today: day("2027-01-10"), bases: &[], current: None };
    match accept(file.as_ref(), &circumstances) {
        Ok(_) => "accepted".to_owned(),
        Err(refusal) => {
            let words = refusal.to_string();
            assert!(words.ends_with('.') && words.len() > 30, "{words}");
            refusal.id().to_owned()
        }
    }
}

/// A bundle with one thing changed, signed.
fn signed_with(key: &Key, change: impl FnOnce(&mut Value)) -> String {
    let mut payload = small();
    change(&mut payload);
    key.sign(&payload)
}

#[test]
fn a_bundle_of_a_trusted_key_is_taken_with_its_facts() {
    let key = Key::new();
    let file = key.sign(&small());
    let trust = trust(&key, &["north-wold"]);
    let circumstances = Circumstances { trust: &trust, today: day("2027-01-10"), bases: &[], current: None };
    let accepted = accept(file.as_bytes(), &circumstances).unwrap();
    assert_eq!((accepted.facts.id.as_str(), accepted.facts.serial), ("north-wold", 7));
    assert_eq!(accepted.facts.rules, 2);
    let signature = accepted.facts.signature.unwrap();
    assert_eq!(signature.trusted_comment, "second-reading bundle=north-wold serial=7");
    assert_eq!(accepted.loaded.engine.rule_count(), 2);
    assert!(accepted.changes.rules.iter().all(|change| change.change == Change::Added));
    assert_eq!(
        accepted.consequences,
        Consequences {
            seen: vec![SeenSerial { key: key.text(), bundle: "north-wold".into(), serial: 7 }],
            ..Consequences::default()
        }
    );
    assert_eq!(Contents::parse(accepted.payload).unwrap(), Contents::Whole(Box::new(accepted.bundle)));
}

#[test]
fn every_reason_to_refuse_has_its_own_name() {
    let (key, other) = (Key::new(), Key::new());
    let known = trust(&key, &["north-wold"]);
    let file = key.sign(&small());
    assert_eq!(decide(&file, &known), "accepted");
    assert_eq!(decide(small().to_string(), &known), "unsigned");
    assert_eq!(decide(&file, &TrustStore::default()), "unknown-key");
    assert_eq!(decide(&file, &trust(&other, &["elsewhere"])), "unknown-key");
    assert_eq!(decide(&file, &trust(&other, &["north-wold"])), "wrong-key");
    assert_eq!(decide(file.replace("Calling", "calling"), &known), "altered");
    assert_eq!(decide(&file, &trust(&key, &["elsewhere"])), "not-for-this-bundle");
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["expires"] = json!("2027-01-09")), &known),
        "expired"
    );
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["expires"] = json!("2027-01-10")), &known),
        "accepted"
    );
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["issued"] = json!("2027-01-11")), &known),
        "not-yet-valid"
    );
    assert_eq!(decide(signed_with(&key, |bundle| bundle["schema"] = json!(2)), &known), "newer-schema");
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["self_tests"][0]["fires"] = json!(false)), &known),
        "failing-self-tests"
    );
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["self_tests"][0]["rule"] = json!("no.rule")), &known),
        "failing-self-tests"
    );
    assert_eq!(decide(signed_with(&key, |bundle| bundle["novelty"] = json!(1)), &known), "malformed");
    assert_eq!(decide(signed_with(&key, |bundle| bundle["id"] = json!("North Wold")), &known), "malformed");
    assert_eq!(decide(signed_with(&key, |bundle| bundle["serial"] = json!(0)), &known), "malformed");
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["serial"] = json!(1_u64 << 53)), &known),
        "malformed"
    );
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["successor"] = json!("RWnope")), &known),
        "malformed"
    );
    assert_eq!(decide("", &known), "truncated");
    assert_eq!(decide([0xff, 0xfe, b'u', 0], &known), "not-utf8");
    assert_eq!(decide(vec![b' '; MOST_BYTES + 1], &known), "too-large");
}

#[test]
fn the_largest_payload_makes_a_file_that_is_read_whatever_its_comments() {
    let key = Key::new();
    let mut payload = small();
    payload["texts"]["long"] = json!("");
    let room = MOST_PAYLOAD_BYTES - payload.to_string().len();
    payload["texts"]["long"] = json!("z".repeat(room));
    assert_eq!(payload.to_string().len(), MOST_PAYLOAD_BYTES);
    let longest = "c".repeat(1024);
    let file = key.sign_as(&payload.to_string(), "signature from minisign secret key", &longest);
    assert!(SignedFile::split(file.as_bytes()).is_ok());
    assert!(MOST_BYTES - file.len() < 512, "and hardly any room is left unused");
}

#[test]
fn a_serial_must_be_above_the_highest_seen_for_that_key_and_bundle() {
    let key = Key::new();
    let at = |serial: u64| signed_with(&key, |bundle| bundle["serial"] = json!(serial));
    let mut known = trust(&key, &["north-wold"]);
    known.seen = vec![
        SeenSerial { key: key.text(), bundle: "north-wold".into(), serial: 5 },
        SeenSerial { key: key.text(), bundle: "elsewhere".into(), serial: 50 },
        SeenSerial { key: Key::new().text(), bundle: "north-wold".into(), serial: 500 },
    ];
    assert_eq!(decide(at(4), &known), "old-serial");
    assert_eq!(decide(at(5), &known), "old-serial");
    assert_eq!(decide(at(6), &known), "accepted");
    known.built_in = vec![BuiltIn { bundle: "north-wold".into(), serial: 6 }];
    assert_eq!(decide(at(6), &known), "old-serial", "the one in the package would stay in force");
    assert_eq!(decide(at(7), &known), "accepted");
}

#[test]
fn a_successor_takes_over_for_that_bundle_and_goes_on_counting() {
    let (key, next) = (Key::new(), Key::new());
    let file = signed_with(&key, |bundle| bundle["successor"] = json!(next.text()));
    let mut known = trust(&key, &["north-wold", "elsewhere"]);
    let circumstances = Circumstances { trust: &known, today: day("2027-01-10"), bases: &[], current: None };
    let named = accept(file.as_bytes(), &circumstances).unwrap();
    let successor =
        TrustedKey { key: next.text(), bundles: vec!["north-wold".into()], succeeds: Some(key.text()) };
    assert_eq!(named.consequences.trust, [successor]);
    assert_eq!(named.facts.successor.unwrap().key, next.text());
    let seen = |key: &Key| SeenSerial { key: key.text(), bundle: "north-wold".into(), serial: 7 };
    assert_eq!(named.consequences.seen, [seen(&key), seen(&next)]);
    let Consequences { trust: trusted, seen, .. } = named.consequences;
    known.keys.extend(trusted);
    known.seen.extend(seen);
    assert_eq!(decide(next.sign(&small()), &known), "old-serial");
    let mut later = small();
    later["serial"] = json!(8);
    let circumstances = Circumstances { trust: &known, today: day("2027-01-10"), bases: &[], current: None };
    let file = next.sign(&later);
    let taken = accept(file.as_bytes(), &circumstances).unwrap();
    assert_eq!(taken.consequences.retire, [Retired { key: key.text(), bundle: "north-wold".into() }]);
    // The old key's own later serials count against the new one too.
    known.seen.push(SeenSerial { key: key.text(), bundle: "north-wold".into(), serial: 9 });
    assert_eq!(decide(file, &known), "old-serial");
}

#[test]
fn a_key_is_told_in_its_one_spelling_however_it_came() {
    let (key, next) = (Key::new(), Key::new());
    let as_file = |key: &Key| format!("untrusted comment: minisign public key\n{}\n", key.text());
    let mut known = trust(&key, &["north-wold"]);
    known.keys[0].key = as_file(&key);
    let file = signed_with(&key, |bundle| bundle["successor"] = json!(as_file(&next)));
    let circumstances = Circumstances { trust: &known, today: day("2027-01-10"), bases: &[], current: None };
    let taken = accept(file.as_bytes(), &circumstances).unwrap().consequences;
    assert_eq!(taken.seen.iter().map(|seen| seen.key.clone()).collect::<Vec<_>>(), [key.text(), next.text()]);
    assert_eq!(taken.trust[0].key, next.text());
    known.seen = taken.seen;
    assert_eq!(decide(file, &known), "old-serial");
}

#[test]
fn any_single_flipped_bit_is_refused() {
    let key = Key::new();
    let file = key.sign(&small()).into_bytes();
    let known = trust(&key, &["north-wold"]);
    assert_eq!(decide(&file, &known), "accepted");
    for bit in 0..file.len() * 8 {
        let mut flipped = file.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(decide(&flipped, &known), "accepted", "bit {bit}");
    }
}

#[test]
fn what_was_taken_opens_again_by_its_signature_alone_whatever_the_day_and_the_serial() {
    let key = Key::new();
    let file = signed_with(&key, |bundle| {
        bundle["issued"] = json!("2020-01-01");
        bundle["expires"] = json!("2020-02-01");
    });
    let mut known = trust(&key, &["north-wold"]);
    known.seen = vec![SeenSerial { key: key.text(), bundle: "north-wold".into(), serial: 99 }];
    let opened = reopen(file.as_bytes(), &known, &[]).unwrap();
    assert_eq!((opened.facts.serial, opened.loaded.engine.rule_count()), (7, 2));
    let id = |file: &[u8], trust: &TrustStore| reopen(file, trust, &[]).map(|_| ()).unwrap_err().id();
    assert_eq!(id(file.as_bytes(), &trust(&key, &["elsewhere"])), "not-for-this-bundle");
    assert_eq!(id(file.as_bytes(), &TrustStore::default()), "unknown-key");
    for at in (0..file.len()).step_by(7) {
        let mut flipped = file.clone().into_bytes();
        flipped[at] ^= 1;
        assert!(reopen(&flipped, &known, &[]).is_err(), "byte {at}");
    }
}

/// What a later reader would not take any more: the council chose it, and it must not fall back to other rules.
#[test]
fn what_nobody_can_mean_is_not_taken_in_and_does_not_close_what_was() {
    let key = Key::new();
    let known = trust(&key, &["north-wold"]);
    let levels = |field: &str, value: f64| {
        let mut levels = json!({
            "notice": 0.7, "warn": 0.9, "rule_notice": 1.0, "rule_warn": 2.0, "certain": 0.85,
        });
        levels[field] = json!(value);
        json!({ "levels": levels })
    };
    let kind = |named: f64, warn: f64| json!({ "category": "party", "named": named, "warn": warn, "reason": "R.", "advice": "A." });
    for (what, value) in [
        ("semantic", levels("notice", 5.0)),
        ("semantic", levels("notice", 0.95)),
        ("semantic", levels("notice", 0.0)),
        ("semantic", levels("warn", 1.0)),
        ("semantic", levels("rule_notice", -1.0)),
        ("semantic", levels("rule_warn", 21.0)),
        ("semantic", levels("certain", -0.1)),
        ("semantic", levels("certain", 1.5)),
        ("semantic", json!({ "kinds": [kind(0.4, 0.2), kind(0.4, 0.3)] })),
        ("semantic", json!({ "kinds": [kind(1.5, 0.2)] })),
        ("semantic", json!({ "kinds": [kind(0.4, -0.2)] })),
        ("thresholds", json!({"warn": 2.0, "notice": 0.4})),
        ("thresholds", json!({"warn": 0.5, "notice": 0.6})),
        ("reviewers", json!(["semantic"])),
        ("reviewers", json!([])),
        ("elections", json!([{"notice": "2027-05-06", "poll": "2027-03-31"}])),
    ] {
        let file = signed_with(&key, |payload| payload[what] = value.clone());
        assert_eq!(decide(&file, &known), "malformed", "{what}: {value}");
        assert!(reopen(file.as_bytes(), &known, &[]).is_ok(), "{what}: {value}");
    }
    // More than the engine's kind of number holds: it would become infinite, so it is not even read.
    for value in [levels("certain", 1e39), json!({ "kinds": [kind(0.4, 1e39)] })] {
        assert_eq!(decide(signed_with(&key, |payload| payload["semantic"] = value), &known), "malformed");
    }
    // Above 1 it never holds, as a cap on a category makes it.
    let never = json!({ "levels": levels("certain", 1.0)["levels"], "kinds": [kind(0.4, 2.0)] });
    assert_eq!(decide(signed_with(&key, |payload| payload["semantic"] = never), &known), "accepted");
    // A base may do without a layer that an overlay once switched off.
    assert_eq!(
        decide(signed_with(&key, |payload| payload["layers_off"] = json!(["gone"])), &known),
        "accepted"
    );
}

#[test]
fn a_file_cut_anywhere_is_refused_and_said_to_break_off_where_that_can_be_seen() {
    let key = Key::new();
    let file = key.sign(&small());
    let known = trust(&key, &["north-wold"]);
    for end in 0..file.len() {
        let refused = decide(&file.as_bytes()[..end], &known);
        assert!(refused == "truncated" || refused == "altered", "{end}: {refused}");
    }
    let header = file.find("\n\n").unwrap();
    assert_eq!(decide(&file[..header], &known), "truncated");
    assert_eq!(decide(&file[..header + 2], &known), "truncated");
    assert_eq!(decide(&file[..header + 300], &known), "truncated");
}

#[test]
fn another_kind_of_file_is_not_said_to_break_off() {
    let key = Key::new();
    let known = trust(&key, &["north-wold"]);
    let page = "<!doctype html><title>Log in</title>";
    for other in [page, "[]", "PK\u{3}\u{4}", "\0\0\0\0", "hello\n", "untrusted comments: none"] {
        assert_eq!(decide(other, &known), "malformed", "{other}");
        let refusal = SignedFile::split(other.as_bytes()).err().unwrap().to_string();
        assert!(refusal.contains("choose the .srb file"), "{refusal}");
    }
    for beginning in ["", "untrusted", "untrusted comment: ", "untrusted comment: second-reading"] {
        assert_eq!(decide(beginning, &known), "truncated", "{beginning}");
    }
    let marked = format!("\u{feff}{}", key.sign(&small()));
    assert!(SignedFile::split(marked.as_bytes()).err().unwrap().to_string().contains("byte order mark"));
    for public in [key.text(), format!("untrusted comment: minisign public key\n{}\n", key.text())] {
        assert_eq!(decide(&public, &known), "malformed");
        let refusal = SignedFile::split(public.as_bytes()).err().unwrap().to_string();
        assert!(refusal.contains("public key"), "{refusal}");
    }
}

#[test]
fn only_one_spelling_of_a_file_is_read() {
    let key = Key::new();
    let file = key.sign(&small());
    let known = trust(&key, &["north-wold"]);
    let refused = |changed: String| {
        assert_ne!(changed, file);
        assert_eq!(decide(&changed, &known), "malformed", "{}", &changed[..300]);
    };
    refused(file.replacen('\n', "\r\n", 5));
    refused(file.replacen("signed bundle", "another comment", 1));
    refused(file.replacen("untrusted", "Untrusted", 1));
    refused(format!("\u{feff}{file}"));
    refused(format!("\n{file}"));
    refused(file.replacen("\n\n", "\n\n\n", 1).replacen("\n\n\n", "\n \n", 1));
    refused(file.replacen("=\ntrusted", "==\ntrusted", 1));
    refused(file.replacen("\ntrusted", " \ntrusted", 1));
    refused(file.replacen("trusted comment: s", "trusted comment: \u{7}s", 1));
    // Two spellings of the same bytes: the last letter before the sign of filling holds bits that are not used.
    let end = file.find("=\ntrusted").unwrap();
    let last = file.as_bytes()[end - 1] as char;
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let next = alphabet.chars().nth(alphabet.find(last).unwrap() + 1).unwrap();
    refused(format!("{}{next}{}", &file[..end - 1], &file[end..]));
}

#[test]
fn minisigns_own_comments_are_taken_and_ours_must_tell_the_truth() {
    let key = Key::new();
    let known = trust(&key, &["north-wold"]);
    let payload = small().to_string();
    let signed = |untrusted: &str, trusted: &str| key.sign_as(&payload, untrusted, trusted);
    let minisigns = "signature from minisign secret key";
    assert_eq!(decide(signed(minisigns, "timestamp:1799000000\tfile:a.json\thashed"), &known), "accepted");
    assert_eq!(decide(signed(minisigns, &trusted_comment("north-wold", 7)), &known), "accepted");
    assert_eq!(decide(signed(minisigns, &trusted_comment("north-wold", 8)), &known), "malformed");
    assert_eq!(decide(signed(minisigns, &trusted_comment("south-wold", 7)), &known), "malformed");
    assert_eq!(decide(signed(minisigns, "second-reading serial=7"), &known), "malformed");
}

#[test]
fn patterns_that_would_be_slow_are_refused() {
    let key = Key::new();
    let known = trust(&key, &["north-wold"]);
    let long = vec!["(a ..20 b|c)"; 40].join(" ");
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["rules"][0]["match"] = json!([long])), &known),
        "slow-patterns"
    );
    let many: Vec<String> = (0..12_000).map(|n| format!("the ..20 word{n} ..20 the")).collect();
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["rules"][0]["match"] = json!(many)), &known),
        "slow-patterns"
    );
    let letters = "(a|b|c|d|e|f|g|h|i|j|k|l|m|n|o)";
    let wide: Vec<String> = (0..1_000).map(|n| format!("{letters} {letters} {letters} word{n}")).collect();
    let concept = json!({ "name": "wide", "members": wide });
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["concepts"] = json!([concept])), &known),
        "slow-patterns"
    );
    let concept = json!({ "name": "huge", "regex": ["(\\d{1,500}-){1,500}"] });
    assert_eq!(
        decide(signed_with(&key, |bundle| bundle["concepts"] = json!([concept])), &known),
        "slow-patterns"
    );
    let chain: Vec<Value> = (0..2_000)
        .map(|n| json!({ "name": format!("c{n}"), "members": [format!("{{c{}}}", n + 1)] }))
        .chain([json!({ "name": "c2000", "members": ["end"] })])
        .collect();
    assert_eq!(decide(signed_with(&key, |bundle| bundle["concepts"] = json!(chain)), &known), "malformed");
}

#[test]
fn an_overlay_is_taken_on_its_base_and_refused_without() {
    let key = Key::new();
    let trust = trust(&key, &["east-mere"]);
    let overlay = json!({
        "schema": 1, "base": { "id": "north-wold", "serial": 7 }, "id": "east-mere",
        "authority": "East Mere Town Council", "serial": 1, "issued": "2027-01-02", "locale": "en-GB",
        "rules_off": ["party.support"], "thresholds": { "warn": 0.95, "notice": 0.4 },
    });
    let file = key.sign(&overlay);
    assert_eq!(decide(&file, &trust), "no-base");
    let base: Payload = whole();
    let circumstances = Circumstances {
        trust: &trust,
        today: day("2027-01-10"),
        bases: std::slice::from_ref(&base),
        current: Some(&base),
    };
    let accepted = accept(file.as_bytes(), &circumstances).unwrap();
    assert_eq!(accepted.bundle.id, "east-mere");
    let changes: Vec<(&str, Change)> =
        accepted.changes.rules.iter().map(|change| (change.rule.as_str(), change.change)).collect();
    assert_eq!(changes, [("party.support", Change::Removed), ("respect.insult", Change::Milder)]);
    let older = Payload { serial: 6, ..base.clone() };
    let circumstances = Circumstances { bases: &[older], ..circumstances };
    let refused = accept(file.as_bytes(), &circumstances).unwrap_err();
    assert_eq!(refused, Refusal::NoBase { base: "north-wold".into(), serial: 7 });
}

#[test]
fn a_file_can_be_looked_into_without_any_trust() {
    let key = Key::new();
    let file = key.sign(&small());
    let (facts, _) = inspect(file.as_bytes()).unwrap();
    assert_eq!(facts.authority, "North Wold District Council");
    assert_eq!(facts.signature.unwrap().key_id, key.id());
    let payload = SignedFile::split(file.as_bytes()).map(|signed| signed.payload).ok().unwrap();
    let (bare, _) = inspect(payload.as_bytes()).unwrap();
    assert_eq!(bare.signature, None);
    assert_eq!(bare.payload_sha256, facts.payload_sha256);
    assert_eq!(inspect(b"{}").unwrap_err().id(), "malformed");
    assert_eq!(join("no signature", payload).unwrap_err().id(), "malformed");
}
