//! Streams: order, memory, and pipes that wait or break.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::thread;
use std::time::Duration;

use crate::{PLAIN, RISKY, check_lines, command, post, repository, run};

fn start() -> (Child, ChildStdin, BufReader<ChildStdout>) {
    let mut child = command()
        .args(["check", "--reviewers", "rules", "--input", "jsonl", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    (child, stdin, BufReader::new(stdout))
}

#[test]
fn a_hundred_thousand_lines_come_back_in_order() {
    let count = 100_000;
    let mut input = String::new();
    for index in 0..count {
        match index % 1000 {
            998 => input += "broken",
            // Lines of very different length, so that the workers would finish out of order if they could.
            999 => input += &post(&index.to_string(), &PLAIN.repeat(40)),
            _ if index % 7 == 0 => input += &post(&index.to_string(), RISKY),
            _ => input += &post(&index.to_string(), PLAIN),
        }
        input.push('\n');
    }
    let ran = check_lines(input);
    assert_eq!(ran.code, 2);
    let mut lines = 0;
    for (index, line) in ran.text().lines().enumerate() {
        let start = match index % 1000 {
            998 => format!(r#"{{"line":{},"error":"#, index + 1),
            999 => format!(r#"{{"id":"{index}","verdict":"clear","#),
            _ if index % 7 == 0 => format!(r#"{{"id":"{index}","verdict":"warn","#),
            _ => format!(r#"{{"id":"{index}","verdict":"clear","#),
        };
        assert!(line.starts_with(&start), "{line} does not start with {start}");
        lines += 1;
    }
    assert_eq!(lines, count);
}

#[test]
fn a_line_is_answered_before_the_next_is_given() {
    let (mut child, mut stdin, mut stdout) = start();
    for id in ["one", "two", "three"] {
        writeln!(stdin, "{}", post(id, PLAIN)).unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":\"{id}\"")), "{answer}");
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn input_waits_where_nobody_takes_the_output() {
    // Twice what all channels and pipes can hold: half a dozen chunks of 128 KiB for each worker. The lines are bad
    // ones, which cost no reviewing.
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let lines = (workers + 4) * 1600;
    let (mut child, mut stdin, stdout) = start();
    let (done, fed) = std::sync::mpsc::channel();
    let feeder = thread::spawn(move || {
        let line = format!("{}\n", "b".repeat(1023));
        for _ in 0..lines {
            stdin.write_all(line.as_bytes()).unwrap();
        }
        done.send(()).unwrap();
    });
    let mut answers = stdout.lines();
    assert!(answers.next().unwrap().unwrap().starts_with("{\"line\":1,"));
    // Were the command to read on regardless, all of it would be in its memory well within this time.
    let early = fed.recv_timeout(Duration::from_secs(2));
    assert!(early.is_err(), "the command read everything with nobody taking its output");
    assert_eq!(answers.count(), lines - 1);
    feeder.join().unwrap();
    assert!(fed.recv().is_ok());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let (mut child, mut stdin, stdout) = start();
    let feeder = thread::spawn(move || {
        let line = format!("{}\n", post("p", RISKY));
        // Endless, until the command has ended and with it the pipe.
        while stdin.write_all(line.as_bytes()).is_ok() {}
    });
    let mut stdout = stdout;
    let mut first = String::new();
    stdout.read_line(&mut first).unwrap();
    drop(stdout);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    feeder.join().unwrap();
    let mut complaints = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    assert_eq!(complaints, "");
}

/// Runs `bundle …` in a folder with its output given away, and returns its exit code and what it complains of.
fn bundle_into(output: impl Into<Stdio>, folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let ran = command().arg("bundle").args(words).current_dir(folder).stdout(output).output().unwrap();
    (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
}

/// A folder with what each `bundle` command asks for, and the commands that print something.
fn talkative(folder: &Path) -> Vec<Vec<String>> {
    let path = |name: &str| folder.join(name).display().to_string();
    for words in [
        &["new", &path("north-wold")][..],
        &["build", &path("north-wold"), "-o", &path("payload.json")],
        &["keygen", "-o", &path("ours"), "--no-password"],
        &["sign", &path("payload.json"), "--key", &path("ours.key"), "-o", &path("bundle.srb")],
    ] {
        assert_eq!(run(["bundle"].into_iter().chain(words.iter().copied()), "").code, 0, "{words:?}");
    }
    let built_in = repository("rules/lga-model-code").display().to_string();
    [
        "new another",
        "check north-wold",
        "test north-wold",
        "build north-wold -o again.json",
        "keygen -o theirs --no-password",
        "sign payload.json --key ours.key -o again.srb",
        "verify bundle.srb --key ours.pub",
        "inspect bundle.srb",
        "inspect ours.pub",
        "diff payload.json @",
    ]
    .iter()
    .map(|words| words.split(' ').map(|word| word.replace('@', &built_in)).collect())
    .collect()
}

#[test]
fn a_reader_that_goes_away_ends_the_bundle_commands_quietly_too() {
    let folder = tempfile::tempdir().unwrap();
    for words in talkative(folder.path()) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let ended = bundle_into(writer, folder.path(), &words);
        assert_eq!(ended, (Some(0), String::new()), "{words:?}");
    }
    // What it came to stays.
    fs::write(
        folder.path().join("north-wold/wrong.toml"),
        format!("[[draft]]\nverdict = \"warn\"\ntext = \"{PLAIN}\"\n"),
    )
    .unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let (code, complaints) = bundle_into(writer, folder.path(), &["test", "north-wold"]);
    assert_eq!(code, Some(1));
    assert!(complaints.contains("wrong.toml:"), "{complaints}");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_takes_nothing_makes_the_bundle_commands_unusable() {
    let folder = tempfile::tempdir().unwrap();
    for words in talkative(folder.path()) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let (code, complaints) = bundle_into(full, folder.path(), &words);
        assert_eq!(code, Some(2), "{words:?}: {complaints}");
        assert!(complaints.starts_with("second-reading: standard output: "), "{words:?}: {complaints}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn complaints_that_nobody_takes_leave_the_exit_code_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("wrong");
    fs::create_dir(&rules).unwrap();
    fs::write(rules.join("bundle.toml"), "[[rule]").unwrap();
    for (words, code) in [
        (&["check", "missing.txt"][..], 2),
        (&["check", "--bundle", "missing.srb", "--text", PLAIN], 2),
        (&["bundle", "inspect", "missing.srb"], 2),
        (&["bundle", "check", "wrong"], 1),
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let ran = command().args(words).current_dir(folder.path()).stderr(full).output().unwrap();
        assert_eq!(ran.status.code(), Some(code), "{words:?}");
    }
}
