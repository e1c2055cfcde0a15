//! Keys that name their successors: who may sign after whom, and that no way back leads to old rules.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod signing;

use second_reading_bundle::{
    Circumstances, Consequences, Retired, SeenSerial, TrustStore, TrustedKey, accept,
};
use serde_json::json;
use signing::{Key, small};

/// What a browser keeps from one installation to the next, as the extension does.
struct Browser {
    keys: Vec<TrustedKey>,
    retired: Vec<Retired>,
    seen: Vec<SeenSerial>,
}

impl Browser {
    fn new(key: &Key) -> Browser {
        Browser::of(vec![key.trusted(&["north-wold"])])
    }

    fn of(keys: Vec<TrustedKey>) -> Browser {
        Browser { keys, retired: Vec::new(), seen: Vec::new() }
    }

    /// A key that may sign a bundle no longer stays as one from which others took over.
    fn trust(&self) -> TrustStore {
        let gone = |key: &str, bundle: &str| {
            self.retired.iter().any(|retired| retired.key == key && retired.bundle == bundle)
        };
        let mut keys = self.keys.clone();
        keys.iter_mut().for_each(|trusted| trusted.bundles.retain(|bundle| !gone(&trusted.key, bundle)));
        TrustStore { keys, seen: self.seen.clone(), built_in: Vec::new() }
    }

    /// Brings a bundle that one key signed and that may name another: what follows, or the id of the refusal.
    fn bring(&mut self, key: &Key, serial: u64, next: Option<&Key>) -> Result<Consequences, &'static str> {
        self.bring_of("north-wold", key, serial, next)
    }

    fn bring_of(
        &mut self,
        id: &str,
        key: &Key,
        serial: u64,
        next: Option<&Key>,
    ) -> Result<Consequences, &'static str> {
        let mut payload = small();
        payload["id"] = json!(id);
        payload["serial"] = json!(serial);
        if let Some(next) = next {
            payload["successor"] = json!(next.text());
        }
        let trust = self.trust();
        let today = "2027-01-10".parse().unwrap();
        let circumstances = Circumstances { trust: &trust, today, bases: &[], current: None };
        let file = key.sign(&payload);
        let follows = accept(file.as_bytes(), &circumstances).map_err(|refusal| refusal.id())?.consequences;
        let Consequences { seen, trust, retire } = follows.clone();
        self.retired.retain(|old| {
            !trust.iter().any(|named| named.key == old.key && named.bundles.contains(&old.bundle))
        });
        self.retired.extend(retire);
        self.keys.extend(trust);
        self.seen.extend(seen);
        Ok(follows)
    }

    /// The machine id of the refusal, or `accepted`.
    fn decide(&mut self, key: &Key, serial: u64, next: Option<&Key>) -> &'static str {
        self.bring(key, serial, next).map_or_else(|id| id, |_| "accepted")
    }
}

fn retired(keys: &[&Key]) -> Vec<Retired> {
    keys.iter().map(|key| Retired { key: key.text(), bundle: "north-wold".to_owned() }).collect()
}

#[test]
fn a_successor_that_was_replaced_signs_no_more() {
    let (a, lost, next) = (Key::new(), Key::new(), Key::new());
    let mut browser = Browser::new(&a);
    assert_eq!(browser.decide(&a, 1, None), "accepted");
    assert_eq!(browser.decide(&a, 2, Some(&lost)), "accepted");
    assert_eq!(browser.bring(&a, 3, Some(&next)).unwrap().retire, retired(&[&lost]));
    assert_eq!(browser.decide(&lost, 4, None), "wrong-key");
    assert_eq!(browser.bring(&next, 50, None).unwrap().retire, retired(&[&a]));
    assert_eq!(browser.decide(&a, 60, None), "wrong-key");
    assert_eq!(browser.decide(&lost, 4, None), "wrong-key");
    assert_eq!(browser.decide(&lost, 60, None), "wrong-key");
    // What is known already does not follow anew.
    assert_eq!(browser.bring(&next, 51, None).unwrap().retire, []);
}

#[test]
fn a_successor_that_signs_retires_the_others_and_whom_they_named() {
    let (a, b, c, d) = (Key::new(), Key::new(), Key::new(), Key::new());
    let mut browser = Browser::new(&a);
    let after = |key: &Key, before: &Key| TrustedKey {
        succeeds: Some(before.text()),
        ..key.trusted(&["north-wold"])
    };
    // As a browser may have kept it that did not know this yet.
    browser.keys.extend([after(&b, &a), after(&c, &a), after(&d, &b)]);
    let mut gone = browser.bring(&c, 50, None).unwrap().retire;
    let mut expected = retired(&[&a, &b, &d]);
    gone.sort_by(|one, other| one.key.cmp(&other.key));
    expected.sort_by(|one, other| one.key.cmp(&other.key));
    assert_eq!(gone, expected);
}

#[test]
fn serials_count_for_the_whole_line_of_succession() {
    let (a, b, c, d, stranger) = (Key::new(), Key::new(), Key::new(), Key::new(), Key::new());
    let after = |key: &Key, before: &Key, bundles: &[&str]| TrustedKey {
        succeeds: Some(before.text()),
        ..key.trusted(bundles)
    };
    let seen =
        |key: &Key, serial: u64| SeenSerial { key: key.text(), bundle: "north-wold".to_owned(), serial };
    let at = |who: &Key, seen: Vec<SeenSerial>| {
        let mut browser = Browser::of(vec![
            a.trusted(&["north-wold"]),
            after(&b, &a, &["north-wold"]),
            // One that signs no more still ties those before it to those behind.
            after(&c, &a, &[]),
            after(&d, &c, &["north-wold"]),
            stranger.trusted(&["north-wold"]),
        ]);
        browser.seen = seen;
        browser.decide(who, 40, None)
    };
    for known in [&a, &b, &c, &d] {
        assert_eq!(at(&b, vec![seen(known, 50)]), "old-serial");
        assert_eq!(at(&d, vec![seen(known, 50)]), "old-serial");
        assert_eq!(at(&d, vec![seen(known, 39)]), "accepted");
        assert_eq!(at(&stranger, vec![seen(known, 50)]), "accepted");
    }
}

#[test]
fn a_succession_is_of_one_bundle() {
    let (a, b) = (Key::new(), Key::new());
    let mut browser = Browser::of(vec![a.trusted(&["north-wold", "elsewhere"]), b.trusted(&["elsewhere"])]);
    assert_eq!(browser.decide(&a, 1, Some(&b)), "accepted");
    // The person trusts both for this one, and neither followed the other there.
    assert_eq!(browser.bring_of("elsewhere", &b, 5, None).unwrap().retire, []);
    assert_eq!(browser.bring(&b, 5, None).unwrap().retire, retired(&[&a]));
    assert_eq!(browser.bring_of("elsewhere", &a, 6, None).unwrap().retire, []);
    assert_eq!(browser.bring(&a, 6, None).unwrap_err(), "not-for-this-bundle");
}

#[test]
fn a_former_key_can_be_gone_back_to() {
    let (a, b) = (Key::new(), Key::new());
    let mut browser = Browser::new(&a);
    assert_eq!(browser.decide(&a, 1, Some(&b)), "accepted");
    assert_eq!(browser.bring(&b, 2, Some(&a)).unwrap().retire, [], "what is named is not let go");
    assert_eq!(browser.bring(&a, 3, None).unwrap().retire, retired(&[&b]));
    assert_eq!(browser.decide(&b, 4, None), "wrong-key");
    // And on again, after it signed once without naming anybody.
    assert_eq!(browser.bring(&a, 4, Some(&b)).unwrap().retire, []);
    assert_eq!(browser.bring(&b, 5, None).unwrap().retire, retired(&[&a]));
    assert_eq!(browser.bring(&b, 6, Some(&a)).unwrap().trust.len(), 1);
    assert_eq!(browser.decide(&b, 6, None), "old-serial");
    assert_eq!(browser.decide(&a, 7, None), "accepted");
    assert_eq!(browser.decide(&b, 8, None), "wrong-key");
}

#[test]
fn a_key_that_was_written_as_a_whole_file_is_the_same_key() {
    let (a, b, c) = (Key::new(), Key::new(), Key::new());
    let mut written = a.trusted(&["north-wold"]);
    written.key = format!("untrusted comment: minisign public key\r\n{}\r\n", a.text());
    let mut browser = Browser::of(vec![written]);
    assert_eq!(browser.decide(&a, 1, Some(&b)), "accepted");
    assert_eq!(browser.decide(&a, 2, Some(&c)), "accepted");
    assert_eq!(browser.decide(&a, 2, None), "old-serial");
    assert_eq!(browser.bring(&c, 3, None).unwrap().retire, retired(&[&a]));
}
