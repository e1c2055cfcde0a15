//! Who came after whom, and what that means for one bundle: the serials that count together, and who signs no more.

use std::collections::BTreeSet;

use crate::key::SigningKey;
use crate::trust::TrustStore;

/// A key that another one named as its successor.
struct Link {
    key: String,
    named_by: String,
    /// Whether it may sign the bundle today.
    signs: bool,
}

/// Every succession that is known, seen from one bundle. Keys are in their one spelling.
pub(crate) struct Succession {
    links: Vec<Link>,
    /// The keys that may sign the bundle, successors among them.
    signing: BTreeSet<String>,
}

impl Succession {
    pub(crate) fn of(trust: &TrustStore, bundle: &str) -> Succession {
        let signs = |bundles: &[String]| bundles.iter().any(|id| id == bundle);
        let link = |named_by: &str, key: &str, bundles: &[String]| Link {
            key: spelt(key),
            named_by: spelt(named_by),
            signs: signs(bundles),
        };
        let links =
            trust.keys.iter().filter_map(|one| Some(link(one.succeeds.as_deref()?, &one.key, &one.bundles)));
        let signing = trust.keys.iter().filter(|one| signs(&one.bundles)).map(|one| spelt(&one.key));
        Succession { links: links.collect(), signing: signing.collect() }
    }

    /// The key, and all that are tied to it by who named whom: those before it, those after it, and those beside it. What
    /// one of them signed is old for all, also where one in between signs no more.
    pub(crate) fn line<'a>(&'a self, key: &'a str) -> BTreeSet<&'a str> {
        let mut line = BTreeSet::from([key]);
        loop {
            let before = line.len();
            for link in &self.links {
                if line.contains(link.key.as_str()) || line.contains(link.named_by.as_str()) {
                    line.extend([link.key.as_str(), link.named_by.as_str()]);
                }
            }
            if line.len() == before {
                return line;
            }
        }
    }

    /// Who signs the bundle no more once a file of `key` is in force that may name a successor: who named `key`, who else
    /// was named beside it or by it, and whom these named in turn. Whom the file names stays: it may be a former key.
    pub(crate) fn retired<'a>(&'a self, key: &'a str, successor: Option<&'a str>) -> Vec<&'a str> {
        let named = |link: &&Link| link.signs;
        let before: BTreeSet<&str> = self
            .links
            .iter()
            .filter(named)
            .filter(|link| link.key == key)
            .map(|link| link.named_by.as_str())
            .collect();
        let stays = |other: &str| other == key || Some(other) == successor;
        let mut gone: Vec<&str> = before.iter().copied().filter(|other| !stays(other)).collect();
        let replaced = |link: &&Link| {
            before.contains(link.named_by.as_str()) || (successor.is_some() && link.named_by == key)
        };
        let mut next: Vec<&str> =
            self.links.iter().filter(named).filter(replaced).map(|link| link.key.as_str()).collect();
        while let Some(other) = next.pop() {
            if stays(other) || gone.contains(&other) {
                continue;
            }
            gone.push(other);
            let behind = self.links.iter().filter(named).filter(|link| link.named_by == other);
            next.extend(behind.map(|link| link.key.as_str()));
        }
        gone.retain(|other| self.signing.contains(*other));
        gone
    }
}

/// A key in its one spelling, however it was written where it came from.
fn spelt(key: &str) -> String {
    SigningKey::parse(key).map_or_else(|_| key.to_owned(), |key| key.text().to_owned())
}
