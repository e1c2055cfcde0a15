//! How long it takes to decide on a signed bundle, and to load one that was accepted: the first council's, and one of
//! 4,000 rules, most of them made up.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a bench that cannot go on says so by panicking")]

#[path = "../tests/signing/mod.rs"]
mod signing;

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use second_reading_bundle::{Circumstances, Payload, SelfTest, TrustStore, accept, source};
use second_reading_engine::{Day, Rule};
use signing::Key;

/// A word that stands in no list: what it spells is its number.
fn word(number: usize) -> String {
    let syllables = ["ba", "ko", "ri", "ten", "mal", "dro", "fes", "gum", "lin", "pra"];
    number.to_string().bytes().filter_map(|digit| syllables.get(usize::from(digit - b'0')).copied()).collect()
}

/// The first council's bundle, with as many made-up rules as bring it to `rules`.
fn payload(rules: usize) -> Payload {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/middlesbrough");
    let source = source::load(&dir, &[]).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut payload = source.whole().unwrap();
    let pattern = payload.rules.first().cloned().unwrap();
    for number in payload.rules.len()..rules {
        let (one, other) = (word(number), word(number + 100_000));
        let id = format!("made-up.r{number}");
        let test = |text: String, fires| SelfTest { rule: id.clone(), text, fires };
        payload.self_tests.push(test(format!("There is {one} and {other} here."), true));
        payload.self_tests.push(test(format!("There is {other} here."), false));
        payload.rules.push(Rule {
            id,
            patterns: vec![
                format!("<{one}> ..3 ({other}|the {one})"),
                format!("(a|the) {other} of {{person}}"),
            ],
            unless: vec![format!("not {one}")],
            reason: "It could be seen otherwise.".into(),
            advice: "Put it otherwise.".into(),
            source: "made up".into(),
            target: Vec::new(),
            with: Vec::new(),
            with_draft: Vec::new(),
            unless_draft: Vec::new(),
            ..pattern.clone()
        });
    }
    payload
}

fn deciding(criterion: &mut Criterion) {
    let key = Key::new();
    let trust = TrustStore { keys: vec![key.trusted(&["middlesbrough"])], ..TrustStore::default() };
    let today: Day = "2999-01-01".parse().unwrap();
    for rules in [431, 4_000] {
        let payload = payload(rules);
        let file = key.sign(&serde_json::to_value(&payload).unwrap());
        let circumstances = Circumstances { trust: &trust, today, bases: &[], current: Some(&payload) };
        let mut group =
            criterion.benchmark_group(format!("{} rules, {} bytes", payload.rules.len(), file.len()));
        group.sample_size(10);
        group.bench_function("decide", |bencher| {
            bencher.iter(|| accept(file.as_bytes(), &circumstances).map(|accepted| accepted.facts).unwrap());
        });
        group.bench_function("load", |bencher| bencher.iter(|| payload.load().unwrap()));
        group.finish();
    }
}

criterion_group!(benches, deciding);
criterion_main!(benches);
