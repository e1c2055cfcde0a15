//! Lines in, lines out: what stands in each, and what becomes of bad ones.

use serde_json::{Value, json};

use crate::{PLAIN, RISKY, check_lines, post, run};

#[test]
fn a_risky_post_is_answered_with_its_words_in_bytes() {
    let text = format!("Diolch 🐉\u{301}! {RISKY}");
    let ran = check_lines(post("p1", &text));
    assert_eq!(ran.code, 0, "in this mode findings are no failure");
    let review = &ran.lines()[0];
    assert_eq!(review["id"], "p1");
    assert_eq!(review["verdict"], "warn");
    assert_eq!(review["identified"], true);
    let findings = review["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    for span in findings.iter().flat_map(|finding| finding["spans"].as_array().unwrap()) {
        let (start, end) = (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap());
        let words = text.get(usize::try_from(start).unwrap()..usize::try_from(end).unwrap());
        assert_eq!(words, span["text"].as_str());
    }
}

#[test]
fn a_plain_post_is_clear() {
    let ran = check_lines(post("p", PLAIN));
    assert_eq!(ran.lines(), [json!({ "id": "p", "verdict": "clear", "identified": true, "findings": [] })]);
    assert_eq!(ran.code, 0);
}

#[test]
fn a_bad_line_is_answered_in_its_place_and_the_run_goes_on() {
    let bad: [(&[u8], &str); 11] = [
        (b"nope", "not JSON"),
        (br#"{"id": "a", "text": "cut"#, "breaks off"),
        (br#"["id", "text"]"#, "not a JSON object"),
        (br#"{"text": "t"}"#, "no \"id\""),
        (br#"{"id": 7, "text": "t"}"#, "\"id\" is not a string"),
        (br#"{"id": "a"}"#, "no \"text\""),
        (br#"{"id": "a", "text": null}"#, "\"text\" is not a string"),
        (b"{\"id\": \"a\", \"text\": \"\xff\"}", "not UTF-8 from byte 22"),
        (br#"{"id": "a", "text": "\ud83d"}"#, "not JSON"),
        (br#"{"id": "a", "text": "t", "surface": "fax"}"#, "\"surface\" is not one of"),
        (br#"{"id": "a", "text": "t", "recipients": "everyone"}"#, "\"recipients\" is not one of"),
    ];
    for (line, reason) in bad {
        let input =
            [post("first", PLAIN).as_bytes(), b"\n", line, b"\n", post("last", PLAIN).as_bytes()].concat();
        let ran = check_lines(input);
        let lines = ran.lines();
        assert_eq!(ran.code, 2, "{reason}");
        assert_eq!(lines.len(), 3, "{reason}");
        assert_eq!(lines[0]["id"], "first");
        assert_eq!(lines[1]["line"], 2);
        assert_eq!(lines[1].as_object().map(serde_json::Map::len), Some(2));
        let error = lines[1]["error"].as_str().unwrap();
        assert!(error.contains(reason), "{error}");
        assert_eq!(lines[2]["id"], "last");
        assert_eq!(ran.complaints, "");
    }
}

#[test]
fn an_error_never_repeats_the_post() {
    let ran = check_lines(r#"{"id": "a", "text": ["my neighbour's address"], "surface": "my neighbour"}"#);
    assert_eq!(ran.code, 2);
    assert!(!ran.text().contains("neighbour"), "{}", ran.text());
}

#[test]
fn blank_lines_are_skipped_and_still_counted() {
    let ran = check_lines(format!("\n  \t\n{}\n\r\n\nbroken\n\n", post("p", PLAIN)));
    let lines = ran.lines();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["id"], "p");
    assert_eq!(lines[1]["line"], 6);
}

#[test]
fn byte_order_mark_carriage_returns_and_a_missing_last_line_end_change_nothing() {
    let ran = check_lines(format!("\u{feff}{}\r\n{}", post("a", PLAIN), post("b", RISKY)));
    let lines = ran.lines();
    assert_eq!(ran.code, 0);
    assert_eq!((&lines[0]["id"], &lines[0]["verdict"]), (&json!("a"), &json!("clear")));
    assert_eq!((&lines[1]["id"], &lines[1]["verdict"]), (&json!("b"), &json!("warn")));
}

#[test]
fn a_byte_order_mark_inside_the_input_is_no_blank() {
    let ran = check_lines(format!("{}\n\u{feff}{}\n", post("a", PLAIN), post("b", PLAIN)));
    assert_eq!(ran.lines()[1]["line"], 2);
}

#[test]
fn unknown_fields_and_empty_optional_fields_are_passed_over() {
    let line = json!({
        "id": "", "text": "", "labels": ["party"], "primary": { "deep": [1, 2] },
        "surface": null, "display_name": null, "handle": null, "recipients": null,
    });
    let ran = check_lines(line.to_string());
    assert_eq!(ran.code, 0);
    assert_eq!(ran.lines(), [json!({ "id": "", "verdict": "clear", "identified": true, "findings": [] })]);
}

#[test]
fn a_field_given_twice_counts_as_last_given() {
    let ran = check_lines(format!(r#"{{"id": "a", "id": "b", "text": "{RISKY}", "text": "{PLAIN}"}}"#));
    assert_eq!((&ran.lines()[0]["id"], &ran.lines()[0]["verdict"]), (&json!("b"), &json!("clear")));
}

#[test]
fn every_surface_and_every_kind_of_recipient_is_taken() {
    let mut input = String::new();
    for surface in ["social", "forum", "blog", "chat", "email"] {
        input += &json!({ "id": surface, "text": PLAIN, "surface": surface }).to_string();
        input.push('\n');
    }
    for recipients in ["same-group", "other-members", "officer", "public", "mixed"] {
        input += &json!({ "id": recipients, "text": PLAIN, "recipients": recipients }).to_string();
        input.push('\n');
    }
    let ran = check_lines(input);
    assert_eq!(ran.code, 0, "{}", ran.text());
    assert_eq!(ran.lines().len(), 10);
}

#[test]
fn a_huge_line_is_read_and_a_boundless_one_is_refused_in_its_place() {
    let huge = format!("{} {RISKY}", "a ".repeat(500_000));
    let boundless = "b".repeat(17 << 20);
    let ran =
        check_lines([post("huge", &huge), post("boundless", &boundless), post("after", PLAIN)].join("\n"));
    let lines = ran.lines();
    assert_eq!(lines.len(), 3);
    assert_eq!((&lines[0]["id"], &lines[0]["verdict"]), (&json!("huge"), &json!("warn")));
    assert_eq!(lines[1]["line"], 2);
    assert!(lines[1]["error"].as_str().unwrap().contains("16 MiB"));
    assert_eq!(lines[2]["id"], "after");
    assert_eq!(ran.code, 2);
}

#[test]
fn a_boundless_last_line_is_refused_too() {
    let ran = check_lines([post("first", PLAIN), "b".repeat(17 << 20)].join("\n"));
    assert_eq!(ran.lines()[1]["line"], 2);
    assert_eq!(ran.lines().len(), 2);
    assert_eq!(ran.code, 2);
}

#[test]
fn several_files_are_read_in_order_and_a_missing_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("one.jsonl"), post("one", PLAIN)).unwrap();
    std::fs::write(path("two.jsonl"), format!("{}\n", post("two", PLAIN))).unwrap();
    let (one, missing, two) = (path("one.jsonl"), path("missing.jsonl"), path("two.jsonl"));
    let words = ["check", "--input", "jsonl", "--format", "jsonl", &one, &missing, "-", &two];
    let ran = run(words, post("piped", PLAIN));
    let ids: Vec<Value> = ran.lines().into_iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, ["one", "piped", "two"]);
    assert_eq!(ran.code, 2);
    assert!(ran.complaints.contains("missing.jsonl: "), "{}", ran.complaints);
}

#[test]
fn no_input_is_no_output() {
    let ran = check_lines("");
    assert_eq!((ran.code, ran.text().as_str()), (0, ""));
}
