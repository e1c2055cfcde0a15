//! `bundle new`: a bundle source that passes its own tests and asks to be edited.

use std::fs;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::telling::say;
use crate::clock::today;
use crate::loading;
use crate::outcome::{Failure, Outcome};

/// A bundle by itself.
const WHOLE: [(&str, &str); 6] = [
    ("bundle.toml", include_str!("starter/whole.toml")),
    ("clauses.toml", include_str!("starter/clauses.toml")),
    ("readings.toml", include_str!("starter/readings.toml")),
    ("rules.toml", include_str!("starter/rules.toml")),
    ("drafts.toml", include_str!("starter/drafts.toml")),
    ("semantic.toml", include_str!("../../../../rules/common/semantic.toml")),
];

/// What a council adds to another bundle.
const OVERLAY: [(&str, &str); 2] = [
    ("bundle.toml", include_str!("starter/overlay.toml")),
    ("rules.toml", include_str!("starter/overlay-rules.toml")),
];

/// Starts a bundle source.
pub(super) fn run(folder: &Path, authority: Option<String>, on: Option<String>) -> Result<Outcome, Failure> {
    if folder.exists() {
        return Err(Failure::InTheWay(folder.to_owned()));
    }
    let id = id_of(folder);
    let authority = authority.unwrap_or_else(|| words_of(&id));
    let issued = today().to_string();
    let (files, base, serial) = match on {
        None => (&WHOLE[..], String::new(), 0),
        Some(base) => {
            let built_in = loading::built_in()?;
            let Some(known) = built_in.iter().find(|payload| payload.id == base) else {
                let ids: Vec<&str> = built_in.iter().map(|payload| payload.id.as_str()).collect();
                return Err(Failure::NoBuiltIn(base, ids.join(", ")));
            };
            (&OVERLAY[..], base, known.serial)
        }
    };
    fs::create_dir_all(folder).map_err(|error| Failure::Unwritten { path: folder.to_owned(), error })?;
    for (name, template) in files {
        let path = folder.join(name);
        let words = template
            .replace("@id@", &id)
            .replace("@authority@", &escaped(&authority))
            .replace("@issued@", &issued)
            .replace("@base@", &base)
            .replace("@base-serial@", &serial.to_string());
        fs::write(&path, words).map_err(|error| Failure::Unwritten { path, error })?;
    }
    say(format_args!("{}: a bundle source with the id {id}. Next:", folder.display()))?;
    say("    edit its files; docs/writing-rules.md says how")?;
    say(format_args!("    second-reading bundle test {}", quoted(folder)))?;
    say(format_args!("    second-reading bundle build {} -o {id}.json", quoted(folder)))?;
    Ok(Outcome::Good)
}

/// A path as it can be pasted into a command line.
fn quoted(path: &Path) -> String {
    let words = path.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "-_./+:".contains(c) || (cfg!(windows) && c == '\\');
    if words.chars().all(plain) {
        words.into_owned()
    } else if cfg!(windows) {
        format!("\"{words}\"")
    } else {
        // Between these marks a shell takes everything as it is, but the mark itself.
        format!("'{}'", words.replace('\'', r"'\''"))
    }
}

/// The folder's name in the letters that an id may have, accents left out.
fn id_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let name = name.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let words: Vec<&str> = name.split(|c| !letters(c)).filter(|word| !word.is_empty()).collect();
    let id: String = words.join("-").chars().take(64).collect();
    if id.is_empty() { "my-council".to_owned() } else { id }
}

/// `north-wold` as `North Wold`.
fn words_of(id: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    id.split('-').filter_map(capital).collect::<Vec<_>>().join(" ")
}

/// What may stand between the quotation marks of a TOML string.
fn escaped(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).fold(String::new(), |mut out, c| {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}
