//! Text from files that nobody proved, on a terminal: it cannot pass for what the command says itself.

use std::fs;

use serde_json::json;

use crate::signing::Desk;
use crate::{RISKY, run};

/// A line end with a line of ours behind it, codes for the terminal, and letters that run backwards.
const FORGED: &str =
    "Peace\nsigned with     key 1, proved\r\u{1b}[2J\u{9b}31m\u{7f}\u{202e}\u{2066}\u{2028}é 🐉 东京 end";

/// That nothing of it but its letters arrived, and these whole, in one line with their beginning.
fn tame(shown: &str) {
    let wild = |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{2028}".contains(c);
    assert!(!shown.contains(wild), "{shown:?}");
    assert!(!shown.lines().any(|line| line.starts_with("signed with     key 1")), "{shown}");
    let line = shown.lines().find(|line| line.contains("Peace")).unwrap_or_default();
    assert!(line.contains("Peace\\nsigned with") && line.contains("\\u{1b}[2J\\u{9b}31m\\u{7f}"), "{shown}");
    assert!(line.contains("é 🐉 东京 end"), "{shown}");
}

/// A desk whose payload and source say it in a title and in a rule's words.
fn desk() -> Desk {
    let desk = Desk::new();
    // TOML and JSON write these characters the same way.
    let forged = FORGED.chars().map(|c| match c {
        '\n' => "\\n".to_owned(),
        c if c.is_ascii() && !c.is_control() => c.to_string(),
        c if u32::from(c) > 0xffff => c.to_string(),
        c => format!("\\u{:04x}", u32::from(c)),
    });
    let forged: String = forged.collect();
    for (file, from) in [("rules.toml", "reason = \"Calling"), ("bundle.toml", "title = \"Code")] {
        let path = desk.path("north-wold").join(file);
        let words = fs::read_to_string(&path).unwrap();
        assert!(words.contains(from), "{words}");
        let (name, _) = from.split_once('"').unwrap();
        fs::write(path, words.replace(from, &format!("{name}\"{forged}"))).unwrap();
    }
    desk.good(&["build", "north-wold", "-o", "forged.json"]);
    desk
}

#[test]
fn a_bundle_cannot_forge_what_is_said_of_it() {
    let desk = desk();
    tame(&desk.good(&["inspect", "forged.json"]).text());
    tame(&desk.good(&["diff", "payload.json", "forged.json"]).text());
    let file = desk.path("forged.json").display().to_string();
    let check = ["check", "--bundle", &file, "--reviewers", "rules", "--text", "Cllr Hartley is a liar."];
    tame(&run(check, "").text());
}

#[test]
fn a_complaint_cannot_be_forged_either() {
    let desk = desk();
    let payload = fs::read_to_string(desk.path("forged.json")).unwrap();
    let id = json!(FORGED).to_string();
    fs::write(desk.path("odd.json"), payload.replacen("\"schema\":1", &format!("\"schema\":1,{id}:1"), 1))
        .unwrap();
    tame(&desk.bad(1, &["inspect", "odd.json"]));
}

#[test]
fn an_id_of_a_post_cannot_forge_a_verdict() {
    for text in [RISKY, "Good day."] {
        let line = json!({ "id": FORGED, "text": text, "recipients": "public" }).to_string();
        let ran = run(["check", "--reviewers", "rules", "--input", "jsonl", "-"], line);
        tame(&ran.text());
    }
    let line = json!({ "id": FORGED, "where": "bio", "text": "Cllr Oduya" }).to_string();
    tame(&run(["identify", "--input", "jsonl"], line).text());
    let desk = Desk::new();
    let posts = desk.path("posts");
    fs::create_dir(&posts).unwrap();
    let line = json!({ "id": FORGED, "text": "Cllr Hartley is a liar." }).to_string();
    fs::write(posts.join("a.jsonl"), line).unwrap();
    let edit = |file: &str, from: &str, to: &str| {
        let path = desk.path("north-wold").join(file);
        fs::write(&path, fs::read_to_string(&path).unwrap().replace(from, to)).unwrap();
    };
    edit("bundle.toml", "reviewers = [\"rules\", \"semantic\"]", "reviewers = [\"rules\"]");
    desk.good(&["build", "north-wold", "-o", "payload.json"]);
    edit("rules.toml", "confidence = 0.9", "confidence = 0.7");
    let posts = posts.display().to_string();
    tame(&desk.good(&["diff", "payload.json", "north-wold", "--posts", &posts]).text());
}

#[test]
fn the_words_of_a_post_are_shown_where_they_stand_and_tame() {
    let text = format!("caf\u{e9} \u{9b}31m\u{85}\u{2028} {RISKY}");
    let shown = run(["check", "--reviewers", "rules", "-"], text).text();
    assert!(!shown.contains(['\u{9b}', '\u{85}', '\u{2028}']), "{shown:?}");
    let at = |line: &str, word: &str| line.find(word).map(|at| line[..at].chars().count());
    let lines: Vec<&str> = shown.lines().collect();
    let marked = lines.iter().position(|line| line.contains("Vote for me")).unwrap();
    assert!(at(lines[marked + 1], "^^^") <= at(lines[marked], "Vote"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_file_name_cannot_forge_a_complaint() {
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let name = FORGED.replace('/', "");
    let name = std::ffi::OsStr::from_bytes(name.as_bytes());
    for words in [&["check"][..], &["bundle", "inspect"], &["bundle", "check"]] {
        let ran = crate::command().args(words).arg(name).current_dir(folder.path()).output().unwrap();
        assert_eq!(ran.status.code(), Some(2));
        tame(&String::from_utf8(ran.stderr).unwrap());
    }
}
