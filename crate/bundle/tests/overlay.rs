//! What a council's overlay adds to, replaces in and leaves out of its base, and which of the two has the last word.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod signing;

use std::fs;
use std::path::Path;

use second_reading_bundle::{Contents, OverlayError, Payload, load_and_try, source};
use second_reading_engine::{Draft, IdentitySetting, Reviewers, Verdict};
use serde_json::{Value, json};
use signing::whole;

fn overlay(more: Value) -> Contents {
    let mut overlay = json!({
        "schema": 1, "base": { "id": "north-wold", "serial": 7 }, "id": "east-mere",
        "authority": "East Mere Town Council", "serial": 1, "issued": "2027-01-02", "locale": "cy",
    });
    overlay.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Contents::parse(&overlay.to_string()).unwrap()
}

fn composed(more: Value) -> Payload {
    overlay(more).on(Some(&whole())).unwrap()
}

fn problem(more: Value) -> OverlayError {
    let Contents::Overlay(overlay) = overlay(more) else { unreachable!() };
    overlay.on(&whole()).unwrap_err()
}

fn verdict(payload: &Payload, text: &str) -> Verdict {
    let draft = Draft { identity: IdentitySetting::Councillor, ..Draft::of(text) };
    payload.load().unwrap().engine.review(&draft, Reviewers::RULES).verdict
}

fn rule(id: &str, patterns: &[&str]) -> Value {
    json!({
        "id": id, "category": "respect", "severity": "warn", "confidence": 0.9, "match": patterns,
        "polarity": "affirmed", "voice": "own", "reason": "R.", "advice": "A.", "source": "1",
    })
}

#[test]
fn an_overlay_that_says_nothing_is_its_base_under_its_own_name() {
    let base = whole();
    let payload = composed(json!({}));
    assert_eq!((payload.id.as_str(), payload.serial, payload.locale.as_str()), ("east-mere", 1, "cy"));
    let expected = Payload {
        id: payload.id.clone(),
        authority: payload.authority.clone(),
        serial: payload.serial,
        issued: payload.issued,
        locale: payload.locale.clone(),
        ..base
    };
    assert_eq!(payload, expected);
}

#[test]
fn its_rules_take_the_place_of_the_bases_or_come_behind() {
    let payload = composed(json!({
        "rules": [rule("respect.insult", &["<buffoon>"]), rule("east.mere", &["<numpty>"])],
        "self_tests": [{ "rule": "respect.insult", "text": "You buffoon.", "fires": true }],
    }));
    let ids: Vec<&str> = payload.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["respect.insult", "party.support", "east.mere"]);
    assert_eq!(verdict(&payload, "He is a liar."), Verdict::Clear, "the base's words are not looked for");
    assert_eq!(verdict(&payload, "You buffoon."), Verdict::Warn);
    assert_eq!(verdict(&payload, "You numpty."), Verdict::Warn);
    // The base's sentences for a replaced rule go with it; the overlay's own are tried.
    assert!(load_and_try(&payload).is_ok());
    assert_eq!(payload.self_tests.len(), 1);
}

#[test]
fn what_it_switches_off_is_off_unless_it_brings_its_own() {
    let off = composed(json!({ "rules_off": ["respect.insult"] }));
    assert_eq!(verdict(&off, "He is a liar."), Verdict::Clear);
    assert!(load_and_try(&off).is_ok(), "its sentences are gone too");
    let own = composed(json!({
        "rules_off": ["respect.insult"], "rules": [rule("respect.insult", &["<buffoon>"])],
    }));
    assert_eq!(verdict(&own, "You buffoon."), Verdict::Warn);
    assert_eq!(problem(json!({ "rules_off": ["no.rule"] })), OverlayError::NoSuchRule("no.rule".into()));
}

#[test]
fn its_thresholds_hold_for_all_rules() {
    let milder = composed(json!({ "thresholds": { "warn": 0.95, "notice": 0.4 } }));
    assert_eq!(verdict(&milder, "He is a liar."), Verdict::Notice);
    let quiet = composed(json!({ "thresholds": { "warn": 0.95, "notice": 0.7 } }));
    assert_eq!(verdict(&quiet, "Vote red!"), Verdict::Clear);
    assert_eq!(verdict(&whole(), "Vote red!"), Verdict::Notice);
}

#[test]
fn its_words_are_added_to_a_concept_and_never_change_how_it_is_read() {
    let more =
        composed(json!({ "concepts": [{ "name": "insult", "members": ["numpty"], "inflect": "noun" }] }));
    assert_eq!(verdict(&more, "He is a numpty."), Verdict::Warn);
    assert_eq!(verdict(&more, "He is a liar."), Verdict::Warn);
    let other = OverlayError::OtherConcept("insult".into());
    assert_eq!(problem(json!({ "concepts": [{ "name": "insult", "members": ["numpty"] }] })), other);
    let regex = json!({ "concepts": [{ "name": "insult", "inflect": "noun", "regex": ["x+"] }] });
    assert_eq!(problem(regex), other);
}

#[test]
fn what_the_semantic_reviewer_says_is_its_own_where_it_states_it() {
    let kind = |category: &str, reason: &str| json!({ "category": category, "named": 0.4, "warn": 0.2, "reason": reason, "advice": "A." });
    let Contents::Overlay(told) = overlay(json!({
        "semantic_kinds": [kind("party", "It could be read as ours.")],
        "semantic_off": ["respect"],
        "semantic_levels": { "notice": 0.6, "warn": 0.7, "rule_notice": 1.0, "rule_warn": 2.0, "certain": 0.95 },
    })) else {
        unreachable!()
    };
    let mut base = whole();
    base.semantic.kinds = serde_json::from_value(json!([
        kind("respect", "It could be read as rude."),
        kind("party", "It could be read so."),
        kind("adverse", "So too.")
    ]))
    .unwrap();
    let payload = told.on(&base).unwrap();
    let said: Vec<&str> = payload.semantic.kinds.iter().map(|kind| kind.reason.as_str()).collect();
    assert_eq!(said, ["It could be read as ours.", "So too."]);
    assert_eq!(payload.semantic.levels.notice, 0.6);
    let silent = composed(json!({}));
    assert_eq!(silent.semantic, whole().semantic);
    let wants = |payload: &Payload| payload.load().unwrap().wants_semantic();
    base.reviewers = serde_json::from_value(json!(["rules", "semantic"])).unwrap();
    assert!(wants(&base));
    base.reviewers.pop();
    assert!(!wants(&base), "the bundle does without it");
}

#[test]
fn clauses_categories_texts_and_elections_are_its_own_where_it_states_them() {
    let payload = composed(json!({
        "clauses": [{ "id": "1", "words": "Ours." }, { "id": "9", "words": "New." }],
        "categories": [{ "id": "respect", "clause": "9", "words": "w", "label": "Courtesy" }],
        "elections": [{ "notice": "2027-03-31", "poll": "2027-05-06" }],
        "texts": { "greeting": "Helo" },
        "document": { "title": "Ours", "attribution": "Ours." },
    }));
    let clauses: Vec<(&str, &str)> =
        payload.clauses.iter().map(|clause| (clause.id.as_str(), clause.words.as_str())).collect();
    assert_eq!(clauses, [("1", "Ours."), ("9", "New.")]);
    assert_eq!(payload.categories.len(), 11);
    assert_eq!(payload.document.title, "Ours");
    assert_eq!((payload.elections.len(), payload.texts.len()), (1, 1));
    let draft = Draft { identity: IdentitySetting::Councillor, ..Draft::of("He is a liar.") };
    let review = payload.load().unwrap().engine.review(&draft, Reviewers::RULES);
    assert_eq!(review.findings[0].clause, "9", "the base's rule under the overlay's clause");
}

#[test]
fn it_fits_only_the_base_that_it_names() {
    let needs = |id: &str, serial: u64| problem(json!({ "base": { "id": id, "serial": serial } }));
    assert!(matches!(needs("south-wold", 1), OverlayError::OtherBase { .. }));
    assert!(matches!(needs("north-wold", 8), OverlayError::OtherBase { .. }));
    let same = problem(json!({ "id": "north-wold", "base": { "id": "north-wold", "serial": 7 } }));
    assert_eq!(same, OverlayError::SameId("north-wold".into()));
}

fn from_source(head: &str, rules: &str) -> Result<source::Source, String> {
    source_on(&signing::small(), head, rules)
}

/// Writes an overlay's source on a base's payload beside it, and reads it.
fn source_on(base: &Value, head: &str, rules: &str) -> Result<source::Source, String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("base.json"), base.to_string()).unwrap();
    let dir = folder.path().join("east-mere");
    fs::create_dir(&dir).unwrap();
    let common =
        "id = \"east-mere\"\nauthority = \"E\"\nserial = 1\nissued = \"2027-01-02\"\nlocale = \"en-GB\"\n";
    fs::write(dir.join("bundle.toml"), format!("{common}{head}")).unwrap();
    fs::write(dir.join("rules.toml"), rules).unwrap();
    let words = |errors: Vec<source::SourceError>| errors.iter().map(|error| format!("{error}\n")).collect();
    source::load(Path::new(&dir), &[]).map_err(words)
}

#[test]
fn a_source_builds_on_a_payload_beside_it() {
    let base = "\n[base]\nid = \"north-wold\"\nserial = 7\nsource = \"../base.json\"\n";
    let rules = "[[rule]]\nid = \"east.mere\"\ncategory = \"respect\"\nseverity = \"warn\"\nconfidence = 0.9\nmatch = [\"such a <{insult}>\"]\nreason = \"R.\"\nadvice = \"A.\"\nsource = \"1\"\nfires = [\"Such a liar.\"]\nspares = [\"Such a day.\"]\n[[draft]]\ntext = \"He is a liar.\"\nverdict = \"clear\"\n";
    let source = from_source(&format!("without = [\"respect.insult\"]\n{base}"), rules).unwrap();
    assert_eq!(source.rules_off, ["respect.insult"]);
    let report = source::test(&source).unwrap();
    assert_eq!((report.rules, report.examples, report.failures.len()), (1, 3, 0));
    assert!(matches!(source.to_contents(), Contents::Overlay(_)));
    let refused = |head: &str, says: &str| {
        let problem = from_source(head, rules).unwrap_err();
        assert!(problem.contains(says), "{problem}");
    };
    refused(&base.replace("serial = 7", "serial = 8"), "serial 8 or later");
    refused(&base.replace("base.json", "no.json"), "no.json");
    refused(&base.replace("source = \"../base.json\"", ""), "no built-in bundle `north-wold`");
    refused(&format!("without = [\"no.rule\"]\n{base}"), "no rule `no.rule`");
    refused("", "[document]");
}

#[test]
fn a_source_says_how_sure_the_semantic_reviewer_must_be() {
    let base = "\n[base]\nid = \"north-wold\"\nserial = 7\nsource = \"../base.json\"\n";
    let kind = "[[semantic]]\ncategory = \"party\"\nnamed = 0.4\nwarn = 0.2\nreason = \"It could be read so.\"\nadvice = \"A.\"\n";
    let head = |semantic: &str| format!("{base}\n[semantic]\n{semantic}\n");
    let source = from_source(&head("notice = 0.6\noff = [\"respect\"]"), kind).unwrap();
    let Contents::Overlay(told) = source.to_contents() else { unreachable!() };
    let levels = told.semantic_levels.unwrap();
    assert_eq!((levels.notice, levels.warn), (0.6, whole().semantic.levels.warn));
    assert_eq!((told.semantic_kinds.len(), told.semantic_off.len()), (1, 1));
    let own = source.whole().unwrap();
    assert_eq!(own.semantic.kinds.len(), 1);
    let refused = |semantic: &str, rules: &str, says: &str| {
        let problem = from_source(&head(semantic), rules).unwrap_err();
        assert!(problem.contains(says), "{problem}");
    };
    refused("notice = 0.99\nwarn = 0.5", kind, "chances between 0 and 1");
    refused("warn = 1.5", kind, "chances between 0 and 1");
    refused("rule_warn = -1.0", kind, "gains from 0 to 20");
    refused("warn = nan", kind, "chances between 0 and 1");
    refused("rule_notice = inf", kind, "gains from 0 to 20");
    for certain in ["nan", "inf", "-0.1", "85"] {
        refused(
            &format!("certain = {certain}"),
            kind,
            "bundle.toml:12: semantic: `certain` lies between 0 and 1",
        );
    }
    refused("notice = 0.6", &format!("{kind}{kind}"), "rules.toml:7: semantic: `party` is spoken of twice");
    for (from, to) in [
        ("warn = 0.2", "warn = nan"),
        ("warn = 0.2", "warn = -0.2"),
        ("named = 0.4", "named = inf"),
        ("named = 0.4", "named = 1.5"),
    ] {
        let says = "rules.toml:7: semantic party: `named` is a chance from 0 to 1";
        refused(
            "notice = 0.6",
            &format!("{}{}", kind.replace("party", "adverse"), kind.replace(from, to)),
            says,
        );
    }
    assert!(from_source(&head("certain = 1.0"), &kind.replace("warn = 0.2", "warn = 2.0")).is_ok());
    let capped = from_source(&format!("{base}\n{}", capped("party")), kind).unwrap().whole().unwrap();
    let never_hold: Vec<bool> = capped.semantic.kinds.iter().map(|kind| kind.warn > 1.0).collect();
    assert_eq!(never_hold, [true], "a capped kind never holds a post");
}

#[test]
fn reviewers_without_rules_are_refused_since_rules_read_in_any_case() {
    let base = "\n[base]\nid = \"north-wold\"\nserial = 7\nsource = \"../base.json\"\n";
    let with = |reviewers: &str| from_source(&format!("reviewers = [{reviewers}]\n{base}"), "");
    for reviewers in ["\"semantic\"", ""] {
        let problem = with(reviewers).unwrap_err();
        assert!(problem.contains("bundle.toml:6: reviewers: "), "{problem}");
        assert!(problem.contains("leaves out `rules`"), "{problem}");
    }
    assert!(with("\"semantic\", \"rules\"").is_ok());
    let on_base = |reviewers: Value| load_and_try(&composed(json!({ "reviewers": reviewers })));
    assert_eq!(on_base(json!(["semantic"])).unwrap_err().id(), "malformed");
    assert!(on_base(json!(["rules"])).is_ok());
}

fn capped(category: &str) -> String {
    format!(
        "[[category]]\nid = \"{category}\"\nclause = \"1\"\nwords = \"W.\"\nlabel = \"L\"\nat_most = \"notice\"\n"
    )
}

#[test]
fn a_cap_on_a_category_holds_for_what_the_base_says_of_it_too() {
    let head = "\n[base]\nid = \"north-wold\"\nserial = 7\nsource = \"../base.json\"\n";
    let mut base = signing::small();
    let kind = |category: &str| json!({ "category": category, "named": 0.4, "warn": 0.2, "reason": "R.", "advice": "A." });
    base["semantic"]["kinds"] = json!([kind("respect"), kind("adverse")]);
    let uncapped = source_on(&base, head, "").unwrap().whole().unwrap();
    assert_eq!(verdict(&uncapped, "He is a liar."), Verdict::Warn);
    let source = source_on(&base, &format!("{head}{}", capped("respect")), "").unwrap();
    let capped = source.whole().unwrap();
    assert_eq!(verdict(&capped, "He is a liar."), Verdict::Notice);
    let never_hold: Vec<bool> = capped.semantic.kinds.iter().map(|kind| kind.warn > 1.0).collect();
    assert_eq!(never_hold, [true, false]);
    // What is signed caps as the source does, and caps what a later base brings.
    let bytes = source.to_contents().to_bytes().unwrap();
    let Contents::Overlay(signed) = Contents::parse(str::from_utf8(&bytes).unwrap()).unwrap() else {
        unreachable!()
    };
    base["serial"] = json!(8);
    base["rules"].as_array_mut().unwrap().push(rule("respect.later", &["<buffoon>"]));
    let Contents::Whole(later) = Contents::parse(&base.to_string()).unwrap() else { unreachable!() };
    assert_eq!(verdict(&later, "You buffoon."), Verdict::Warn);
    assert_eq!(verdict(&signed.on(&later).unwrap(), "You buffoon."), Verdict::Notice);
}
