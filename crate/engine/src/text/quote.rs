//! Finds the words in a draft that are not the writer's own: between quotation marks, in quoted lines, and under the
//! heading of a mail that is answered (`answered` finds those two).
//!
//! A quotation may go on over several paragraphs, each of which opens it anew, as printers do, or only the first.
//! Apostrophes are not quotation marks: a single mark opens only before a letter that follows no letter, and counts
//! only if it closes in the same line. Nothing here judges; rules decide whether quoted words matter.

use super::fold::is_word_char;
use crate::ByteSpan;

/// A quotation longer than this is taken for a stray mark, unless a paragraph within opens it anew.
const LONGEST: usize = 3000;

/// Double marks that only open.
const OPENING: [char; 3] = ['“', '„', '«'];
/// Double marks that open and close.
const STRAIGHT: [char; 3] = ['"', '＂', '\u{201f}'];

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
    let mut double: Option<Double> = None;
    let mut single: Option<Single> = None;
    let mut blank = true;
    let mut previous = ' ';
    let mut chars = text.get(..own).unwrap_or(text).char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if matches!(c, '\n' | '\u{2028}' | '\u{2029}') {
            if blank && let Some(open) = double.as_mut().filter(|open| open.goes_on != GoesOn::Silently) {
                open.goes_on = GoesOn::Unsaid;
            }
            settle(&mut single, &mut found);
            single = None;
            blank = true;
        }
        if blank && !c.is_whitespace() {
            blank = false;
            if let Some(open) = double.as_mut().filter(|open| open.goes_on == GoesOn::Unsaid) {
                let anew = OPENING.contains(&c) || (STRAIGHT.contains(&c) && !next.is_whitespace());
                open.goes_on = if anew { GoesOn::Anew } else { GoesOn::Silently };
                if anew {
                    previous = c;
                    continue;
                }
            }
        }
        match c {
            c if OPENING.contains(&c) => double = Some(Double { start: at, goes_on: GoesOn::Here }),
            '”' | '»' => close(&mut double, at + c.len_utf8(), &mut found),
            c if STRAIGHT.contains(&c) => {
                // Paragraphs later, six inches would end a quotation that a stray mark began.
                let closes = |open: &Double| open.goes_on == GoesOn::Here || !previous.is_ascii_digit();
                if double.as_ref().is_some_and(closes) && !previous.is_whitespace() {
                    close(&mut double, at + c.len_utf8(), &mut found);
                } else if !next.is_whitespace() && !is_word_char(previous) {
                    double = Some(Double { start: at, goes_on: GoesOn::Here });
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

/// A double mark that opened and was not closed yet.
struct Double {
    start: usize,
    goes_on: GoesOn,
}

/// How a quotation goes on in the paragraph that is read.
#[derive(PartialEq)]
enum GoesOn {
    /// It began in this one.
    Here,
    /// Its first letter is yet to come.
    Unsaid,
    /// This one opened it anew.
    Anew,
    /// This one, or one before, did not.
    Silently,
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

fn close(open: &mut Option<Double>, end: usize, found: &mut Vec<ByteSpan>) {
    match open.take() {
        Some(Double { start, goes_on: GoesOn::Anew }) => found.push(ByteSpan { start, end }),
        Some(Double { start, .. }) => push(start, end, found),
        None => {}
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
    fn a_quotation_goes_on_over_paragraphs() {
        for (left, right) in [("“", "”"), ("\"", "\"")] {
            let renewed = format!("{left}You liar.\n\n{left}You crook,{right}");
            assert_eq!(parts(&format!("She wrote:\n\n{renewed} and so on")), [renewed]);
            let once = format!("{left}You liar.\n\nYou crook.{right}");
            assert_eq!(parts(&format!("She wrote: {once}\n\nI don't agree.")), [once]);
            let (one, other) = ("You liar. ".repeat(200), "Crook. ".repeat(300));
            let long = format!("{left}{one}\n\n{left}{}{right}", other.trim_end());
            assert_eq!(parts(&long), [long.as_str()]);
            let stray = format!("{left}Hello all.\n\nYou liar.\n\n{left}A crook{right} was what she said.");
            assert_eq!(parts(&stray), [format!("{left}A crook{right}")]);
            // A mark that nothing closes quotes nothing, and does not reach for the next quotation.
            assert_eq!(
                parts(&format!("{left}Hello all.\n\nThe {left}liar{right} spoke.\n\nYou crook.")),
                [format!("{left}liar{right}")]
            );
            let stray = format!("{left}Hello all.\n\n{one}{one}I know.{right}");
            assert_eq!(parts(&stray), [""; 0]);
        }
        assert_eq!(parts("\"Hello all.\n\nYou liar, it's a 6\" pipe"), [""; 0]);
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
