//! The command as its users meet it: the built binary, real files, real pipes.
//!
//! Every test goes through `run`. Posts are short and plain: that the rules read well is shown elsewhere; here it is
//! that whatever they say arrives as the contract says.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod bases;
mod bundles;
mod comparing;
mod formats;
mod identify;
mod lines;
mod messages;
mod options;
mod schemas;
mod signing;
mod streaming;
mod terminals;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

/// A post that any council's rules warn of.
const RISKY: &str = "Vote for me on Thursday.";
/// A post that none may raise.
const PLAIN: &str = "The library is open again on Saturday at ten.";

/// What a run printed and came to.
struct Ran {
    code: i32,
    out: Vec<u8>,
    complaints: String,
}

impl Ran {
    fn text(&self) -> String {
        String::from_utf8(self.out.clone()).unwrap()
    }

    /// Standard output as JSON Lines.
    fn lines(&self) -> Vec<Value> {
        self.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_second-reading"))
}

/// Runs the command with the words given, fed with `input`.
fn run<'a>(words: impl IntoIterator<Item = &'a str>, input: impl Into<Vec<u8>>) -> Ran {
    let mut child = command()
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.into();
    // Fed from another thread: the command prints before it has read everything. A command that refuses its
    // arguments closes its input early, which is no fault of the feeding.
    let feeder = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: output.stdout,
        complaints: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs `check` by rules from lines to lines.
fn check_lines(input: impl Into<Vec<u8>>) -> Ran {
    run(["check", "--reviewers", "rules", "--input", "jsonl", "--format", "jsonl", "-"], input)
}

fn post(id: &str, text: &str) -> String {
    serde_json::json!({ "id": id, "text": text }).to_string()
}

/// A file of this repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}
