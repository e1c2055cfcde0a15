//! The four formats of `check`.

use serde_json::{Value, json};

use crate::{PLAIN, RISKY, post, run};

#[test]
fn text_marks_the_words_and_says_why_and_how_better() {
    let ran = run(["check", "-"], format!("Good evening all.\n{RISKY}\n"));
    let shown = ran.text();
    assert!(shown.contains("\n2 | Vote for me on Thursday."), "{shown}");
    assert!(shown.contains("^^^"), "{shown}");
    for label in ["warn[12.3 ", "= clause: ", "= advice: "] {
        assert!(shown.contains(label), "{label} in {shown}");
    }
    assert!(shown.ends_with("\n-: warn\n"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no colours where it is not a terminal");
}

#[test]
fn text_of_a_clear_post_is_one_line() {
    assert_eq!(run(["check", "--text", PLAIN], "").text(), "text: clear\n");
}

#[test]
fn text_shows_no_control_characters_of_a_post() {
    let shown = run(["check", "-"], format!("\u{1b}[2J \u{202e}{RISKY}\u{7}")).text();
    assert!(shown.contains("Vote for me"));
    assert!(!shown.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{shown:?}");
}

#[test]
fn text_shows_a_long_line_around_the_words() {
    let long = format!("{}{RISKY}{}", "word ".repeat(400), " word".repeat(400));
    let shown = run(["check", "--reviewers", "rules", "-"], long).text();
    assert!(shown.contains("Vote for me"), "{shown}");
    assert!(
        shown.lines().filter(|line| line.starts_with("1 |")).all(|line| line.chars().count() <= 120),
        "{shown}"
    );
}

#[test]
fn json_is_one_array_with_bad_lines_in_their_place() {
    let input = format!("{}\nbroken\n{}\n", post("a", RISKY), post("b", PLAIN));
    let ran = run(["check", "--input", "jsonl", "--format", "json", "-"], input);
    let answers: Vec<Value> = serde_json::from_slice(&ran.out).unwrap();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0]["verdict"], "warn");
    assert_eq!(answers[1]["line"], 2);
    assert_eq!(answers[2]["id"], "b");
    assert_eq!(ran.code, 2);
}

#[test]
fn json_of_nothing_is_an_empty_array() {
    let ran = run(["check", "--input", "jsonl", "--format", "json", "-"], "");
    assert_eq!(serde_json::from_slice::<Value>(&ran.out).unwrap(), json!([]));
}

#[test]
fn json_and_json_lines_of_one_file_agree() {
    let json: Vec<Value> =
        serde_json::from_slice(&run(["check", "--format", "json", "-"], RISKY).out).unwrap();
    assert_eq!(json, run(["check", "--format", "jsonl", "-"], RISKY).lines());
}

fn sarif<'a>(words: impl IntoIterator<Item = &'a str>, input: &str) -> (Value, i32) {
    let ran = run(["check", "--format", "sarif"].into_iter().chain(words), input);
    (serde_json::from_slice(&ran.out).unwrap(), ran.code)
}

#[test]
fn sarif_points_at_the_words_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("my post.txt").display().to_string();
    std::fs::write(&path, format!("Café 🐉\nNos da. {RISKY}\n")).unwrap();
    let (log, code) = sarif([path.as_str()], "");
    assert_eq!(code, 1);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "second-reading");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"], json!([{ "executionSuccessful": true }]));
    let result = &run["results"][0];
    assert_eq!(result["level"], "warning");
    assert!(result["ruleId"].is_string() && result["message"]["text"].is_string());
    let place = &result["locations"][0]["physicalLocation"];
    assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with("/my%20post.txt"));
    let region = &place["region"];
    assert_eq!((&region["startLine"], &region["endLine"]), (&json!(2), &json!(2)));
    let (start, end) = (region["startColumn"].as_u64().unwrap(), region["endColumn"].as_u64().unwrap());
    let line: Vec<char> = format!("Nos da. {RISKY}").chars().collect();
    let (start, end) = (usize::try_from(start).unwrap(), usize::try_from(end).unwrap());
    let words: String = line[start - 1..end - 1].iter().collect();
    assert_eq!(region["snippet"]["text"], words);
}

#[test]
fn sarif_counts_the_bytes_of_the_file_with_its_byte_order_mark() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("post.txt").display().to_string();
    for mark in ["", "\u{feff}"] {
        let file = format!("{mark}Nos da.\n{RISKY}\n");
        std::fs::write(&path, &file).unwrap();
        let (log, _) = sarif([path.as_str()], "");
        let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
        let (start, length) = (number("byteOffset"), number("byteLength"));
        assert_eq!(region["snippet"]["text"], file[start..start + length], "{region}");
        // Columns count characters, and a mark is none; the spans of JSON are those of the text.
        assert_eq!((number("startLine"), number("startColumn")), (2, start - mark.len() - 7));
        let reviews: Value =
            serde_json::from_slice(&run(["check", "--format", "json", &path], "").out).unwrap();
        let span = &reviews[0]["findings"][0]["spans"][0];
        assert_eq!(span["start"], start - mark.len(), "{span}");
    }
}

#[test]
fn sarif_points_at_the_line_of_a_post_in_json_lines() {
    let input = format!("{}\n{}\nbroken\n{}\n", post("a", PLAIN), post("b", RISKY), post("c", PLAIN));
    let (log, code) = sarif(["--input", "jsonl", "-"], &input);
    assert_eq!(code, 2);
    let run = &log["runs"][0];
    assert_eq!(run["invocations"], json!([{ "executionSuccessful": false }]));
    for result in run["results"].as_array().unwrap() {
        assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
        assert_eq!(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "b");
    }
}

#[test]
fn sarif_of_clear_posts_is_a_run_without_results() {
    let input = format!("{}\n{}\n", post("a", PLAIN), post("b", PLAIN));
    let (log, code) = sarif(["--input", "jsonl", "-"], &input);
    assert_eq!(code, 0);
    assert_eq!(log["runs"][0]["results"], json!([]));
}
