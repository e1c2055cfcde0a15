//! What nobody can mean in a rule set: ids, levels, dates.

use rustc_hash::FxHashSet;

use crate::rule::error::LoadError;
use crate::rule::set::{Election, RuleSet};

impl RuleSet {
    /// Refuses what would be taken in silence and then do nothing, or something else than it says. For where rules are
    /// written or taken in: [`Engine::new`](crate::Engine::new) makes an engine of such rules too, so that a bundle that
    /// was taken once goes on working.
    ///
    /// # Errors
    /// Names the first such thing, and the way out.
    pub fn check(&self) -> Result<(), LoadError> {
        let levels = self.thresholds;
        // Written so that what is no number is refused too.
        if !(0.0 <= levels.notice && levels.notice <= levels.warn && levels.warn <= 1.0) {
            let problem = "`notice` and `warn` lie between 0 and 1, and `notice` is not above `warn`";
            return Err(LoadError::new("thresholds", problem));
        }
        if let Some(problem) = self.elections.iter().find_map(Election::problem) {
            return Err(LoadError::new("election", problem));
        }
        if let Some(problem) = self.semantic.levels.problem() {
            return Err(LoadError::new("semantic", problem));
        }
        let kinds = &self.semantic.kinds;
        for (at, kind) in kinds.iter().enumerate() {
            let twice = kinds.iter().take(at).any(|known| known.category == kind.category);
            let problem = if twice { Some("it is spoken of twice; take one out") } else { kind.problem() };
            if let Some(problem) = problem {
                return Err(LoadError::new(format!("semantic {}", kind.category), problem));
            }
        }
        once("clause", self.clauses.iter().map(|clause| clause.id.as_str()))?;
        once("category", self.categories.iter().map(|category| category.id.id()))?;
        once("rule", self.rules.iter().map(|rule| rule.id.as_str()))?;
        once("identity rule", self.identity.iter().map(|rule| rule.id.as_str()))?;
        once("sign", self.mail.signs.iter().map(|sign| sign.id.as_str()))
    }
}

/// Whether every id is there, and stands once.
fn once<'a>(kind: &str, ids: impl Iterator<Item = &'a str>) -> Result<(), LoadError> {
    let mut seen = FxHashSet::default();
    for id in ids {
        let owner = format!("{kind} {id}");
        if id.trim().is_empty() {
            return Err(LoadError::new(owner, "its id is empty; give it one"));
        }
        if !seen.insert(id) {
            return Err(LoadError::new(owner, format!("another {kind} has the same id; rename one")));
        }
    }
    Ok(())
}
