//! Finds the words in a draft that are not the writer's own: between quotation marks, in quoted lines, and under the
//! heading of a mail that is answered (`answered` finds those two).
//!
//! Apostrophes are not quotation marks: a single mark opens only before a letter that follows no letter, and counts
//! only if it closes in the same line. Nothing here judges; rules decide whether quoted words matter.

use super::fold::is_word_char;
use crate::ByteSpan;

/// A quotation longer than this is taken for a stray mark.
const LONGEST: usize = 3000;

/// Words that begin with an apostrophe of their own, and endings typed apart from their word.
const CLIPPED: &[&str] = &[
    "em", "til", "till", "cause", "cos", "cuz", "tis", "tisn", "twas", "twasn", "twere", "twill", "twould",
    "bout", "n", "ere", "appen", "ave", "round", "neath", "gainst", "tween", "nuff", "fraid", "nother",
    "imself", "erself", "ell", "eck", "alf", "ospital", "oss", "ouse", "s", "d", "m", "ll", "re", "ve",
];

/// The quoted parts of `text`, in order; `found` are those that `answered` finds.
pub(crate) fn quoted(text: &str, mut found: Vec<ByteSpan>) -> Vec<ByteSpan> {
    // What a message to the end of the text quotes in turn is quoted already.
    let own = found.last().filter(|last| last.end == text.len()).map_or(text.len(), |last| last.start);
    let mut double: Option<usize> = None;
    let mut single: Option<Single> = None;
    let mut blank = true;
    let mut previous = ' ';
    let mut chars = text.get(..own).unwrap_or(text).char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if matches!(c, '\n' | '\u{2028}' | '\u{2029}') {
            if blank {
                double = None;
            }
            settle(&mut single, &mut found);
            single = None;
            blank = true;
        } else if !c.is_whitespace() {
            blank = false;
        }
        match c {
            '“' | '„' | '«' => double = Some(at),
            '”' | '»' => close(&mut double, at + c.len_utf8(), &mut found),
            '"' | '＂' | '\u{201f}' => {
                if double.is_some() && !previous.is_whitespace() {
                    close(&mut double, at + c.len_utf8(), &mut found);
                } else if !next.is_whitespace() && !is_word_char(previous) {
                    double = Some(at);
                }
            }
            '\'' | '‘' if !is_word_char(previous) && is_word_char(next) => {
                let rest = text.get(at + c.len_utf8()..).unwrap_or("");
                let word =
                    rest.find(|c: char| !is_word_char(c)).map_or(rest, |end| rest.get(..end).unwrap_or(""));
                if !is_clipped(word) {
                    settle(&mut single, &mut found);
                    single = Some(Single { start: at, mark: c, possessive: None });
                }
            }
            '\'' | '’' if !previous.is_whitespace() && !is_word_char(next) => {
                let end = at + c.len_utf8();
                // A straight mark closes a straight one, a curly one a curly one.
                if let Some(open) = single.as_mut().filter(|open| (open.mark == '\'') == (c == '\'')) {
                    let (before, behind) = (text.get(..at).unwrap_or(""), text.get(end..).unwrap_or(""));
                    if is_possessive(before, behind) {
                        open.possessive.get_or_insert(end);
                    } else if open.possessive.is_none() || !is_clipped_at_end(before) {
                        push(open.start, end, &mut found);
                        single = None;
                    }
                }
            }
            '.' | '!' | '?' if next.is_whitespace() => settle(&mut single, &mut found),
            _ => {}
        }
        previous = c;
    }
    settle(&mut single, &mut found);
    found.sort_unstable();
    found
}

/// Whether the mark before this word is an apostrophe, as it is before a year: '90s, and '2019 as it is mistyped.
fn is_clipped(word: &str) -> bool {
    let number = word.strip_suffix(['s', 'S']).unwrap_or(word);
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    let century = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    (digits && (number.len() == 2 || century))
        || CLIPPED.iter().any(|clipped| clipped.eq_ignore_ascii_case(word))
}

/// A single mark that opened and was not closed yet.
struct Single {
    start: usize,
    mark: char,
    /// One past the first mark that closes it or belongs to a plural: `'the members' pay'`.
    possessive: Option<usize>,
}

/// Lets the mark that may belong to a plural close, where no other does before the sentence ends.
fn settle(single: &mut Option<Single>, found: &mut Vec<ByteSpan>) {
    if let Some(end) = single.as_ref().and_then(|open| open.possessive)
        && let Some(open) = single.take()
    {
        push(open.start, end, found);
    }
}

/// Whether a mark between these may be the apostrophe of a plural: `the members' pay`.
fn is_possessive(before: &str, behind: &str) -> bool {
    before.ends_with(['s', 'S'])
        && behind.starts_with(' ')
        && behind.get(1..).is_some_and(|next| next.starts_with(char::is_alphabetic))
}

/// Whether a word before a mark may have lost its end: `goin'`, `wi'`, `o'`.
fn is_clipped_at_end(before: &str) -> bool {
    let letters = before.chars().rev().take_while(|c| is_word_char(*c)).take(3).count();
    before.ends_with("in") || (1..3).contains(&letters)
}

fn close(open: &mut Option<usize>, end: usize, found: &mut Vec<ByteSpan>) {
    if let Some(start) = open.take() {
        push(start, end, found);
    }
}

fn push(start: usize, end: usize, found: &mut Vec<ByteSpan>) {
    if end - start <= LONGEST {
        found.push(ByteSpan { start, end });
    }
}

#[cfg(test)]
mod tests {
    use super::super::answered::answered;
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        quoted(text, answered(text).spans).iter().filter_map(|span| text.get(span.start..span.end)).collect()
    }

    #[test]
    fn quotations_are_told_from_apostrophes() {
        assert_eq!(parts("He called me \"a liar\" twice"), ["\"a liar\""]);
        assert_eq!(parts("He called me “a liar” twice"), ["“a liar”"]);
        assert_eq!(parts("He called me 'a liar' twice"), ["'a liar'"]);
        assert_eq!(parts("I don't think it's the councillors' fault"), [] as [&str; 0]);
        assert_eq!(parts("go get 'em, the residents' rota"), [] as [&str; 0]);
        assert_eq!(parts("> you are a liar\nNo I'm not"), ["> you are a liar"]);
        assert_eq!(parts("5\" pipe and nothing else"), [] as [&str; 0]);
        assert_eq!(parts("Hello\nOn Monday Ann wrote:\nyou liar"), ["On Monday Ann wrote:\nyou liar"]);
        assert_eq!(
            parts("On Monday Ann wrote:\n\n> the pool shuts\n\nYou liar"),
            ["On Monday Ann wrote:", "> the pool shuts"]
        );
    }
    #[test]
    fn apostrophes_open_nothing() {
        for text in [
            "It was '2019 and the liars' budget",
            "Back in the '90s, the crooks' heyday",
            "the \u{2019}90s were the liars\u{2019} years",
            "the \u{2018}90s, \u{2018}em liars\u{2019} years",
            "'tis the liars' budget",
            "'Tisn't fair on the members' staff",
            "'twill be the liars' turn",
            "tell 'em it's the liars' budget",
            "rock 'n' roll and the members' bar",
            "fish \u{2018}n\u{2019} chips, the members\u{2019} treat",
            "Cllr Hale 's a liar and the members' friend",
            "the councillors' and the officers' pay",
            "my 6\" pipe, a 5'10\" liar and his friends' money",
            "sold 2\"x4\" timber, liar",
        ] {
            assert_eq!(parts(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_plural_within_a_quotation_does_not_end_it() {
        assert_eq!(parts("'Cut the members' pay,' she said"), ["'Cut the members' pay,'"]);
        assert_eq!(
            parts("\u{2018}the liars\u{2019} budget\u{2019}, he said"),
            ["\u{2018}the liars\u{2019} budget\u{2019}"]
        );
        assert_eq!(parts("'100 days of lies', says she"), ["'100 days of lies'"]);
        // Nor does another sentence, quotation or word belong to it.
        assert_eq!(parts("He called us 'liars' and left"), ["'liars'"]);
        assert_eq!(parts("He called us 'liars' and 'cheats' today"), ["'liars'", "'cheats'"]);
        assert_eq!(parts("He called us 'liars' and he's takin' bribes"), ["'liars'"]);
        assert_eq!(parts("He called us 'liars' twice. He is a crook', they say"), ["'liars'"]);
    }
}
