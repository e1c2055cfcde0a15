//! Reads one character as the plain letters a person would take it for: lower case, no accents, no look-alikes.
//!
//! Rules are written in plain letters; people (and those who mean to slip past a filter) write in Cyrillic
//! look-alikes, full-width forms, small capitals and mathematical alphabets. Compatibility forms come from Unicode's
//! own decompositions. The look-alikes are the single letters of Unicode's `confusables.txt` (UTS 39) whose prototype
//! is a Latin letter, in the scripts that are met in posts. This module knows nothing of words.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Look-alike letters and the plain letter each is taken for, sorted by the first.
const LOOKALIKES: &[(char, char)] = &[
    ('\u{0131}', 'i'), // dotless i
    ('\u{0142}', 'l'),
    ('\u{0111}', 'd'),
    ('\u{00f8}', 'o'),
    ('\u{0251}', 'a'),
    ('\u{0261}', 'g'),
    ('\u{0262}', 'g'),
    ('\u{0269}', 'i'),
    ('\u{026a}', 'i'),
    ('\u{0274}', 'n'),
    ('\u{0280}', 'r'),
    ('\u{028b}', 'u'),
    ('\u{028f}', 'y'),
    ('\u{0299}', 'b'),
    ('\u{029c}', 'h'),
    ('\u{029f}', 'l'),
    ('\u{03b1}', 'a'), // Greek
    ('\u{03b3}', 'y'),
    ('\u{03b5}', 'e'),
    ('\u{03b7}', 'n'),
    ('\u{03b9}', 'i'),
    ('\u{03ba}', 'k'),
    ('\u{03bd}', 'v'),
    ('\u{03bf}', 'o'),
    ('\u{03c1}', 'p'),
    ('\u{03c3}', 'o'),
    ('\u{03c4}', 't'),
    ('\u{03c5}', 'u'),
    ('\u{03c7}', 'x'),
    ('\u{03c9}', 'w'),
    ('\u{03f2}', 'c'),
    ('\u{0430}', 'a'), // Cyrillic
    ('\u{0432}', 'b'),
    ('\u{0433}', 'r'),
    ('\u{0435}', 'e'),
    ('\u{043a}', 'k'),
    ('\u{043c}', 'm'),
    ('\u{043d}', 'h'),
    ('\u{043e}', 'o'),
    ('\u{0440}', 'p'),
    ('\u{0441}', 'c'),
    ('\u{0442}', 't'),
    ('\u{0443}', 'y'),
    ('\u{0445}', 'x'),
    ('\u{0455}', 's'),
    ('\u{0456}', 'i'),
    ('\u{0458}', 'j'),
    ('\u{04bb}', 'h'),
    ('\u{04cf}', 'l'),
    ('\u{0501}', 'd'),
    ('\u{051b}', 'q'),
    ('\u{051d}', 'w'),
    ('\u{0561}', 'w'), // Armenian
    ('\u{0570}', 'h'),
    ('\u{0578}', 'n'),
    ('\u{057d}', 'u'),
    ('\u{0585}', 'o'),
    ('\u{1d00}', 'a'), // small capitals
    ('\u{1d04}', 'c'),
    ('\u{1d05}', 'd'),
    ('\u{1d07}', 'e'),
    ('\u{1d0a}', 'j'),
    ('\u{1d0b}', 'k'),
    ('\u{1d0d}', 'm'),
    ('\u{1d0f}', 'o'),
    ('\u{1d18}', 'p'),
    ('\u{1d1b}', 't'),
    ('\u{1d1c}', 'u'),
    ('\u{1d20}', 'v'),
    ('\u{1d21}', 'w'),
    ('\u{1d22}', 'z'),
];

/// Appends the plain letters of `c`.
pub(crate) fn fold_into(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    if is_invisible(c) {
        return;
    }
    if let Some(letter) = enclosed_letter(c) {
        out.push(letter);
        return;
    }
    match c {
        'ß' | 'ẞ' => out.push_str("ss"),
        'æ' | 'Æ' => out.push_str("ae"),
        'œ' | 'Œ' => out.push_str("oe"),
        'þ' | 'Þ' => out.push_str("th"),
        'ð' | 'Ð' => out.push('d'),
        _ => decompose_compatible(c, |part| {
            if part.is_ascii() {
                out.push(part.to_ascii_lowercase());
            } else if !is_combining_mark(part) {
                for lower in part.to_lowercase() {
                    if lower.is_ascii() {
                        out.push(lower);
                    } else if !is_combining_mark(lower) {
                        out.push(lookalike(lower).unwrap_or(lower));
                    }
                }
            }
        }),
    }
}

/// Whether `c` is part of a word. Invisible characters and combining marks are, so that they never cut one.
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || is_invisible(c) || is_combining_mark(c) || enclosed_letter(c).is_some()
}

/// Characters that take no room on the screen: zero-width joints, soft hyphens, direction marks, variation selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Letters in squares and circles that Unicode gives no decomposition.
fn enclosed_letter(c: char) -> Option<char> {
    let from = match c {
        '\u{1f150}'..='\u{1f169}' => 0x1f150,
        '\u{1f170}'..='\u{1f189}' => 0x1f170,
        _ => return None,
    };
    u8::try_from(u32::from(c) - from).ok().map(|offset| char::from(b'a' + offset))
}

fn lookalike(c: char) -> Option<char> {
    // The table is short and grouped for its readers; only non-ASCII letters come here.
    LOOKALIKES.iter().find(|(strange, _)| *strange == c).map(|(_, plain)| *plain)
}

/// Whether `c` is an emoji or a symbol used like one.
pub(crate) fn is_emoji(c: char) -> bool {
    matches!(u32::from(c),
        0x1f1e6..=0x1f1ff | 0x1f300..=0x1faff | 0x2600..=0x27bf | 0x2b05..=0x2b55 | 0x1f004 | 0x1f0cf | 0x2190..=0x21ff
        | 0x231a..=0x23ff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| fold_into(c, &mut out));
        out
    }

    #[test]
    fn strange_letters_read_as_plain_ones() {
        for (strange, plain) in [
            ("LIAR", "liar"),
            ("ｌｉａｒ", "liar"),
            ("𝓵𝓲𝓪𝓻", "liar"),
            ("𝐋𝐈𝐀𝐑", "liar"),
            ("lіаr", "liar"), // Cyrillic i and a
            ("ʟɪᴀʀ", "liar"),
            ("ⓛⓘⓐⓡ", "liar"),
            ("l\u{200b}i\u{00ad}ar", "liar"),
            ("líär", "liar"),
            ("🅻🅸🅰🆁", "liar"),
            ("ŵyl", "wyl"),
            ("Straße", "strasse"),
        ] {
            assert_eq!(fold(strange), plain, "{strange}");
        }
    }
}
