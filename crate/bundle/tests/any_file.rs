//! Any file at all: it comes back with a reason, never panics, and is never taken unless the key signed just that. The
//! inputs that the fuzz target kept (`cargo xtask fuzz`) are tried again here.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod signing;
mod trying;

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use second_reading_bundle::{SignedFile, SigningKey, trusted_comment};
use trying::{Trial, seeds};

static TRIAL: LazyLock<Trial> = LazyLock::new(Trial::new);
static FILES: LazyLock<Vec<String>> =
    LazyLock::new(|| seeds().iter().map(|payload| TRIAL.sign(payload).unwrap()).collect());

#[test]
fn the_seeds_are_taken() {
    for (file, payload) in FILES.iter().zip(seeds()) {
        assert_eq!(TRIAL.file(file.as_bytes()), Ok(()));
        assert_eq!(TRIAL.payload(payload.as_bytes()), Ok(()));
    }
}

#[test]
fn every_input_that_the_fuzz_target_kept_comes_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/bundle");
    let mut tried = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(TRIAL.file(&bytes).is_err(), "nobody signed it");
        let _ = TRIAL.payload(&bytes);
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
}

/// A change to a file.
#[derive(Clone, Debug)]
enum Damage {
    Set(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
    Cut(prop::sample::Index),
    Double(prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 1..8))
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (any::<prop::sample::Index>(), 1..40_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        any::<prop::sample::Index>().prop_map(Damage::Cut),
        (any::<prop::sample::Index>(), 1..40_usize).prop_map(|(at, count)| Damage::Double(at, count)),
    ]
}

fn damaged(file: &[u8], all: &[Damage]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for one in all.iter().filter(|_| !file.is_empty()) {
        if bytes.is_empty() {
            break;
        }
        let from = |at: &prop::sample::Index, bytes: &Vec<u8>| at.index(bytes.len());
        match one {
            Damage::Set(at, byte) => {
                let at = from(at, &bytes);
                bytes[at] = *byte;
            }
            Damage::Insert(at, more) => {
                let at = from(at, &bytes);
                bytes.splice(at..at, more.iter().copied());
            }
            Damage::Remove(at, count) => {
                let at = from(at, &bytes);
                let end = (at + count).min(bytes.len());
                bytes.drain(at..end);
            }
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Damage::Double(at, count) => {
                let at = from(at, &bytes);
                let piece = bytes[at..(at + count).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn bytes_of_any_kind_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(TRIAL.file(&bytes).is_err());
        prop_assert!(TRIAL.payload(&bytes).is_err());
    }

    #[test]
    fn a_damaged_file_is_refused(which in 0..2_usize, damages in prop::collection::vec(damage(), 1..4)) {
        let file = FILES[which].as_bytes();
        let bytes = damaged(file, &damages);
        prop_assume!(bytes != file);
        prop_assert!(TRIAL.file(&bytes).is_err());
    }

    #[test]
    fn a_damaged_payload_that_is_signed_all_the_same_comes_back(
        which in 0..2_usize,
        damages in prop::collection::vec(damage(), 1..4),
    ) {
        let _ = TRIAL.payload(&damaged(seeds()[which].as_bytes(), &damages));
    }

    #[test]
    fn what_was_split_was_written_so(comment in "[ -~\t]{0,60}", payload in "\\PC{1,80}") {
        let key = signing::Key::new();
        let words = format!("{payload}\n");
        let file = key.sign_as(&words, "second-reading signed bundle", &comment);
        let key = SigningKey::parse(&key.text()).unwrap();
        let split = SignedFile::split(file.as_bytes());
        let verified = split.as_ref().map(|split| split.verify(&key)).unwrap().unwrap();
        prop_assert_eq!(verified.payload(), words.as_str());
        prop_assert_eq!(verified.trusted_comment(), comment.as_str());
        let ours = comment.starts_with("second-reading ") && comment != trusted_comment("x", 1);
        prop_assert_eq!(verified.comment_agrees("x", 1).is_err(), ours);
    }
}
