//! `bundle check`, `bundle test` and `bundle build`, and reading with what they build.

use std::fs;
use std::path::Path;

use second_reading_bundle::MOST_BYTES;

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

/// Each mistake with what must be said of it, in a file of its own beside good rules.
#[test]
fn mistakes_are_told_with_their_line_and_the_way_out() {
    let rule = "[[rule]]\nid = \"respect.zork\"\ncategory = \"respect\"\nseverity = \"warn\"\nconfidence = 0.9\n\
        match = [\"zork\"]\nreason = \"R.\"\nadvice = \"A.\"\nsource = \"1\"\nfires = [\"A zork.\"]\nspares = [\"A fork.\"]\n";
    let other = |from: &str, to: &str| rule.replacen(from, to, 1);
    let clause = "[[clause]]\nid = \"zork\"\nwords = \"T.\"\n";
    let cases: [(&str, Vec<u8>, &str); 16] = [
        ("own.toml", other("respect.zork", "").into(), "own.toml:2: rule: its id is empty"),
        ("own.toml", other("\"R.\"", "\" \"").into(), "own.toml:2: rule respect.zork: it has no `reason`"),
        (
            "own.toml",
            format!("{rule}{rule}").into(),
            "own.toml:13: rule respect.zork: another rule has the same id",
        ),
        (
            "own.toml",
            format!("{rule}{rule}{rule}").into(),
            "own.toml:24: rule respect.zork: another rule has the same id, in ",
        ),
        ("own.toml", clause.replacen("zork", "", 1).into(), "own.toml:1: clause: its id is empty"),
        (
            "own.toml",
            format!("{clause}\n{clause}").into(),
            "own.toml:5: clause zork: another clause has the same id",
        ),
        (
            "own.toml",
            other("respect.zork", "a zork").replace("zork\"]", "<zork\"]").into(),
            "own.toml:6: rule a zork",
        ),
        ("own.toml", other("0.9", "0,9").into(), "a number has a point"),
        (
            "own.toml",
            "[[concept]]\nname = \"zorks\"\nmembers = [\"zork\"]\nobfuscated = \"true\"\n".into(),
            "own.toml:4: invalid type: string \"true\", expected a boolean; `true` and `false` stand without",
        ),
        ("own.toml", other("\"1\"", "2027-01-02").into(), "put dates in quotation marks"),
        ("own.toml", other("[[rule]]", "[rule]").into(), "two brackets"),
        ("own.toml", other("[\"zork\"]", "\"zork\"").into(), "a list stands in [ ]"),
        ("own.toml", other("\"warn\"", "\"warn\",").into(), "own.toml:4: "),
        ("own.toml", b"# good\n# caf\xe9\n".to_vec(), "own.toml:2: a letter is not written in UTF-8"),
        ("own.toml.txt", rule.into(), "take the `.txt` out of its name"),
        ("own.TOML", other("[\"zork\"]", "[]").into(), "own.TOML:2: "),
    ];
    for (name, bytes, said) in cases {
        let folder = tempfile::tempdir().unwrap();
        let source = copy_of_rules(folder.path());
        fs::write(Path::new(&source).join("._own.toml"), b"\0what a system keeps").unwrap();
        assert_eq!(run(["bundle", "check", &source], "").code, 0, "good without {said}");
        fs::write(Path::new(&source).join(name), bytes).unwrap();
        let ran = run(["bundle", "check", &source], "");
        assert_eq!(ran.code, 1, "{said}");
        assert!(ran.complaints.contains(said), "{said}: {}", ran.complaints);
    }
}

/// Changes the first file of a source, and returns how it was.
fn rewrite(source: &str, change: impl FnOnce(&str) -> String) -> String {
    let file = Path::new(source).join("bundle.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, change(&text)).unwrap();
    text
}

/// An overlay on the model code, as it begins.
fn overlay(folder: &Path) -> String {
    let overlay = folder.join("own").display().to_string();
    assert_eq!(run(["bundle", "new", &overlay, "--on", "lga-model-code"], "").code, 0);
    overlay
}

#[test]
fn a_category_that_stands_twice_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let source = copy_of_rules(folder.path());
    let again = "[[category]]\nid = \"respect\"\nclause = \"12.3\"\nwords = \"W.\"\nlabel = \"L\"\n";
    let text = rewrite(&source, |text| format!("{text}\n{again}"));
    let ran = run(["bundle", "check", &source], "");
    assert_eq!(ran.code, 1);
    assert!(
        ran.complaints.contains("category respect: another category has the same id"),
        "{}",
        ran.complaints
    );
    let line = text.lines().count() + 2;
    assert!(ran.complaints.contains(&format!("bundle.toml:{line}: ")), "{}", ran.complaints);
}

#[test]
fn a_file_that_is_included_and_stands_in_the_folder_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let source = overlay(folder.path());
    fs::write(Path::new(&source).join("clauses.toml"), "[[clause]]\nid = \"zork\"\nwords = \"T.\"\n")
        .unwrap();
    rewrite(&source, |text| format!("include = [\"../own/clauses.toml\"]\n{text}"));
    let ran = run(["bundle", "check", &source], "");
    assert_eq!(ran.code, 0, "{}", ran.complaints);
}

#[test]
fn what_is_missing_is_not_told_where_a_file_could_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let source = overlay(folder.path());
    let text = rewrite(&source, |text| text.replacen("without = [", "without = [\"own.zork\", ", 1));
    let line = text.lines().position(|line| line.starts_with("without = [")).unwrap() + 1;
    let told = || run(["bundle", "check", &source], "").complaints;
    let missing = format!("bundle.toml:{line}: without: there is no rule `own.zork`");
    assert!(told().contains(&missing), "{}", told());
    fs::write(Path::new(&source).join("a.toml"), "[[rule]]\nid = \"own.bare\"\nmatch = [\"x\"]\n").unwrap();
    fs::write(Path::new(&source).join("zork.toml"), "[[rule]").unwrap();
    assert!(!told().contains("without"), "{}", told());
    assert!(told().lines().next().is_some_and(|line| line.contains("zork.toml:1: ")), "{}", told());
    let file = Path::new(&source).join("bundle.toml");
    fs::rename(&file, file.with_file_name("bundle.toml.txt")).unwrap();
    assert!(told().contains("bundle.toml.txt: is not read; take the `.txt` out"), "{}", told());
}

#[test]
fn what_stands_below_a_heading_is_sent_above_it() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole").display().to_string();
    assert_eq!(run(["bundle", "new", &whole], "").code, 0);
    for source in [overlay(folder.path()), whole] {
        let starter = rewrite(&source, str::to_owned);
        let line = starter.lines().count() + 1;
        for (key, entry) in [("successor", "successor = \"RW\""), ("layers_off", "layers_off = [\"law\"]")] {
            rewrite(&source, |_| format!("{starter}{entry}\n"));
            let ran = run(["bundle", "check", &source], "");
            assert_eq!(ran.code, 1);
            assert!(
                ran.complaints.contains(&format!("bundle.toml:{line}: unknown field `{key}`")),
                "{}",
                ran.complaints
            );
            let cure = format!("`{key}` stands above the first [heading]");
            assert!(ran.complaints.contains(&cure), "{}", ran.complaints);
        }
        // What is nowhere known is not sent there.
        rewrite(&source, |_| format!("{starter}zork = 1\n"));
        assert!(!run(["bundle", "check", &source], "").complaints.contains("above the first"));
        // Where the starter holds it ready, it is read: this key is none, and so it is told of.
        let ready = starter.find("# successor = ").unwrap();
        assert!(starter.find("\n[").is_some_and(|heading| ready < heading), "{starter}");
        rewrite(&source, |_| starter.replace("# successor = ", "successor = "));
        let ran = run(["bundle", "check", &source], "");
        assert!(ran.complaints.contains("its successor is not a Minisign public key"), "{}", ran.complaints);
    }
}

/// What would be taken in silence, and then hold nothing back or say something else, in the bundle's own file.
#[test]
fn levels_dates_and_names_that_cannot_be_meant_are_refused() {
    for (more, said) in [
        ("[thresholds]\nwarn = 78\nnotice = 40\n", "`notice` and `warn` lie between 0 and 1"),
        ("[thresholds]\nwarn = 0.3\nnotice = 0.9\n", "`notice` is not above `warn`"),
        ("[thresholds]\nwarn = nan\nnotice = 0.4\n", "`notice` and `warn` lie between 0 and 1"),
        ("[[election]]\nnotice = \"2027-05-06\"\npoll = \"2027-03-31\"\n", "comes after its `poll`"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let source = overlay(folder.path());
        rewrite(&source, |text| format!("{text}\n{more}"));
        let ran = run(["bundle", "check", &source], "");
        assert_eq!(ran.code, 1, "{more}");
        assert!(ran.complaints.contains("bundle.toml"), "{}", ran.complaints);
        assert!(ran.complaints.contains(said), "{said}: {}", ran.complaints);
    }
}

#[test]
fn a_layer_is_not_unknown_where_its_only_rule_is_broken() {
    let folder = tempfile::tempdir().unwrap();
    let source = overlay(folder.path());
    let file = Path::new(&source).join("bundle.toml");
    let text = fs::read_to_string(&file).unwrap();
    let rule = "[[rule]]\nid = \"own.broken\"\nlayer = \"own\"\ncategory = \"respect\"\nseverity = \"notice\"\n\
        confidence = 0.9\nmatch = [\"<zork\"]\nreason = \"R.\"\nadvice = \"A.\"\nsource = \"1\"\n\
        fires = [\"A zork.\"]\nspares = [\"A fork.\"]\n";
    for (layer, found, count) in [
        ("own", "own.toml:7: rule own.broken", 1),
        ("owm", "bundle.toml:1: layers_off: no rule is of a layer `owm`", 2),
    ] {
        fs::write(&file, format!("layers_off = [\"{layer}\"]\n{text}")).unwrap();
        fs::write(Path::new(&source).join("own.toml"), rule).unwrap();
        let ran = run(["bundle", "check", &source], "");
        assert_eq!(ran.code, 1);
        assert!(ran.complaints.contains(found), "{}", ran.complaints);
        assert_eq!(ran.complaints.trim().lines().count(), count, "{}", ran.complaints);
    }
}

#[test]
fn an_overlay_that_changes_how_the_base_reads_fails_its_test() {
    let folder = tempfile::tempdir().unwrap();
    let overlay = overlay(folder.path());
    assert_eq!(run(["bundle", "test", &overlay], "").code, 0);
    let concept = "[[concept]]\nname = \"title\"\nmembers = [\"liar\"]\n\
        [[concept]]\nname = \"plain-dealing\"\nmembers = [\"vote\"]\n";
    fs::write(Path::new(&overlay).join("titles.toml"), concept).unwrap();
    let ran = run(["bundle", "test", &overlay], "");
    assert_eq!(ran.code, 1, "{}", ran.text());
    let told = ran.complaints.lines().next().unwrap_or_default();
    assert!(told.contains("own/bundle.toml:") && told.contains(": base: rule `"), "{told}");
    assert!(told.contains("put the rule into `without`"), "{told}");
}

/// What would be refused by whoever signs or installs it is no payload to hand on, and what was built before stays.
#[test]
fn what_would_be_refused_later_is_not_built() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (source, output) = (path("north-wold"), path("north-wold.json"));
    let build = |source: &str| run(["bundle", "build", source, "-o", &output], "");
    assert_eq!(run(["bundle", "new", &source], "").code, 0);
    assert_eq!(build(&source).code, 0);
    let before = fs::read(&output).unwrap();
    let refused = |source: &str, says: &[&str]| {
        let ran = build(source);
        assert_eq!((ran.code, ran.text().as_str()), (1, ""), "{}", ran.complaints);
        for says in [&format!("{source}: "), "Nothing was written."].iter().chain(says) {
            assert!(ran.complaints.contains(says), "{says}: {}", ran.complaints);
        }
        assert!(fs::read(&output).unwrap() == before);
    };
    let spoilt = |file: &str, change: &dyn Fn(&str) -> String, says: &[&str]| {
        let file = Path::new(&source).join(file);
        let good = fs::read_to_string(&file).unwrap();
        let other = change(&good);
        assert!(other != good);
        fs::write(&file, other).unwrap();
        assert_eq!(run(["bundle", "check", &source], "").complaints, "", "its form is good");
        refused(&source, says);
        fs::write(&file, good).unwrap();
    };
    let fires =
        |rules: &str| rules.replacen("Cllr Hartley is such a liar.", "Cllr Hartley is such a baker.", 1);
    let says = [
        ": failing-self-tests: It fails 1 of ",
        "does not fire on “Cllr Hartley is such a baker.”",
        "`second-reading bundle test ",
    ];
    spoilt("rules.toml", &fires, &says);
    // Its own bytes would just be read; with a signature before them they would not.
    for bytes in [MOST_BYTES - before.len() - 100, MOST_BYTES] {
        let long = |head: &str| format!("{head}\n[texts]\nlong = \"{}\"\n", "z".repeat(bytes));
        spoilt("bundle.toml", &long, &[": too-large: ", "take out"]);
    }
    let overlay = overlay(folder.path());
    let title = "[[concept]]\nname = \"title\"\nmembers = [\"liar\"]\n\
        [[concept]]\nname = \"plain-dealing\"\nmembers = [\"vote\"]\n";
    fs::write(Path::new(&overlay).join("titles.toml"), title).unwrap();
    refused(&overlay, &[": failing-self-tests: "]);
}

#[test]
fn nothing_is_built_over_a_source() {
    let folder = tempfile::tempdir().unwrap();
    let source = copy_of_rules(folder.path());
    let included = folder.path().join("common/semantic.toml");
    for file in [Path::new(&source).join("bundle.toml"), included] {
        let before = fs::read(&file).unwrap();
        let ran = run(["bundle", "build", &source, "-o", &file.display().to_string()], "");
        assert_eq!(ran.code, 2);
        assert!(ran.complaints.contains("choose another name"), "{}", ran.complaints);
        assert!(fs::read(&file).unwrap() == before, "{}", file.display());
    }
    for new in ["new.toml", "new.TOML"] {
        let new = Path::new(&source).join(new);
        assert_eq!(run(["bundle", "build", &source, "-o", &new.display().to_string()], "").code, 2);
        assert!(!new.exists());
    }
    // Includes and bases are sources whatever they are called, and a key is nobody's to write over.
    let (own, folder) = (overlay(folder.path()), folder.path());
    let base = folder.join("base.json");
    assert_eq!(run(["bundle", "build", &source, "-o", &base.display().to_string()], "").code, 0);
    fs::rename(Path::new(&source).join("drafts.toml"), folder.join("drafts.inc")).unwrap();
    let id = "id = \"lga-model-code\"\n";
    let based = |text: &str| text.replace(id, "id = \"middlesbrough\"\nsource = \"../base.json\"\n");
    let text = rewrite(&own, |text| format!("include = [\"../drafts.inc\"]\n{}", based(text)));
    assert!(text.contains(id), "{text}");
    let keys = folder.join("ours").display().to_string();
    assert_eq!(run(["bundle", "keygen", "-o", &keys, "--no-password"], "").code, 0);
    assert_eq!(run(["bundle", "check", &own], "").complaints, "");
    for name in ["drafts.inc", "base.json", "ours.key", "ours.pub"] {
        let before = fs::read(folder.join(name)).unwrap();
        let ran = run(["bundle", "build", &own, "-o", &folder.join(name).display().to_string()], "");
        assert_eq!(ran.code, 2, "{name}");
        assert!(fs::read(folder.join(name)).unwrap() == before, "{name}");
    }
    // A payload of before is replaced, in the folder too.
    let payload = Path::new(&source).join("payload.json").display().to_string();
    for _ in 0..2 {
        assert_eq!(run(["bundle", "build", &source, "-o", &payload], "").code, 0);
    }
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
