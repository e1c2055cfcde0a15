//! The tables as Markdown.

use std::fmt::Write;

use super::tally::{LENGTHS, Share, Tally};

/// A part's figures, as one section of the page.
pub(super) fn section(title: &str, about: &str, tally: &Tally) -> String {
    let mut out = format!("## {title}\n\n{about}\n\n");
    shares(
        &mut out,
        "",
        &[
            ("Risky posts raised (warn or notice)", tally.risky_raised),
            ("Risky posts warned", tally.risky_warned),
            ("Right clause, of the risky posts raised", tally.right_clause),
            ("Underlines touch the evidence, of the risky posts raised", tally.touches_evidence),
            ("Harmless posts raised (false alarms)", tally.harmless_raised),
            ("Harmless posts warned", tally.harmless_warned),
        ],
    );
    let _ = writeln!(out, "\n| category | found | raised at all | right when raised |\n|---|---|---|---|");
    for (name, category) in &tally.categories {
        let _ = writeln!(
            out,
            "| `{name}` | {} | {} | {} |",
            cell(category.found),
            cell(category.raised),
            cell(category.right)
        );
    }
    pairs(&mut out, "surface", tally.surfaces.iter().map(|(name, pair)| (name.as_str(), *pair)));
    pairs(&mut out, "characters", LENGTHS.iter().map(|(_, name)| *name).zip(tally.lengths));
    pairs(&mut out, "file", tally.files.iter().map(|(name, pair)| (name.as_str(), *pair)));
    out
}

/// A table of risky and harmless posts raised.
pub(super) fn pairs<'a>(out: &mut String, what: &str, rows: impl Iterator<Item = (&'a str, (Share, Share))>) {
    let _ = writeln!(out, "\n| {what} | risky posts raised | harmless posts raised |\n|---|---|---|");
    for (name, (risky, harmless)) in rows {
        let _ = writeln!(out, "| {name} | {} | {} |", cell(risky), cell(harmless));
    }
}

/// The main shares of several tallies of the same posts, side by side.
pub(super) fn beside(title: &str, about: &str, tallies: &[(&str, &Tally)]) -> String {
    let names: Vec<&str> = tallies.iter().map(|(name, _)| *name).collect();
    let mut out = format!(
        "## {title}\n\n{about}\n\n| | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(tallies.len())
    );
    type Row = (&'static str, fn(&Tally) -> Share);
    let rows: [Row; 6] = [
        ("Risky posts raised (warn or notice)", |tally| tally.risky_raised),
        ("Risky posts warned", |tally| tally.risky_warned),
        ("Harmless posts raised (false alarms)", |tally| tally.harmless_raised),
        ("Harmless posts warned", |tally| tally.harmless_warned),
        ("Right clause, of the risky posts raised", |tally| tally.right_clause),
        ("Underlines touch the evidence, of the risky posts raised", |tally| tally.touches_evidence),
    ];
    for (name, of) in rows {
        let cells: Vec<String> = tallies
            .iter()
            .map(|(_, tally)| of(tally))
            .map(|share| format!("{:.1} % ({} of {})", share.percent(), share.hits, share.of))
            .collect();
        let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
    }
    out
}

/// A table of shares with their intervals.
pub(super) fn shares(out: &mut String, of: &str, rows: &[(&str, Share)]) {
    let _ = writeln!(
        out,
        "| {of}{}| share | 95 % interval | posts |\n|---|---|---|---|",
        if of.is_empty() { "" } else { " " }
    );
    for (name, share) in rows {
        let (low, high) = share.interval();
        let _ = writeln!(
            out,
            "| {name} | {:.1} % | {low:.1} to {high:.1} % | {} of {} |",
            share.percent(),
            share.hits,
            share.of
        );
    }
}

pub(super) fn cell(share: Share) -> String {
    if share.of == 0 {
        return "none".to_owned();
    }
    format!("{:.0} % ({} of {})", share.percent(), share.hits, share.of)
}
