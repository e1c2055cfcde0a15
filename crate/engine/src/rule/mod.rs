//! Rules: how they are written down, and how they become programs over tokens.
//!
//! A rule set is plain data (`set`). Its words become numbers (`symbol`) and concepts (`lexicon`, with `inflect`), its
//! patterns are parsed (`pattern`) to a few kinds of piece (`node`, and `class` for the built-in ones) and compiled
//! (`compiler`) to small programs (`program`). Nothing here knows a draft or a council.

pub(crate) mod class;
pub(crate) mod compiler;
pub(crate) mod error;
pub(crate) mod inflect;
pub(crate) mod lexicon;
pub(crate) mod node;
pub(crate) mod number;
pub(crate) mod pattern;
pub(crate) mod phrases;
pub(crate) mod program;
pub(crate) mod set;
pub(crate) mod symbol;
mod vocabulary;
