//! What must hold of a rule set before its words are looked at: ids, levels, dates.

use rustc_hash::FxHashSet;

use crate::rule::error::LoadError;
use crate::rule::set::RuleSet;

/// Refuses what would be taken in silence and then do nothing, or something else than it says.
pub(crate) fn check(set: &RuleSet) -> Result<(), LoadError> {
    let levels = set.thresholds;
    // Written so that what is no number is refused too.
    if !(0.0 <= levels.notice && levels.notice <= levels.warn && levels.warn <= 1.0) {
        let problem = "`notice` and `warn` lie between 0 and 1, and `notice` is not above `warn`";
        return Err(LoadError::new("thresholds", problem));
    }
    if let Some(election) = set.elections.iter().find(|election| election.poll < election.notice) {
        let (notice, poll) = (election.notice, election.poll);
        let problem = format!("its `notice` ({notice}) comes after its `poll` ({poll}); exchange them");
        return Err(LoadError::new("election", problem));
    }
    let known = |layer: &String| set.rules.iter().any(|rule| rule.layer.as_ref() == Some(layer));
    if let Some(layer) = set.layers_off.iter().find(|layer| !known(layer)) {
        return Err(LoadError::new("layers_off", format!("no rule is of a layer `{layer}`")));
    }
    once("clause", set.clauses.iter().map(|clause| clause.id.as_str()))?;
    once("category", set.categories.iter().map(|category| category.id.id()))?;
    once("rule", set.rules.iter().map(|rule| rule.id.as_str()))?;
    once("identity rule", set.identity.iter().map(|rule| rule.id.as_str()))?;
    once("sign", set.mail.signs.iter().map(|sign| sign.id.as_str()))?;
    Ok(())
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
