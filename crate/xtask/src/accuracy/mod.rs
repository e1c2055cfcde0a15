//! `cargo xtask accuracy`: how well the rules of the built-in bundle, the semantic reviewer and both together read posts
//! that people labelled, whether they treat people alike, and how well it is known who is writing and to whom.
//!
//! It judges what the command prints, so that the figures are those of what people run. Misses are listed for the
//! four fifths only: whoever read the test fifth's would write rules for them.

mod agreement;
mod answers;
mod bias;
mod corpus;
mod joined;
mod report;
mod tally;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::{Value, json};

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
    /// Judge the rules alone, which takes seconds; prints only
    #[arg(long, conflicts_with_all = ["write", "check"])]
    rules_only: bool,
}

/// Who reads: the name in the tables, and what the command calls it.
#[derive(Clone, Copy)]
struct Who {
    name: &'static str,
    asked: &'static str,
}

const RULES: Who = Who { name: "rules", asked: "rules" };
const SEMANTIC: Who = Who { name: "semantic reviewer", asked: "semantic" };
const BOTH: Who = Who { name: "both", asked: "all" };

/// Reviews the corpus and prints, keeps or checks the figures.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.bundle.is_none() {
        step("Building the command", || {
            run_command(cargo().args(["build", "--release", "--package", "second-reading"]))
        })?;
    }
    let posts = all_posts()?;
    let labelled: BTreeMap<String, &Post> = posts.iter().map(|post| (post.id.clone(), post)).collect();
    let every: Vec<&Post> = posts.iter().collect();
    let kept: Vec<&Post> = posts.iter().filter(|post| post.part() == Part::TestFifth).collect();
    let mut misses = Misses::default();
    let rules = judge(&every, RULES, options, Some(&mut misses))?;
    let others = if options.rules_only {
        Vec::new()
    } else {
        vec![(SEMANTIC, judge(&kept, SEMANTIC, options, None)?), (BOTH, judge(&kept, BOTH, options, None)?)]
    };
    let bias = if options.rules_only { None } else { Some(bias::measure(options)?) };
    let agreement = Agreement::read(&root().join("tests/corpus/second/labels.jsonl"), &labelled)?;
    let page = page(&Page {
        rules: &rules,
        others: &others,
        agreement: &agreement,
        identity: &identity(options)?,
        mail: &mail(options)?,
        bias: bias.as_ref(),
    });
    let misses_file = misses.write(&options.misses)?;
    let committed = root().join(PAGE);
    if options.write {
        fs::write(&committed, &page).with_context(|| format!("{PAGE} cannot be written"))?;
    } else if options.check {
        let kept = fs::read_to_string(&committed).unwrap_or_default();
        if kept != page {
            bail!(
                "{PAGE} is not what the reviewers give now; `cargo xtask accuracy --write` keeps the new figures"
            );
        }
        return bias.map_or(Ok(()), |bias| bias.check());
    }
    println!("{page}");
    eprintln!("Misses and false alarms of the four fifths: {}", misses_file.display());
    Ok(())
}

/// Fails where, in sentences that differ by a name alone, one is treated more harshly than another.
pub(crate) fn check_alike() -> Result<()> {
    bias::measure(&Options::default())?.check()
}

/// Every labelled post, in the order of the files, and then those that are made of them.
fn all_posts() -> Result<Vec<Post>> {
    let mut posts = Vec::new();
    for file in corpus::files(&root().join("tests/corpus"))? {
        posts.extend(corpus::read(&file)?);
    }
    posts.extend(joined::joined(&posts));
    Ok(posts)
}

/// The figures of one who reads these posts.
fn judge(posts: &[&Post], who: Who, options: &Options, mut misses: Option<&mut Misses>) -> Result<Groups> {
    let lines = posts.iter().map(|post| json!({ "id": post.id, "text": post.text, "surface": post.surface }));
    let reviews = asked(lines, who, options)?;
    ensure!(posts.len() == reviews.len(), "{} posts, {} reviews", posts.len(), reviews.len());
    let mut groups = Groups::default();
    for (post, review) in posts.iter().zip(&reviews) {
        ensure!(review["id"] == post.id.as_str(), "the reviews are out of order at {}", post.id);
        let found = findings(review)?;
        groups.entry(post.group()).or_default()[usize::from(post.part() == Part::TestFifth)]
            .count(post, &found);
        if let Some(misses) = &mut misses
            && post.part() == Part::FourFifths
        {
            misses.note(post, review, &found);
        }
    }
    Ok(groups)
}

/// What the command says of posts that are not in a file of their own.
fn asked(lines: impl Iterator<Item = Value>, who: Who, options: &Options) -> Result<Vec<Value>> {
    let folder = root().join("target/accuracy");
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{}.jsonl", who.asked));
    let words: String = lines.map(|line| format!("{line}\n")).collect();
    fs::write(&file, words)?;
    said(&["check", "--as", "councillor", "--reviewers", who.asked], &file, options)
}

fn identity(options: &Options) -> Result<answers::Parts> {
    let file = root().join("tests/corpus/identity/identity.jsonl");
    let second = root().join("tests/corpus/second/identity.jsonl");
    answers::identity(&file, &said(&["identify"], &file, options)?, &second)
}

fn mail(options: &Options) -> Result<answers::Parts> {
    let file = root().join("tests/corpus/mail/mail.jsonl");
    let who = if options.rules_only { RULES } else { BOTH };
    answers::mail(&file, &said(&["check", "--as", "councillor", "--reviewers", who.asked], &file, options)?)
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

/// All that the page tells.
struct Page<'a> {
    rules: &'a Groups,
    others: &'a [(Who, Groups)],
    agreement: &'a Agreement,
    identity: &'a answers::Parts,
    mail: &'a answers::Parts,
    bias: Option<&'a bias::Bias>,
}

const INTRODUCTION: &str = "# How well posts are read

Written by `cargo xtask accuracy --write` from `tests/corpus/`, the built-in Middlesbrough bundle and the weights of \
`model/`: what the command prints with `--reviewers rules`, `semantic` and `all`. Rules were written, and the semantic \
reviewer was trained and its levels chosen, on four fifths of the posts; the test fifth and the stranger's posts were \
never read for that, so their figures are the honest ones. How the corpus is labelled and split: \
`tests/corpus/README.md`. How the semantic reviewer was made: `docs/model.md`.

";

fn page(all: &Page<'_>) -> String {
    let mut page = String::from(INTRODUCTION);
    let title = |group: Group| match group {
        Group::Joined | Group::Stranger => group.title().to_owned(),
        _ => format!("{}: the test fifth", group.title()),
    };
    for (group, parts) in all.rules {
        let mut beside = vec![(RULES.name, &parts[1])];
        for (who, groups) in all.others {
            beside.extend(groups.get(group).map(|parts| (who.name, &parts[1])));
        }
        page.push_str(&report::beside(&title(*group), group.about(), &beside));
        page.push('\n');
    }
    for (who, groups) in
        all.others.iter().rev().map(|(who, groups)| (*who, groups)).chain([(RULES, all.rules)])
    {
        for (group, parts) in groups {
            let title = format!("{}, by {}", title(*group), who.name);
            page.push_str(&report::section(&title, group.about(), &parts[1]));
            page.push('\n');
        }
    }
    if let Some(bias) = all.bias {
        page.push_str(&bias.section());
        page.push('\n');
    }
    page.push_str(&all.agreement.section());
    page.push('\n');
    page.push_str(&answers::section(
        "Who is writing (12.2)",
        "Right as to whether the writer is a councillor",
        all.identity,
    ));
    page.push('\n');
    page.push_str(&answers::section(
        "Messages whose recipients are known (Cheshire East 4.9 to 4.11)",
        "Right as to whether the message is acceptable",
        all.mail,
    ));
    let written_from = |group: &Group| matches!(group, Group::Plain | Group::Indirect);
    for (group, parts) in all.rules.iter().filter(|(group, _)| written_from(group)) {
        let title = format!("{}: the four fifths, by rules", group.title());
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
