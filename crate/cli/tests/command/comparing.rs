//! `bundle diff`: what changes for a councillor, in words.

use std::fs;
use std::path::Path;

use second_reading_engine::Category;

use crate::run;

/// Two starters, the second of which a change was made to.
fn diff(change: impl FnOnce(&Path), more: &[&str]) -> String {
    diff_of(|_| {}, change, more)
}

/// Two starters, both prepared, the second of which a change was made to.
fn diff_of(prepare: impl Fn(&Path), change: impl FnOnce(&Path), more: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for parent in ["old", "new"] {
        fs::create_dir(path(parent)).unwrap();
        assert_eq!(run(["bundle", "new", &path(&format!("{parent}/north-wold"))], "").code, 0);
    }
    let (old, new) = (path("old/north-wold"), path("new/north-wold"));
    prepare(Path::new(&old));
    prepare(Path::new(&new));
    change(Path::new(&new));
    assert_eq!(run(["bundle", "build", &old, "-o", &path("old.json")], "").code, 0);
    let ran = run(["bundle", "diff", &path("old.json"), &new].into_iter().chain(more.iter().copied()), "");
    assert_eq!((ran.code, ran.complaints.as_str()), (0, ""));
    ran.text()
}

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let words = fs::read_to_string(folder.join(file)).unwrap();
    assert!(words.contains(from), "{words}");
    fs::write(folder.join(file), words.replace(from, to)).unwrap();
}

fn by_rules_alone(folder: &Path) {
    edit(folder, "bundle.toml", "reviewers = [\"rules\", \"semantic\"]", "reviewers = [\"rules\"]");
}

#[test]
fn nothing_is_said_of_what_stays() {
    assert!(diff(|_| {}, &[]).contains("Nothing changes"));
}

#[test]
fn each_kind_of_change_is_told_by_its_name() {
    let added = "[[rule]]\nid = \"respect.added\"\nseverity = \"notice\"\nconfidence = 0.6\nmatch = [\"what a shambles\"]\nreason = \"R.\"\nadvice = \"A.\"\nfires = [\"What a shambles.\"]\nspares = [\"What a show.\"]\n";
    let told = diff(
        |new| {
            let rules = fs::read_to_string(new.join("rules.toml")).unwrap();
            fs::write(new.join("rules.toml"), format!("{rules}\n{added}")).unwrap();
        },
        &[],
    );
    assert!(told.contains("New rules (1)") && told.contains("such as: What a shambles."), "{told}");
    let told = diff(
        |new| {
            edit(new, "rules.toml", "confidence = 0.9", "confidence = 0.7");
            edit(new, "drafts.toml", "verdict = \"warn\"", "verdict = \"notice\"");
        },
        &[],
    );
    assert!(told.contains("Milder") && told.contains("respect.insult"), "{told}");
    let told = diff(|new| edit(new, "rules.toml", "\"clown\"", "\"clown\", \"wretch\""), &[]);
    assert!(told.contains("look for other words (1)"), "{told}");
    let told = diff(|new| edit(new, "rules.toml", "Say what was done", "Write what was done"), &[]);
    assert!(told.contains("explain themselves"), "{told}");
    let told = diff(|new| edit(new, "clauses.toml", "with respect", "with courtesy"), &[]);
    assert!(told.contains("Clauses that are new, gone or of other words: 1."), "{told}");
}

#[test]
fn other_words_for_what_is_broken_are_told() {
    let head = |from: &'static str, to: &'static str| move |new: &Path| edit(new, "bundle.toml", from, to);
    let told = diff(head("label = \"Respect\"", "label = \"Courtesy\""), &[]);
    assert!(told.contains("of another clause, words or name: respect."), "{told}");
    let told = diff(head("title = \"", "title = \"The new "), &[]);
    assert!(told.contains("The clauses are quoted from “The new "), "{told}");
    let told = diff(head("attribution = \"", "attribution = \"Once more: "), &[]);
    assert!(told.contains("“Once more: "), "{told}");
}

#[test]
fn a_rule_that_the_semantic_reviewer_may_now_let_go_is_told() {
    let speaks = |folder: &Path| {
        let kind = "[[semantic]]\ncategory = \"respect\"\nnamed = 0.4\nwarn = 0.2\nreason = \"R.\"\nadvice = \"A.\"\n";
        fs::write(folder.join("semantic.toml"), kind).unwrap();
    };
    let less_sure = |new: &Path| edit(new, "rules.toml", "confidence = 0.9", "confidence = 0.8");
    let told = diff_of(speaks, less_sure, &[]);
    assert!(told.contains("the semantic reviewer may let them go (1):"), "{told}");
    assert!(told.contains("respect.insult: holds a post."), "{told}");
    let certain = |new: &Path| {
        let head = fs::read_to_string(new.join("bundle.toml")).unwrap();
        fs::write(new.join("bundle.toml"), format!("{head}\n[semantic]\ncertain = 0.95\n")).unwrap();
    };
    let told = diff_of(speaks, certain, &[]);
    assert!(told.contains("the semantic reviewer may let them go (1):"), "{told}");
}

#[test]
fn posts_whose_verdict_changes_are_listed() {
    let posts = tempfile::tempdir().unwrap();
    let lines = "{\"id\": \"a\", \"text\": \"Cllr Hartley is a wretch.\"}\n\n{\"id\": \"b\", \"text\": \"Good day.\"}\n";
    fs::write(posts.path().join("posts.jsonl"), lines).unwrap();
    let folder = posts.path().display().to_string();
    let change = |new: &Path| edit(new, "rules.toml", "\"clown\"", "\"clown\", \"wretch\"");
    let told = diff_of(by_rules_alone, change, &["--posts", &folder]);
    assert!(told.contains("a: clear → warn: Cllr Hartley is a wretch."), "{told}");
    assert!(told.contains("1 of 2 posts get another verdict."), "{told}");
}

/// Rules that speak only in a mail to the public, and only in the period of an election.
const BOUND: &str = "[[rule]]\nid = \"respect.bound\"\nseverity = \"warn\"\nconfidence = 0.9\nmatch = [\"zork\"]\n\
    surfaces = [\"email\"]\nrecipients = [\"public\"]\nreason = \"R.\"\nadvice = \"A.\"\n\
    fires = [\"A zork.\"]\nspares = [\"A fork.\"]\n\
    [[rule]]\nid = \"respect.dated\"\nseverity = \"warn\"\nconfidence = 0.9\nmatch = [\"glork\"]\n\
    window = \"election\"\nreason = \"R.\"\nadvice = \"A.\"\nfires = [\"A glork.\"]\nspares = [\"A fork.\"]\n";

fn with_bound_rules(folder: &Path) {
    let rules = fs::read_to_string(folder.join("rules.toml")).unwrap();
    fs::write(folder.join("rules.toml"), format!("{rules}\n{BOUND}")).unwrap();
}

#[test]
fn posts_are_read_as_check_reads_them() {
    let posts = tempfile::tempdir().unwrap();
    let lines = "\u{feff}{\"id\": \"mail\", \"text\": \"A zork.\", \"surface\": \"email\", \"recipients\": \"public\"}\r\n\
        {\"id\": \"forum\", \"text\": \"A zork.\", \"surface\": \"forum\", \"handle\": \"x\", \"display_name\": \"X\"}\n \n\
        {\"id\": \"officer\", \"text\": \"A zork.\", \"surface\": \"email\", \"recipients\": \"officer\"}\n\
        {\"id\": \"dated\", \"text\": \"A glork.\"}";
    fs::write(posts.path().join("posts.JSONL"), lines).unwrap();
    let folder = posts.path().display().to_string();
    let prepare = |folder: &Path| {
        by_rules_alone(folder);
        edit(
            folder,
            "bundle.toml",
            "# [[election]]\n# notice = \"2027-03-31\"\n# poll = \"2027-05-06\"",
            "[[election]]\nnotice = \"2027-03-31\"\npoll = \"2027-05-06\"",
        );
    };
    let verdicts = |more: &[&str]| {
        let told = diff_of(prepare, with_bound_rules, &[&["--posts", &folder], more].concat());
        let lines =
            told.lines().filter(|line| line.contains(" → ") || line.contains(" posts ")).map(str::to_owned);
        lines.collect::<Vec<_>>()
    };
    let (mail, dated) = ("  mail: clear → warn: A zork.", "  dated: clear → warn: A glork.");
    assert_eq!(verdicts(&[]), [mail, "1 of 4 posts get another verdict."]);
    assert_eq!(verdicts(&["--on", "2027-04-10"]), [mail, dated, "2 of 4 posts get another verdict."]);
    assert_eq!(verdicts(&["--on", "2027-06-10"]), [mail, "1 of 4 posts get another verdict."]);
}

#[test]
fn posts_that_cannot_be_read_are_told_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    assert_eq!(run(["bundle", "new", &path("north-wold")], "").code, 0);
    by_rules_alone(Path::new(&path("north-wold")));
    fs::create_dir(path("posts")).unwrap();
    let diff =
        || run(["bundle", "diff", &path("north-wold"), &path("north-wold"), "--posts", &path("posts")], "");
    // Nothing to read is a mistake in the command, and no good news.
    let said = |words: &str| {
        let ran = diff();
        assert_eq!(ran.code, 2, "{}", ran.text());
        assert!(ran.complaints.contains(words) && ran.complaints.contains("posts: "), "{}", ran.complaints);
    };
    said("no file in it ends in .jsonl");
    fs::write(path("posts/empty.jsonl"), "\n \n").unwrap();
    said("no post");
    let lines = b"{\"id\": \"a\", \"text\": \"A.\"}\n{\"id\": \"b\"}\n\xff\n{\"id\": \"d\", \"text\": \"D.\", \"surface\": \"wall\"}\n{\"id\": \"e\", \"text\": \"E.\"}\n";
    fs::write(path("posts/posts.jsonl"), lines).unwrap();
    let ran = diff();
    assert_eq!(ran.code, 2);
    assert!(ran.text().ends_with("0 of 2 posts get another verdict.\n"), "{}", ran.text());
    let told: Vec<&str> = ran.complaints.lines().collect();
    assert_eq!(told.len(), 3, "{}", ran.complaints);
    for (line, words) in
        told.iter().zip([":2: no \"text\"", ":3: not UTF-8", ":4: \"surface\" is not one of"])
    {
        assert!(line.contains(words), "{line}");
    }
}

#[test]
fn posts_are_read_for_what_they_mean_too() {
    let posts = tempfile::tempdir().unwrap();
    let line = "{\"id\": \"a\", \"text\": \"The officers who wrote this report are useless and lazy.\"}\n";
    fs::write(posts.path().join("posts.jsonl"), line).unwrap();
    let folder = posts.path().display().to_string();
    let speaks = |folder: &Path| {
        let kinds = Category::ALL.iter().map(|category| {
            format!("[[semantic]]\ncategory = \"{category}\"\nnamed = 0.4\nwarn = 0.0\nreason = \"R.\"\nadvice = \"A.\"\n")
        });
        fs::write(folder.join("semantic.toml"), kinds.collect::<String>()).unwrap();
        let head = fs::read_to_string(folder.join("bundle.toml")).unwrap();
        let levels = "[semantic]\nnotice = 0.999998\nwarn = 0.999999\n";
        fs::write(folder.join("bundle.toml"), format!("{head}\n{levels}")).unwrap();
    };
    let change = |new: &Path| {
        edit(new, "bundle.toml", "notice = 0.999998", "notice = 0.000001");
        edit(new, "bundle.toml", "warn = 0.999999", "warn = 0.000002");
    };
    let told = diff_of(speaks, change, &["--posts", &folder]);
    assert!(told.contains("a: clear → warn: The officers"), "{told}");
    assert!(told.contains("1 of 1 posts get another verdict."), "{told}");
    let without = |new: &Path| {
        change(new);
        by_rules_alone(new);
    };
    let told = diff_of(speaks, without, &["--posts", &folder]);
    assert!(told.contains("0 of 1 posts"), "a bundle that does without it is not asked: {told}");
}

#[test]
fn what_spares_and_how_sure_it_must_be_are_told() {
    let told = diff(|new| edit(new, "readings.toml", "\"not\"", "\"not\", \"cllr hartley\""), &[]);
    assert!(told.contains("Other words spare what stands beside them"), "{told}");
    let told = diff(|new| edit(new, "bundle.toml", "warn = 0.78", "warn = 0.8"), &[]);
    assert!(told.contains("holds a post from a confidence of 0.8 (was 0.78)"), "{told}");
    assert!(!told.contains("Nothing changes"), "{told}");
}

#[test]
fn what_cannot_be_compared_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("odd.json"), "{}").unwrap();
    assert_eq!(run(["bundle", "diff", &path("missing.json"), &path("odd.json")], "").code, 2);
    let ran = run(["bundle", "diff", &path("odd.json"), &path("odd.json")], "");
    assert_eq!(ran.code, 1);
    assert!(ran.complaints.contains("odd.json: malformed: "), "{}", ran.complaints);
    // A folder without its first file is none that is bad, but none at all: as in `bundle check`.
    fs::create_dir(path("empty")).unwrap();
    let ran = run(["bundle", "diff", &path("empty"), &path("empty")], "");
    assert_eq!(ran.code, 2, "{}", ran.complaints);
    assert!(ran.complaints.contains("name the folder of a bundle source"), "{}", ran.complaints);
    fs::write(path("empty/bundle.toml.txt"), "").unwrap();
    let ran = run(["bundle", "diff", &path("empty"), &path("empty")], "");
    assert_eq!(ran.code, 1, "{}", ran.complaints);
    assert!(ran.complaints.contains("take the `.txt` out"), "{}", ran.complaints);
}

#[test]
fn a_first_issue_is_compared_with_what_is_built_in() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("north-wold").display().to_string();
    assert_eq!(run(["bundle", "new", &own, "--on", "lga-model-code"], "").code, 0);
    for base in ["lga-model-code", "middlesbrough"] {
        let ran = run(["bundle", "diff", base, &own], "");
        assert_eq!((ran.code, ran.complaints.as_str()), (0, ""));
        assert!(ran.text().starts_with(&format!("From {base} serial ")), "{}", ran.text());
        assert!(ran.text().contains("north-wold.example"), "{}", ran.text());
    }
    let ran = run(["bundle", "diff", "atlantis", &own], "");
    assert_eq!(ran.code, 2);
    assert!(ran.complaints.contains("middlesbrough, lga-model-code"), "{}", ran.complaints);
}
