//! The two smaller labelled sets: who is writing (`identity/`), and what weighs for and against a message to known
//! recipients (`mail/`). Each text has one right answer, so that one share a question tells how well it is read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::corpus::{Part, part_of, strings};
use super::tally::Share;

/// Shares of right answers in one part of a set, by question.
#[derive(Default)]
pub(super) struct Answers {
    /// All answers of the set's main question.
    pub(super) right: Share,
    /// By what the text is or what is asked of it.
    pub(super) by: BTreeMap<String, Share>,
}

/// Both parts of a set, the test fifth last.
pub(super) type Parts = [Answers; 2];

/// The labelled texts of a file beside what the command says of each.
fn pairs(file: &Path, said: &[Value]) -> Result<Vec<(Value, Part, Value)>> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let labelled: Vec<Value> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .with_context(|| format!("{} holds a line that is not JSON", file.display()))?;
    ensure!(labelled.len() == said.len(), "{}: not every line was answered", file.display());
    labelled
        .into_iter()
        .zip(said)
        .map(|(label, said)| {
            ensure!(label["id"] == said["id"], "{}: the answers are out of order", file.display());
            let part = part_of(label["id"].as_str().unwrap_or_default());
            Ok((label, part, said.clone()))
        })
        .collect()
}

/// Whether the writer is a councillor: shares in all, by where the text stands, and how often a `second` labeller who had
/// not seen the first answers gave the same.
pub(super) fn identity(file: &Path, said: &[Value], second: &Path) -> Result<Parts> {
    let mut parts = Parts::default();
    let mut others = second_answers(second)?;
    for (label, part, said) in pairs(file, said)? {
        let right = label["identifies"] == said["identifies"];
        let answers = &mut parts[usize::from(part == Part::TestFifth)];
        answers.right.count(right);
        let place = label["where"].as_str().unwrap_or_default().to_owned();
        answers.by.entry(place).or_default().count(right);
        if let Some(other) = label["id"].as_str().and_then(|id| others.remove(id)) {
            let agreed = answers.by.entry("two labellers agree".to_owned()).or_default();
            agreed.count(label["identifies"] == other);
        }
    }
    let unknown: Vec<&String> = others.keys().collect();
    ensure!(unknown.is_empty(), "{}: no text has the ids {unknown:?}", second.display());
    Ok(parts)
}

/// What a second labeller said of some texts, by their ids.
fn second_answers(file: &Path) -> Result<BTreeMap<String, Value>> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let answer = |(index, line): (usize, &str)| {
        let place = || format!("{}, line {}", file.display(), index + 1);
        let mut second: Value = serde_json::from_str(line).with_context(place)?;
        let id = second["id"].as_str().with_context(|| format!("{}: no id", place()))?.to_owned();
        Ok((id, second["identifies"].take()))
    };
    text.lines().enumerate().map(answer).collect()
}

/// Whether a message is acceptable: shares in all, and for each pair of factors which of the two is named.
pub(super) fn mail(file: &Path, reviews: &[Value]) -> Result<Parts> {
    let mut parts = Parts::default();
    for (label, part, review) in pairs(file, reviews)? {
        let mail = &review["mail"];
        let answers = &mut parts[usize::from(part == Part::TestFifth)];
        answers.right.count(label["acceptable"] == mail["acceptable"]);
        answers.by.entry("political".to_owned()).or_default().count(label["political"] == mail["political"]);
        let wanted: BTreeSet<String> = strings(&label, "factors").into_iter().collect();
        let named = mail["factors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let named: BTreeSet<String> =
            named.iter().filter_map(|factor| factor["factor"].as_str()).map(str::to_owned).collect();
        for pair in [
            ["administrative", "not-administrative"],
            ["controversial", "uncontroversial"],
            ["criticises", "no-criticism"],
        ] {
            let right = pair.iter().all(|factor| wanted.contains(*factor) == named.contains(*factor));
            answers.by.entry(pair.join(" or ")).or_default().count(right);
        }
        answers.by.entry("all factors".to_owned()).or_default().count(wanted == named);
    }
    Ok(parts)
}

/// The set's figures as one section of the page.
pub(super) fn section(title: &str, question: &str, parts: &Parts) -> String {
    let mut out =
        format!("## {title}\n\n| | test fifth | 95 % interval | four fifths |\n|---|---|---|---|\n");
    let empty = Share::default();
    let row = |out: &mut String, name: &str, test: Share, rest: Share| {
        let (low, high) = test.interval();
        let cell = |share: Share| format!("{:.1} % ({} of {})", share.percent(), share.hits, share.of);
        let _ = writeln!(out, "| {name} | {} | {low:.1} to {high:.1} % | {} |", cell(test), cell(rest));
    };
    row(&mut out, question, parts[1].right, parts[0].right);
    for (name, rest) in &parts[0].by {
        row(&mut out, name, *parts[1].by.get(name).unwrap_or(&empty), *rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn file(name: &str, lines: &[Value]) -> Result<std::path::PathBuf> {
        let file = std::env::temp_dir().join(format!("second-reading-{}-{name}", std::process::id()));
        let text: Vec<String> = lines.iter().map(Value::to_string).collect();
        fs::write(&file, text.join("\n"))?;
        Ok(file)
    }

    #[test]
    fn an_answer_counts_under_its_own_place() -> Result<()> {
        let labels = [
            json!({ "id": "id-001", "where": "text", "identifies": true }),
            json!({ "id": "id-002", "where": "bio", "identifies": false }),
        ];
        let said =
            [json!({ "id": "id-001", "identifies": false }), json!({ "id": "id-002", "identifies": false })];
        let second = |id: &str| file("second", &[json!({ "id": id, "identifies": true })]);
        let labels = file("identity", &labels)?;
        let parts = identity(&labels, &said, &second("id-002")?)?;
        let part = &parts[usize::from(part_of("id-001") == Part::TestFifth)];
        assert_eq!((part.right.hits, part.right.of), (1, 2));
        let agreed = part.by["two labellers agree"];
        assert_eq!((agreed.hits, agreed.of), (0, 1));
        assert!(identity(&labels, &said, &second("id-003")?).is_err(), "a second answer to no text");
        assert_eq!((part.by["text"].hits, part.by["bio"].hits), (0, 1));
        Ok(())
    }

    #[test]
    fn a_factor_named_the_wrong_way_is_wrong_for_its_pair_alone() -> Result<()> {
        let labels = [json!({
            "id": "ml-001", "acceptable": true, "political": true,
            "factors": ["administrative", "uncontroversial", "no-criticism"]
        })];
        let factors = ["administrative", "uncontroversial", "criticises"].map(|f| json!({ "factor": f }));
        let said = [json!({
            "id": "ml-001", "mail": { "acceptable": false, "political": true, "factors": factors }
        })];
        let parts = mail(&file("mail", &labels)?, &said)?;
        let part = &parts[usize::from(part_of("ml-001") == Part::TestFifth)];
        assert_eq!(part.right.hits, 0);
        assert_eq!(part.by["administrative or not-administrative"].hits, 1);
        assert_eq!(part.by["criticises or no-criticism"].hits, 0);
        assert_eq!(part.by["all factors"].hits, 0);
        Ok(())
    }

    #[test]
    fn answers_out_of_order_are_no_figure() -> Result<()> {
        let labels = [json!({ "id": "id-001", "where": "text", "identifies": true })];
        let said = [json!({ "id": "id-002", "identifies": true })];
        let nobody = file("nobody", &[])?;
        assert!(identity(&file("order", &labels)?, &said, &nobody).is_err());
        Ok(())
    }
}
