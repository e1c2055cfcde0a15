//! Real lines against the published schemas, and the schemas against lines that they must refuse.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::{PLAIN, RISKY, check_lines, repository, run};

fn schema(name: &str) -> Validator {
    let words = std::fs::read_to_string(repository("schemas").join(name)).unwrap();
    let schema: Value = serde_json::from_str(&words).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn assert_fits(schema: &Validator, value: &Value) {
    let errors: Vec<String> =
        schema.iter_errors(value).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert_eq!(errors, [""; 0], "{value}");
}

#[test]
fn check_reads_and_prints_what_its_schemas_say() {
    let good = [
        json!({ "id": "a", "text": RISKY }),
        json!({ "id": "b", "text": PLAIN, "surface": "blog", "display_name": "Sam", "handle": "@sam" }),
        json!({ "id": "c", "text": RISKY, "surface": "email", "recipients": "public" }),
        json!({ "id": "d", "text": PLAIN, "surface": null, "recipients": null, "labels": [] }),
    ];
    let bad = [
        json!({ "id": 1, "text": PLAIN }),
        json!({ "id": "a" }),
        json!([]),
        json!({ "id": "a", "text": "t", "surface": "fax" }),
    ];
    let input = schema("check-input.schema.json");
    for line in &good {
        assert_fits(&input, line);
    }
    let lines: Vec<String> = good.iter().chain(&bad).map(Value::to_string).collect();
    let answers = check_lines(lines.join("\n")).lines();
    assert_eq!(answers.len(), good.len() + bad.len());
    let output = schema("check-output.schema.json");
    for answer in &answers {
        assert_fits(&output, answer);
    }
    for (line, answer) in bad.iter().zip(&answers[good.len()..]) {
        assert!(!input.is_valid(line), "{line}");
        assert!(answer["line"].is_u64(), "{answer}");
    }
    assert!(answers[0].get("mail").is_none(), "no recipients, no weighing");
}

#[test]
fn identify_reads_and_prints_what_its_schemas_say() {
    let good = ["text", "handle", "display_name", "bio", "signature"]
        .map(|place| json!({ "id": place, "where": place, "text": "Cllr Sam Oduya" }));
    let bad =
        [json!({ "id": "a", "text": "t" }), json!({ "id": "a", "where": "hat", "text": "t" }), json!("t")];
    let input = schema("identify-input.schema.json");
    for line in &good {
        assert_fits(&input, line);
    }
    let lines: Vec<String> = good.iter().chain(&bad).map(Value::to_string).collect();
    let answers = run(["identify", "--input", "jsonl", "--format", "jsonl"], lines.join("\n")).lines();
    assert_eq!(answers.len(), good.len() + bad.len());
    let output = schema("identify-output.schema.json");
    for answer in &answers {
        assert_fits(&output, answer);
    }
    for (line, answer) in bad.iter().zip(&answers[good.len()..]) {
        assert!(!input.is_valid(line), "{line}");
        assert!(answer["line"].is_u64(), "{answer}");
    }
}

#[test]
fn the_output_schemas_refuse_what_the_contract_does_not_know() {
    let review = json!({ "id": "a", "verdict": "clear", "identified": null, "findings": [] });
    let output = schema("check-output.schema.json");
    assert_fits(&output, &review);
    for (field, value) in [
        ("verdict", json!("maybe")),
        ("identified", json!("yes")),
        ("findings", json!([{ "category": "respect" }])),
        ("mail", json!({ "political": true })),
        ("line", json!(1)),
    ] {
        let mut wrong = review.clone();
        wrong[field] = value;
        assert!(!output.is_valid(&wrong), "{wrong}");
    }
    let answers = schema("identify-output.schema.json");
    assert!(!answers.is_valid(&json!({ "id": "a", "identifies": true })));
    assert!(!answers.is_valid(&json!({ "line": 0, "error": "" })));
}
