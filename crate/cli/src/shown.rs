//! Text of others, as it is shown to people.
//!
//! Names, ids, reasons and titles come from files that anybody may have written. Were they printed as they are, a line end
//! in one could begin a line that passes for ours, and codes for the terminal could wipe out what stands there. So all
//! that is printed for people goes through here, and only letters arrive.

use std::borrow::Cow;

/// The words on one line: what a terminal would obey, or what would turn the order of letters round, is written as
/// `\n` or `\u{1b}`.
pub(crate) fn shown(words: &str) -> Cow<'_, str> {
    if !words.contains(obeyed) {
        return words.into();
    }
    let mut tame = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        if obeyed(c) {
            tame.extend(c.escape_default());
        } else {
            tame.push(c);
        }
    }
    tame.into()
}

/// The words of a post with every byte in its place, for what shows them in their lines and with marks beneath: it tames
/// the oldest control characters and what turns the order round, but neither those above ASCII nor line ends that few
/// know. For these stands a sign that takes as many bytes.
pub(crate) fn in_place(words: &str) -> Cow<'_, str> {
    let late = |c: char| matches!(c, '\u{80}'..='\u{9f}');
    let line_end = |c: char| matches!(c, '\u{2028}' | '\u{2029}');
    if !words.contains(|c| late(c) || line_end(c)) {
        return words.into();
    }
    let sign = |c| match c {
        c if late(c) => '¤',
        c if line_end(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    words.chars().map(sign).collect::<String>().into()
}

/// Control characters, line ends, and the characters that override or isolate the direction of others.
fn obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{in_place, shown};

    #[test]
    fn ordinary_letters_stay_as_they_are() {
        for words in ["", "é 🐉 👩‍🚒 東京 שלום “—” C:\\x", "e\u{301}\u{200f}\u{feff}"] {
            assert_eq!(shown(words), words);
            assert_eq!(in_place(words), words);
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        assert_eq!(shown("a\n\r\t\0\u{1b}[0m\u{7f}\u{9b}"), r"a\n\r\t\u{0}\u{1b}[0m\u{7f}\u{9b}");
        assert_eq!(shown("\u{202e}\u{2069}\u{2028}"), r"\u{202e}\u{2069}\u{2028}");
    }

    #[test]
    fn bytes_keep_their_place() {
        let words = "é\u{80}a\u{9f}\u{2028}\u{2029}z";
        assert_eq!(in_place(words), "é¤a¤��z");
        assert_eq!(in_place(words).len(), words.len());
    }
}
