//! The tables as Markdown.

use std::fmt::Write;

use super::tally::{Share, Tally};

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
    for (what, shares) in [("surface", &tally.surfaces), ("file", &tally.files)] {
        let _ = writeln!(out, "\n| {what} | risky posts raised | harmless posts raised |\n|---|---|---|");
        for (name, (risky, harmless)) in shares {
            let _ = writeln!(out, "| {name} | {} | {} |", cell(*risky), cell(*harmless));
        }
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

fn cell(share: Share) -> String {
    if share.of == 0 {
        return "none".to_owned();
    }
    format!("{:.0} % ({} of {})", share.percent(), share.hits, share.of)
}
