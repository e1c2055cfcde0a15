//! `bundle diff`: what changes for a councillor, in words.

use std::path::{Path, PathBuf};

use second_reading_bundle::{Change, Changes, Contents, LoadedBundle, Payload, RuleChange, inspect};
use second_reading_engine::{Day, Severity};

use super::telling::{refuse, say};
use super::{posts, source_in};
use crate::loading;
use crate::outcome::{Failure, Outcome, tell};

/// Compares two bundles.
pub(super) fn run(
    old: &Path,
    new: &Path,
    base: Option<PathBuf>,
    posts: Option<&Path>,
    on: Option<Day>,
) -> Result<Outcome, Failure> {
    let before = match open(old, base.as_deref())? {
        Ok(payload) => payload,
        Err(outcome) => return Ok(outcome),
    };
    let after = match open(new, base.as_deref())? {
        Ok(payload) => payload,
        Err(outcome) => return Ok(outcome),
    };
    say(format_args!("From {} to {}.", name(&before), name(&after)))?;
    let changes = Changes::between(Some(&before), &after);
    if changes.is_empty() {
        say("Nothing changes for a councillor.")?;
    }
    describe(&changes)?;
    if changes.document {
        let (was, now) = (&before.document, &after.document);
        say(format_args!(
            "The clauses are quoted from “{}” (was “{}”): “{}” (was “{}”).",
            now.title, was.title, now.attribution, was.attribution
        ))?;
    }
    if changes.thresholds {
        let (was, now) = (before.thresholds, after.thresholds);
        say(format_args!(
            "A finding holds a post from a confidence of {} (was {}), and shows from {} (was {}).",
            now.warn, was.warn, now.notice, was.notice
        ))?;
    }
    match posts {
        Some(folder) => posts::run(folder, ready(old, &before)?, ready(new, &after)?, on),
        None => Ok(Outcome::Good),
    }
}

fn name(payload: &Payload) -> String {
    format!("{} serial {}", payload.id, payload.serial)
}

/// A bundle of any form; the inner error was told already.
fn open(path: &Path, base: Option<&Path>) -> Result<Result<Payload, Outcome>, Failure> {
    // Before its first issue a council has what is built in.
    if !path.exists() {
        return loading::built_in_named(&path.to_string_lossy()).map(Ok);
    }
    if path.is_dir() {
        return Ok(source_in(path)?.and_then(|source| {
            source.whole().map_err(|error| {
                tell(format_args!("{}: {error}", path.display()));
                Outcome::Raised
            })
        }));
    }
    let contents: Contents = match inspect(&loading::read(path)?) {
        Ok((_, contents)) => contents,
        Err(refusal) => return Ok(Err(refuse(path, &refusal))),
    };
    Ok(loading::whole(&contents, base)?.map_err(|refusal| refuse(path, &refusal)))
}

fn ready(path: &Path, payload: &Payload) -> Result<LoadedBundle, Failure> {
    payload.load().map_err(|error| Failure::BundleUnusable { path: path.to_owned(), error: Box::new(error) })
}

fn describe(changes: &Changes) -> Result<(), Failure> {
    for kind in changes.rules.chunk_by(|one, other| one.change == other.change) {
        let Some(first) = kind.first() else { continue };
        say("")?;
        say(format_args!("{} ({}):", heading(first.change), kind.len()))?;
        for change in kind {
            say(format_args!("  {}: {}", change.rule, what(change)))?;
            if let Some(example) = change.example.as_ref().filter(|_| change.change != Change::Reworded) {
                say(format_args!("      such as: {example}"))?;
            }
        }
    }
    if !changes.rules.is_empty() {
        say("")?;
    }
    if !changes.clauses.is_empty() {
        say(format_args!("Clauses that are new, gone or of other words: {}.", changes.clauses.join(", ")))?;
    }
    if !changes.categories.is_empty() {
        let ids: Vec<&str> = changes.categories.iter().map(|category| category.id()).collect();
        say(format_args!("Kinds of risk that are of another clause, words or name: {}.", ids.join(", ")))?;
    }
    let others = [
        (changes.document, "The clauses are quoted from another document, or as somebody else's words."),
        (changes.thresholds, "A finding must be more or less sure to show, or to hold a post."),
        (changes.readings, "Other words spare what stands beside them, or make it count."),
        (changes.identity, "Who counts as a councillor is read by other words."),
        (changes.mail, "Messages to known recipients are weighed otherwise."),
        (changes.elections, "Other election periods are known."),
        (changes.reviewers, "Other reviewers are on, or the semantic one speaks otherwise."),
        (changes.texts, "Texts that the extension shows change."),
    ];
    for (_, words) in others.iter().filter(|(changed, _)| *changed) {
        say(words)?;
    }
    Ok(())
}

fn heading(change: Change) -> &'static str {
    match change {
        Change::Added => "New rules",
        Change::Removed => "Rules that are gone",
        Change::Stricter => "Stricter: these only showed, and now hold a post",
        Change::Milder => "Milder: these held a post, and now only show",
        Change::Rewritten => "Rules that look for other words",
        Change::Settled => {
            "Settled: the semantic reviewer could let these go, and now they stand in any case"
        }
        Change::Unsettled => {
            "Unsettled: these stood in any case, and now the semantic reviewer may let them go"
        }
        Change::Reworded => "Rules that explain themselves in other words",
    }
}

fn what(change: &RuleChange) -> String {
    let does = |severity: Option<Severity>| match severity {
        Some(Severity::Warn) => "holds a post",
        Some(Severity::Notice) => "shows quietly",
        None => "is silent",
    };
    match change.change {
        Change::Added | Change::Rewritten | Change::Settled | Change::Unsettled | Change::Reworded => {
            format!("{}. {}", does(change.after), change.reason)
        }
        Change::Removed => format!(
            "{} no longer. {}",
            does(change.before).replacen("holds", "held", 1).replacen("shows", "showed", 1),
            change.reason
        ),
        Change::Stricter | Change::Milder => change.reason.clone(),
    }
}
