//! Tokens and sentences: what a text is cut into.

use crate::rule::symbol::Sym;

/// What kind of thing a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Money,
    Emoji,
    Mention,
    Hashtag,
    Url,
    Email,
}

/// One token of a draft.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) sym: Sym,
    /// A second reading of the same token: `is` for `'s`, `you` for `u`.
    pub(crate) alt: Sym,
    pub(crate) capital: bool,
    pub(crate) shouted: bool,
    pub(crate) after_break: bool,
    pub(crate) after_comma: bool,
    pub(crate) quoted: bool,
    /// The letter of a one-letter word, for words that are typed with spaces in them.
    pub(super) letter: Option<u8>,
}

/// A run of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) asked: bool,
    /// It stands in a message that is answered or passed on, or in a notice under every mail.
    pub(crate) others: bool,
}
