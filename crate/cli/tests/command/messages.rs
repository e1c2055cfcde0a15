//! `check` with recipients: the weighing arrives as the contract says.

use serde_json::{Value, json};

use crate::{PLAIN, RISKY, check_lines, run};

const PAIRS: [[&str; 2]; 5] = [
    ["same-group", "not-same-group"],
    ["public-recipient", "no-public-recipient"],
    ["administrative", "not-administrative"],
    ["controversial", "uncontroversial"],
    ["criticises", "no-criticism"],
];

fn weighed(text: &str, recipients: &str) -> Value {
    let line = json!({ "id": "m", "text": text, "recipients": recipients }).to_string();
    check_lines(line).lines().remove(0)
}

fn factors(review: &Value) -> Vec<&str> {
    let factors = review["mail"]["factors"].as_array().unwrap();
    factors.iter().map(|factor| factor["factor"].as_str().unwrap()).collect()
}

#[test]
fn every_message_gets_one_factor_of_each_pair_in_words() {
    for recipients in ["same-group", "other-members", "officer", "public", "mixed"] {
        let review = weighed(PLAIN, recipients);
        let given = factors(&review);
        assert_eq!(given.len(), PAIRS.len());
        assert!(given.iter().zip(PAIRS).all(|(factor, pair)| pair.contains(factor)), "{given:?}");
        for factor in review["mail"]["factors"].as_array().unwrap() {
            assert!(["4.10", "4.11"].contains(&factor["paragraph"].as_str().unwrap()));
            assert!(factor["text"].as_str().unwrap().ends_with('.'));
        }
        assert_eq!(review["mail"]["political"], false);
        assert_eq!(review["mail"]["acceptable"], true);
    }
}

#[test]
fn the_whip_who_moves_a_meeting_may_write_to_the_group_and_to_an_officer() {
    let text = "Group meeting has moved to room 3 on Thursday at 6, agenda to follow. Sam, whip";
    for (recipients, acceptable) in
        [("same-group", true), ("officer", true), ("other-members", false), ("public", false)]
    {
        let review = weighed(text, recipients);
        assert_eq!(review["mail"]["political"], true, "{recipients}");
        assert_eq!(review["mail"]["acceptable"], acceptable, "{recipients}");
        assert_ne!(review["verdict"], "warn", "{recipients}");
    }
}

#[test]
fn canvassing_is_political_and_no_mere_arrangement() {
    for recipients in ["same-group", "public"] {
        let review = weighed("Canvass on Saturday, meet at ten, bring leaflets. Vote for me.", recipients);
        assert_eq!(review["mail"]["political"], true);
        assert_eq!(review["mail"]["acceptable"], false);
        assert!(factors(&review).contains(&"not-administrative"));
        assert_eq!(review["verdict"], "warn");
    }
}

#[test]
fn without_recipients_nothing_is_weighed_and_no_notice_of_messages_is_given() {
    let text = "Subject:\n\nFrom: me\nTo: you\nIt was sent to me in confidence.";
    let line = json!({ "id": "m", "text": text, "surface": "email" }).to_string();
    let review = check_lines(line).lines().remove(0);
    assert!(review.get("mail").is_none());
    let rules = |review: &Value| -> Vec<String> {
        let findings = review["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    };
    assert!(!rules(&review).iter().any(|rule| rule.starts_with("mail.")));
    let addressed = weighed(text, "officer");
    assert!(rules(&addressed).iter().any(|rule| rule.starts_with("mail.")), "{addressed}");
    assert_eq!(addressed["verdict"], "notice");
}

#[test]
fn recipients_may_be_given_for_the_whole_run() {
    let ran = run(["check", "--recipients", "same-group", "--text", "Group is on Thursday at 6."], "");
    assert_eq!(ran.code, 0);
    assert!(ran.text().contains("likely to be acceptable"), "{}", ran.text());
    let ran = run(["check", "--recipients", "public", "--format", "json", "--text", RISKY], "");
    let reviews: Value = serde_json::from_str(&ran.text()).unwrap();
    assert_eq!(reviews[0]["mail"]["acceptable"], false);
    assert_eq!(ran.code, 1);
}
