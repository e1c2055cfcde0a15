//! A review for people: the words marked in their line, the clause in the council's words, why, and how to put it
//! better.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use second_reading_engine::{Severity, Verdict};

use super::Reviewed;
use super::lines::Lines;
use crate::shown::{in_place, shown};

/// The width that lines of a post are shown in; longer ones are shown around the marked words.
const WIDTH: usize = 100;

/// Prints reviews for people, with colours where standard output is a terminal that takes them.
pub(crate) fn renderer() -> Renderer {
    let plain = anstream::AutoStream::choice(&std::io::stdout()) == anstream::ColorChoice::Never;
    if plain { Renderer::plain() } else { Renderer::styled() }.term_width(WIDTH)
}

/// Appends the review. `quote` gives the council's words for a finding's clause.
pub(crate) fn write<'q>(
    out: &mut Vec<u8>,
    renderer: &Renderer,
    reviewed: Reviewed<'_>,
    quote: impl Fn(&second_reading_engine::Finding) -> Option<&'q str>,
) {
    let (source, id) = (shown(reviewed.source), shown(reviewed.id));
    let name = match reviewed.line {
        None => source.into_owned(),
        Some(line) => format!("{source}:{line} {id}"),
    };
    let text = in_place(reviewed.text);
    let lines = Lines::of(&text);
    for finding in &reviewed.review.findings {
        let (level, name_of_level) = match finding.severity {
            Severity::Notice => (Level::NOTE, "notice"),
            Severity::Warn => (Level::WARNING, "warn"),
        };
        // Only these lines are handed on: the renderer goes through all that it is given, for each finding anew.
        let (whole, first) = lines.around(&finding.spans);
        let marks = finding
            .spans
            .iter()
            .map(|span| AnnotationKind::Primary.span(span.start - whole.start..span.end - whole.start));
        let words = Snippet::source(text.get(whole.start..whole.end).unwrap_or_default());
        let mut group = Group::with_title(
            level.with_name(name_of_level).primary_title(shown(&finding.message)).id(format!(
                "{} {}",
                shown(&finding.clause),
                finding.category
            )),
        )
        .element(words.line_start(first).path(&*id).annotations(marks));
        if let Some(quote) = quote(finding) {
            group = group.element(Level::NOTE.with_name("clause").message(shown(quote)));
        }
        group = group.element(Level::HELP.with_name("advice").message(shown(&finding.advice)));
        out.extend_from_slice(renderer.render(&[group]).as_bytes());
        out.extend_from_slice(b"\n\n");
    }
    if let Some(mail) = &reviewed.review.mail {
        let weighed = match (mail.political, mail.acceptable) {
            (false, _) => "not political",
            (true, true) => "political, and likely to be acceptable",
            (true, false) => "political, and likely to be improper",
        };
        out.extend_from_slice(format!("{name}: as a message {weighed}\n").as_bytes());
        for factor in &mail.factors {
            out.extend_from_slice(format!("  {} {}\n", factor.paragraph, shown(&factor.text)).as_bytes());
        }
    }
    let verdict = match reviewed.review.verdict {
        Verdict::Clear => "clear",
        Verdict::Notice => "notice",
        Verdict::Warn => "warn",
    };
    out.extend_from_slice(format!("{name}: {verdict}").as_bytes());
}
