//! How long reading a draft takes, beside a bare regular expression of the same words, and how long loading takes,
//! beside the first bundle that covered all eleven categories (59 rules), which is read from this repository's history.
//!
//! `cargo bench -p second-reading-bundle --features source --bench review`
#![expect(clippy::panic, reason = "a bench stops where it cannot go on")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use regex::RegexBuilder;
use second_reading_bundle::{Payload, source};
use second_reading_engine::{Draft, IdentitySetting, Reviewers};

/// An ordinary post of 280 characters with one phrase that a rule raises.
const POST: &str = "Morning all. The resurfacing on Harbour Road starts on Monday and should take about nine days, with the \
    bus diverted by Mill Lane. I asked the officers about the crossing again and they say June. Cllr Hartley is a liar \
    about the budget, as the papers show. Surgery on Saturday at ten.";

/// The commit whose rules were the first to cover every category.
const FIRST: &str = "32b0d90";

fn payload() -> Payload {
    payload_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/middlesbrough"))
}

fn payload_of(dir: &Path) -> Payload {
    let source = source::load(dir, &[]).unwrap_or_else(|errors| panic!("{errors:?}"));
    source.whole().unwrap_or_else(|error| panic!("{error}"))
}

/// The first bundle, as it was committed.
fn first_payload() -> Payload {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("first-rules");
    let unpacked = std::fs::create_dir_all(&dir).and_then(|()| {
        let mut archive = Command::new("git")
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .args(["archive", FIRST, "rules"])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut unpack = Command::new("tar");
        unpack
            .arg("-x")
            .arg("-C")
            .arg(&dir)
            .stdin(archive.stdout.take().map_or_else(Stdio::null, Stdio::from));
        Ok(unpack.status()?.success() && archive.wait()?.success())
    });
    match unpacked {
        Ok(true) => payload_of(&dir.join("rules/middlesbrough")),
        _ => panic!(
            "the rules of commit {FIRST} cannot be read: `git fetch --unshallow` brings the whole history"
        ),
    }
}

fn review(criterion: &mut Criterion) {
    let payload = payload();
    let loaded = payload.load().unwrap_or_else(|error| panic!("{error}"));
    let words: Vec<String> = payload
        .concepts
        .iter()
        .flat_map(|concept| &concept.members)
        .filter(|member| member.chars().all(|c| c.is_ascii_alphanumeric() || c == ' '))
        .map(|member| regex::escape(member))
        .collect();
    let bare = RegexBuilder::new(&format!(r"\b(?:{})\b", words.join("|")))
        .case_insensitive(true)
        .unicode(false)
        .size_limit(1 << 28)
        .dfa_size_limit(1 << 28)
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    let post: String = POST.chars().filter(|c| *c != '\n').take(280).collect();
    for characters in [280, 1_000, 10_000] {
        let text = post.repeat(characters / 280 + 1);
        let text = text.get(..characters).unwrap_or(&text);
        let mut group = criterion.benchmark_group(format!("{characters} characters"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        let draft = Draft { identity: IdentitySetting::Councillor, ..Draft::of(text) };
        group.bench_function("review", |bench| {
            bench.iter(|| loaded.engine.review(black_box(&draft), Reviewers::RULES))
        });
        group.bench_function(format!("bare regex of {} words", words.len()), |bench| {
            bench.iter(|| bare.find_iter(black_box(text)).count());
        });
        group.finish();
    }
}

fn load(criterion: &mut Criterion) {
    let payload = payload();
    let bytes = payload.to_bytes().unwrap_or_else(|error| panic!("{error}"));
    criterion.bench_function("read the payload", |bench| bench.iter(|| Payload::parse(black_box(&bytes))));
    let first = first_payload();
    criterion.bench_function(&format!("load the bundle, {} rules", payload.rules.len()), |bench| {
        bench.iter(|| payload.load());
    });
    criterion.bench_function(&format!("load the first bundle, {} rules", first.rules.len()), |bench| {
        bench.iter(|| first.load());
    });
}

criterion_group!(benches, review, load);
criterion_main!(benches);
