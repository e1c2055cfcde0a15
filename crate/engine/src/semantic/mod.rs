//! The semantic reviewer: a small language model that reads what words alone do not say.
//!
//! The path of a text: `pieces` reads it into word pieces; `segment` cuts it into runs of whole sentences with what
//! stands around them, and these into parts; `network` reads one of them (`kernel` holds its arithmetic); `marks` turns
//! what each piece weighed into places. One call reads one segment, so that a caller can stop between any two; [`Memory`]
//! keeps readings by what was read, and [`Passage`] reads what was edited first, so that an edit costs the segments it
//! touches, and of the parts those that may say more.
//!
//! The weights come in as bytes (`weight_file` checks every size in them). What this must not know: thresholds, messages
//! and clauses, which are the bundle's, and where the bytes come from.
//!
//! Without the feature `semantic` only [`Reading`] is here: who merges readings into a review needs no network.

#[cfg(feature = "semantic")]
mod judgement;
#[cfg(feature = "semantic")]
mod kernel;
#[cfg(feature = "semantic")]
mod marks;
#[cfg(feature = "semantic")]
mod memory;
#[cfg(feature = "semantic")]
mod network;
#[cfg(feature = "semantic")]
mod passage;
#[cfg(feature = "semantic")]
mod pieces;
#[cfg(feature = "semantic")]
mod places;
#[cfg(feature = "semantic")]
mod reader;
mod reading;
#[cfg(feature = "semantic")]
mod segment;
#[cfg(feature = "semantic")]
mod weight_file;

#[cfg(feature = "semantic")]
pub use memory::Memory;
#[cfg(feature = "semantic")]
pub use passage::Passage;
#[cfg(feature = "semantic")]
pub use reader::{Scope, Semantic};
pub use reading::{Cut, Reading};
#[cfg(feature = "semantic")]
pub use segment::{MOST_SEGMENTS, Segment};
#[cfg(feature = "semantic")]
pub use weight_file::{SemanticError, WeightBytes};
