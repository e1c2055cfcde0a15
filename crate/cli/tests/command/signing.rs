//! `bundle new`, `keygen`, `sign`, `verify` and `inspect`, alone and together with Debian's `minisign`. Every test makes
//! its own keys.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::{RISKY, Ran, repository, run};

/// A folder with a small bundle, built, and a key pair without a password.
pub(crate) struct Desk(tempfile::TempDir);

impl Desk {
    pub(crate) fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.good(&["new", "north-wold", "--authority", "North Wold \"District\" Council"]);
        desk.good(&["build", "north-wold", "-o", "payload.json"]);
        desk.good(&["keygen", "-o", "ours", "--no-password"]);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `bundle …`; words that name something in the folder become its path.
    pub(crate) fn bundle(&self, words: &[&str]) -> Ran {
        const NAMES: [&str; 5] = [".json", ".srb", ".key", ".pub", ".password"];
        let named = |word: &&str| NAMES.iter().any(|ending| word.ends_with(ending));
        let words: Vec<String> = words
            .iter()
            .map(|word| match *word {
                "north-wold" | "east-mere" | "ours" | "guarded" => self.path(word).display().to_string(),
                word if named(&word) => self.path(word).display().to_string(),
                word => word.to_owned(),
            })
            .collect();
        run(["bundle"].into_iter().chain(words.iter().map(String::as_str)), "")
    }

    pub(crate) fn good(&self, words: &[&str]) -> Ran {
        let ran = self.bundle(words);
        assert_eq!((ran.code, ran.complaints.as_str()), (0, ""), "{words:?}");
        ran
    }

    /// Runs a command that must say no, and returns what it complains of.
    pub(crate) fn bad(&self, code: i32, words: &[&str]) -> String {
        let ran = self.bundle(words);
        assert_eq!(ran.code, code, "{words:?}: {}", ran.complaints);
        assert!(ran.complaints.len() > 20, "{}", ran.complaints);
        ran.complaints
    }

    /// Runs Debian's `minisign` in the folder.
    fn minisign(&self, words: &[&str]) -> bool {
        let ran =
            Command::new("minisign").args(words).current_dir(self.0.path()).stdin(Stdio::null()).output();
        assert!(ran.is_ok(), "these tests need the real tool: `sudo apt-get install minisign`");
        ran.is_ok_and(|ran| ran.status.success())
    }

    /// Cuts a signed file in two, as the design says it can be.
    fn cut(&self, name: &str) {
        let file = fs::read_to_string(self.path(name)).unwrap();
        let (signature, payload) = file.split_once("\n\n").unwrap();
        fs::write(self.path("cut.json"), payload).unwrap();
        fs::write(self.path("cut.json.minisig"), format!("{signature}\n")).unwrap();
    }
}

#[test]
fn what_we_sign_the_real_tool_verifies_and_what_it_changes_it_refuses() {
    let desk = Desk::new();
    desk.good(&["sign", "payload.json", "--key", "ours.key", "-o", "bundle.srb"]);
    desk.cut("bundle.srb");
    assert!(desk.minisign(&["-V", "-p", "ours.pub", "-m", "cut.json"]));
    assert_eq!(fs::read(desk.path("cut.json")).unwrap(), fs::read(desk.path("payload.json")).unwrap());
    let payload = fs::read_to_string(desk.path("cut.json")).unwrap();
    fs::write(desk.path("cut.json"), payload.replacen("liar", "lier", 1)).unwrap();
    assert!(!desk.minisign(&["-V", "-p", "ours.pub", "-m", "cut.json"]));
}

#[test]
fn what_the_real_tool_signs_with_its_own_key_we_verify() {
    let desk = Desk::new();
    assert!(desk.minisign(&["-G", "-W", "-p", "theirs.pub", "-s", "theirs.key"]));
    for comment in [&[][..], &["-t", "second-reading bundle=north-wold serial=1"]] {
        let words = [&["-S", "-s", "theirs.key", "-m", "payload.json"], comment].concat();
        assert!(desk.minisign(&words));
        let signature = fs::read_to_string(desk.path("payload.json.minisig")).unwrap();
        let payload = fs::read_to_string(desk.path("payload.json")).unwrap();
        fs::write(desk.path("bundle.srb"), format!("{signature}\n{payload}")).unwrap();
        let ran = desk.good(&["verify", "bundle.srb", "--key", "theirs.pub"]);
        assert!(ran.text().contains("North Wold \"District\" Council"), "{}", ran.text());
    }
    assert!(desk.bad(1, &["verify", "bundle.srb", "--key", "ours.pub"]).contains("wrong-key"));
    // Ours can sign with its key, and its with ours.
    desk.good(&["sign", "payload.json", "--key", "theirs.key", "-o", "again.srb"]);
    desk.good(&["verify", "again.srb", "--key", "theirs.pub"]);
    assert!(desk.minisign(&["-S", "-s", "ours.key", "-m", "payload.json"]));
    assert!(desk.minisign(&["-V", "-p", "ours.pub", "-m", "payload.json"]));
}

#[test]
fn signatures_that_the_real_tool_makes_otherwise_are_refused_with_the_way_out() {
    let desk = Desk::new();
    let signed = |words: &[&str]| {
        let words = [&["-S", "-s", "ours.key", "-m", "payload.json"], words].concat();
        assert!(desk.minisign(&words));
        let signature = fs::read_to_string(desk.path("payload.json.minisig")).unwrap();
        let payload = fs::read_to_string(desk.path("payload.json")).unwrap();
        fs::write(desk.path("bundle.srb"), format!("{signature}\n{payload}")).unwrap();
        desk.bad(1, &["verify", "bundle.srb", "--key", "ours.pub"])
    };
    assert!(signed(&["-l"]).contains("minisign -l"));
    assert!(signed(&["-c", "the council's rules"]).contains("minisign -c"));
    let said = "second-reading bundle=north-wold serial=2";
    assert!(signed(&["-t", said]).contains("serial=2"));
    // `check` reads with nothing that `verify` refuses for what was signed.
    let path = |name: &str| desk.path(name).display().to_string();
    let check = ["check", "--bundle", &path("bundle.srb"), "--key", &path("ours.pub"), "--text", RISKY];
    let ran = run(check, "");
    assert_eq!(ran.code, 2, "{}", ran.text());
    assert!(ran.complaints.contains(said), "{}", ran.complaints);
}

#[test]
fn a_key_with_a_password_signs_with_that_password_only() {
    let desk = Desk::new();
    fs::write(desk.path("right.password"), "correct horse\n").unwrap();
    fs::write(desk.path("wrong.password"), "battery staple\n").unwrap();
    fs::write(desk.path("empty.password"), "\n").unwrap();
    let made = desk.good(&["keygen", "-o", "guarded", "--password-file", "right.password"]).text();
    let sign = ["sign", "payload.json", "--key", "guarded.key", "-o", "bundle.srb", "--password-file"];
    desk.bad(2, &[&sign[..], &["wrong.password"]].concat());
    desk.bad(2, &[&sign[..], &["empty.password"]].concat());
    assert!(!desk.path("bundle.srb").exists());
    assert!(desk.bad(2, &sign[..6]).contains("--password-file"));
    desk.good(&[&sign[..], &["right.password"]].concat());
    let verified = desk.good(&["verify", "bundle.srb", "--key", "guarded.pub"]).text();
    let words = made.lines().last().unwrap().trim();
    assert_eq!(words.split(' ').count(), 8);
    assert!(verified.contains(words), "{verified}");
    assert!(desk.good(&["inspect", "guarded.pub"]).text().contains(words));
}

/// Runs `bundle …` in the folder at a terminal, answers what is asked there in turn, and returns the exit code and what
/// the terminal showed.
#[cfg(target_os = "linux")]
fn at_a_terminal(desk: &Desk, words: &str, answers: &[&str]) -> (Option<i32>, String) {
    use std::io::{Read, Write};

    let line = format!("'{}' bundle {words}", env!("CARGO_BIN_EXE_second-reading"));
    let mut child = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(desk.0.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut shown = Vec::new();
    let mut byte = [0];
    for answer in answers {
        // A prompt ends so; what is typed before it would be typed to nobody.
        while !shown.ends_with(b": ") && stdout.read(&mut byte).unwrap() == 1 {
            shown.push(byte[0]);
        }
        shown.push(b'\n');
        writeln!(stdin, "{answer}").unwrap();
    }
    // Whatever is asked beyond that meets the end of the input, and waits for nobody.
    drop(stdin);
    stdout.read_to_end(&mut shown).unwrap();
    (child.wait().unwrap().code(), String::from_utf8_lossy(&shown).into_owned())
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_asked_for_a_password_that_guards() {
    let desk = Desk::new();
    let (code, shown) = at_a_terminal(&desk, "keygen -o guarded", &[""]);
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("no password was typed") && shown.contains("--no-password"), "{shown}");
    let (code, shown) = at_a_terminal(&desk, "keygen -o guarded", &["correct horse", "corect horse"]);
    assert_eq!(code, Some(2), "{shown}");
    assert!(shown.contains("not the same"), "{shown}");
    assert!(!desk.path("guarded.key").exists() && !desk.path("guarded.pub").exists());
    // What is asked is for the terminal; the output holds the words and nothing else.
    let (code, shown) =
        at_a_terminal(&desk, "keygen -o guarded > words.txt", &["correct horse", "correct horse"]);
    assert_eq!(code, Some(0), "{shown}");
    let words = fs::read_to_string(desk.path("words.txt")).unwrap();
    assert!(words.starts_with("guarded.key: ") && words.lines().count() == 3, "{words}");
    // The key's own words may have either of its words.
    assert!(!words.contains("correct horse"), "{words}");
    let sign = "sign payload.json --key guarded.key -o bundle.srb > signed.txt";
    for (answer, expected) in [("", 2), ("battery staple", 2), ("correct horse", 0)] {
        let (code, shown) = at_a_terminal(&desk, sign, &[answer]);
        assert_eq!(code, Some(expected), "{answer}: {shown}");
        assert_eq!(answer.is_empty(), shown.contains("no password was typed"), "{shown}");
    }
    let signed = fs::read_to_string(desk.path("signed.txt")).unwrap();
    assert!(signed.starts_with("bundle.srb: ") && signed.lines().count() == 1, "{signed}");
    desk.good(&["verify", "bundle.srb", "--key", "guarded.pub"]);
}

#[cfg(unix)]
#[test]
fn a_secret_key_is_for_its_owner_alone_and_never_written_over() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    let mode = fs::metadata(desk.path("ours.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let before = fs::read(desk.path("ours.key")).unwrap();
    assert!(desk.bad(2, &["keygen", "-o", "ours", "--no-password"]).contains("ours.key"));
    assert_eq!(fs::read(desk.path("ours.key")).unwrap(), before);
    assert!(desk.bad(2, &["new", "north-wold"]).contains("north-wold"));
}

#[test]
fn what_would_be_refused_is_not_signed() {
    let desk = Desk::new();
    let payload = fs::read_to_string(desk.path("payload.json")).unwrap();
    let sign = |words: String| {
        fs::write(desk.path("spoilt.json"), words).unwrap();
        let complaint = desk.bad(1, &["sign", "spoilt.json", "--key", "ours.key", "-o", "spoilt.srb"]);
        assert!(!desk.path("spoilt.srb").exists());
        complaint
    };
    assert!(sign(payload.replace("\"fires\":true", "\"fires\":false")).contains("failing-self-tests"));
    assert!(sign(payload.replace("{insult}", "{nonsense}")).contains("nonsense"));
    assert!(sign("{}".to_owned()).contains("malformed"));
    desk.good(&["sign", "payload.json", "--key", "ours.key", "-o", "bundle.srb"]);
    assert!(sign(fs::read_to_string(desk.path("bundle.srb")).unwrap()).contains("signed already"));
}

#[test]
fn the_public_key_in_the_place_of_the_secret_one_is_named() {
    let desk = Desk::new();
    fs::write(desk.path("our.password"), "correct horse\n").unwrap();
    for password in [&["--no-password"][..], &["--password-file", "our.password"]] {
        let sign = ["sign", "payload.json", "--key", "ours.pub", "-o", "bundle.srb"];
        let complaint = desk.bad(2, &[&sign[..], password].concat());
        assert!(complaint.contains("ours.pub: this is the public key"), "{complaint}");
        assert!(complaint.contains("secret one"), "{complaint}");
    }
    assert!(!desk.path("bundle.srb").exists());
}

#[test]
fn what_is_signed_is_never_written_over_what_it_is_made_from() {
    let desk = Desk::new();
    fs::write(desk.path("our.password"), "correct horse\n").unwrap();
    desk.good(&["keygen", "-o", "guarded", "--password-file", "our.password"]);
    fs::copy(desk.path("payload.json"), desk.path("base.json")).unwrap();
    fs::create_dir(desk.path("sub")).unwrap();
    let sources = ["payload.json", "guarded.key", "base.json", "our.password"];
    let read = || sources.map(|name| fs::read(desk.path(name)).unwrap());
    let before = read();
    let sign = ["sign", "payload.json", "--key", "guarded.key", "--base", "base.json"];
    let sign = [&sign[..], &["--password-file", "our.password", "-o"]].concat();
    for output in ["payload.json", "guarded.key", "base.json", "our.password", "sub/../guarded.key"] {
        let complaint = desk.bad(2, &[&sign[..], &[output]].concat());
        assert!(complaint.contains("choose another name"), "{output}: {complaint}");
        assert!(read() == before, "{output}");
    }
    // A signed file of before is replaced, as a build is.
    desk.good(&[&sign[..], &["bundle.srb"]].concat());
    desk.good(&[&sign[..], &["bundle.srb"]].concat());
}

#[test]
fn nothing_is_signed_over_a_source() {
    let desk = Desk::new();
    let source = desk.path("north-wold/bundle.toml");
    let before = fs::read(&source).unwrap();
    let new = desk.path("north-wold/new.TOML");
    for output in [&source, &new] {
        let output = output.display().to_string();
        let complaint = desk.bad(2, &["sign", "payload.json", "--key", "ours.key", "-o", &output]);
        assert!(complaint.contains("choose another name, such as north-wold-1.srb"), "{complaint}");
    }
    assert!(fs::read(&source).unwrap() == before && !new.exists());
}

#[test]
fn no_payload_is_built_over_a_signed_file() {
    let desk = Desk::new();
    desk.good(&["sign", "payload.json", "--key", "ours.key", "-o", "bundle.srb"]);
    let before = fs::read(desk.path("bundle.srb")).unwrap();
    for output in ["bundle.srb", "new.srb"] {
        let complaint = desk.bad(2, &["build", "north-wold", "-o", output]);
        assert!(complaint.contains("`bundle sign`") && complaint.contains("north-wold.json"), "{complaint}");
    }
    assert!(fs::read(desk.path("bundle.srb")).unwrap() == before && !desk.path("new.srb").exists());
}

/// What a folder holds, by name.
#[cfg(unix)]
fn names(folder: &std::path::Path) -> Vec<std::ffi::OsString> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_what_was_there() {
    let desk = Desk::new();
    desk.good(&["sign", "payload.json", "--key", "ours.key", "-o", "bundle.srb"]);
    let files = || {
        (names(desk.0.path()), ["payload.json", "bundle.srb"].map(|name| fs::read(desk.path(name)).unwrap()))
    };
    let before = files();
    let run = |words: &str| {
        // No file may grow beyond a block or two; what would is told so, as where a disk is full.
        let limited = format!("trap '' XFSZ; ulimit -f 1; \"$0\" bundle {words}");
        let ours = env!("CARGO_BIN_EXE_second-reading");
        Command::new("sh").args(["-c", &limited, ours]).current_dir(desk.0.path()).output().unwrap()
    };
    for words in ["build north-wold -o payload.json", "sign payload.json --key ours.key -o bundle.srb"] {
        let ran = run(words);
        let complaint = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{words}: {complaint}");
        assert!(complaint.contains("File too large"), "{complaint}");
        assert!(files() == before, "{words}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_written_anew_keeps_its_mode_and_its_place() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let desk = Desk::new();
    let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    // New files are for those whom the system's own `touch` would let read them.
    assert!(Command::new("touch").arg(desk.path("touched")).status().unwrap().success());
    assert_eq!(
        [mode("payload.json"), mode("ours.pub"), mode("ours.key")],
        [mode("touched"), mode("touched"), 0o600]
    );
    fs::set_permissions(desk.path("payload.json"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("payload.json", desk.path("link.json")).unwrap();
    desk.good(&["build", "north-wold", "-o", "link.json"]);
    assert!(fs::symlink_metadata(desk.path("link.json")).unwrap().is_symlink());
    assert_eq!(mode("payload.json"), 0o640);
    // What is no file is written to and stays what it is.
    desk.good(&["build", "north-wold", "-o", "/dev/null"]);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    // The link's name hides no source.
    symlink("north-wold/bundle.toml", desk.path("source.json")).unwrap();
    let before = fs::read(desk.path("north-wold/bundle.toml")).unwrap();
    desk.bad(2, &["sign", "payload.json", "--key", "ours.key", "-o", "source.json"]);
    assert_eq!(fs::read(desk.path("north-wold/bundle.toml")).unwrap(), before);
}

#[test]
fn verify_tells_apart_what_is_wrong() {
    let desk = Desk::new();
    desk.good(&["sign", "payload.json", "--key", "ours.key", "-o", "bundle.srb"]);
    let file = fs::read(desk.path("bundle.srb")).unwrap();
    let verify = |bytes: &[u8]| {
        fs::write(desk.path("spoilt.srb"), bytes).unwrap();
        desk.bad(1, &["verify", "spoilt.srb", "--key", "ours.pub"])
    };
    let mut altered = file.clone();
    altered[400] ^= 1;
    assert!(verify(&altered).contains(": altered: "));
    assert!(verify(&file[..file.len() / 2]).contains(": truncated: "));
    assert!(verify(&fs::read(desk.path("payload.json")).unwrap()).contains(": unsigned: "));
    assert!(verify(&[0xff; 10]).contains(": not-utf8: "));
    desk.bad(2, &["verify", "missing.srb", "--key", "ours.pub"]);
    desk.bad(2, &["verify", "bundle.srb", "--key", "missing.pub"]);
    desk.bad(2, &["verify", "bundle.srb", "--key", "payload.json"]);
    let dated = ["verify", "bundle.srb", "--key", "ours.pub", "--on"];
    assert!(desk.bad(1, &[&dated[..], &["2020-01-01"]].concat()).contains("not-yet-valid"));
    desk.good(&[&dated[..], &["2999-01-01"]].concat());
    let key = fs::read_to_string(desk.path("ours.pub")).unwrap();
    desk.good(&["verify", "bundle.srb", "--key", key.lines().nth(1).unwrap()]);
}

#[test]
fn dates_hold_today_where_no_day_is_named() {
    let desk = Desk::new();
    let source = fs::read_to_string(desk.path("north-wold/bundle.toml")).unwrap();
    let dated = |days: &str| {
        let lines = source.lines().map(|line| if line.starts_with("issued = ") { days } else { line });
        fs::write(desk.path("north-wold/bundle.toml"), lines.collect::<Vec<_>>().join("\n")).unwrap();
        desk.good(&["build", "north-wold", "-o", "dated.json"]);
    };
    let verify = ["verify", "dated.srb", "--key", "ours.pub"];
    dated("issued = \"2024-01-01\"\nexpires = \"2024-12-31\"");
    let complaint = desk.bad(1, &["sign", "dated.json", "--key", "ours.key", "-o", "dated.srb"]);
    assert!(complaint.contains(": expired: ") && complaint.contains("2024-12-31"), "{complaint}");
    assert!(complaint.contains("bundle.toml"), "{complaint}");
    assert!(!desk.path("dated.srb").exists());
    // Signed while it held, or by another tool, it is refused by the day.
    assert!(desk.minisign(&["-S", "-s", "ours.key", "-m", "dated.json"]));
    let read = |name: &str| fs::read_to_string(desk.path(name)).unwrap();
    fs::write(desk.path("dated.srb"), format!("{}\n{}", read("dated.json.minisig"), read("dated.json")))
        .unwrap();
    assert!(desk.bad(1, &verify).contains(": expired: "));
    desk.good(&[&verify[..], &["--on", "2024-12-31"]].concat());
    // What is to be handed out later is signed before.
    dated("issued = \"2999-01-01\"");
    desk.good(&["sign", "dated.json", "--key", "ours.key", "-o", "dated.srb"]);
    assert!(desk.bad(1, &verify).contains(": not-yet-valid: "));
    desk.good(&[&verify[..], &["--on", "2999-01-01"]].concat());
}

#[test]
fn a_key_in_the_place_of_a_bundle_is_called_a_key() {
    let desk = Desk::new();
    fs::write(desk.path("our.password"), "correct horse\n").unwrap();
    desk.good(&["keygen", "-o", "guarded", "--password-file", "our.password"]);
    assert!(desk.minisign(&["-G", "-W", "-p", "theirs.pub", "-s", "theirs.key"]));
    for secret in ["ours.key", "guarded.key", "theirs.key"] {
        for words in [&["inspect", secret][..], &["verify", secret, "--key", "ours.pub"]] {
            let complaint = desk.bad(1, words);
            assert!(complaint.contains("secret key") && complaint.contains("yourself"), "{complaint}");
        }
    }
    for public in ["ours.pub", "theirs.pub"] {
        let complaint = desk.bad(1, &["verify", public, "--key", "ours.pub"]);
        assert!(complaint.contains("public key") && complaint.contains(".srb"), "{complaint}");
    }
}

#[test]
fn a_starter_passes_its_own_tests_alone_and_on_a_base() {
    let desk = Desk::new();
    desk.good(&["check", "north-wold"]);
    desk.good(&["test", "north-wold"]);
    desk.good(&["new", "east-mere", "--on", "middlesbrough"]);
    desk.good(&["test", "east-mere"]);
    desk.good(&["build", "east-mere", "-o", "overlay.json"]);
    let facts = desk.good(&["inspect", "overlay.json"]).text();
    assert!(facts.contains("builds on       middlesbrough serial "), "{facts}");
    desk.good(&["sign", "overlay.json", "--key", "ours.key", "-o", "overlay.srb"]);
    desk.good(&["verify", "overlay.srb", "--key", "ours.pub"]);
    let overlay = desk.path("overlay.srb").display().to_string();
    let key = desk.path("ours.pub").display().to_string();
    let check = ["check", "--bundle", &overlay, "--key", &key, "--format", "jsonl", "--text"];
    let read = run(check.into_iter().chain(["The draft budget says the pool will close."]), "");
    assert_eq!((read.code, read.complaints.as_str()), (0, ""));
    assert!(read.text().contains("east-mere.example"), "{}", read.text());
    assert_eq!(run(check.into_iter().chain([RISKY]), "").code, 1, "the base's rules read too");
    assert!(desk.bad(2, &["new", "nowhere", "--on", "atlantis"]).contains("middlesbrough"));
}

#[cfg(unix)]
#[test]
fn what_a_starter_says_to_do_next_works_as_it_stands() {
    for name in ["west-mere", "north wold/", "the council's $(touch spoilt)", "Ünïcode"] {
        let folder = tempfile::tempdir().unwrap();
        let ours = env!("CARGO_BIN_EXE_second-reading");
        let made =
            Command::new(ours).args(["bundle", "new", name]).current_dir(folder.path()).output().unwrap();
        let told = String::from_utf8(made.stdout).unwrap();
        let next: Vec<&str> =
            told.lines().filter_map(|line| line.trim().strip_prefix("second-reading ")).collect();
        assert_eq!(next.len(), 2, "{told}");
        assert_eq!(name.contains(' '), told.contains('\''), "{told}");
        for words in next {
            let pasted = Command::new("sh")
                .args(["-c", &format!("\"$0\" {words}"), ours])
                .current_dir(folder.path())
                .output()
                .unwrap();
            assert!(pasted.status.success(), "{words}: {}", String::from_utf8_lossy(&pasted.stderr));
        }
        assert!(!folder.path().join("spoilt").exists());
    }
}

#[test]
fn an_id_keeps_the_letters_that_have_accents() {
    let desk = Desk::new();
    let ids =
        [("Ünïcode", "unicode"), ("Cyngor Sir Ynys Môn", "cyngor-sir-ynys-mon"), ("東京", "my-council")];
    for (name, id) in ids {
        let told = desk.good(&["new", &desk.path(name).display().to_string()]).text();
        assert!(told.contains(&format!("with the id {id}. ")), "{told}");
    }
}

#[test]
fn a_signed_bundle_reads_posts_and_says_when_nothing_was_proved() {
    let desk = Desk::new();
    desk.good(&["sign", "payload.json", "--key", "ours.key", "-o", "bundle.srb"]);
    let (file, key) =
        (desk.path("bundle.srb").display().to_string(), desk.path("ours.pub").display().to_string());
    let check = |more: &[&str]| {
        let words = ["check", "--bundle", &file, "--text", "Cllr Hartley is a liar."];
        run(words.into_iter().chain(more.iter().copied()), "")
    };
    let proved = check(&["--key", &key]);
    assert_eq!((proved.code, proved.complaints.as_str()), (1, ""));
    let unproved = check(&[]);
    assert_eq!(unproved.code, 1);
    assert!(unproved.complaints.contains("--key"), "{}", unproved.complaints);
    desk.bundle(&["keygen", "-o", "guarded", "--no-password"]);
    let other = desk.path("guarded.pub").display().to_string();
    assert_eq!(check(&["--key", &other]).code, 2);
}

#[test]
fn inspect_shows_what_a_file_says_of_itself() {
    let desk = Desk::new();
    let bare = desk.good(&["inspect", "payload.json"]).text();
    assert!(bare.contains("North Wold \"District\" Council") && bare.contains("unsigned"), "{bare}");
    desk.good(&["sign", "payload.json", "--key", "ours.key", "-o", "bundle.srb"]);
    let signed = desk.good(&["inspect", "bundle.srb"]).text();
    assert!(signed.contains("bundle=north-wold serial=1"), "{signed}");
    desk.bad(2, &["inspect", "missing.srb"]);
    fs::write(desk.path("odd.srb"), "odd").unwrap();
    assert!(desk.bad(1, &["inspect", "odd.srb"]).contains("choose the .srb file"));
}

#[test]
fn no_private_key_is_in_the_repository() {
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(repository("")).output().unwrap();
    assert!(listed.status.success());
    // How the comments of secret key files end, written so that this file does not hold it.
    let mark = ["encrypted ", "secret key"].concat();
    let names = String::from_utf8(listed.stdout).unwrap();
    assert!(names.split('\0').count() > 100);
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let Ok(bytes) = fs::read(repository(name)) else { continue };
        let words = String::from_utf8_lossy(&bytes);
        assert!(!words.contains(&mark), "{name} holds a secret key");
    }
}
