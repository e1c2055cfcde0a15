//! Splits hashtags and handles into words: by capitals and digits where there are any, otherwise by known words.

use super::fold::fold_into;
use crate::ByteSpan;
use crate::rule::lexicon::{Lexicon, UNKNOWN};

/// A longer tag is left whole.
const LONGEST_TAG: usize = 60;

/// The words of the hashtag at `start..end` of `text` (its `#` included), each with its place.
pub(super) fn hashtag_words(
    text: &str,
    start: usize,
    end: usize,
    lexicon: &Lexicon,
) -> Vec<(ByteSpan, String)> {
    let body = start + 1;
    let name = text.get(body..end).unwrap_or("");
    let mut parts = by_case(name);
    if let [_] = parts.as_slice()
        && let Some(cuts) = by_words(name, lexicon)
    {
        parts = cuts;
    }
    // The sign belongs to the first word, so that an underline covers it.
    let mut words: Vec<(ByteSpan, String)> = parts
        .into_iter()
        .filter_map(|(from, to)| {
            let mut folded = String::new();
            name.get(from..to)?.chars().for_each(|c| fold_into(c, &mut folded));
            Some((ByteSpan { start: body + from, end: body + to }, folded))
        })
        .collect();
    if let Some((span, _)) = words.first_mut() {
        span.start = start;
    }
    words
}

/// The words of a handle, such as `cllr jane smith` for `@CllrJaneSmith_1`.
pub(crate) fn handle_words(handle: &str, lexicon: &Lexicon) -> String {
    let name = handle.trim().trim_start_matches('@');
    let mut words = String::new();
    for (from, to) in by_case(name) {
        let Some(part) = name.get(from..to) else { continue };
        let cuts = by_words(part, lexicon)
            .or_else(|| by_title(part, lexicon))
            .unwrap_or_else(|| vec![(0, part.len())]);
        for (from, to) in cuts {
            words.push_str(part.get(from..to).unwrap_or(""));
            words.push(' ');
        }
    }
    words
}

/// Cuts at capitals, digits and underscores.
fn by_case(name: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut previous: Option<char> = None;
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    for (i, (at, c)) in chars.iter().enumerate() {
        let next = chars.get(i + 1).map(|(_, next)| *next);
        let cut = previous.is_some_and(|previous| {
            (c.is_uppercase() && previous.is_lowercase())
                || (c.is_uppercase() && previous.is_uppercase() && next.is_some_and(char::is_lowercase))
                || (c.is_ascii_digit() != previous.is_ascii_digit())
        });
        let sign = !c.is_alphanumeric();
        if (cut || sign) && from < *at {
            parts.push((from, *at));
            from = *at;
        }
        if sign {
            from = at + c.len_utf8();
        }
        previous = if sign { None } else { Some(*c) };
    }
    if from < name.len() {
        parts.push((from, name.len()));
    }
    parts
}

/// Cuts into known words, the longest first, if the whole of it can be cut so.
fn by_words(name: &str, lexicon: &Lexicon) -> Option<Vec<(usize, usize)>> {
    if !name.is_ascii() || name.len() > LONGEST_TAG || name.len() < 4 {
        return None;
    }
    let folded = name.to_ascii_lowercase();
    // best[i]: where the last word of the best cut of the first i letters starts, and how many words it has.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; folded.len() + 1];
    *best.first_mut()? = Some((0, 0));
    for end in 1..=folded.len() {
        for start in 0..end {
            let Some((_, count)) = best.get(start).copied().flatten() else { continue };
            let Some(word) = folded.get(start..end) else { continue };
            let short = word.len() < 3
                && !matches!(
                    word,
                    "a" | "i"
                        | "in"
                        | "is"
                        | "it"
                        | "on"
                        | "of"
                        | "to"
                        | "me"
                        | "my"
                        | "we"
                        | "us"
                        | "no"
                        | "up"
                        | "go"
                );
            if short || lexicon.symbol(word) == UNKNOWN {
                continue;
            }
            if best.get(end).copied().flatten().is_none_or(|(_, fewest)| count + 1 < fewest)
                && let Some(slot) = best.get_mut(end)
            {
                *slot = Some((start, count + 1));
            }
        }
    }
    let mut cuts = Vec::new();
    let mut end = folded.len();
    while end > 0 {
        let (start, _) = best.get(end).copied().flatten()?;
        cuts.push((start, end));
        end = start;
    }
    cuts.reverse();
    (cuts.len() > 1).then_some(cuts)
}

/// Cuts a councillor's title off the front or the back of a name run together with it.
fn by_title(part: &str, lexicon: &Lexicon) -> Option<Vec<(usize, usize)>> {
    if !part.is_ascii() || part.len() > LONGEST_TAG {
        return None;
    }
    let folded = part.to_ascii_lowercase();
    let cuts = |at: usize| vec![(0, at), (at, part.len())];
    (4..folded.len())
        .rev()
        .find(|at| folded.get(..*at).is_some_and(|head| lexicon.is_handle_title(head)))
        .map(cuts)
        .or_else(|| {
            (1..folded.len().saturating_sub(3))
                .find(|at| folded.get(*at..).is_some_and(|tail| lexicon.is_handle_title(tail)))
                .map(cuts)
        })
}
