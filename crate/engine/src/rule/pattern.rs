//! The pattern language, parsed. `docs/writing-rules.md` teaches it; this is its exact shape:
//!
//! ```text
//! pattern   = item+
//! item      = unit "?"?                       an optional unit
//! unit      = word | word "~"                 a word; any form of it
//!           | "{" name "}" | "{#" class "}"   a concept; a built-in class
//!           | "(" pattern ("|" pattern)* ")"  one of these
//!           | "!" unit                        one token that is not this
//!           | "..." | ".." number             any tokens of the sentence; at most so many
//!           | "<" pattern ("|" pattern)* ">"  the words to underline
//! ```
//!
//! Words are read as drafts are, so `can't` and `two-faced` are two tokens here as there. Parsing knows no concepts:
//! whether a name exists is checked when the pattern is compiled.

use crate::rule::class::Class;
use crate::rule::error::LoadError;
use crate::rule::inflect;
use crate::rule::lexicon::Lexicon;
use crate::rule::node::{Assertion, Node, single};
use crate::rule::phrases::Phrases;
use crate::text::scan::{Raw, Sink, is_apostrophe, is_plain_word, scan};

const CLASSES: &[(&str, Class)] = &[
    ("name", Class::Name),
    ("number", Class::Number),
    ("money", Class::Money),
    ("mention", Class::Mention),
    ("hashtag", Class::Hashtag),
    ("url", Class::Url),
    ("email", Class::Email),
    ("emoji", Class::Emoji),
    ("shouted", Class::Shouted),
];

const ASSERTIONS: &[(&str, Assertion)] = &[
    ("start", Assertion::Start),
    ("end", Assertion::End),
    ("question", Assertion::Question),
    ("break", Assertion::Break),
];

/// Where and why parsing stopped.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) at: usize,
    pub(crate) text: String,
}

impl Problem {
    pub(crate) fn into_error(self, owner: &str, pattern: &str) -> LoadError {
        LoadError::in_pattern(owner, pattern, Some(self.at), self.text)
    }
}

/// Parses one pattern; its words become symbols of the lexicon.
pub(crate) fn parse(pattern: &str, lexicon: &mut Lexicon) -> Result<Vec<Node>, Problem> {
    let mut parser = Parser { pattern, at: 0, depth: 0, lexicon };
    let nodes = parser.sequence(None)?;
    if nodes.is_empty() {
        return Err(parser.problem("it is empty"));
    }
    if matches!(nodes.first(), Some(Node::Gap(_))) || matches!(nodes.last(), Some(Node::Gap(_))) {
        return Err(Problem { at: 0, text: "it starts or ends with a gap; remove the dots".to_owned() });
    }
    Ok(nodes)
}

/// The tokens of a literal, as the scan reads them.
pub(crate) fn literal(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut chars = lower.chars();
    if chars.next().is_some_and(is_apostrophe) && matches!(chars.as_str(), "s" | "d") {
        return vec![format!("'{}", chars.as_str())];
    }
    struct Words(Vec<String>);
    impl Sink for Words {
        fn token(&mut self, raw: Raw<'_>) {
            self.0.push(raw.folded.to_owned());
        }
        fn sentence_end(&mut self, _asked: bool) {}
        fn reveal(&mut self, _candidate: &str) -> Option<String> {
            None
        }
    }
    scan(text, Words(Vec::new())).0
}

/// Deep enough for any pattern a person would write, shallow enough for any stack.
const DEEPEST: usize = 12;

struct Parser<'p> {
    pattern: &'p str,
    /// In bytes.
    at: usize,
    depth: usize,
    lexicon: &'p mut Lexicon,
}

impl<'p> Parser<'p> {
    fn rest(&self) -> &'p str {
        self.pattern.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn problem(&self, text: &str) -> Problem {
        self.problem_at(self.at, text.to_owned())
    }

    /// A problem at a byte of the pattern, told in characters.
    fn problem_at(&self, at: usize, text: String) -> Problem {
        Problem { at: self.pattern.get(..at).map_or(0, |before| before.chars().count()), text }
    }

    fn sequence(&mut self, closer: Option<char>) -> Result<Vec<Node>, Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.problem("brackets are nested too deep"));
        }
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if c.is_whitespace() {
                self.at += c.len_utf8();
            } else if Some(c) == closer || (c == '|' && closer.is_some()) {
                break;
            } else {
                self.item(&mut nodes)?;
            }
        }
        self.depth -= 1;
        Ok(nodes)
    }

    fn item(&mut self, nodes: &mut Vec<Node>) -> Result<(), Problem> {
        let from = nodes.len();
        self.unit(nodes)?;
        if self.peek() == Some('?') {
            self.at += 1;
            let mut unit = nodes.split_off(from);
            let last = match unit.len() {
                1 => unit.pop(),
                _ => Some(Node::Either(vec![unit])),
            };
            match last {
                Some(Node::Gap(_)) => return Err(self.problem("a gap is optional already; remove the `?`")),
                Some(node) => nodes.push(Node::Optional(Box::new(node))),
                None => {}
            }
        }
        Ok(())
    }

    /// Adds a unit to `nodes`: one node, or one for each token of a word that the scan takes apart.
    fn unit(&mut self, nodes: &mut Vec<Node>) -> Result<(), Problem> {
        nodes.push(match self.peek() {
            Some('{') => self.braces()?,
            Some('(') => match self.plain_phrases(')') {
                Some(phrases) => Node::Phrases(phrases),
                None => Node::Either(self.alternatives(')')?),
            },
            Some('<') => Node::Mark(self.marked()?),
            Some('!') => {
                self.at += 1;
                let mut unit = Vec::new();
                self.unit(&mut unit)?;
                match (unit.pop(), unit.is_empty()) {
                    (Some(node), true) if single(&node) => Node::Not(Box::new(node)),
                    _ => {
                        return Err(self.problem(
                            "after `!` there must be one word, one concept or alternatives of these",
                        ));
                    }
                }
            }
            Some('.') if self.rest().starts_with("..") => self.gap()?,
            Some(c @ (')' | '>' | '}' | '|' | '?' | '~')) => {
                return Err(self.problem_at(self.at, format!("`{c}` stands where a word should")));
            }
            _ => return self.literal(nodes),
        });
        Ok(())
    }

    /// What stands between `<` and `>`.
    fn marked(&mut self) -> Result<Vec<Node>, Problem> {
        if let Some(phrases) = self.plain_phrases('>') {
            return Ok(vec![Node::Phrases(phrases)]);
        }
        let mut alternatives = self.alternatives('>')?;
        Ok(match (alternatives.pop(), alternatives.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                alternatives.extend(last);
                vec![Node::Either(alternatives)]
            }
        })
    }

    /// The phrases in brackets, where they are plain words only: by far the most common case.
    fn plain_phrases(&mut self, closer: char) -> Option<Phrases> {
        let inside = self.rest().get(1..)?;
        let length = inside.find(|c: char| !(c.is_ascii_lowercase() || c == ' ' || c == '|'))?;
        if !inside.get(length..)?.starts_with(closer) {
            return None;
        }
        let mut phrases = Phrases::with_room_for(inside.get(..length)?);
        for phrase in inside.get(..length)?.split('|') {
            if !push_plain(phrase, self.lexicon, &mut phrases) {
                return None;
            }
        }
        self.at += length + 2;
        Some(phrases)
    }

    /// What stands between an opening bracket and `closer`, cut at each `|`.
    fn alternatives(&mut self, closer: char) -> Result<Vec<Vec<Node>>, Problem> {
        self.at += 1;
        let mut alternatives = Vec::new();
        loop {
            let alternative = self.sequence(Some(closer))?;
            if alternative.is_empty() {
                return Err(self.problem("nothing stands here; use `?` for something optional"));
            }
            alternatives.push(alternative);
            match self.peek() {
                Some('|') => self.at += 1,
                Some(c) if c == closer => break,
                _ => return Err(self.problem("a bracket is not closed")),
            }
        }
        self.at += 1;
        Ok(alternatives)
    }

    fn gap(&mut self) -> Result<Node, Problem> {
        self.at += 2;
        if self.peek() == Some('.') {
            self.at += 1;
            return Ok(Node::Gap(None));
        }
        let mut most: usize = 0;
        let from = self.at;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            most = most * 10 + digit as usize;
            self.at += 1;
            if most > 20 {
                break;
            }
        }
        match u8::try_from(most) {
            Ok(most @ 1..=20) if self.at > from => Ok(Node::Gap(Some(most))),
            _ => Err(self.problem("after `..` there must be a number from 1 to 20, or a third dot")),
        }
    }

    fn braces(&mut self) -> Result<Node, Problem> {
        let open = self.at;
        let Some(length) = self.rest().find('}') else {
            return Err(self.problem("a `{` is not closed"));
        };
        let name = self.rest().get(1..length).unwrap_or("").trim();
        self.at += length + 1;
        let Some(class) = name.strip_prefix('#') else {
            return match name.is_empty() {
                true => Err(self.problem_at(open, "nothing stands between `{` and `}`".to_owned())),
                false => Ok(Node::Concept(name.to_owned())),
            };
        };
        let found = CLASSES.iter().find(|(known, _)| *known == class).map(|(_, class)| Node::Class(*class));
        let asserted = ASSERTIONS.iter().find(|(known, _)| *known == class).map(|(_, a)| Node::Assert(*a));
        found.or(asserted).ok_or_else(|| {
            let known = CLASSES.iter().map(|(name, _)| *name).chain(ASSERTIONS.iter().map(|(name, _)| *name));
            let known: Vec<&str> = known.collect();
            self.problem_at(
                open,
                format!("there is no built-in `{{#{class}}}`; there are {}", known.join(", ")),
            )
        })
    }

    fn literal(&mut self, nodes: &mut Vec<Node>) -> Result<(), Problem> {
        let from = self.at;
        let ends = |c: char| c.is_whitespace() || "{}()<>|?!~".contains(c);
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let text = self.rest().get(..length).unwrap_or("");
        self.at += length;
        if self.peek() == Some('~') {
            self.at += 1;
            return match literal(text).as_slice() {
                [word] => {
                    let forms = inflect::any_form(word);
                    nodes.push(Node::Forms(forms.iter().map(|form| self.lexicon.intern(form)).collect()));
                    Ok(())
                }
                _ => Err(self.problem_at(from, format!("`{text}~` is not one word"))),
            };
        }
        if is_plain_word(text) {
            nodes.push(Node::Word(self.lexicon.intern(text)));
            return Ok(());
        }
        let words = literal(text);
        if words.is_empty() {
            return Err(self.problem_at(from, format!("`{text}` holds no word")));
        }
        let node = |word: String| match word.starts_with('#') {
            true => Node::Tag(self.lexicon.intern(&word)),
            false => Node::Word(self.lexicon.intern(&word)),
        };
        nodes.extend(words.into_iter().map(node));
        Ok(())
    }
}

/// Adds a phrase in which the scan would change nothing; whether it is one. Where it is not, the phrases are of no use.
pub(crate) fn push_plain(text: &str, lexicon: &mut Lexicon, phrases: &mut Phrases) -> bool {
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    let sound = words.peek().is_some();
    for word in words {
        if !is_plain_word(word) {
            return false;
        }
        phrases.push_word(lexicon.intern(word));
    }
    phrases.close();
    sound
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_name_their_place() {
        for (pattern, at, says) in [
            ("", 0, "empty"),
            ("a (b|c", 6, "not closed"),
            ("a {b", 2, "not closed"),
            ("a ..x b", 4, "1 to 20"),
            ("... a", 0, "gap"),
            ("a {#nonsense}", 2, "no built-in"),
            ("a ) b", 2, "`)`"),
            ("two-faced~", 0, "not one word"),
            ("a !(b c|d)", 10, "after `!`"),
            ("<> a", 1, "nothing stands"),
        ] {
            let problem = parse(pattern, &mut Lexicon::new()).err();
            assert!(
                problem.as_ref().is_some_and(|problem| problem.at == at && problem.text.contains(says)),
                "{pattern}: {problem:?}"
            );
        }
    }

    #[test]
    fn words_are_read_as_drafts_are() {
        assert_eq!(literal("can't"), ["can", "not"]);
        assert_eq!(literal("Two-Faced"), ["two", "faced"]);
        assert_eq!(literal("'s"), ["'s"]);
        assert_eq!(literal("#VoteLabour"), ["#votelabour"]);
        assert_eq!(literal("🌹"), ["🌹"]);
    }
}
