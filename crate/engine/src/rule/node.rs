//! The pieces of a parsed pattern, and the phrases that a row of them stands for.

use crate::rule::class::Class;
use crate::rule::phrases::Phrases;
use crate::rule::symbol::Sym;

/// Something that must hold between two tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Assertion {
    /// The sentence starts here.
    Start,
    /// The sentence ends here.
    End,
    /// The sentence ends in a question mark.
    Question,
    /// A dash, colon, semicolon or bracket stands here, or the sentence starts or ends.
    Break,
}

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// One plain word as the scan reads it.
    Word(Sym),
    /// A hashtag as a whole.
    Tag(Sym),
    /// Any of these words.
    Forms(Vec<Sym>),
    /// Any of these phrases.
    Phrases(Phrases),
    /// A concept by name.
    Concept(String),
    Class(Class),
    Assert(Assertion),
    Either(Vec<Vec<Node>>),
    Optional(Box<Node>),
    Not(Box<Node>),
    Gap(Option<u8>),
    Mark(Vec<Node>),
}

/// Whether a node stands for exactly one token.
pub(crate) fn single(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Tag(_) | Node::Forms(_) | Node::Concept(_) | Node::Class(_) => true,
        Node::Phrases(phrases) => phrases.iter().all(|phrase| phrase.len() == 1),
        Node::Either(alternatives) => {
            alternatives.iter().all(|nodes| matches!(nodes.as_slice(), [node] if single(node)))
        }
        _ => false,
    }
}

/// All phrases that a row of nodes stands for, if it stands for nothing but words.
pub(crate) fn phrases_of(nodes: &[Node]) -> Option<Phrases> {
    let phrases = expand(nodes)?;
    let sound = phrases.iter().all(|phrase| !phrase.is_empty());
    sound.then_some(phrases)
}

fn expand(nodes: &[Node]) -> Option<Phrases> {
    let mut all = Phrases::empty_phrase();
    for node in nodes {
        let next = match node {
            Node::Word(word) | Node::Tag(word) => Phrases::of_words(&[*word]),
            Node::Forms(forms) => Phrases::of_words(forms),
            Node::Phrases(phrases) => phrases.clone(),
            Node::Optional(inner) => {
                let mut phrases = expand(std::slice::from_ref(inner))?;
                phrases.push(&[]);
                phrases
            }
            Node::Either(alternatives) => {
                let mut phrases = Phrases::default();
                for nodes in alternatives {
                    match nodes.as_slice() {
                        [Node::Word(word)] => phrases.push(&[*word]),
                        nodes => phrases.append(&expand(nodes)?),
                    }
                }
                phrases
            }
            _ => return None,
        };
        all = match nodes {
            [_] => next,
            _ => all.followed_by(&next)?,
        };
    }
    Some(all)
}
