//! The small numbers that stand for words and for lists of them.

/// A known word.
pub(crate) type Sym = u32;

/// The symbol of every word that no rule names.
pub(crate) const UNKNOWN: Sym = 0;

/// A concept, or the set of alternatives at one place of a pattern.
pub(crate) type ConceptId = u32;
