//! Finds the words in a draft that are not the writer's own: between quotation marks, in quoted lines, and under the
//! heading of a mail that is answered.
//!
//! Apostrophes are not quotation marks: a single mark opens only before a letter that follows no letter, and counts
//! only if it closes in the same line. Nothing here judges; rules decide whether quoted words matter.

use super::fold::is_word_char;
use crate::ByteSpan;

/// A quotation longer than this is taken for a stray mark.
const LONGEST: usize = 3000;

/// Words that begin with an apostrophe of their own.
const CLIPPED: &[&str] =
    &["em", "til", "till", "cause", "cos", "tis", "twas", "bout", "n", "ere", "appen", "ave", "round"];

/// The quoted parts of `text`, in order, without overlaps.
pub(crate) fn quoted(text: &str) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut double: Option<usize> = None;
    let mut single: Option<(usize, char)> = None;
    let mut line_start = 0;
    let mut blank = true;
    let mut previous = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if c == '\n' {
            let line = text.get(line_start..at).unwrap_or("").trim();
            if line.is_empty() && blank {
                double = None;
            }
            if answers(line) {
                // Where the message's lines are marked, an answer may stand below or between them.
                let rest = text.get(at..).unwrap_or("");
                let marked = rest.lines().map(str::trim).find(|line| !line.is_empty());
                if !marked.is_some_and(|line| line.starts_with('>')) {
                    found.push(ByteSpan { start: line_start, end: text.len() });
                    break;
                }
                found.push(ByteSpan { start: line_start, end: at });
            }
            single = None;
            line_start = at + 1;
            blank = true;
        } else if blank && c == '>' {
            let end =
                text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| at + length);
            found.push(ByteSpan { start: at, end });
            blank = false;
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

/// Whether a line is the heading that mail programs put above the message being answered.
fn answers(line: &str) -> bool {
    let dashes = line.starts_with("-----") && line.ends_with("-----");
    let wrote = line.starts_with("On ") && line.ends_with(" wrote:");
    wrote || (dashes && (line.contains("Original Message") || line.contains("Forwarded")))
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
