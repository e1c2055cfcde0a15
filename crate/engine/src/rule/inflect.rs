//! English word forms, in British spelling, so that a rule names a word once.
//!
//! Over-generating is harmless (nobody types `advertizer` by accident), missing a form is not; so verbs in `-ise` also
//! get `-ize`, and both spellings of a doubled `l` are made.

use crate::rule::set::Inflection;

/// Verbs whose past is not `-ed`: the verb, its past and its past participle.
const IRREGULAR_VERBS: &[(&str, &str, &str)] = &[
    ("be", "was", "been"),
    ("beat", "beat", "beaten"),
    ("become", "became", "become"),
    ("begin", "began", "begun"),
    ("bend", "bent", "bent"),
    ("bet", "bet", "bet"),
    ("bite", "bit", "bitten"),
    ("blow", "blew", "blown"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("build", "built", "built"),
    ("burn", "burnt", "burnt"),
    ("buy", "bought", "bought"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("come", "came", "come"),
    ("cost", "cost", "cost"),
    ("creep", "crept", "crept"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("dig", "dug", "dug"),
    ("do", "did", "done"),
    ("draw", "drew", "drawn"),
    ("drink", "drank", "drunk"),
    ("drive", "drove", "driven"),
    ("eat", "ate", "eaten"),
    ("fall", "fell", "fallen"),
    ("feed", "fed", "fed"),
    ("feel", "felt", "felt"),
    ("fight", "fought", "fought"),
    ("find", "found", "found"),
    ("forget", "forgot", "forgotten"),
    ("get", "got", "got"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("hang", "hung", "hung"),
    ("have", "had", "had"),
    ("hear", "heard", "heard"),
    ("hide", "hid", "hidden"),
    ("hit", "hit", "hit"),
    ("hold", "held", "held"),
    ("hurt", "hurt", "hurt"),
    ("keep", "kept", "kept"),
    ("know", "knew", "known"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("leak", "leaked", "leaked"),
    ("leave", "left", "left"),
    ("lend", "lent", "lent"),
    ("let", "let", "let"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("mean", "meant", "meant"),
    ("meet", "met", "met"),
    ("mislead", "misled", "misled"),
    ("overhear", "overheard", "overheard"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("quit", "quit", "quit"),
    ("read", "read", "read"),
    ("rid", "rid", "rid"),
    ("ring", "rang", "rung"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("shake", "shook", "shaken"),
    ("shoot", "shot", "shot"),
    ("show", "showed", "shown"),
    ("shut", "shut", "shut"),
    ("sing", "sang", "sung"),
    ("sink", "sank", "sunk"),
    ("sit", "sat", "sat"),
    ("sleep", "slept", "slept"),
    ("smell", "smelt", "smelt"),
    ("sneak", "snuck", "snuck"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent", "spent"),
    ("spin", "spun", "spun"),
    ("spit", "spat", "spat"),
    ("split", "split", "split"),
    ("stand", "stood", "stood"),
    ("steal", "stole", "stolen"),
    ("stick", "stuck", "stuck"),
    ("stink", "stank", "stunk"),
    ("strike", "struck", "struck"),
    ("swear", "swore", "sworn"),
    ("sweep", "swept", "swept"),
    ("swing", "swung", "swung"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tear", "tore", "torn"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("understand", "understood", "understood"),
    ("wake", "woke", "woken"),
    ("wear", "wore", "worn"),
    ("win", "won", "won"),
    ("withdraw", "withdrew", "withdrawn"),
    ("write", "wrote", "written"),
];

/// Nouns whose plural is not `-s`.
const IRREGULAR_NOUNS: &[(&str, &str)] = &[
    ("child", "children"),
    ("foot", "feet"),
    ("half", "halves"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("life", "lives"),
    ("man", "men"),
    ("mouse", "mice"),
    ("person", "people"),
    ("sheep", "sheep"),
    ("thief", "thieves"),
    ("tooth", "teeth"),
    ("wife", "wives"),
    ("wolf", "wolves"),
    ("woman", "women"),
];

/// Endings of longer verbs that are stressed, so that their last letter doubles.
const DOUBLING_ENDINGS: &[&str] = &[
    "mit", "efer", "nfer", "sfer", "cur", "pel", "orget", "gin", "bel", "rol", "tol", "bag", "nap", "tag",
    "hip", "trap", "cap",
];

/// The forms of `word`, itself first.
pub(crate) fn forms(word: &str, inflection: Inflection) -> Vec<String> {
    let mut found = vec![word.to_owned()];
    match inflection {
        Inflection::Verb => {
            verb(word, &mut found);
            if let Some(stem) = word.strip_suffix("ise") {
                let american = format!("{stem}ize");
                found.push(american.clone());
                verb(&american, &mut found);
            }
        }
        Inflection::Noun => found.push(plural(word)),
        Inflection::Adjective => adjective(word, &mut found),
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Every form of `word`, whatever it is: what `word~` means in a pattern.
pub(crate) fn any_form(word: &str) -> Vec<String> {
    let mut found = forms(word, Inflection::Verb);
    found.extend(forms(word, Inflection::Noun));
    found.sort_unstable();
    found.dedup();
    found
}

fn is_vowel(byte: u8) -> bool {
    b"aeiou".contains(&byte)
}

fn ends_in_consonant_y(word: &str) -> bool {
    matches!(word.as_bytes(), [.., before, b'y'] if !is_vowel(*before))
}

fn hisses(word: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending))
}

fn with_s(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if ends_in_consonant_y(word) => format!("{stem}ies"),
        _ if hisses(word) || (word.ends_with('o') && word.len() < 4) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

fn plural(word: &str) -> String {
    if ["human", "german", "roman"].contains(&word) {
        return with_s(word);
    }
    for (one, many) in IRREGULAR_NOUNS {
        if let Some(stem) = word.strip_suffix(one)
            && (stem.is_empty() || (one.len() > 3 && stem.len() > 1) || *one == "man")
        {
            return format!("{stem}{many}");
        }
    }
    with_s(word)
}

/// The stem to which `-ed` and `-ing` are put, with its last letter doubled where English doubles it.
fn doubled(word: &str) -> Option<String> {
    let [.., before, vowel, last] = word.as_bytes() else {
        return None;
    };
    let closed = !is_vowel(*last)
        && !b"wxy".contains(last)
        && is_vowel(*vowel)
        && (!is_vowel(*before) || word.contains("qu"));
    let vowels = word.bytes().filter(|b| is_vowel(*b)).count();
    let short = vowels == 1 || (vowels == 2 && word.contains("qu"));
    let stressed = DOUBLING_ENDINGS.iter().any(|ending| word.ends_with(ending));
    (closed && (short || *last == b'l' || stressed)).then(|| format!("{word}{}", char::from(*last)))
}

fn verb(word: &str, found: &mut Vec<String>) {
    found.push(match word {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        "do" => "does".to_owned(),
        "go" => "goes".to_owned(),
        _ => with_s(word),
    });
    if word == "be" {
        found.extend(["am", "are", "were"].map(str::to_owned));
    }
    let doubled = doubled(word);
    let stem = doubled.as_deref().unwrap_or(word);
    found.push(match (word, word.strip_suffix("ie"), word.strip_suffix('e')) {
        ("be", ..) => "being".to_owned(),
        (_, Some(lie), _) => format!("{lie}ying"),
        (_, _, Some(bare)) if !["ee", "oe", "ye"].iter().any(|ending| word.ends_with(ending)) => {
            format!("{bare}ing")
        }
        _ => format!("{stem}ing"),
    });
    if doubled.is_some() && word.ends_with('l') {
        found.push(format!("{word}ing"));
        found.push(format!("{word}ed"));
    }
    if let Some((_, past, participle)) = IRREGULAR_VERBS.iter().find(|(verb, ..)| *verb == word) {
        found.push((*past).to_owned());
        found.push((*participle).to_owned());
        return;
    }
    found.push(match word.strip_suffix('y') {
        _ if word.ends_with('e') => format!("{word}d"),
        Some(bare) if ends_in_consonant_y(word) => format!("{bare}ied"),
        _ => format!("{stem}ed"),
    });
}

fn adjective(word: &str, found: &mut Vec<String>) {
    let doubled = doubled(word);
    let stem = doubled.as_deref().unwrap_or(word);
    let (er, est) = match word.strip_suffix('y') {
        _ if word.ends_with('e') => (format!("{word}r"), format!("{word}st")),
        Some(bare) if ends_in_consonant_y(word) => (format!("{bare}ier"), format!("{bare}iest")),
        _ => (format!("{stem}er"), format!("{stem}est")),
    };
    found.push(er);
    found.push(est);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_their_forms() {
        for (word, expected) in [
            ("lie", "lie lied lies lying"),
            ("accuse", "accuse accused accuses accusing"),
            ("grab", "grab grabbed grabbing grabs"),
            ("steal", "steal stealing steals stole stolen"),
            ("bully", "bullied bullies bully bullying"),
            ("travel", "travel traveled traveling travelled travelling travels"),
            ("offer", "offer offered offering offers"),
            ("commit", "commit commits committed committing"),
            ("fix", "fix fixed fixes fixing"),
            ("organise", "organise organised organises organising organize organized organizes organizing"),
            ("vote", "vote voted votes voting"),
            ("sack", "sack sacked sacking sacks"),
            ("need", "need needed needing needs"),
            ("go", "goes going gone go went"),
        ] {
            let mut expected: Vec<&str> = expected.split(' ').collect();
            expected.sort_unstable();
            assert_eq!(forms(word, Inflection::Verb), expected, "{word}");
        }
    }

    #[test]
    fn nouns_and_adjectives_take_theirs() {
        assert_eq!(forms("thief", Inflection::Noun), ["thief", "thieves"]);
        assert_eq!(forms("disgrace", Inflection::Noun), ["disgrace", "disgraces"]);
        assert_eq!(forms("bully", Inflection::Noun), ["bullies", "bully"]);
        assert_eq!(forms("conman", Inflection::Noun), ["conman", "conmen"]);
        assert_eq!(forms("human", Inflection::Adjective).len(), 3);
        assert_eq!(forms("lazy", Inflection::Adjective), ["lazier", "laziest", "lazy"]);
        assert_eq!(forms("thick", Inflection::Adjective), ["thick", "thicker", "thickest"]);
    }
}
