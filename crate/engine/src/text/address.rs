//! Tells web and mail addresses from words, looking at no more than a fixed number of characters ahead.

use super::fold::is_word_char;
use super::token::Kind;

/// The longest run of signs looked at for one address or one disguised word: keeps the scan linear.
pub(super) const LOOK_AHEAD: usize = 80;

/// Endings by which a name with dots in it is taken for an address.
const DOMAINS: &[&str] = &[
    "uk", "com", "org", "net", "info", "io", "co", "gov", "london", "wales", "cymru", "scot", "eu", "ie",
    "biz", "ly", "shop", "online", "app", "dev", "gg", "tv", "de", "fr", "nl", "pl", "au", "nz",
];

/// Endings that are everyday words: a sentence begins so where the space after a full stop was left out, so that they need
/// a path behind them.
const WORDS: &[&str] = &["me", "be", "it", "is", "in", "at", "to", "no", "so", "us", "my", "am"];

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
        .take_while(|b| b.is_ascii_alphanumeric() || b"._%+-'".contains(b))
        .count();
    if bytes.get(name) == Some(&b'@') {
        // Behind the sign any ending is one.
        let domain = host(rest.get(name + 1..)?)?;
        let country = domain.ending.len() > 1 && domain.ending.bytes().all(|b| b.is_ascii_alphabetic());
        return country.then_some((name + 1 + domain.length, Kind::Email));
    }
    let host = host(rest)?;
    let is_in = |endings: &[&str]| endings.iter().any(|ending| ending.eq_ignore_ascii_case(host.ending));
    let (domain, word) = (is_in(DOMAINS) && !host.begins_sentence(), is_in(WORDS));
    // A path is looked for behind what may be an address only: one that is none would be read again from its next word.
    if !domain && !word {
        return None;
    }
    let tail = rest.get(host.length..)?;
    let path = if tail.starts_with('/') {
        let length = tail
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“'))
            .unwrap_or(tail.len());
        without_stop(tail.get(..length)?).len()
    } else {
        0
    };
    let known = domain || word && path > 1;
    (known && host.name.bytes().any(|b| b.is_ascii_alphabetic())).then_some((host.length + path, Kind::Url))
}

/// An address without the punctuation of the sentence it stands in.
fn without_stop(address: &str) -> &str {
    address
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '’', '”', '»', '…', '*', '_'])
}

/// Words joined by dots, as in a host's name.
struct Host<'t> {
    length: usize,
    name: &'t str,
    ending: &'t str,
}

impl Host<'_> {
    /// Whether its ending begins with a capital and the part before it does not: in `what a liar.London deserves better` the
    /// space was left out.
    fn begins_sentence(&self) -> bool {
        let capital = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase());
        capital(self.ending) && !self.name.rsplit('.').next().is_some_and(capital)
    }
}

/// The words joined by single dots that `rest` starts with. Three dots are a pause.
fn host(rest: &str) -> Option<Host<'_>> {
    let bytes = rest.as_bytes();
    let run =
        bytes.iter().take(LOOK_AHEAD).take_while(|b| b.is_ascii_alphanumeric() || b".-".contains(b)).count();
    let host = rest.get(..run)?.trim_end_matches(['.', '-']);
    let (name, ending) = host.rsplit_once('.')?;
    let whole = !rest.get(host.len()..)?.chars().next().is_some_and(is_word_char);
    (whole && name.split('.').all(|part| !part.is_empty())).then_some(Host {
        length: host.len(),
        name,
        ending,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The address that a text starts with, and whether it is a mail address.
    fn starts(text: &str) -> Option<(&str, bool)> {
        address(text).map(|(length, kind)| (&text[..length], kind == Kind::Email))
    }

    #[test]
    fn mail_addresses_end_where_they_end() {
        for address in [
            "name@x.de",
            "name@x.it",
            "name@x.is",
            "first.last@north-wold.gov.uk",
            "o'brien@x.co.uk",
            "a+b@x.museum",
        ] {
            for behind in ["", ".", ". Ring me", ", or", ")", ">", "?", "'s", "…", "/"] {
                assert_eq!(starts(&format!("{address}{behind}")), Some((address, true)), "{behind}");
            }
        }
        for text in ["name@home", "name@", "name@5.30", "name@x..de", "me @x.de"] {
            assert_eq!(starts(text), None, "{text}");
        }
    }

    #[test]
    fn web_addresses_end_where_they_end() {
        for address in [
            "x.co.uk/path",
            "x.co.uk/path/to?vote=1#top",
            "x.de",
            "t.me/snug",
            "youtu.be/dQw4",
            "bit.ly/3x",
            "Snug.org.uk",
            "https://x.it/is",
            "www.x.is",
            "MIDDLESBROUGH.GOV.UK",
            "Middlesbrough.Gov.Uk",
        ] {
            for behind in ["", ".", ", or", ").", "”", "’", "!", "…", "**", " is"] {
                assert_eq!(starts(&format!("{address}{behind}")), Some((address, false)), "{behind}");
            }
        }
    }

    #[test]
    fn a_space_left_out_makes_no_address() {
        for text in [
            "liar.Me too",
            "liar.me too",
            "liar...me neither",
            "liar..com",
            "liar.It is",
            "liar.is it",
            "liar.So there",
            "liar.be ashamed",
            "liar.London deserves better",
            "liar.Online he says",
            "a liar.",
            "liar.me/",
            "3.30",
        ] {
            assert_eq!(starts(text), None, "{text}");
        }
    }
}
