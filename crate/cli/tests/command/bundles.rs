//! `bundle check`, `bundle test` and `bundle build`, and reading with what they build.

use std::fs;
use std::path::Path;

use crate::{RISKY, repository, run};

/// A copy of the built-in bundle's source, to be spoilt.
fn copy_of_rules(into: &Path) -> String {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    copy(&repository("rules"), into);
    into.join("middlesbrough").display().to_string()
}

#[test]
fn the_built_in_sources_are_good() {
    for id in ["middlesbrough", "lga-model-code"] {
        let source = repository("rules").join(id).display().to_string();
        for verb in ["check", "test"] {
            let ran = run(["bundle", verb, &source], "");
            assert_eq!((ran.code, ran.complaints.as_str()), (0, ""), "{verb}");
            assert!(ran.text().starts_with(&format!("{id} serial ")), "{}", ran.text());
        }
    }
}

#[test]
fn the_model_code_shares_its_rules_and_leaves_politics_free() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lga.json").display().to_string();
    let source = repository("rules/lga-model-code").display().to_string();
    assert_eq!(run(["bundle", "build", &source, "-o", &file], "").code, 0);
    let review = |words: &str| {
        let ran = run(["check", "--bundle", &file, "--format", "jsonl", "--text", words], "");
        (ran.code, ran.text())
    };
    let (code, text) = review(RISKY);
    assert_eq!(code, 0, "campaigning is shown and never held");
    assert!(text.contains("\"7.2\"") && text.contains("\"notice\""), "{text}");
    let (code, text) = review("Cllr Hartley is a liar.");
    assert_eq!(code, 1);
    assert!(text.contains("\"1.1\"") && text.contains("respect."), "{text}");
    let (code, text) = review("I told the planning officer to rewrite her report before Thursday.");
    assert_eq!(code, 1);
    assert!(text.contains("\"3.1\""), "{text}");
}

#[test]
fn what_is_built_reads_as_the_built_in_bundle_does_and_is_always_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let source = repository("rules/middlesbrough").display().to_string();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for name in ["one.json", "two.json"] {
        assert_eq!(run(["bundle", "build", &source, "-o", &path(name)], "").code, 0);
    }
    assert_eq!(fs::read(path("one.json")).unwrap(), fs::read(path("two.json")).unwrap());
    let words = ["check", "--format", "jsonl", "--text", RISKY];
    let own = run(words.into_iter().chain(["--bundle", &path("one.json")]), "");
    assert_eq!(own.code, 1);
    assert_eq!(own.out, run(words, "").out);
}

#[test]
fn a_source_that_is_not_good_is_named_by_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let source = copy_of_rules(folder.path());
    let rule = "[[rule]]\nid = \"respect.unfinished\"\n";
    fs::write(Path::new(&source).join("unfinished.toml"), rule).unwrap();
    for words in [&["bundle", "check", &source][..], &["bundle", "test", &source]] {
        let ran = run(words.iter().copied(), "");
        assert_eq!(ran.code, 1);
        assert!(ran.complaints.contains("unfinished.toml:"), "{}", ran.complaints);
    }
    let output = folder.path().join("out.json").display().to_string();
    assert_eq!(run(["bundle", "build", &source, "-o", &output], "").code, 1);
    assert!(!Path::new(&output).exists(), "nothing is built from it");
}

#[test]
fn a_draft_with_another_verdict_than_its_source_says_fails_the_test() {
    let folder = tempfile::tempdir().unwrap();
    let source = copy_of_rules(folder.path());
    let draft = format!("[[draft]]\nverdict = \"clear\"\ntext = \"{RISKY}\"\n");
    fs::write(Path::new(&source).join("wrong.toml"), draft).unwrap();
    assert_eq!(run(["bundle", "check", &source], "").code, 0);
    let ran = run(["bundle", "test", &source], "");
    assert_eq!(ran.code, 1);
    assert!(ran.complaints.contains("wrong.toml:"), "{}", ran.complaints);
    assert!(ran.text().contains(" 1 not as they should be"), "{}", ran.text());
}

#[test]
fn what_is_no_source_is_unusable() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().display().to_string();
    for verb in ["check", "test"] {
        let ran = run(["bundle", verb, &empty], "");
        assert_eq!(ran.code, 2);
        assert!(ran.complaints.contains("bundle.toml: "), "{}", ran.complaints);
    }
    let source = repository("rules/middlesbrough").display().to_string();
    let nowhere = folder.path().join("no/such/folder.json").display().to_string();
    assert_eq!(run(["bundle", "build", &source, "-o", &nowhere], "").code, 2);
}

#[test]
fn a_bundle_that_cannot_be_read_is_named_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let check = |name: &str| {
        let path = folder.path().join(name).display().to_string();
        let ran = run(["check", "--bundle", &path, "--text", RISKY], "");
        assert_eq!(ran.code, 2, "{name}");
        assert_eq!(ran.out, b"", "{name}");
        assert!(ran.complaints.contains(name), "{}", ran.complaints);
        ran.complaints
    };
    assert!(check("missing.json").contains("check the name"));
    fs::write(folder.path().join("broken.json"), "{").unwrap();
    check("broken.json");
    fs::write(folder.path().join("newer.json"), r#"{"schema": 999}"#).unwrap();
    assert!(check("newer.json").contains("999"));
    fs::write(folder.path().join("signed.srb"), "untrusted comment: x\n").unwrap();
    assert!(check("signed.srb").contains("first line"));
}
