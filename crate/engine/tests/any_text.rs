//! Whatever is typed, a review comes back, and its places are places in the draft.
#![expect(clippy::panic, reason = "how a test fails")]

use std::sync::LazyLock;

use proptest::prelude::*;
use second_reading_engine::{
    ByteSpan, Category, CategoryClause, Concept, Draft, Engine, IdentityRule, IdentitySetting, IdentityText,
    Inflection, Polarity, Reading, ReadingKind, ReadingPlace, Review, Reviewers, Rule, RuleSet, Says,
    Severity, Voice, Where, utf16_spans,
};

fn rule(id: &str, patterns: &[&str]) -> Rule {
    Rule {
        id: id.to_owned(),
        category: Category::Respect,
        clause: None,
        severity: Severity::Warn,
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
        reason: String::new(),
        advice: String::new(),
        source: String::new(),
    }
}

fn identity(says: Says, pattern: &str) -> IdentityRule {
    IdentityRule {
        id: pattern.to_owned(),
        says,
        places: vec![Where::Text, Where::Handle, Where::DisplayName],
        patterns: vec![pattern.to_owned()],
        with: Vec::new(),
        with_draft: Vec::new(),
        unless: Vec::new(),
        unless_draft: Vec::new(),
    }
}

fn concept(name: &str, members: &[&str]) -> Concept {
    Concept {
        name: name.to_owned(),
        members: members.iter().map(|member| (*member).to_owned()).collect(),
        ..Concept::default()
    }
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let set = RuleSet {
        categories: vec![CategoryClause {
            id: Category::Respect,
            clause: "12.3".to_owned(),
            words: "with respect".to_owned(),
            label: "Respect".to_owned(),
        }],
        concepts: vec![
            Concept {
                obfuscated: true,
                inflect: Some(Inflection::Noun),
                ..concept("insult", &["liar", "clown", "waste of space", "🤡"])
            },
            concept("person", &["he", "{#name}", "{#mention}"]),
            concept("title", &["cllr"]),
            concept("handle-title", &["cllr", "fans"]),
            Concept { regex: vec![r"\b\d{3}-\d{3}\b".to_owned()], ..concept("code", &[]) },
        ],
        readings: vec![Reading {
            reads: ReadingKind::Negated,
            place: ReadingPlace::Before,
            within: 4,
            patterns: vec!["not".to_owned()],
        }],
        rules: vec![
            rule("insult", &["<{insult}>", "{person} ... <{insult}>"]),
            rule("odd", &["a? (b|c d|b ... e)? ..3 f~", "{#emoji} {#emoji}", "{code}", "<#votelabour>"]),
        ],
        identity: vec![identity(Says::Councillor, "<cllr>"), identity(Says::Nothing, "<ex cllr>")],
        ..RuleSet::default()
    };
    Engine::new(&set).unwrap_or_else(|error| panic!("{error}"))
});

fn sound(text: &str, review: &Review) -> Result<(), TestCaseError> {
    for finding in &review.findings {
        prop_assert!(!finding.spans.is_empty());
        let mut reach = 0;
        for span in &finding.spans {
            prop_assert!(span.start >= reach && span.start < span.end && span.end <= text.len());
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            reach = span.end;
        }
    }
    Ok(())
}

fn draft(text: &str) -> Draft<'_> {
    Draft { identity: IdentitySetting::Councillor, ..Draft::of(text) }
}

/// Text in which words of the rules meet every kind of character.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("liar".to_owned()),
        Just("l*ar".to_owned()),
        Just("l i a r".to_owned()),
        Just("liiiiiar".to_owned()),
        Just("Cllr Hartley is".to_owned()),
        Just("waste of\u{200b} space".to_owned()),
        Just("#VoteLabour".to_owned()),
        Just("isn’t".to_owned()),
        Just("🤡\u{fe0f}".to_owned()),
        Just("123-456".to_owned()),
        Just("> \"".to_owned()),
        Just("@TheCllrHartley_9".to_owned()),
        Just("excllrhartleyfans".to_owned()),
        Just("\n".to_owned()),
        Just("...!?".to_owned()),
        any::<String>(),
        "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_review_of_anything_is_sound(text in any::<String>()) {
        sound(&text, &ENGINE.review(&draft(&text), Reviewers::ALL))?;
    }

    #[test]
    fn a_review_of_mixed_text_is_sound(text in mixed()) {
        sound(&text, &ENGINE.review(&draft(&text), Reviewers::ALL))?;
        for where_ in [Where::Text, Where::Handle, Where::DisplayName] {
            let found = ENGINE.identify(&IdentityText { where_, text: &text });
            prop_assert!(found.evidence.is_none_or(|words| !words.is_empty() && text.contains(&words)));
        }
    }

    #[test]
    fn utf16_places_agree_with_counting(text in any::<String>(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8)) {
        let mut edges: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        edges.push(text.len());
        let spans: Vec<ByteSpan> = cuts
            .iter()
            .zip(cuts.iter().rev())
            .map(|(a, b)| {
                let (a, b) = (*a.get(&edges), *b.get(&edges));
                ByteSpan { start: a.min(b), end: a.max(b) }
            })
            .collect();
        let counted = utf16_spans(&text, &spans);
        prop_assert_eq!(counted.len(), spans.len());
        for (units, span) in counted.iter().zip(&spans) {
            prop_assert_eq!(units.start, text[..span.start].encode_utf16().count());
            prop_assert_eq!(units.end, text[..span.end].encode_utf16().count());
        }
    }
}

#[test]
fn a_hundred_thousand_characters_are_read() {
    for text in [
        "liar ",
        "l*ar",
        "a b c d ",
        "Cllr Hartley is not a ",
        "\"",
        "@a.",
        "#a",
        "1/",
        "🤡",
        ".",
        "a_",
        "'a ",
    ] {
        let text = text.repeat(100_000 / text.len());
        assert!(sound(&text, &ENGINE.review(&draft(&text), Reviewers::ALL)).is_ok());
    }
}
