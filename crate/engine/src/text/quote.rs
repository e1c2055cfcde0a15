//! Finds the words in a draft that are not the writer's own: between quotation marks, in quoted lines, and under the
//! heading of a mail that is answered (`answered` finds those two).
//!
//! Apostrophes are not quotation marks: a single mark opens only before a letter that follows no letter, and counts
//! only if it closes in the same line. Nothing here judges; rules decide whether quoted words matter.

use super::answered::answered;
use super::fold::is_word_char;
use crate::ByteSpan;

/// A quotation longer than this is taken for a stray mark.
const LONGEST: usize = 3000;

/// Words that begin with an apostrophe of their own.
const CLIPPED: &[&str] =
    &["em", "til", "till", "cause", "cos", "tis", "twas", "bout", "n", "ere", "appen", "ave", "round"];

/// The quoted parts of `text`, in order, without overlaps.
pub(crate) fn quoted(text: &str) -> Vec<ByteSpan> {
    let mut found = answered(text).spans;
    // What a message to the end of the text quotes in turn is quoted already.
    let own = found.last().filter(|last| last.end == text.len()).map_or(text.len(), |last| last.start);
    let mut double: Option<usize> = None;
    let mut single: Option<(usize, char)> = None;
    let mut blank = true;
    let mut previous = ' ';
    let mut chars = text.get(..own).unwrap_or(text).char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if c == '\n' {
            if blank {
                double = None;
            }
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
                } else if !next.is_whitespace() {
                    double = Some(at);
                }
            }
            '\'' | '‘' | '’' if !is_word_char(previous) && is_word_char(next) && c != '’' => {
                let rest = text.get(at + c.len_utf8()..).unwrap_or("");
                let word =
                    rest.find(|c: char| !is_word_char(c)).map_or(rest, |end| rest.get(..end).unwrap_or(""));
                if !CLIPPED.iter().any(|clipped| clipped.eq_ignore_ascii_case(word)) {
                    single = Some((at, c));
                }
            }
            '\'' | '’' if !previous.is_whitespace() && !is_word_char(next) => {
                if let Some((start, mark)) = single {
                    // A straight mark closes a straight one, a curly one a curly one.
                    if (mark == '\'') == (c == '\'') {
                        let mut open = Some(start);
                        close(&mut open, at + c.len_utf8(), &mut found);
                        single = None;
                    }
                }
            }
            _ => {}
        }
        previous = c;
    }
    found.sort_unstable();
    found
}

fn close(open: &mut Option<usize>, end: usize, found: &mut Vec<ByteSpan>) {
    if let Some(start) = open.take()
        && end - start <= LONGEST
    {
        found.push(ByteSpan { start, end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        quoted(text).iter().filter_map(|span| text.get(span.start..span.end)).collect()
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
}
