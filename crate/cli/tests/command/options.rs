//! The options of `check`, and the exit code of every kind of run.

use serde_json::json;

use crate::{PLAIN, RISKY, check_lines, post, run};

fn code<'a>(words: impl IntoIterator<Item = &'a str>) -> i32 {
    run(words, "").code
}

#[test]
fn exit_codes_say_what_a_run_came_to() {
    assert_eq!(code(["check", "--text", PLAIN]), 0);
    assert_eq!(code(["check", "--text", RISKY]), 1);
    assert_eq!(run(["check", "-"], RISKY).code, 1);
    assert_eq!(run(["check"], RISKY).code, 1, "standard input where no file is named");
    assert_eq!(code(["check", "no-such-file"]), 2);
    assert_eq!(run(["check", "--input", "jsonl", "-"], post("p", RISKY)).code, 1);
    assert_eq!(run(["check", "--input", "jsonl", "--format", "json", "-"], "broken").code, 2);
    assert_eq!(run(["check", "-"], b"caf\xe9".to_vec()).code, 2);
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    for words in [
        &["check", "--format", "xml", "--text", PLAIN][..],
        &["check", "--as", "mayor", "--text", PLAIN],
        &["check", "--reviewers", "none", "--text", PLAIN],
        &["check", "--input", "csv", "-"],
        &["check", "--text", PLAIN, "file"],
        &["check", "--text", PLAIN, "--input", "jsonl"],
        &["check", "--on", "2027-02-29", "--text", PLAIN],
        &["check", "--on", "6 May 2027", "--text", PLAIN],
        &["identify", "--format", "sarif", "--text", PLAIN],
        &["publish"],
        &[],
    ] {
        let ran = run(words.iter().copied(), "");
        assert_eq!(ran.code, 2, "{words:?}");
        assert_ne!(ran.complaints, "", "{words:?}");
        assert_eq!(ran.out, b"", "{words:?}");
    }
}

#[test]
fn a_wrong_day_is_answered_with_the_right_form() {
    let ran = run(["check", "--on", "2027-02-29", "--text", PLAIN], "");
    assert!(ran.complaints.contains("YYYY-MM-DD"), "{}", ran.complaints);
}

#[test]
fn a_post_may_begin_with_a_hyphen() {
    assert_eq!(code(["check", "--text", "- open again on Saturday"]), 0);
}

#[test]
fn a_private_writer_has_no_findings() {
    let ran = run(["check", "--as", "private", "--format", "jsonl", "--text", RISKY], "");
    assert_eq!(ran.code, 0);
    let review = &ran.lines()[0];
    assert_eq!(review["identified"], false);
    assert_eq!(review["findings"], json!([]));
}

#[test]
fn detection_reads_the_writer_from_name_and_handle() {
    let lines = [
        json!({ "id": "name", "text": RISKY, "display_name": "Cllr Sam Oduya" }),
        json!({ "id": "handle", "text": RISKY, "handle": "@CllrSamOduya" }),
        json!({ "id": "nobody", "text": RISKY }),
    ];
    let input = lines.map(|line| line.to_string()).join("\n");
    let ran = run(["check", "--as", "detect", "--input", "jsonl", "--format", "jsonl", "-"], input);
    let reviews = ran.lines();
    assert_eq!(reviews[0]["identified"], true);
    assert_eq!(reviews[1]["identified"], true);
    assert_eq!(reviews[2]["identified"], json!(null), "unknown, and counts as yes");
    assert!(reviews.iter().all(|review| review["verdict"] == "warn"));
}

#[test]
fn reviewers_are_chosen() {
    let findings = |which: &str| {
        let ran = run(["check", "--reviewers", which, "--format", "jsonl", "--text", RISKY], "");
        ran.lines()[0]["findings"].as_array().unwrap().clone()
    };
    let (rules, semantic, all) = (findings("rules"), findings("semantic"), findings("all"));
    assert!(rules.iter().all(|finding| finding["reviewer"] == "rules"));
    assert!(semantic.iter().all(|finding| finding["reviewer"] == "semantic"));
    assert!(!rules.is_empty());
    assert!(rules.iter().all(|finding| all.contains(finding)));
}

#[test]
fn the_default_is_to_read_as_a_councillor_by_all_reviewers() {
    let ran =
        run(["check", "--as", "councillor", "--reviewers", "all", "--format", "jsonl", "--text", RISKY], "");
    assert_eq!(ran.out, run(["check", "--format", "jsonl", "--text", RISKY], "").out);
    assert_eq!(check_lines(post("p", RISKY)).lines()[0]["identified"], true);
}

/// What is said of a risky sentence by itself is said of it beside a calm one and above a signature.
#[test]
fn calm_words_beside_a_risky_sentence_do_not_clear_it() {
    let risky = [
        "This council is corrupt to the core.",
        "The Tories are a shambles.",
        "Cllr Hartley is useless.",
        "The trouble on that street began when the Roma families moved in.",
    ];
    let calm = "The library reopens on Monday at nine.";
    let signature = "Kind regards\n\nJo Smith\nMember for Moss Bank\nTel: 01642 555 0123";
    let lines: String = risky
        .iter()
        .flat_map(|risky| {
            [format!("{calm} {risky}"), format!("{risky} {calm}"), format!("{risky}\n\n{signature}")]
        })
        .map(|text| post(&text, &text) + "\n")
        .collect();
    let ran = run(["check", "--input", "jsonl", "--format", "jsonl", "-"], lines);
    let said = ran.lines();
    assert_eq!(said.len(), 12, "{}", ran.complaints);
    for review in said {
        assert_ne!(review["verdict"], "clear", "{}", review["id"]);
    }
}
