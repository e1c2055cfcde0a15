//! Every rule in the repository fires on its own examples and spares its others.
#![expect(clippy::panic, reason = "how a test fails")]

use std::path::{Path, PathBuf};

use second_reading_bundle::{Payload, source};

fn bundles() -> Vec<PathBuf> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut found: Vec<PathBuf> = std::fs::read_dir(rules)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.join("bundle.toml").is_file())
        .collect();
    found.sort();
    found
}

fn lines(errors: &[source::SourceError]) -> String {
    errors.iter().map(|error| format!("{error}\n")).collect()
}

#[test]
fn every_example_comes_out() {
    assert!(!bundles().is_empty());
    for dir in bundles() {
        let source = source::load(&dir, &[]).unwrap_or_else(|errors| panic!("{}", lines(&errors)));
        let report = source::test(&source).unwrap_or_else(|error| panic!("{error}"));
        assert!(report.failures.is_empty(), "\n{}", lines(&report.failures));
        assert!(report.examples > report.rules);
        println!("{}: {} rules, {} examples", source.id, report.rules, report.examples);
    }
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    for dir in bundles() {
        let payload = || {
            let source = source::load(&dir, &[]).unwrap_or_else(|errors| panic!("{}", lines(&errors)));
            source.whole().unwrap_or_else(|error| panic!("{error}"))
        };
        let bytes = payload().to_bytes().unwrap_or_default();
        assert_eq!(bytes, payload().to_bytes().unwrap_or_default());
        let read = Payload::parse(&bytes).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read, payload());
        assert!(read.load().is_ok());
    }
}
