//! `--base`: an overlay on a bundle that is not built in.

use std::fs;

use crate::signing::Desk;
use crate::{PLAIN, run};

/// A desk with a signed overlay on its own small bundle.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.good(&["new", "east-mere", "--on", "lga-model-code"]);
    let file = desk.path("east-mere/bundle.toml");
    let text = fs::read_to_string(&file).unwrap();
    let from = text.find("id = \"lga-model-code\"").unwrap();
    let base = "id = \"north-wold\"\nserial = 1\nsource = \"../payload.json\"\n";
    fs::write(file, format!("{}{base}", &text[..from])).unwrap();
    desk.good(&["build", "east-mere", "-o", "overlay.json"]);
    desk.good(&["sign", "overlay.json", "--key", "ours.key", "-o", "overlay.srb", "--base", "payload.json"]);
    desk
}

/// Every command that takes a base, on the overlay.
const COMMANDS: [&[&str]; 3] = [
    &["sign", "overlay.json", "--key", "ours.key", "-o", "again.srb"],
    &["verify", "overlay.srb", "--key", "ours.pub"],
    &["diff", "payload.json", "overlay.srb"],
];

/// What `check` says of the overlay on a base, and its exit code.
fn check(desk: &Desk, base: Option<&str>) -> (i32, String) {
    let path = |name: &str| desk.path(name).display().to_string();
    let (file, key) = (path("overlay.srb"), path("ours.pub"));
    let base = base.map(path);
    let more = base.iter().flat_map(|base| ["--base", base]);
    let words = ["check", "--bundle", &file, "--key", &key, "--reviewers", "rules", "--text", PLAIN];
    let ran = run(words.into_iter().chain(more), "");
    (ran.code, ran.complaints)
}

#[test]
fn an_overlay_is_read_on_the_base_that_is_given() {
    let desk = desk();
    desk.good(&["sign", "payload.json", "--key", "ours.key", "-o", "base.srb"]);
    for base in ["payload.json", "base.srb"] {
        for command in COMMANDS {
            desk.good(&[command, &["--base", base]].concat());
        }
        assert_eq!(check(&desk, Some(base)), (0, String::new()));
    }
}

#[test]
fn a_base_that_is_wanted_is_asked_for_by_its_option() {
    let desk = desk();
    for command in COMMANDS {
        let complaint = desk.bad(1, command);
        assert!(complaint.contains(": no-base: ") && complaint.contains("--base FILE"), "{complaint}");
        assert!(!complaint.contains("Install"), "{complaint}");
        // One that is another bundle is named, so that nobody looks for what is wrong elsewhere.
        fs::write(
            desk.path("other.json"),
            fs::read_to_string(desk.path("payload.json")).unwrap().replace("\"north-wold\"", "\"elsewhere\""),
        )
        .unwrap();
        let complaint = desk.bad(1, &[command, &["--base", "other.json"]].concat());
        assert!(complaint.contains("other.json: this is `elsewhere` serial 1"), "{complaint}");
    }
    let (code, complaint) = check(&desk, None);
    assert!(code == 2 && complaint.contains("--base FILE"), "{complaint}");
}

#[test]
fn a_base_that_cannot_be_used_is_named_itself() {
    let desk = desk();
    fs::write(desk.path("bad.json"), "{schema: 1}").unwrap();
    for (base, said) in [
        ("bad.json", "key must be a string"),
        ("missing.json", "check the name"),
        ("overlay.json", "itself an overlay"),
        ("north-wold", "`second-reading bundle build"),
    ] {
        let at = format!("{}: ", desk.path(base).display());
        for command in COMMANDS {
            let complaint = desk.bad(2, &[command, &["--base", base]].concat());
            assert!(complaint.contains(&at) && complaint.contains(said), "{command:?}: {complaint}");
        }
        let (code, complaint) = check(&desk, Some(base));
        assert!(code == 2 && complaint.contains(&at) && complaint.contains(said), "{complaint}");
    }
}
