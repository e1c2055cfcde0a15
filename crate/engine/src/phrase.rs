//! Makes the words that the semantic reviewer marks a phrase that can be read by itself.
//!
//! What weighed most may be a single word, or begin and end amid a thought: underlined so it tells a person little. A mark
//! goes on to where its clause begins and ends, where that is near; a short one in a long clause takes its neighbours.

use crate::ByteSpan;

/// A mark goes on over at most so many words, on either side, to reach the end of its clause.
const REACH: usize = 5;
/// Fewer words are hardly a phrase …
const FEW: usize = 3;
/// … and take so many on either side where the clause goes on further.
const NEIGHBOURS: usize = 2;

/// Marks that end a clause before white space.
const ENDS: [char; 6] = [',', ';', ':', '.', '!', '?'];
/// What stands around a clause, white space or not.
const AROUND: [char; 12] = ['(', ')', '[', ']', '"', '“', '”', '—', '–', '\n', '\u{2028}', '\u{2029}'];

/// The phrase that these words of `text` belong to. Spans that do not lie on characters of the text stay as they are.
pub(crate) fn phrase(text: &str, span: ByteSpan) -> ByteSpan {
    let span = bare(text, span);
    let (Some(before), Some(within), Some(behind)) =
        (text.get(..span.start), text.get(span.start..span.end), text.get(span.end..))
    else {
        return span;
    };
    let few = within.split_whitespace().count() < FEW;
    let start = match within.starts_with(AROUND) {
        true => None,
        false => furthest(words_before(before), few).map(|word| offset(text, word)),
    };
    let end = match ends_clause(within, behind) {
        true => None,
        false => furthest(words_behind(behind), few).map(|word| offset(text, word) + word.len()),
    };
    ByteSpan { start: start.unwrap_or(span.start), end: end.unwrap_or(span.end) }
}

/// The last word that a mark takes of those that go on from it to the end of its clause.
fn furthest<'t>(words: impl Iterator<Item = &'t str>, few: bool) -> Option<&'t str> {
    let near: Vec<&str> = words.take(REACH + 1).collect();
    let taken = match (near.len() <= REACH, few) {
        (true, _) => near.len(),
        (false, true) => NEIGHBOURS,
        (false, false) => 0,
    };
    near.get(..taken)?.last().copied()
}

/// Without marks that neither begin nor end a phrase, unless it is all marks.
fn bare(text: &str, span: ByteSpan) -> ByteSpan {
    let words = text.get(span.start..span.end).unwrap_or_default();
    let loose = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':');
    let from_start = words.trim_start_matches(|c| loose(c) || ENDS.contains(&c));
    let both = from_start.trim_end_matches(loose);
    if both.is_empty() {
        return span;
    }
    let start = span.end - from_start.len();
    ByteSpan { start, end: start + both.len() }
}

/// The words of the clause that stand before the end of `before`, the nearest first.
fn words_before(before: &str) -> impl Iterator<Item = &str> {
    let clause = before.rfind(AROUND).map_or(before, |at| before.get(at..).unwrap_or(before));
    // What hangs together with the marked word belongs to it.
    let opened = clause.trim_start_matches(AROUND);
    let ended = |word: &&str| !word.ends_with(ENDS);
    let glued = !opened.ends_with(char::is_whitespace);
    opened
        .split_whitespace()
        .rev()
        .enumerate()
        .take_while(move |(at, word)| (*at == 0 && glued) || ended(word))
        .map(|(_, word)| word)
}

/// The words of the clause that stand behind the beginning of `behind`, the nearest first; the last without its mark.
fn words_behind(behind: &str) -> impl Iterator<Item = &str> {
    let clause = behind.find(AROUND).map_or(behind, |at| behind.get(..at).unwrap_or(behind));
    let mut over = false;
    clause.split_whitespace().map_while(move |word| {
        if over {
            return None;
        }
        let bare = word.trim_end_matches(ENDS);
        over = bare.len() < word.len();
        (!bare.is_empty()).then_some(bare)
    })
}

/// Whether the clause is over behind the marked words.
fn ends_clause(within: &str, behind: &str) -> bool {
    within.ends_with(ENDS)
        || behind.trim_start_matches(ENDS).len() < behind.len()
        || behind.starts_with(AROUND)
}

/// Where a part of a text stands in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use super::phrase;
    use crate::ByteSpan;

    /// The phrase of the words between bars.
    fn of(marked: &str) -> String {
        let start = marked.find('|').unwrap_or_default();
        let text = marked.replace('|', "");
        let end = marked.rfind('|').unwrap_or(1) - 1;
        let found = phrase(&text, ByteSpan { start, end });
        text[found.start..found.end].to_owned()
    }

    #[test]
    fn a_word_becomes_its_clause() {
        assert_eq!(of("He came. Somebody |rang| her at home, I hear."), "Somebody rang her at home");
        assert_eq!(of("Well, |nobody| cares"), "nobody cares");
        assert_eq!(of("(so |nobody| cares) they say"), "so nobody cares");
        assert_eq!(of("First line\n|nobody| cares\nlast line"), "nobody cares");
        // What stands in another block of an editor may be somebody else's.
        assert_eq!(of("You said so\u{2029}|nobody| cares\u{2028}not you"), "nobody cares");
        assert_eq!(of("At 4.30pm |nobody| was there!"), "At 4.30pm nobody was there");
    }

    #[test]
    fn a_phrase_goes_on_to_its_ends_where_they_are_near() {
        assert_eq!(of("then |go and knock on the| door, please"), "then go and knock on the door");
        let long =
            "we were all of us that evening very glad to see |so many good friends| of ours come along to it";
        assert_eq!(of(long), "so many good friends");
        assert_eq!(of("Done|, as I said,| by noon"), "as I said");
    }

    #[test]
    fn a_word_in_a_long_clause_takes_its_neighbours() {
        let long =
            "we were all of us that evening very glad to |see| so many good friends of ours come along";
        assert_eq!(of(long), "glad to see so many");
    }

    #[test]
    fn places_that_are_no_characters_stay() {
        let span = ByteSpan { start: 1, end: 2 };
        assert_eq!(phrase("éa", span), span);
        assert_eq!(of("|é|"), "é");
        assert_eq!(of("||"), "");
    }
}
