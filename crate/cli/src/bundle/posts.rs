//! `bundle diff --posts`: which posts would be read otherwise. They are read as `check` reads lines: what cannot be used
//! is told with its place, and the run goes on.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use second_reading_bundle::LoadedBundle;
use second_reading_engine::semantic::{Memory, Semantic};
use second_reading_engine::{Day, Draft, IdentitySetting, Reviewers, Verdict};

use super::telling::{say, unheard};
use crate::arguments::Format;
use crate::entry::{Entry, Work};
use crate::outcome::{Failure, Outcome};
use crate::post::Post;
use crate::shown::shown;
use crate::source::Source;
use crate::{loading, reading, report, stream};

/// How much of a post is shown.
const MOST_CHARACTERS_SHOWN: usize = 100;

/// Prints the posts of a folder whose verdict changes, read by the rules and for what they mean.
pub(super) fn run(
    folder: &Path,
    before: LoadedBundle,
    after: LoadedBundle,
    on: Option<Day>,
) -> Result<Outcome, Failure> {
    let sources: Vec<Source> = files(folder)?.into_iter().map(Source::File).collect();
    let wanted = before.wants_semantic() || after.wants_semantic();
    let semantic = if wanted { Some(loading::semantic()?) } else { None };
    let counts = Arc::new(Counts::default());
    let compare = Compare { before, after, semantic, on, counts: Arc::clone(&counts) };
    let outcome = stream::run(sources, true, compare, report::frame(Format::Text))?;
    let (read, changed) = (counts.read.load(Ordering::Relaxed), counts.changed.load(Ordering::Relaxed));
    if read == 0 && outcome == Outcome::Good {
        return Err(no_posts(folder, "its .jsonl files hold no post"));
    }
    let said = say(format_args!("{changed} of {read} posts get another verdict."));
    unheard(said.map(|()| outcome), outcome)
}

/// The files of posts in a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| Failure::Unread { path: folder.to_owned(), error })?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl")))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(no_posts(folder, "no file in it ends in .jsonl"));
    }
    Ok(files)
}

fn no_posts(folder: &Path, problem: &'static str) -> Failure {
    Failure::NoPosts { path: folder.to_owned(), problem }
}

/// How many posts were read, and how many of them get another verdict. Threads that read add to them.
#[derive(Default)]
struct Counts {
    read: AtomicUsize,
    changed: AtomicUsize,
}

struct Compare {
    before: LoadedBundle,
    after: LoadedBundle,
    /// Where either bundle wants it.
    semantic: Option<Semantic>,
    on: Option<Day>,
    counts: Arc<Counts>,
}

impl Work for Compare {
    fn read(&self, entry: Entry<'_>, out: &mut Vec<u8>) -> Result<Outcome, String> {
        let post = Post::of_line(entry.text)?;
        let draft = Draft { identity: IdentitySetting::Councillor, on: self.on, ..post.draft() };
        // What both bundles have read is read once.
        let mut memory = Memory::default();
        let [was, now] = [&self.before, &self.after].map(|bundle| {
            let semantic = self.semantic.as_ref().filter(|_| bundle.wants_semantic());
            reading::review(bundle, semantic, &draft, Reviewers::ALL, &mut memory).verdict
        });
        self.counts.read.fetch_add(1, Ordering::Relaxed);
        if was != now {
            self.counts.changed.fetch_add(1, Ordering::Relaxed);
            let words: String = post.text.chars().take(MOST_CHARACTERS_SHOWN).collect();
            let line =
                format!("  {}: {} → {}: {}", post.id, called(was), called(now), words.replace('\n', " "));
            out.extend_from_slice(shown(&line).as_bytes());
        }
        Ok(Outcome::Good)
    }
}

fn called(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clear => "clear",
        Verdict::Notice => "notice",
        Verdict::Warn => "warn",
    }
}
