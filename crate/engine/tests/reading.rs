//! How drafts are read: what people type for a word, where words stand, and whose they are.
#![expect(clippy::panic, reason = "how a test fails")]

use second_reading_engine::{
    Category, CategoryClause, Concept, Draft, Engine, IdentitySetting, Inflection, Polarity, Reading,
    ReadingKind, ReadingPlace, Reviewers, Rule, RuleSet, Severity, Voice,
};

/// An engine with one rule that warns: these patterns, with a concept of insults and one of people.
fn engine(patterns: &[&str]) -> Engine {
    engine_that(patterns, Severity::Warn)
}

fn engine_that(patterns: &[&str], severity: Severity) -> Engine {
    Engine::new(&rule_set(patterns, severity)).unwrap_or_else(|error| panic!("{error}"))
}

fn rule_set(patterns: &[&str], severity: Severity) -> RuleSet {
    let concept = |name: &str, members: &[&str]| Concept {
        name: name.to_owned(),
        members: members.iter().map(|member| (*member).to_owned()).collect(),
        ..Concept::default()
    };
    let reading = |reads, place, patterns: &[&str]| Reading {
        reads,
        place,
        within: 4,
        patterns: patterns.iter().map(|pattern| (*pattern).to_owned()).collect(),
    };
    RuleSet {
        categories: vec![CategoryClause {
            id: Category::Respect,
            clause: "12.3".to_owned(),
            words: "failing to treat others with respect".to_owned(),
            label: "Respect".to_owned(),
        }],
        concepts: vec![
            Concept {
                obfuscated: true,
                inflect: Some(Inflection::Noun),
                ..concept("swear", &["wanker", "shit", "arse"])
            },
            Concept {
                inflect: Some(Inflection::Noun),
                ..concept("insult", &["liar", "waste of space", "🤡"])
            },
            concept("given-name", &["tom"]),
            concept("title", &["cllr", "mr", "councillor", "lord"]),
            concept("form-of-address", &["cllr", "mr"]),
            concept("place-title", &["lord"]),
            concept("surname", &["hall", "street", "may", "bin"]),
            concept("not-a-name", &["monday", "labour", "may"]),
            concept("place-name", &["road", "street", "hall", "way"]),
        ],
        readings: vec![
            reading(ReadingKind::Negated, ReadingPlace::Before, &["not", "never"]),
            reading(ReadingKind::Asked, ReadingPlace::Sentence, &["{#start} is {#question}"]),
            reading(ReadingKind::Reported, ReadingPlace::Before, &["called me"]),
            reading(ReadingKind::Apologised, ReadingPlace::Near, &["sorry for"]),
            reading(ReadingKind::Meant, ReadingPlace::Sentence, &["not only", "<i am not saying> ... but"]),
        ],
        rules: vec![Rule {
            id: "rule".to_owned(),
            category: Category::Respect,
            clause: None,
            severity,
            confidence: 0.9,
            patterns: patterns.iter().map(|pattern| (*pattern).to_owned()).collect(),
            target: Vec::new(),
            with: Vec::new(),
            with_draft: Vec::new(),
            unless: Vec::new(),
            unless_draft: Vec::new(),
            polarity: Polarity::Affirmed,
            voice: Voice::Own,
            window: None,
            surfaces: Vec::new(),
            recipients: Vec::new(),
            weighed: None,
            layer: None,
            reason: "reason".to_owned(),
            advice: "advice".to_owned(),
            source: "source".to_owned(),
        }],
        ..RuleSet::default()
    }
}

/// The telling words of the patterns in `text`.
fn found<'t>(patterns: &[&str], text: &'t str) -> Vec<&'t str> {
    let draft = Draft { identity: IdentitySetting::Councillor, ..Draft::of(text) };
    let places = engine(patterns).places("rule", &draft);
    places.iter().filter_map(|span| text.get(span.start..span.end)).collect()
}

/// What is underlined for the person.
fn shown<'t>(patterns: &[&str], text: &'t str) -> Vec<&'t str> {
    shown_by(&engine(patterns), text)
}

fn shown_by<'t>(engine: &Engine, text: &'t str) -> Vec<&'t str> {
    let draft = Draft { identity: IdentitySetting::Councillor, ..Draft::of(text) };
    let findings = engine.review(&draft, Reviewers::RULES).findings;
    let spans = findings.iter().flat_map(|finding| &finding.spans);
    spans.filter_map(|span| text.get(span.start..span.end)).collect()
}

#[track_caller]
fn check(patterns: &[&str], cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(found(patterns, text), *expected, "{text}");
    }
}

/// An engine whose rule has these exemptions.
fn exempting(unless: &[&str]) -> Engine {
    let mut set = rule_set(&["<{#number}>"], Severity::Warn);
    for rule in &mut set.rules {
        rule.unless = unless.iter().map(|pattern| (*pattern).to_owned()).collect();
    }
    Engine::new(&set).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn an_exemption_that_marks_words_goes_for_those_alone() {
    let numbers = |unless: &[&str], text: &'static str| -> Vec<&str> {
        let places = exempting(unless).places("rule", &Draft::of(text));
        places.iter().filter_map(|span| text.get(span.start..span.end)).collect()
    };
    let text = "reference 345 about tom on 678";
    assert_eq!(numbers(&["reference"], text), [] as [&str; 0], "the whole sentence, without a mark");
    assert_eq!(numbers(&["reference ..1 <{#number}>"], text), ["678"]);
    assert_eq!(numbers(&["reference ..1 <{#number}>", "about ..3 <{#number}>"], text), [] as [&str; 0]);
    assert_eq!(numbers(&["<reference> {#number}"], text), ["345", "678"], "marks that are no telling words");
}

#[test]
fn the_clause_around_telling_words_is_underlined() {
    for (text, expected) in [
        (
            "We met at two. In my view that man is a liar. See you there",
            vec!["In my view that man is a liar"],
        ),
        (
            "one two three four five six seven eight nine ten eleven liar one two three four five six seven eight nine ten eleven",
            vec![
                "two three four five six seven eight nine ten eleven liar one two three four five six seven eight nine ten",
            ],
        ),
        ("no bins again; the man is a liar - at ten", vec!["no bins again; the man is a liar - at ten"]),
        (
            "one two three four five six seven; the man is a liar - one two three four five six seven eight nine ten",
            vec!["the man is a liar"],
        ),
        ("he is a liar, and that man is a liar", vec!["he is a liar, and that man is a liar"]),
        ("that liar. That other liar", vec!["that liar", "That other liar"]),
        (
            "one two three four five six seven the man wrote \"thank you\" liar he is \"sorry\" one two three four five six",
            vec!["liar he is"],
        ),
        ("What a plan. 🤡", vec!["What a plan. 🤡"]),
    ] {
        assert_eq!(shown(&["<{insult}>"], text), expected, "{text}");
    }
    assert_eq!(shown(&["pay <{#money}>"], "please pay £1,200.50 by Friday"), ["£1,200.50"]);
}

#[test]
fn the_underline_of_a_hint_goes_on_into_what_it_leads_up_to() {
    let hint = engine_that(&["<{insult}>"], Severity::Notice);
    let next = "one two three four five six seven eight nine ten eleven";
    assert_eq!(
        shown_by(&hint, &format!("Ask the liar. {next}")),
        ["Ask the liar. one two three four five six seven eight nine ten"]
    );
    assert_eq!(shown(&["<{insult}>"], &format!("Ask the liar. {next}")), ["Ask the liar"]);
    assert_eq!(shown_by(&hint, &format!("Ask the liar. {}", [next; 6].join(". "))), ["Ask the liar"]);
    let long = format!("{next}, then you could ask the liar. See you there");
    assert_eq!(shown_by(&hint, &long), [long.trim_end_matches(". See you there")]);
    assert_eq!(shown_by(&hint, "Ask the liar"), ["Ask the liar"]);
}

#[test]
fn disguised_swearing_is_read_as_whole_words_only() {
    check(
        &["{swear}"],
        &[
            ("you wanker", &["wanker"]),
            ("you w*nker", &["w*nker"]),
            ("you w****r!", &["w****r"]),
            ("you w@nkers", &["w@nkers"]),
            ("sh1t.", &["sh1t"]),
            ("$hit", &["$hit"]),
            ("shiiiiit", &["shiiiiit"]),
            ("s h i t happens", &["s h i t"]),
            ("s.h.i.t", &["s.h.i.t"]),
            ("ѕhit with a Cyrillic s", &["ѕhit"]),
            ("ｓｈｉｔ", &["ｓｈｉｔ"]),
            ("s\u{200b}hit", &["s\u{200b}hit"]),
            ("sh**t", &[]),
            ("Shitterton, Scunthorpe and Arsenal", &[]),
            ("parsed the grass", &[]),
            ("A55 and B1 at 4 5", &[]),
            ("**really** good", &[]),
        ],
    );
}

#[test]
fn a_title_makes_a_name_of_a_word_that_is_another_too() {
    check(
        &["<{#name}> is a liar"],
        &[
            ("So Cllr Hall is a liar", &["Cllr Hall"]),
            ("so cllr hall is a liar", &["cllr hall"]),
            ("SO CLLR HALL IS A LIAR", &["CLLR HALL"]),
            ("The truth: mr bin is a liar", &["mr bin"]),
            ("Cllr Tom Street is a liar", &["Cllr Tom Street"]),
            ("So Mr May is a liar", &["Mr May"]),
            ("I say Councillor Street is a liar", &["Councillor Street"]),
            ("I say Tom is a liar", &["Tom"]),
            // A verb, a pause, a place.
            ("the cllr may is a liar", &[]),
            ("Well, cllr, hall is a liar", &[]),
            ("I say councillor street is a liar", &[]),
            ("The bus on Councillor Street is a liar", &[]),
            ("The bus past 12 Councillor Street is a liar", &[]),
            ("I say Lord Street is a liar", &[]),
            ("I say Cllr Hall Road is a liar", &[]),
            ("I say Cllr Smith Hall is a liar", &[]),
        ],
    );
}

#[test]
fn contractions_meet_their_long_forms() {
    check(
        &["<can not be trusted>", "he is <late>"],
        &[
            ("He can't be trusted", &["can't be trusted"]),
            ("He can’t be trusted", &["can’t be trusted"]),
            ("He cant be trusted", &["cant be trusted"]),
            ("He cannot be trusted", &["cannot be trusted"]),
            ("He's late", &["late"]),
            ("hes late", &["late"]),
        ],
    );
}

#[test]
fn hashtags_are_words_and_tags() {
    check(
        &["<vote labour>", "<#backbetty>"],
        &[
            ("#VoteLabour on Thursday", &["#VoteLabour"]),
            ("#votelabour", &["#votelabour"]),
            ("#BackBetty", &["#BackBetty"]),
            ("#vote", &[]),
        ],
    );
}

#[test]
fn a_set_phrase_is_no_denial() {
    check(
        &["<liar>"],
        &[
            ("he is not a liar", &[]),
            ("he is not only a liar", &["liar"]),
            ("not only a liar, he is not a liar", &["liar"]),
            ("i am not saying he is a liar", &[]),
            ("i am not saying he is a liar but look at that", &["liar"]),
            ("not only that, he is never a liar", &[]),
        ],
    );
}

#[test]
fn names_are_told_from_other_capitals() {
    check(
        &["<{#name}> is late"],
        &[
            ("I hear Hartley is late", &["Hartley"]),
            ("Cllr Hartley is late", &["Cllr Hartley"]),
            ("cllr hartley is late", &["cllr hartley"]),
            ("Tom is late", &["Tom"]),
            ("I hear Anne-Marie Okafor is late", &["Anne-Marie Okafor"]),
            ("Parking is late", &[]),
            ("I think Monday is late", &[]),
            ("I think Ash Road is late", &[]),
            ("WE SAY THIS IS late", &[]),
        ],
    );
}

#[test]
fn sentences_end_where_people_end_them() {
    check(
        &["alpha ... <omega>"],
        &[
            ("alpha and omega", &["omega"]),
            ("alpha. omega", &[]),
            ("alpha! Omega", &[]),
            ("alpha\n\nomega", &[]),
            ("alpha\nomega", &["omega"]),
            ("alpha\nOmega", &[]),
            ("alpha Cllr. Smith omega", &["omega"]),
            ("alpha at 3.30 omega", &["omega"]),
            ("alpha... omega", &["omega"]),
        ],
    );
}

#[test]
fn denied_asked_reported_and_regretted_words_are_spared() {
    check(
        &["<{insult}>"],
        &[
            ("What a liar", &["liar"]),
            ("He is a waste of space", &["waste of space"]),
            ("liars 🤡", &["liars", "🤡"]),
            ("He is not a liar", &[]),
            ("He isn't a liar", &[]),
            ("It is not the first time; a liar", &["liar"]),
            ("Is he a liar?", &[]),
            ("He called me a liar", &[]),
            ("They wrote \"liar\" on my car", &[]),
            ("> liar", &[]),
            ("I am sorry for that. Liar was too strong", &[]),
        ],
    );
}

#[test]
fn a_short_gap_passes_no_denial() {
    check(
        &["<i am ..2 standing ..3 for mayor>", "<fed ..4 up>"],
        &[
            ("I'm also standing again for mayor", &["I'm also standing again for mayor"]),
            ("I'm not standing for mayor", &[]),
            ("I am never ever standing for mayor", &[]),
            ("I'm standing, but not for mayor", &[]),
            ("fed but not quite up", &["fed but not quite up"]),
        ],
    );
}

#[test]
fn pattern_pieces_mean_what_they_say() {
    check(&["a? big ..2 <dog~>"], &[("a big old brown dogs", &["dogs"]), ("big one two three dog", &[])]);
    check(&["<!(cat|dog) food>"], &[("fish food", &["fish food"]), ("cat food", &[])]);
    check(
        &["<(red|light blue) van> {#end}"],
        &[("a light blue van", &["light blue van"]), ("a red van today", &[])],
    );
    check(&["<one> ... <two>"], &[("one and two", &["one", "two"])]);
    check(&["pay {#money}"], &[("pay £1,200.50 now", &["pay £1,200.50"]), ("pay up", &[])]);
    check(&["see {#url}"], &[("see example.co.uk/x, please", &["see example.co.uk/x"])]);
}

#[test]
fn errors_name_the_rule_and_the_place() {
    for (pattern, says) in [
        ("a {nobody}", "rule rule: there is no concept `nobody` (in `a {nobody}`)"),
        ("a (b", "rule rule: a bracket is not closed (in `a (b`, at character 5)"),
        ("..3 b", "rule rule: it starts or ends with a gap; remove the dots (in `..3 b`, at character 1)"),
        (
            "a? b?",
            "rule rule: every part of it is optional or can be anything; name at least one word, concept or built-in (in `a? b?`)",
        ),
    ] {
        let set = RuleSet {
            categories: vec![CategoryClause {
                id: Category::Respect,
                clause: "12.3".to_owned(),
                words: String::new(),
                label: String::new(),
            }],
            rules: vec![Rule {
                id: "rule".to_owned(),
                category: Category::Respect,
                clause: None,
                severity: Severity::Warn,
                confidence: 0.9,
                patterns: vec![pattern.to_owned()],
                target: Vec::new(),
                with: Vec::new(),
                with_draft: Vec::new(),
                unless: Vec::new(),
                unless_draft: Vec::new(),
                polarity: Polarity::Affirmed,
                voice: Voice::Own,
                window: None,
                surfaces: Vec::new(),
                recipients: Vec::new(),
                weighed: None,
                layer: None,
                reason: String::new(),
                advice: String::new(),
                source: String::new(),
            }],
            ..RuleSet::default()
        };
        assert_eq!(Engine::new(&set).map(|_| ()).map_err(|error| error.to_string()), Err(says.to_owned()));
    }
}
