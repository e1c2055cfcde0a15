//! Splits hashtags and handles into words: by capitals and digits where there are any, otherwise by known words.

use super::fold::fold_into;
use crate::ByteSpan;
use crate::rule::lexicon::Lexicon;
use crate::rule::symbol::UNKNOWN;

/// Short words that a handle is cut into: with all short words, chance would cut names.
const SHORT_WORDS: &[&str] = &[
    "a", "all", "and", "app", "are", "ask", "bad", "big", "bot", "bus", "can", "car", "cat", "cup", "dad",
    "did", "do", "dog", "fan", "for", "get", "go", "got", "had", "has", "hat", "her", "his", "how", "hug",
    "i", "if", "im", "in", "is", "it", "ive", "job", "lab", "let", "mad", "mam", "me", "met", "mug", "mum",
    "my", "new", "no", "not", "now", "of", "off", "old", "on", "our", "out", "pay", "pub", "saw", "say",
    "see", "sim", "son", "sue", "tax", "tea", "the", "to", "up", "us", "was", "we", "who", "why", "you",
];

/// A longer tag is left whole.
const LONGEST_TAG: usize = 60;

/// A shorter title is not cut off a name: too many names begin with it.
const SHORTEST_TITLE: usize = 4;

/// A title as long is found in no other word, nor is one of four letters without a vowel.
const LONG_TITLE: usize = 8;
const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];

/// What chance titles stand behind in `macllroy`, and behind a given name in `danmcllrath`, where a small L was typed
/// for a capital I.
const CHANCE_START: &str = "ma";
const CHANCE_END: char = 'm';

/// The word before an office that is only sought: `HulmeforMayor`.
const SOUGHT: &str = "for";

/// What is cut off words that nobody knows, as in `mayorofthesnug`.
const OF_THE: [&str; 2] = ["of", "the"];

/// How the short names of councils end, the longer first.
const COUNCILS: &[&str] = &["mbc", "bc", "cc", "dc", "tc", "pc"];

/// Fewer letters behind a title are no name, unless it is a known one.
const SHORTEST_NAME: usize = 3;

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

/// The words of a handle, such as `cllr jane smith` for `@CllrJaneSmith_1`, with the place of each there and in the
/// handle.
pub(crate) fn handle_words(handle: &str, lexicon: &Lexicon) -> (String, Vec<(ByteSpan, ByteSpan)>) {
    let body = handle.len() - handle.trim_start().trim_start_matches('@').len();
    let name = handle.get(body..).unwrap_or("").trim_end();
    let mut words = String::new();
    let mut places = Vec::new();
    let parts = by_case(name);
    for (at, (from, to)) in parts.iter().copied().enumerate() {
        let next = parts.get(at + 1).and_then(|(from, to)| name.get(*from..*to));
        let Some(part) = name.get(from..to) else { continue };
        let cuts = whole_words(part, lexicon)
            .filter(|cuts| cuts.len() > 1)
            .or_else(|| by_title(part, lexicon))
            .or_else(|| by_council(part))
            .or_else(|| by_seeking(part, next?, lexicon))
            .unwrap_or_else(|| vec![(0, part.len())]);
        for (start, end) in cuts {
            let here = words.len();
            words.push_str(part.get(start..end).unwrap_or(""));
            let place = ByteSpan { start: body + from + start, end: body + from + end };
            places.push((ByteSpan { start: here, end: words.len() }, place));
            words.push(' ');
        }
    }
    (words, places)
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
    if name.len() < 4 {
        return None;
    }
    let long = |word: &str| {
        word.len() > 2
            || lexicon.is_handle_name(word)
            || ["a", "i", "in", "is", "it", "on", "of", "to", "me", "my", "we", "us", "no", "up", "go"]
                .contains(&word)
    };
    known_words(name, lexicon, long).filter(|cuts| cuts.len() > 1)
}

/// Cuts a part of a handle into known words that are not there by chance.
fn whole_words(part: &str, lexicon: &Lexicon) -> Option<Vec<(usize, usize)>> {
    let by_design =
        |word: &str| word.len() > 3 || SHORT_WORDS.contains(&word) || lexicon.is_handle_name(word);
    known_words(part, lexicon, by_design)
}

/// Cuts into known words that `may` stand there, as few as will do.
fn known_words(name: &str, lexicon: &Lexicon, may: impl Fn(&str) -> bool) -> Option<Vec<(usize, usize)>> {
    if !name.is_ascii() || name.len() > LONGEST_TAG {
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
            if lexicon.symbol(word) == UNKNOWN || !may(word) {
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
    (!cuts.is_empty()).then_some(cuts)
}

/// Cuts a title out of a name run together with it: at either end, behind words that are all known, as in
/// `therealcllrsmith`, or anywhere where its letters stand together by nothing else, as in `theocllrpenrose`. Chance
/// letters, as in `mcllroy`, are left alone.
fn by_title(part: &str, lexicon: &Lexicon) -> Option<Vec<(usize, usize)>> {
    if !part.is_ascii() || part.len() > LONGEST_TAG {
        return None;
    }
    let folded = part.to_ascii_lowercase();
    // `mayoral` and `councillors` are words of their own.
    if lexicon.symbol(&folded) != UNKNOWN {
        return None;
    }
    let length = folded.len();
    let is_title =
        |from: usize, to: usize| folded.get(from..to).is_some_and(|word| lexicon.is_handle_title(word));
    let title_at = |from: usize| {
        // The longest one, unless only a shorter one leaves known words: `councillor salary`.
        let ends = (from + SHORTEST_TITLE..=length).rev().filter(|to| is_title(from, *to));
        let leaves_words = |to: &usize| {
            *to == length || folded.get(*to..).is_some_and(|rest| whole_words(rest, lexicon).is_some())
        };
        let to = ends.clone().find(leaves_words).or_else(|| ends.clone().next())?;
        let before = folded.get(..from)?;
        let stands = from == 0
            || to == length
            || whole_words(before, lexicon).is_some()
            || folded.get(from..to).is_some_and(|title| {
                let named = before.strip_suffix(CHANCE_END).is_some_and(|name| lexicon.is_handle_name(name));
                let chance = named || before == CHANCE_START;
                let alone = from > 1 && !chance && !title.contains(VOWELS);
                // `ericllrobson` is Eric's, whose name takes the letter that the title would begin with.
                let whole = folded.get(..=from).is_some_and(|name| lexicon.is_handle_name(name));
                title.len() >= LONG_TITLE || (alone && !whole)
            });
        let chance = from == 0 && is_chance(folded.get(..to)?, length - to);
        (stands && !chance).then_some((from, to))
    };
    // In `imyourcllr` the shorter title leaves whole words, where `urcllr` would leave half of one.
    let leaves_words = |(from, _): &(usize, usize)| {
        *from == 0 || folded.get(..*from).is_some_and(|before| whole_words(before, lexicon).is_some())
    };
    let titles = || (0..length).filter_map(title_at);
    let (from, to) = titles().find(leaves_words).or_else(|| titles().next())?;
    let mut cuts = pieces(&folded, 0, from, lexicon);
    cuts.push((from, to));
    // What is left behind it may end in another one: `cllrsmithfanclub`.
    let ending = (to + 1..(length + 1).saturating_sub(SHORTEST_TITLE)).find(|at| is_title(*at, length));
    cuts.extend(pieces(&folded, to, ending.unwrap_or(length), lexicon));
    cuts.extend(ending.map(|at| (at, length)));
    Some(cuts)
}

/// Cuts the short name of a council from the place before it, as in `kelbydc` and `KDC`.
fn by_council(part: &str) -> Option<Vec<(usize, usize)>> {
    let shouted = part.chars().all(char::is_uppercase);
    let shortest = if shouted { 1 } else { SHORTEST_NAME };
    let folded = part.to_ascii_lowercase();
    let place = COUNCILS.iter().find_map(|council| folded.strip_suffix(council))?;
    (part.is_ascii() && place.len() >= shortest).then(|| vec![(0, place.len()), (place.len(), part.len())])
}

/// Cuts `for` from the name before it where the next part is a title, as in `HulmeforMayor`. Some names end so: Trefor.
fn by_seeking(part: &str, next: &str, lexicon: &Lexicon) -> Option<Vec<(usize, usize)>> {
    let title =
        lexicon.is_handle_title(&next.to_lowercase()) && !lexicon.is_handle_name(&part.to_lowercase());
    let name = part.strip_suffix(SOUGHT).filter(|name| name.len() >= SHORTEST_NAME)?;
    title.then(|| vec![(0, name.len()), (name.len(), part.len())])
}

/// Whether a title that begins a name is a word's beginning by chance, as in `mayorga`: what is left is no name.
fn is_chance(title: &str, left: usize) -> bool {
    title.len() < LONG_TITLE && title.contains(['a', 'e', 'o']) && (1..SHORTEST_NAME).contains(&left)
}

/// The known words of a part of a name, or the part as it is.
fn pieces(name: &str, from: usize, to: usize, lexicon: &Lexicon) -> Vec<(usize, usize)> {
    if from == to {
        return Vec::new();
    }
    let Some(part) = name.get(from..to) else { return Vec::new() };
    let words = whole_words(part, lexicon).unwrap_or_else(|| {
        let [of, the] = OF_THE;
        let whose = part.strip_prefix(of).and_then(|rest| rest.strip_prefix(the));
        let cut = whose.is_some_and(|whose| whose.len() >= SHORTEST_NAME);
        let (one, two) = (of.len(), of.len() + the.len());
        if cut { vec![(0, one), (one, two), (two, part.len())] } else { vec![(0, part.len())] }
    });
    words.into_iter().map(|(start, end)| (from + start, from + end)).collect()
}
