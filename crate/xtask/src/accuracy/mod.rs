//! `cargo xtask accuracy`: how well the built-in bundle reads posts that people labelled, knows who is writing, and
//! weighs messages.
//!
//! It judges what the command prints, so that the figures are those of what people run. Misses are listed for the
//! four fifths only: whoever read the test fifth's would write rules for them.

mod agreement;
mod answers;
mod corpus;
mod report;
mod tally;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::process::{capture, cargo, command, root, run as run_command, step};
use agreement::Agreement;
use corpus::{Group, Part, Post};
use tally::{Found, Tally};

const PAGE: &str = "docs/accuracy.md";

/// What `cargo xtask accuracy` takes.
#[derive(Args, Default)]
pub(crate) struct Options {
    /// Keep these figures as the committed ones
    #[arg(long)]
    write: bool,
    /// Fail where the committed figures are not these
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Judge this bundle's payload with the command as it stands, instead of the built-in one; prints only
    #[arg(long, value_name = "FILE", conflicts_with_all = ["write", "check"])]
    bundle: Option<PathBuf>,
    /// Where to list misses and false alarms of the four fifths
    #[arg(long, value_name = "FILE", default_value = "target/accuracy/misses.md")]
    misses: PathBuf,
    /// Which reviewers to judge
    #[arg(long, default_value = "rules")]
    reviewers: String,
}

/// Reviews the corpus and prints, keeps or checks the figures.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.bundle.is_none() {
        step("Building the command", || {
            run_command(cargo().args(["build", "--release", "--package", "second-reading"]))
        })?;
    }
    let mut groups = Groups::default();
    let mut misses = Misses::default();
    let mut labelled = BTreeMap::new();
    for file in corpus::files(&root().join("tests/corpus"))? {
        let posts = corpus::read(&file)?;
        let reviews = reviews(&file, options)?;
        ensure!(
            posts.len() == reviews.len(),
            "{}: {} posts, {} reviews",
            file.display(),
            posts.len(),
            reviews.len()
        );
        for (post, review) in posts.iter().zip(&reviews) {
            ensure!(review["id"] == post.id.as_str(), "{}: the reviews are out of order", file.display());
            let found = findings(review)?;
            groups.entry(post.group()).or_default()[usize::from(post.part() == Part::TestFifth)]
                .count(post, &found);
            if post.part() == Part::FourFifths {
                misses.note(post, review, &found);
            }
        }
        labelled.extend(posts.into_iter().map(|post| (post.id.clone(), post)));
    }
    let agreement = Agreement::read(&root().join("tests/corpus/second/labels.jsonl"), &labelled)?;
    let page = page(&groups, &agreement, &identity(options)?, &mail(options)?);
    let misses_file = misses.write(&options.misses)?;
    let committed = root().join(PAGE);
    if options.write {
        fs::write(&committed, &page).with_context(|| format!("{PAGE} cannot be written"))?;
    } else if options.check {
        let kept = fs::read_to_string(&committed).unwrap_or_default();
        if kept != page {
            bail!(
                "{PAGE} is not what the rules give now; `cargo xtask accuracy --write` keeps the new figures"
            );
        }
        return Ok(());
    }
    println!("{page}");
    eprintln!("Misses and false alarms of the four fifths: {}", misses_file.display());
    Ok(())
}

fn identity(options: &Options) -> Result<answers::Parts> {
    let file = root().join("tests/corpus/identity/identity.jsonl");
    answers::identity(&file, &said(&["identify"], &file, options)?)
}

fn mail(options: &Options) -> Result<answers::Parts> {
    let file = root().join("tests/corpus/mail/mail.jsonl");
    answers::mail(&file, &reviews(&file, options)?)
}

fn reviews(file: &Path, options: &Options) -> Result<Vec<Value>> {
    said(&["check", "--as", "councillor", "--reviewers", &options.reviewers], file, options)
}

/// What the command prints for each line of a file.
fn said(asked: &[&str], file: &Path, options: &Options) -> Result<Vec<Value>> {
    let mut check = command(root().join("target/release/second-reading"));
    check.args(asked).args(["--input", "jsonl", "--format", "jsonl"]);
    if let Some(bundle) = &options.bundle {
        check.arg("--bundle").arg(std::path::absolute(bundle)?);
    }
    let printed = capture(check.arg(file))?;
    printed
        .lines()
        .map(|line| serde_json::from_str(line).context("the command printed a line that is not JSON"))
        .collect()
}

fn findings(review: &Value) -> Result<Vec<Found>> {
    let list = review["findings"].as_array().with_context(|| format!("no findings in {review}"))?;
    let found = list.iter().map(|finding| {
        let spans = finding["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
        let offset = |span: &Value, key: &str| span[key].as_u64().and_then(|n| usize::try_from(n).ok());
        Found {
            category: finding["category"].as_str().unwrap_or_default().to_owned(),
            warn: finding["severity"] == "warn",
            spans: spans
                .iter()
                .filter_map(|span| Some((offset(span, "start")?, offset(span, "end")?)))
                .collect(),
        }
    });
    Ok(found.collect())
}

/// The figures of the two parts, for each group of files.
type Groups = BTreeMap<Group, [Tally; 2]>;

fn page(groups: &Groups, agreement: &Agreement, identity: &answers::Parts, mail: &answers::Parts) -> String {
    let mut page = String::from(
        "# How well the rules read\n\n\
         Written by `cargo xtask accuracy --write` from `tests/corpus/`, the built-in Middlesbrough bundle and the \
         rules alone. Rules were written from four fifths of the posts; the test fifth was never read for that, so \
         its figures are the honest ones. How the corpus is labelled and split: `tests/corpus/README.md`.\n\n",
    );
    for (group, parts) in groups {
        let title = format!("{}: the test fifth", group.title());
        page.push_str(&report::section(&title, group.about(), &parts[1]));
        page.push('\n');
    }
    page.push_str(&agreement.section());
    page.push('\n');
    page.push_str(&answers::section(
        "Who is writing (12.2)",
        "Right as to whether the writer is a councillor",
        identity,
    ));
    page.push('\n');
    page.push_str(&answers::section(
        "Messages whose recipients are known (Cheshire East 4.9 to 4.11)",
        "Right as to whether the message is acceptable",
        mail,
    ));
    for (group, parts) in groups {
        let title = format!("{}: the four fifths", group.title());
        page.push('\n');
        page.push_str(&report::section(&title, "What rules are written from.", &parts[0]));
    }
    page
}

/// What the rules missed or raised wrongly, for whoever writes the next rule.
#[derive(Default)]
struct Misses {
    missed: String,
    wrong_clause: String,
    false_alarms: String,
}

impl Misses {
    fn note(&mut self, post: &Post, review: &Value, found: &[Found]) {
        let text = post.text.replace('\n', " ⏎ ");
        let labels: Vec<&str> = post.labels.iter().map(String::as_str).collect();
        let rules: Vec<&str> = review["findings"]
            .as_array()
            .map(|list| list.iter().filter_map(|finding| finding["rule"].as_str()).collect())
            .unwrap_or_default();
        let line = format!("- {} [{}] ({}) {text}\n", post.id, labels.join(" "), rules.join(" "));
        if !post.risky() && !found.is_empty() {
            self.false_alarms.push_str(&line);
        } else if post.risky() && found.is_empty() {
            self.missed.push_str(&line);
            let _ = writeln!(self.missed, "    marked: {}", post.evidence.join(" | "));
        } else if post.risky() && !found.iter().any(|finding| post.labels.contains(&finding.category)) {
            self.wrong_clause.push_str(&line);
        }
    }

    fn write(&self, file: &Path) -> Result<PathBuf> {
        let file = root().join(file);
        fs::create_dir_all(file.parent().unwrap_or(&file))?;
        fs::write(
            &file,
            format!(
                "# False alarms\n\n{}\n# Wrong clause\n\n{}\n# Missed\n\n{}",
                self.false_alarms, self.wrong_clause, self.missed
            ),
        )?;
        Ok(file)
    }
}
