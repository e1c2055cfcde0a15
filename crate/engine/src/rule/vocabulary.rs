//! Words that every rule set knows: how often common words are met, and how short forms are read.
//!
//! The counts were taken once from ordinary posts and only need to be roughly right: they decide which word of a
//! pattern it is looked up by, never whether it matches.

/// Words that stand in nearly every sentence: looking for them would try a pattern everywhere.
#[rustfmt::skip]
pub(super) const EVERYWHERE: &[&str] = &[
    "a", "the", "and", "to", "on", "in", "i", "it", "of", "for", "you", "at", "is", "that", "with", "my",
    "one", "me", "be", "was", "if", "your", "have", "about", "so", "from", "not", "by", "who", "has",
    "up", "all", "are", "been", "this", "no", "as", "had", "two", "can", "out", "what", "we", "do", "got",
    "them", "they", "'s", "'d", "will", "am", "he", "she", "his", "her", "our", "their", "an", "there",
    "us", "or", "but", "did", "does", "just", "only", "its", "were", "would", "could", "should",
];

/// Words that many posts have.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "asked", "say", "like", "council", "know", "three", "new", "off", "back", "put", "which", "told",
    "go", "see", "get", "last", "when", "ask", "down", "first", "day", "said", "every", "now", "people",
    "since", "before", "here", "tell", "time", "come", "four", "please", "own", "cllr", "how", "again",
    "then", "year", "still", "over", "right", "him", "week", "good", "more", "years", "vote", "because",
    "next", "think", "after", "dear", "want", "ward", "school", "than", "anyone", "going", "six", "bus",
    "group", "nine", "round", "same", "take", "street", "ten", "done", "never", "went", "well", "ring",
    "where", "committee", "other", "party", "look", "night", "councillor", "read", "till", "lot", "bring",
    "came", "half", "man", "hall", "free", "need", "through", "way", "thank", "open", "may", "mr", "room",
    "any", "road", "nobody", "some", "list", "why", "name", "page", "month", "left", "wrong", "old",
    "under", "five", "yes", "full", "public", "goes", "morning", "sorry", "thing", "somebody", "long",
    "end", "door", "those", "car", "each", "home", "team", "everyone", "until", "second", "word", "lost",
    "best", "officer", "keep", "chair", "gone", "let", "surgery", "side", "park", "leave", "tonight",
    "run", "someone", "planning", "number", "report", "stop", "being", "once", "both", "too", "library",
    "nothing", "today", "lad", "house", "gets", "made", "sat", "ever", "work", "note", "letter",
    "another", "phone", "called", "town", "answer", "mine", "line", "find", "club", "give", "paper",
    "voted", "thanks", "office", "bit", "fair", "anything", "seen", "outside", "better", "days", "hear",
    "took", "photo", "make", "big", "front", "hour", "third", "found", "dog", "place", "always", "times",
    "member", "write", "hi", "lads", "between", "lovely", "doing", "site", "something", "saying", "paid",
    "short", "mind", "call", "sent", "love", "use", "things", "hours", "top", "person", "names",
    "thought", "money", "small", "send", "into", "whoever", "station", "without", "behind", "past",
    "nice", "young", "start", "seven", "box", "comes", "whole", "question", "little", "family", "wanted",
    "while", "job", "help", "very", "much", "many", "most",
];

/// Words behind which an address stands.
#[rustfmt::skip]
pub(super) const WHERE: &[&str] = &[
    "on", "in", "at", "along", "down", "up", "off", "into", "onto", "near", "from", "to", "of", "outside", "inside",
    "opposite", "through", "behind", "beside", "between", "past", "across", "towards", "around", "round", "via",
];

/// Second readings of short forms that people type.
#[rustfmt::skip]
pub(super) const SECOND_READINGS: &[(&str, &str)] = &[
    ("'s", "is"), ("'d", "would"), ("u", "you"), ("ur", "your"), ("r", "are"), ("yer", "your"),
    ("ye", "you"), ("ya", "you"), ("wi", "with"), ("cos", "because"), ("coz", "because"), ("n", "and"),
    ("pls", "please"), ("plz", "please"), ("tmrw", "tomorrow"), ("tomoz", "tomorrow"), ("ppl", "people"),
    ("w", "with"), ("wld", "would"), ("oor", "our"), ("tae", "to"), ("fae", "from"), ("fur", "for"),
    ("aye", "yes"), ("yous", "you"), ("youse", "you"), ("shd", "should"), ("b", "be"), ("gd", "good"),
    ("wot", "what"), ("cncllr", "cllr"), ("thur", "thursday"), ("thurs", "thursday"), ("oan", "on"),
    ("cooncil", "council"), ("cooncillor", "councillor"),
];
