//! Runs every example of a source: each rule must fire on its `fires`, spare its `spares`, and each `[[draft]]` must
//! get its verdict.

use std::path::PathBuf;

use second_reading_engine::{
    ByteSpan, Draft, Election, Engine, IdentitySetting, IdentityText, Recipients, Reviewers, Says, Verdict,
    Where,
};

use crate::overlay::OverlayError;
use crate::trial;

use super::{Place, Source, SourceError, SourceIdentity, SourceRule, SourceSign};

/// What the examples of a source came to.
#[derive(Clone, Debug, Default)]
pub struct TestReport {
    /// How many rules there are.
    pub rules: usize,
    /// How many examples were run.
    pub examples: usize,
    /// The examples that did not come out as they should.
    pub failures: Vec<SourceError>,
}

impl TestReport {
    fn fail(&mut self, place: &Place, item: &str, problem: String) {
        self.failures.push(SourceError {
            file: place.file.clone(),
            line: Some(place.line),
            item: Some(item.to_owned()),
            problem: format!("{item}: {problem}"),
        });
    }
}

/// Runs every example of the source.
///
/// Rules of switched-off layers are tried too, and rules with a date window on the first day of an election.
///
/// # Errors
/// When the source makes no engine, which [`super::load`] has already ruled out.
pub fn test(source: &Source) -> Result<TestReport, SourceError> {
    let of_base = |error: OverlayError| fault(error.to_string());
    let mut whole = source.whole().map_err(of_base)?;
    let as_it_is = Engine::new(&whole.rule_set()).map_err(|error| fault(error.to_string()))?;
    whole.layers_off.clear();
    if whole.elections.is_empty() {
        // Rules for the election period are tried even where no election is known yet.
        whole.elections.push(Election { notice: source.issued, poll: source.issued });
    }
    let engine = Engine::new(&whole.rule_set()).map_err(|error| fault(error.to_string()))?;
    let mut report = TestReport {
        rules: source.rules.len() + source.identity.len() + source.mail_signs.len(),
        ..TestReport::default()
    };
    for rule in &source.rules {
        test_rule(&engine, &whole.elections, rule, &mut report);
    }
    if let Some(base) = &source.base {
        // What is added may change how the base's rules read, whose sentences go with the bundle.
        let of_base = |rule: &str| !source.rules.iter().any(|own| own.rule.id == rule);
        report.examples += whole.self_tests.iter().filter(|test| of_base(&test.rule)).count();
        for failure in trial::failures(&whole, &engine).iter().filter(|failure| of_base(failure.rule)) {
            let problem = format!(
                "{failure}; a concept or reading of this source changes how that rule reads: take those words out, \
                 or put the rule into `without`"
            );
            report.fail(&base.place, "base", problem);
        }
    }
    for rule in &source.identity {
        test_identity(&engine, rule, &mut report);
    }
    for sign in &source.mail_signs {
        test_sign(&engine, sign, &mut report);
    }
    for draft in &source.drafts {
        report.examples += 1;
        let review = as_it_is.review(
            &Draft { identity: IdentitySetting::Councillor, ..Draft::of(&draft.text) },
            Reviewers::RULES,
        );
        if review.verdict != draft.verdict {
            let rules: Vec<&str> = review.findings.iter().map(|finding| finding.rule.as_str()).collect();
            let name = |verdict| match verdict {
                Verdict::Clear => "clear",
                Verdict::Notice => "notice",
                Verdict::Warn => "warn",
            };
            let (found, expected) = (name(review.verdict), name(draft.verdict));
            report.fail(
                &draft.place,
                "draft",
                format!("got {found} ({}) instead of {expected}: {}", rules.join(", "), draft.text),
            );
        }
    }
    Ok(report)
}

/// What a source that loads never shows.
fn fault(problem: String) -> SourceError {
    SourceError { file: PathBuf::new(), line: None, item: None, problem }
}

fn test_rule(engine: &Engine, elections: &[Election], rule: &SourceRule, report: &mut TestReport) {
    let item = format!("rule {}", rule.rule.id);
    let places = |text: &str| -> Vec<ByteSpan> {
        engine.places(&rule.rule.id, &trial::draft(&rule.rule, text, elections))
    };
    for example in &rule.fires {
        report.examples += 1;
        if places(&example.text).is_empty() {
            report.fail(&example.place, &item, format!("does not fire on: {}", example.text));
        }
    }
    for example in &rule.spares {
        report.examples += 1;
        if let Some(span) = places(&example.text).first() {
            let words = example.text.get(span.start..span.end).unwrap_or("");
            report.fail(
                &example.place,
                &item,
                format!("does not spare (it underlines `{words}`): {}", example.text),
            );
        }
    }
}

fn test_identity(engine: &Engine, rule: &SourceIdentity, report: &mut TestReport) {
    let item = format!("identity rule {}", rule.rule.id);
    let place = rule.rule.places.first().copied().unwrap_or(Where::Text);
    // A rule that shows nothing takes words away: where it fires nobody is identified.
    let shows = rule.rule.says == Says::Councillor;
    for (examples, identifies) in [(&rule.fires, shows), (&rule.spares, !shows)] {
        for example in examples {
            report.examples += 1;
            let found = engine.identify(&IdentityText { where_: place, text: &example.text });
            if found.identified.is_some() == identifies {
                continue;
            }
            let problem = match found.evidence {
                Some(words) => format!("it reads a councillor (in `{words}`) in: {}", example.text),
                None => format!("it reads no councillor in: {}", example.text),
            };
            report.fail(&example.place, &item, problem);
        }
    }
}

fn test_sign(engine: &Engine, sign: &SourceSign, report: &mut TestReport) {
    let item = format!("sign {}", sign.sign.id);
    let recipients = sign.sign.recipients.first().copied().unwrap_or(Recipients::SameGroup);
    for (examples, shows) in [(&sign.fires, true), (&sign.spares, false)] {
        for example in examples {
            report.examples += 1;
            let draft = Draft { recipients: Some(recipients), ..Draft::of(&example.text) };
            if engine.shows(&sign.sign.id, &draft) != shows {
                let problem = if shows { "is not shown by" } else { "is shown by" };
                report.fail(&example.place, &item, format!("{problem}: {}", example.text));
            }
        }
    }
}
