//! Rules: how they are written down, and how they become programs over tokens.
//!
//! A rule set is plain data (`set`). Its words become symbols and concepts (`lexicon`, with `inflect`), its patterns
//! are parsed (`pattern`) and compiled (`compiler`) to small programs (`program`). Nothing here knows a draft or a council.

pub(crate) mod compiler;
pub(crate) mod error;
pub(crate) mod inflect;
pub(crate) mod lexicon;
pub(crate) mod number;
pub(crate) mod pattern;
pub(crate) mod phrases;
pub(crate) mod program;
pub(crate) mod set;
mod vocabulary;
