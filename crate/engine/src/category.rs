//! The eleven kinds of risk. Their ids are a contract: bundles, reviews and the command all use them.

use serde::{Deserialize, Serialize};

/// A kind of risk that a councillor's post can carry. A bundle ties each to the clauses of a council's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Failing to treat others with respect.
    Respect,
    /// Bringing the post of councillor, or the council, into disrepute.
    Disrepute,
    /// Breaching confidentiality.
    Confidentiality,
    /// Bullying or harassing behaviour.
    Bullying,
    /// Securing an advantage or disadvantage for oneself or any other person.
    Advantage,
    /// Promoting oneself or others to the electorate as candidates.
    Candidacy,
    /// Material for party publicity, including support of any candidate or party.
    Party,
    /// Use in connection with elections or campaigning.
    Campaigning,
    /// Anything else that could adversely affect support for a candidate, political group or party.
    Adverse,
    /// Sexually offensive, racially biased or discriminatory.
    Offensive,
    /// Own commercial or private business.
    Business,
}

impl Category {
    /// Every category, in the order of the protocol.
    pub const ALL: [Category; 11] = [
        Category::Respect,
        Category::Disrepute,
        Category::Confidentiality,
        Category::Bullying,
        Category::Advantage,
        Category::Candidacy,
        Category::Party,
        Category::Campaigning,
        Category::Adverse,
        Category::Offensive,
        Category::Business,
    ];

    /// The id used in bundles, reviews and on the command line.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Category::Respect => "respect",
            Category::Disrepute => "disrepute",
            Category::Confidentiality => "confidentiality",
            Category::Bullying => "bullying",
            Category::Advantage => "advantage",
            Category::Candidacy => "candidacy",
            Category::Party => "party",
            Category::Campaigning => "campaigning",
            Category::Adverse => "adverse",
            Category::Offensive => "offensive",
            Category::Business => "business",
        }
    }
}

impl std::fmt::Display for Category {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}
