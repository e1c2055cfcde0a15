//! Streams: order, memory, and pipes that wait or break.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::thread;
use std::time::Duration;

use crate::{PLAIN, RISKY, check_lines, command, post};

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
