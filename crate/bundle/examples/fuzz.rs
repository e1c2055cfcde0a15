//! The fuzz target for bundle files: parse, verify, load and review, with inputs that change at random.
//!
//! `cargo xtask fuzz --minutes N` runs it. It needs no nightly compiler: instead of the branches that an instrumented
//! program takes, it watches the answers. An input that gets a new kind of answer is kept in `tests/fuzz/bundle`, and
//! changed further; one that panics, takes longer than it may, or is accepted though nobody signed it is a finding:
//! it is written there too, and ends the run.
//!
//! Arguments: how many seconds to run, the folder of kept inputs, and a seed to repeat a run by.
#![expect(clippy::unwrap_used, reason = "a run that cannot go on says so by panicking")]

#[path = "../tests/signing/mod.rs"]
mod signing;
#[path = "../tests/trying/mod.rs"]
mod trying;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fastrand::Rng;
use second_reading_bundle::{Refusal, payload_hash};
use serde_json::{Value, json};
use trying::{Trial, seeds};

/// No file of this size may take longer to decide on, machine busy or not.
const LONGEST: Duration = Duration::from_secs(10);

/// More than this is not kept: what is new in so large an input is new in a smaller one too.
const MOST_KEPT_BYTES: usize = 8 * 1024;

/// So many inputs are kept for one id of refusal: words of an input that slip into the reason make it look new.
const MOST_KEPT_OF_AN_ID: usize = 12;

/// Pieces of the formats that chance alone would seldom hit upon.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "untrusted comment: ",
    "trusted comment: ",
    "=",
    "==",
    "RW",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    ":",
    ",",
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "9007199254740993",
    "18446744073709551616",
    "2027-02-29",
    "9999-12-31",
    "\u{feff}",
    "é",
    "🐉",
    "<",
    ">",
    "(",
    ")",
    "|",
    "?",
    "!",
    "~",
    "...",
    "..20",
    "..0",
    "{#name}",
    "{#start}",
    "{#end}",
    "{#question}",
    "{insult}",
    "{north}",
    "the",
    "(a|b|c|d)",
    "((((",
    "#tag",
    "@name",
    "\"schema\":1,",
    "\"base\":{\"id\":\"north-wold\",\"serial\":1},",
    "\"rules_off\":[\"respect.insult\"],",
    "\"successor\":\"RW\",",
    "\"regex\":[\"(\\\\d{1,99}){1,99}\"],",
    "\"inflect\":\"verb\",",
    "\"obfuscated\":true,",
    "\"layer\":\"law\",",
    "\"window\":\"election\",",
    "\"surfaces\":[\"email\"],",
    "\"recipients\":[\"public\"],",
    "\"weighed\":\"political\",",
    "\"target\":[\"insult\"],",
    "\"with\":[\"a\"],",
    "\"unless_draft\":[\"a ..3 b\"],",
];

fn changed(rng: &mut Rng, input: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..rng.usize(1..5) {
        let at = rng.usize(0..=bytes.len());
        let end = (at + rng.usize(1..32)).min(bytes.len());
        match rng.u8(0..9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << rng.u8(0..8),
            1 if at < bytes.len() => bytes[at] = rng.u8(..),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = rng.usize(0..=bytes.len());
                bytes.splice(to..to, piece);
            }
            4 => bytes.truncate(at.max(1)),
            5 if !other.is_empty() => {
                let from = rng.usize(0..other.len());
                bytes.truncate(at);
                bytes.extend(&other[from..]);
            }
            6 => {
                let piece = PIECES[rng.usize(0..PIECES.len())].repeat(rng.usize(1..40));
                bytes.splice(at..at, piece.bytes());
            }
            _ => {
                let piece = PIECES[rng.usize(0..PIECES.len())];
                bytes.splice(at..end, piece.bytes());
            }
        }
    }
    bytes
}

/// Words of patterns, for the strings of a payload.
const PATTERN_PIECES: &[&str] = &[
    "the",
    "liar",
    "vote~",
    "(a|b c|d~)",
    "<",
    ">",
    "(",
    ")",
    "|",
    "? ",
    "! ",
    "...",
    "..3",
    "..20",
    "{insult}",
    "{#name}",
    "{#number}",
    "{#start}",
    "{#end}",
    "{#question}",
    "{#break}",
    "don't",
    "#vote",
    "🐉",
    "é",
    " ",
    "\\d{3}",
    "[a-z]+",
    "(x+x+)+y",
    "north-wold",
    "1",
    "2027-02-29",
    "2027-05-06",
    "respect",
    "party.support",
    "respect.insult",
    "warn",
    "notice",
    "any",
    "email",
    "verb",
    "",
    "<(a|the) {insult}>",
    "is ..2 <{#name}>",
];

/// Another value in one place of a payload, which stays JSON.
fn reshape(rng: &mut Rng, value: &mut Value) {
    let deeper = rng.u8(0..6) > 0;
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields.keys().nth(rng.usize(0..fields.len())).cloned().unwrap_or_default();
            match fields.get_mut(&name) {
                Some(field) if deeper => reshape(rng, field),
                _ => drop(fields.remove(&name)),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let at = rng.usize(0..items.len());
            match rng.u8(0..4) {
                0 => drop(items.remove(at)),
                1 => items.push(items[at].clone()),
                _ => reshape(rng, &mut items[at]),
            }
        }
        Value::Object(fields) => drop(fields.insert("name".into(), Value::from(1))),
        Value::Array(items) => items.push(Value::from(PATTERN_PIECES[rng.usize(0..PATTERN_PIECES.len())])),
        Value::String(words) => {
            if rng.bool() {
                words.clear();
            }
            for _ in 0..rng.usize(1..6) {
                words.push_str(PATTERN_PIECES[rng.usize(0..PATTERN_PIECES.len())]);
                words.push_str(if rng.bool() { " " } else { "" });
            }
        }
        Value::Number(_) => {
            let numbers =
                [json!(0), json!(1), json!(7), json!(u64::MAX), json!(-1), json!(0.5), json!(1e300)];
            *value = numbers[rng.usize(0..numbers.len())].clone();
        }
        Value::Bool(told) => *told = !*told,
        Value::Null => *value = Value::from("null"),
    }
}

/// The next input: bytes changed anyhow, or a payload changed and still JSON.
fn next(rng: &mut Rng, inputs: &[Vec<u8>]) -> Vec<u8> {
    let (one, other) = (&inputs[rng.usize(0..inputs.len())], &inputs[rng.usize(0..inputs.len())]);
    if rng.bool()
        && let Ok(mut value) = serde_json::from_slice::<Value>(one)
    {
        (0..rng.usize(1..4)).for_each(|_| reshape(rng, &mut value));
        return format!("{value}\n").into_bytes();
    }
    changed(rng, one, other)
}

/// The kind of an answer: its id and its last clause, without what is the input's own.
fn kind(answer: &Result<(), Refusal>) -> String {
    let Err(refusal) = answer else { return "accepted".to_owned() };
    let words = refusal.to_string();
    let clause = words.split(" (in `").next().and_then(|words| words.rsplit(": ").next()).unwrap_or("");
    let mut quoted = false;
    let plain = clause.chars().filter(|c| {
        if matches!(c, '`' | '“' | '”' | '"') {
            quoted = !quoted;
        }
        !quoted && (c.is_ascii_lowercase() || *c == ' ')
    });
    format!("{} {}", refusal.id(), plain.take(60).collect::<String>())
}

fn id(answer: &Result<(), Refusal>) -> &'static str {
    answer.as_ref().map_or_else(Refusal::id, |()| "accepted")
}

fn keep(folder: &Path, prefix: &str, bytes: &[u8]) -> PathBuf {
    let hash = payload_hash(&String::from_utf8_lossy(bytes));
    let path = folder.join(format!("{prefix}-{}", &hash[..16]));
    std::fs::write(&path, bytes).unwrap();
    path
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seconds, folder, seed] = arguments.as_slice() else {
        eprintln!("three arguments: seconds, folder, seed; `cargo xtask fuzz` gives them");
        std::process::exit(2);
    };
    let (seconds, seed): (u64, u64) = (seconds.parse().unwrap(), seed.parse().unwrap());
    let folder = PathBuf::from(folder);
    let under_way: Arc<Mutex<(Vec<u8>, Instant)>> = Arc::new(Mutex::new((Vec::new(), Instant::now())));
    let found = {
        let (under_way, folder) = (Arc::clone(&under_way), folder.clone());
        move |what: &str| -> ! {
            let bytes = under_way.lock().map(|held| held.0.clone()).unwrap_or_default();
            eprintln!("Found: {what}. The input is {}", keep(&folder, "found", &bytes).display());
            std::process::exit(1);
        }
    };
    let in_panic = found.clone();
    std::panic::set_hook(Box::new(move |panic| in_panic(&panic.to_string())));
    let watched = Arc::clone(&under_way);
    let in_watch = found.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let late = watched.lock().is_ok_and(|held| held.1.elapsed() > LONGEST);
            if late {
                in_watch("an input that takes too long");
            }
        }
    });

    let trial = Trial::new();
    let mut rng = Rng::with_seed(seed);
    let seeds = seeds();
    let files: Vec<String> = seeds.iter().map(|payload| trial.sign(payload).unwrap()).collect();
    let mut inputs: Vec<Vec<u8>> =
        files.iter().chain(&seeds).map(|words| words.clone().into_bytes()).collect();
    let mut kept: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    kept.sort();
    inputs.extend(kept.iter().map(|path| std::fs::read(path).unwrap()));
    let mut kinds = BTreeSet::new();
    let mut kept_of_id: BTreeMap<String, usize> = BTreeMap::new();
    for bytes in &inputs {
        kinds.insert(format!("file {}", kind(&trial.file(bytes))));
        kinds.insert(format!("payload {}", kind(&trial.payload(bytes))));
    }
    let (mut runs, mut accepted, mut slowest, mut new) = (0_u64, 0_u64, Duration::ZERO, 0);
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(seconds) {
        let bytes = next(&mut rng, &inputs);
        let began = Instant::now();
        if let Ok(mut held) = under_way.lock() {
            *held = (bytes.clone(), began);
        }
        let as_file = trial.file(&bytes);
        if as_file.is_ok() && !files.iter().any(|file| file.as_bytes() == bytes) {
            found("a file that nobody signed is accepted");
        }
        let as_payload = trial.payload(&bytes);
        slowest = slowest.max(began.elapsed());
        runs += 1;
        accepted += u64::from(as_payload.is_ok());
        let as_ids = [id(&as_file), id(&as_payload)].join(" then ");
        let of_id = kept_of_id.entry(as_ids).or_default();
        let news = [format!("file {}", kind(&as_file)), format!("payload {}", kind(&as_payload))];
        let is_new = news.into_iter().any(|kind| kinds.insert(kind));
        if is_new && *of_id < MOST_KEPT_OF_AN_ID && bytes.len() <= MOST_KEPT_BYTES {
            *of_id += 1;
            keep(&folder, "kept", &bytes);
            inputs.push(bytes);
            new += 1;
        }
    }
    println!(
        "{runs} inputs in {seconds} s from seed {seed}: no finding; {accepted} signed payloads accepted, {} pairs of \
         answers, {new} inputs kept anew, the slowest took {} ms",
        kept_of_id.len(),
        slowest.as_millis()
    );
}
