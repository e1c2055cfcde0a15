//! What a new bundle is said to change: nothing that could silence a rule goes unsaid.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod signing;

use second_reading_bundle::{Changes, Contents, Payload};
use serde_json::{Value, json};
use signing::{small, whole};

/// A bundle that is the small one but for some fields.
fn bundle(change: impl FnOnce(&mut Value)) -> Payload {
    let mut payload = small();
    change(&mut payload);
    let Contents::Whole(payload) = Contents::parse(&payload.to_string()).unwrap() else { unreachable!() };
    payload.load().unwrap();
    *payload
}

/// What is told, as the extension gets it, of what differs from nothing.
fn told(old: &Payload, new: &Payload) -> Value {
    let (mut told, nothing) = (json!(Changes::between(Some(old), new)), json!(Changes::default()));
    told.as_object_mut().unwrap().retain(|field, value| nothing[field.as_str()] != *value);
    told
}

/// The rules that are told, with how they change.
fn rules(old: &Payload, new: &Payload) -> Vec<(String, String)> {
    let changes = Changes::between(Some(old), new).rules;
    changes.into_iter().map(|change| (change.rule, format!("{:?}", change.change))).collect()
}

fn rewritten(rule: &str) -> Vec<(String, String)> {
    vec![(rule.to_owned(), "Rewritten".to_owned())]
}

#[test]
fn the_same_bundle_changes_nothing() {
    assert!(Changes::between(Some(&whole()), &whole()).is_empty());
}

#[test]
fn words_that_spare_what_stands_beside_them_are_told() {
    let reading = json!({ "reads": "reported", "place": "near", "within": 6, "match": ["cllr hartley"] });
    let overlay = json!({
        "schema": 1, "base": { "id": "north-wold", "serial": 7 }, "id": "east-mere",
        "authority": "East Mere Town Council", "serial": 1, "issued": "2027-01-02", "locale": "en-GB",
        "readings": [reading],
    });
    let new = Contents::parse(&overlay.to_string()).unwrap().on(Some(&whole())).unwrap();
    assert_eq!(told(&whole(), &new), json!({ "readings": true }));
}

#[test]
fn a_reading_that_says_the_same_of_other_words_is_told() {
    let with = |member: &str| {
        bundle(|payload| {
            payload["concepts"].as_array_mut().unwrap().push(json!({ "name": "sayer", "members": [member] }));
            payload["readings"] = json!([{ "reads": "reported", "match": ["{sayer} says"] }]);
        })
    };
    assert_eq!(told(&with("the mayor"), &with("cllr hartley")), json!({ "readings": true }));
}

#[test]
fn thresholds_are_told_though_no_rule_crosses_them() {
    let new = bundle(|payload| payload["thresholds"]["warn"] = json!(0.8));
    assert_eq!(told(&whole(), &new), json!({ "thresholds": true }));
}

#[test]
fn a_rule_whose_words_change_in_a_concept_within_a_concept_is_rewritten() {
    let with = |member: &str| {
        bundle(|payload| {
            payload["concepts"] = json!([
                { "name": "insult", "members": ["liar", "{animal}"], "inflect": "noun" },
                { "name": "animal", "members": ["rat", "{beast}"] },
                { "name": "beast", "members": [member] },
            ]);
        })
    };
    assert_eq!(rules(&with("weasel"), &with("weasel")), []);
    assert_eq!(rules(&with("weasel"), &with("snake")), rewritten("respect.insult"));
}

#[test]
fn a_rule_whose_target_changes_through_a_concept_is_rewritten() {
    let with = |member: &str| {
        bundle(|payload| {
            let concepts = payload["concepts"].as_array_mut().unwrap();
            concepts.push(json!({ "name": "person", "members": ["{office}"] }));
            concepts.push(json!({ "name": "office", "members": [member] }));
            payload["rules"][1]["target"] = json!(["person"]);
        })
    };
    assert_eq!(rules(&with("mayor"), &with("clerk")), rewritten("party.support"));
}

#[test]
fn what_counts_as_a_name_is_told_of_the_rules_that_look_for_names() {
    let with = |member: &str| {
        bundle(|payload| {
            let concepts = payload["concepts"].as_array_mut().unwrap();
            concepts.push(json!({ "name": "not-a-name", "members": [member] }));
            concepts.push(json!({ "name": "person", "members": ["{#name}"] }));
            payload["rules"][0]["match"] = json!(["{person} is a <{insult}>"]);
            payload["self_tests"] = json!([]);
        })
    };
    assert_eq!(rules(&with("monday"), &with("hartley")), rewritten("respect.insult"));
}

#[test]
fn who_counts_as_a_councillor_and_how_messages_weigh_follow_their_concepts() {
    let with = |member: &str| {
        bundle(|payload| {
            payload["concepts"]
                .as_array_mut()
                .unwrap()
                .push(json!({ "name": "office", "members": [member] }));
            payload["identity"] = json!([
                { "id": "office", "says": "councillor", "where": ["text"], "match": ["as {office}"] }
            ]);
            payload["mail"]["signs"] =
                json!([{ "id": "office", "weighs": { "political": 5 }, "match": ["dear {office}"] }]);
        })
    };
    assert_eq!(told(&with("mayor"), &with("clerk")), json!({ "identity": true, "mail": true }));
}

#[test]
fn how_handles_are_cut_is_told_of_who_counts_as_a_councillor() {
    for concept in ["handle-title", "handle-name"] {
        let with = |member: &str| {
            bundle(|payload| {
                let concepts = payload["concepts"].as_array_mut().unwrap();
                concepts.push(json!({ "name": concept, "members": [member] }));
                payload["rules"][0]["match"] = json!(["{#name} is a liar"]);
                payload["identity"] =
                    json!([{ "id": "cllr", "says": "councillor", "where": ["handle"], "match": ["cllr"] }]);
            })
        };
        assert_eq!(told(&with("cllr"), &with("jo")), json!({ "identity": true }), "{concept}");
    }
}

/// A bundle whose semantic reviewer speaks, with a rule of this confidence and this level of certainty.
fn weighed(confidence: f32, certain: f32) -> Payload {
    bundle(|payload| {
        payload["rules"][0]["confidence"] = json!(confidence);
        payload["reviewers"] = json!(["rules", "semantic"]);
        payload["semantic"] = json!({
            "levels": { "notice": 0.7, "warn": 0.9, "rule_notice": 1.0, "rule_warn": 2.0, "certain": certain },
            "kinds": [{ "category": "respect", "named": 0.4, "warn": 0.2, "reason": "R.", "advice": "A." }],
        });
    })
}

#[test]
fn a_rule_that_the_semantic_reviewer_may_now_let_go_is_told() {
    let crosses = |kind: &str| vec![("respect.insult".to_owned(), kind.to_owned())];
    assert_eq!(rules(&weighed(0.9, 0.85), &weighed(0.8, 0.85)), crosses("Unsettled"));
    assert_eq!(rules(&weighed(0.9, 0.85), &weighed(0.9, 0.95)), crosses("Unsettled"));
    assert_eq!(rules(&weighed(0.8, 0.85), &weighed(0.9, 0.85)), crosses("Settled"));
    assert_eq!(rules(&weighed(0.8, 0.85), &weighed(0.8, 0.8)), crosses("Settled"));
    assert_eq!(rules(&weighed(0.9, 0.85), &weighed(0.95, 0.9)), []);
    let told = Changes::between(Some(&weighed(0.9, 0.85)), &weighed(0.8, 0.85)).rules;
    assert_eq!(json!(told)[0]["change"], "unsettled");
}

#[test]
fn what_else_changes_in_such_a_rule_is_told_beside_it() {
    let kinds = |old: &Payload, new: &Payload| -> Vec<String> {
        rules(old, new).into_iter().map(|(_, change)| change).collect()
    };
    let mut other = weighed(0.8, 0.85);
    other.rules[0].patterns.push("is a <fool>".to_owned());
    assert_eq!(kinds(&weighed(0.9, 0.85), &other), ["Rewritten", "Unsettled"]);
    assert_eq!(kinds(&weighed(0.9, 0.85), &weighed(0.6, 0.85)), ["Milder", "Unsettled"]);
    // Nor do other words hide behind another weight.
    let mut harder = weighed(0.9, 0.85);
    harder.rules[0].patterns.push("is a <fool>".to_owned());
    assert_eq!(kinds(&weighed(0.6, 0.85), &harder), ["Stricter", "Rewritten", "Settled"]);
    let mut softer = weighed(0.6, 0.85);
    softer.rules[0].reason = "Other words.".to_owned();
    assert_eq!(kinds(&weighed(0.9, 0.85), &softer), ["Milder", "Unsettled", "Reworded"]);
    // One that is gone, or that was not there, is told as such alone.
    assert_eq!(kinds(&weighed(0.9, 0.85), &weighed(0.1, 0.85)), ["Removed"]);
    assert_eq!(kinds(&weighed(0.1, 0.85), &weighed(0.9, 0.85)), ["Added"]);
}

#[test]
fn certainty_is_not_told_of_rules_that_no_reading_can_let_go() {
    let stands = |change: &dyn Fn(&mut Payload)| {
        let (mut old, mut new) = (weighed(0.9, 0.85), weighed(0.8, 0.85));
        change(&mut old);
        change(&mut new);
        rules(&old, &new)
    };
    assert_eq!(stands(&|payload| payload.rules[0].layer = Some("law".to_owned())), []);
    assert_eq!(stands(&|payload| payload.semantic.kinds.clear()), []);
    assert_eq!(stands(&|payload| payload.reviewers.truncate(1)), []);
}

#[test]
fn what_a_person_is_told_they_broke_is_told_where_it_is_rewritten() {
    for field in ["clause", "words", "label"] {
        let new = bundle(|payload| payload["categories"][1][field] = json!("Other."));
        assert_eq!(told(&whole(), &new), json!({ "categories": ["disrepute"] }), "{field}");
    }
    let gone = bundle(|payload| drop(payload["categories"].as_array_mut().unwrap().pop()));
    assert_eq!(told(&whole(), &gone), json!({ "categories": ["business"] }));
    assert_eq!(told(&gone, &whole()), json!({ "categories": ["business"] }));
    let moved = bundle(|payload| payload["categories"].as_array_mut().unwrap().swap(0, 1));
    assert!(Changes::between(Some(&whole()), &moved).is_empty());
}

#[test]
fn another_document_is_told() {
    for field in ["title", "attribution"] {
        let new = bundle(|payload| payload["document"][field] = json!("Other."));
        assert_eq!(told(&whole(), &new), json!({ "document": true }), "{field}");
    }
}
