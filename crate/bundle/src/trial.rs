//! Tries a bundle before it counts: makes its engine and runs the sentences that it brings.
//!
//! Rules of switched-off layers are tried too, and rules for the election period on the first day of an election, one
//! being supposed where none is known: a bundle must hold what it says, whatever is in force today.

use second_reading_engine::{Draft, Election, Engine, Rule, Window};

use crate::payload::{LoadedBundle, Payload, PayloadError, reviewers_problem};
use crate::refusal::Refusal;

/// How much of a failing sentence is repeated to the person.
const MOST_CHARACTERS_SHOWN: usize = 120;

/// The draft in which a rule is tried: where, to whom and when it is in force.
pub(crate) fn draft<'a>(rule: &Rule, text: &'a str, elections: &[Election]) -> Draft<'a> {
    Draft {
        surface: rule.surfaces.first().copied(),
        recipients: rule.recipients.first().copied(),
        on: match rule.window {
            Some(Window::Election) => elections.first().map(|election| election.notice),
            None => None,
        },
        ..Draft::of(text)
    }
}

/// Checks that everything in the bundle can be meant, makes it ready and runs its self-tests.
///
/// # Errors
/// [`Refusal::SlowPatterns`], [`Refusal::Malformed`] or [`Refusal::FailingSelfTests`].
pub fn load_and_try(payload: &Payload) -> Result<LoadedBundle, Refusal> {
    if let Some(problem) = reviewers_problem(&payload.reviewers) {
        return Err(Refusal::Malformed(problem.to_owned()));
    }
    payload.rule_set().check().map_err(|error| refusal(PayloadError::Rules(error)))?;
    let loaded = payload.load().map_err(refusal)?;
    let supposed = payload.elections.is_empty()
        && payload.rules.iter().any(|rule| rule.window == Some(Window::Election));
    if payload.layers_off.is_empty() && !supposed {
        run(payload, &loaded.engine)?;
        return Ok(loaded);
    }
    let mut whole = payload.clone();
    whole.layers_off.clear();
    if supposed {
        whole.elections.push(Election { notice: whole.issued, poll: whole.issued });
    }
    run(&whole, &whole.load().map_err(refusal)?.engine)?;
    Ok(loaded)
}

/// Why a bundle whose rules cannot be made ready is refused.
pub(crate) fn refusal(error: PayloadError) -> Refusal {
    match error {
        PayloadError::Rules(error) if error.costly => Refusal::SlowPatterns(error.to_string()),
        PayloadError::Schema { found } => Refusal::NewerSchema { found },
        error => Refusal::Malformed(error.to_string()),
    }
}

fn run(payload: &Payload, engine: &Engine) -> Result<(), Refusal> {
    let failures = failures(payload, engine);
    match failures.first() {
        None => Ok(()),
        Some(first) => Err(Refusal::FailingSelfTests {
            failed: failures.len(),
            tests: payload.self_tests.len(),
            first: first.to_string(),
        }),
    }
}

/// A sentence that a bundle brings and that does not come out as it says.
pub(crate) struct Failure<'a> {
    pub(crate) rule: &'a str,
    what: &'static str,
    text: &'a str,
}

impl std::fmt::Display for Failure<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown: String = self.text.chars().take(MOST_CHARACTERS_SHOWN).collect();
        write!(f, "rule `{}` {} “{shown}”", self.rule, self.what)
    }
}

/// Those of a bundle's own sentences that fail in this engine.
pub(crate) fn failures<'a>(payload: &'a Payload, engine: &Engine) -> Vec<Failure<'a>> {
    let mut failures = Vec::new();
    for test in &payload.self_tests {
        let rule = payload.rules.iter().find(|rule| rule.id == test.rule);
        let fires = rule
            .map(|rule| !engine.places(&rule.id, &draft(rule, &test.text, &payload.elections)).is_empty());
        if fires == Some(test.fires) {
            continue;
        }
        let what = match fires {
            None => "is not there for",
            Some(true) => "does not spare",
            Some(false) => "does not fire on",
        };
        failures.push(Failure { rule: &test.rule, what, text: &test.text });
    }
    failures
}
