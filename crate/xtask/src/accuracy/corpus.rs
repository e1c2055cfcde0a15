//! The labelled posts, and which of them are kept for the honest figure.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// One labelled post.
pub(super) struct Post {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) surface: String,
    pub(super) labels: BTreeSet<String>,
    pub(super) evidence: Vec<String>,
}

/// The two parts of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Read for writing rules and choosing thresholds.
    FourFifths,
    /// Never read for either.
    TestFifth,
}

/// Files whose figures are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Risks said plainly or by way of speaking.
    Plain,
    /// Risks that are meant rather than said.
    Indirect,
    /// Two posts in one, of which one may be risky.
    Joined,
    /// Everything by one writer from whom nothing was learnt.
    Stranger,
}

impl Group {
    pub(super) fn title(self) -> &'static str {
        match self {
            Group::Plain => "Posts",
            Group::Indirect => "Indirect posts",
            Group::Joined => "Two matters in one post",
            Group::Stranger => "A stranger's posts",
        }
    }

    pub(super) fn about(self) -> &'static str {
        match self {
            Group::Plain => "The `t`, `w` and `n` files: all kinds of posts.",
            Group::Indirect => {
                "The `s` files: what is risky there is meant rather than said, and most harmless posts are near \
                 misses. Rules see little of it."
            }
            Group::Joined => {
                "Made of the test fifth of the `s` files: a risky post with a harmless one on another matter before or \
                 after it, and harmless ones by two."
            }
            Group::Stranger => {
                "The `x` file: all of it, of which no rule's writer, training or threshold has seen anything."
            }
        }
    }
}

impl Post {
    pub(super) fn group(&self) -> Group {
        match self.id.chars().next() {
            Some('s') => Group::Indirect,
            Some('j') => Group::Joined,
            Some('x') => Group::Stranger,
            _ => Group::Plain,
        }
    }

    pub(super) fn risky(&self) -> bool {
        !self.labels.is_empty()
    }

    /// Neighbouring posts are often contrast pairs, so whole runs of twenty go to one part or the other.
    pub(super) fn part(&self) -> Part {
        match self.group() {
            Group::Joined | Group::Stranger => Part::TestFifth,
            Group::Plain | Group::Indirect => part_of(&self.id),
        }
    }
}

/// The part that the post with this id belongs to.
pub(super) fn part_of(id: &str) -> Part {
    let block = match id.rsplit_once('-') {
        Some((file, number)) => match number.parse::<u32>() {
            Ok(number) => format!("{file}-{}", number.saturating_sub(1) / 20),
            Err(_) => id.to_owned(),
        },
        None => id.to_owned(),
    };
    if Sha256::digest(block.as_bytes())[0] % 5 == 0 { Part::TestFifth } else { Part::FourFifths }
}

/// The corpus files of a folder, in the order of their names.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    ensure!(!files.is_empty(), "{} holds no .jsonl files", folder.display());
    Ok(files)
}

/// Reads one file of labelled posts.
pub(super) fn read(file: &Path) -> Result<Vec<Post>> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mut posts = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let place = || format!("{}, line {}", file.display(), index + 1);
        let value: Value = serde_json::from_str(line).with_context(place)?;
        let string = |key: &str| {
            value[key].as_str().map(str::to_owned).with_context(|| format!("{}: no {key}", place()))
        };
        let post = Post {
            id: string("id")?,
            text: string("text")?,
            surface: string("surface")?,
            labels: strings(&value, "labels").into_iter().collect(),
            evidence: strings(&value, "evidence"),
        };
        for words in &post.evidence {
            ensure!(post.text.contains(words), "{}: the evidence {words:?} is not in the text", place());
        }
        posts.push(post);
    }
    Ok(posts)
}

/// The strings of a list; none where there is no list.
pub(super) fn strings(value: &Value, key: &str) -> Vec<String> {
    let items = value[key].as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_stay_together_and_about_a_fifth_is_kept() {
        assert_eq!(part_of("t1-021"), part_of("t1-040"));
        let kept =
            (0..1000).filter(|block| part_of(&format!("x-{}", block * 20 + 1)) == Part::TestFifth).count();
        assert!((150..250).contains(&kept), "{kept} of 1000 blocks are kept");
    }

    #[test]
    fn a_block_is_named_by_its_file_and_its_run_of_twenty() {
        let expected = Sha256::digest(b"t1-1")[0] % 5 == 0;
        assert_eq!(part_of("t1-037") == Part::TestFifth, expected);
    }
}
