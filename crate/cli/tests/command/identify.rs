//! `identify`: the contract of its lines.

use serde_json::json;

use crate::run;

fn identify_lines(input: impl Into<Vec<u8>>) -> crate::Ran {
    run(["identify", "--input", "jsonl", "--format", "jsonl"], input)
}

#[test]
fn each_line_is_answered_in_order() {
    let lines = [
        json!({ "id": "a", "where": "display_name", "text": "Cllr Sam Oduya" }),
        json!({ "id": "b", "where": "handle", "text": "@sam_the_baker" }),
        json!({ "id": "c", "where": "text", "text": "Lovely weather for the fair." }),
        json!({ "id": "d", "where": "bio", "text": "Baker and father." }),
        json!({ "id": "e", "where": "signature", "text": "Best wishes, Sam" }),
    ];
    let ran = identify_lines(lines.map(|line| line.to_string()).join("\n"));
    assert_eq!(ran.code, 0);
    let answers = ran.lines();
    assert_eq!(answers[0]["id"], "a");
    assert_eq!(answers[0]["identifies"], true);
    assert!("Cllr Sam Oduya".contains(answers[0]["evidence"].as_str().unwrap()));
    for (answer, id) in answers[1..].iter().zip(["b", "c", "d", "e"]) {
        assert_eq!(*answer, json!({ "id": id, "identifies": false, "evidence": null }));
    }
}

#[test]
fn bad_lines_are_answered_in_their_place() {
    let lines = [
        r#"{"id": "a", "text": "Cllr Oduya"}"#,
        r#"{"id": "a", "where": "hat", "text": "Cllr Oduya"}"#,
        r#"{"id": "a", "where": "bio"}"#,
        r#"{"where": "bio", "text": "Cllr Oduya"}"#,
        "{",
        "",
        r#"{"id": "good", "where": "bio", "text": "Baker"}"#,
    ];
    let ran = identify_lines(lines.join("\n"));
    assert_eq!(ran.code, 2);
    let answers = ran.lines();
    let numbers: Vec<_> = answers[..5].iter().map(|answer| answer["line"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert!(answers[0]["error"].as_str().unwrap().contains("\"where\""));
    assert_eq!(answers[5]["id"], "good");
}

#[test]
fn words_may_be_given_as_an_argument() {
    let ran = run(["identify", "--where", "display_name", "--text", "Cllr Sam Oduya"], "");
    assert_eq!(ran.code, 0);
    assert!(ran.text().starts_with("text: identifies as a councillor"), "{}", ran.text());
}
