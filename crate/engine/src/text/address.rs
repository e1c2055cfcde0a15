//! Tells web and mail addresses from words, looking at no more than a fixed number of characters ahead.

use super::fold::is_word_char;
use super::token::Kind;

/// The longest run of signs looked at for one address or one disguised word: keeps the scan linear.
pub(super) const LOOK_AHEAD: usize = 80;

/// Endings by which a name with dots in it is taken for an address.
const DOMAINS: &[&str] = &[
    "uk", "com", "org", "net", "info", "io", "co", "gov", "london", "wales", "cymru", "scot", "eu", "ie",
    "me", "biz", "ly", "shop", "online", "app", "dev", "be", "gg", "tv",
];

/// The length of the web or mail address that `rest` starts with.
pub(super) fn address(rest: &str) -> Option<(usize, Kind)> {
    let starts =
        |prefix: &str| rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    if starts("http://") || starts("https://") || starts("www.") {
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“'))
            .unwrap_or(rest.len());
        return Some((without_stop(rest.get(..length)?).len(), Kind::Url));
    }
    let bytes = rest.as_bytes();
    let name = bytes
        .iter()
        .take(LOOK_AHEAD)
        .take_while(|b| b.is_ascii_alphanumeric() || b"._%+-".contains(b))
        .count();
    if bytes.get(name) == Some(&b'@') {
        let domain = host_length(rest.get(name + 1..)?)?;
        return Some((name + 1 + domain, Kind::Email));
    }
    let host = host_length(rest)?;
    let tail = rest.get(host..)?;
    let path = if tail.starts_with('/') {
        let length =
            tail.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(tail.len());
        without_stop(tail.get(..length)?).len()
    } else {
        0
    };
    Some((host + path, Kind::Url))
}

/// An address without the punctuation of the sentence it stands in.
fn without_stop(address: &str) -> &str {
    address.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '”'])
}

/// The length of the host name, with a dot and a known ending, that `rest` starts with.
fn host_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let run =
        bytes.iter().take(LOOK_AHEAD).take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
    let host = rest.get(..run)?.trim_end_matches(['.', '-']);
    let (name, ending) = host.rsplit_once('.')?;
    let known = DOMAINS.iter().any(|domain| domain.eq_ignore_ascii_case(ending));
    let whole = !rest.get(host.len()..)?.chars().next().is_some_and(is_word_char);
    (known && whole && !name.is_empty() && name.bytes().any(|b| b.is_ascii_alphabetic()))
        .then_some(host.len())
}
