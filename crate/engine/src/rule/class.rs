//! The built-in kinds of token that a pattern can ask for.

use crate::text::token::{Kind, Token};

/// A built-in kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// A name: capitalised words that are no known other thing, with or without a title.
    Name,
    /// A number.
    Number,
    /// An amount of money.
    Money,
    /// `@somebody`.
    Mention,
    /// A word that came from a hashtag.
    Hashtag,
    /// A web address.
    Url,
    /// A mail address.
    Email,
    /// An emoji.
    Emoji,
    /// A word in capitals.
    Shouted,
}

/// Whether a token is of a built-in kind; names are found elsewhere, since they run over several tokens.
pub(crate) fn holds(class: Class, token: &Token) -> bool {
    match class {
        Class::Name => false,
        Class::Number => token.kind == Kind::Number,
        Class::Money => token.kind == Kind::Money,
        Class::Mention => token.kind == Kind::Mention,
        Class::Hashtag => token.kind == Kind::Hashtag,
        Class::Url => token.kind == Kind::Url,
        Class::Email => token.kind == Kind::Email,
        Class::Emoji => token.kind == Kind::Emoji,
        Class::Shouted => token.shouted,
    }
}
