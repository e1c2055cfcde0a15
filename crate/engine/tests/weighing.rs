//! What rules found and what the semantic reviewer read, in one review: neither alone decides, and one risk is told once.

use second_reading_engine::semantic::{Cut, Reading};
use second_reading_engine::{
    ByteSpan, Category, CategoryClause, Draft, Engine, Polarity, Recipients, Review, Reviewer, Reviewers,
    Rule, RuleSet, SemanticKind, SemanticLevels, SemanticRules, Severity, Verdict, Voice, Weighed, Window,
};

const TEXT: &str = "That purple fool again.";

fn rule(id: &str, category: Category, word: &str, severity: Severity, confidence: f32) -> Rule {
    Rule {
        id: id.to_owned(),
        category,
        clause: None,
        severity,
        confidence,
        patterns: vec![format!("<{word}>")],
        target: Vec::new(),
        with: Vec::new(),
        with_draft: Vec::new(),
        unless: Vec::new(),
        unless_draft: Vec::new(),
        polarity: Polarity::Any,
        voice: Voice::Any,
        window: None,
        surfaces: Vec::new(),
        recipients: Vec::new(),
        weighed: None,
        layer: None,
        reason: "by words".to_owned(),
        advice: String::new(),
        source: String::new(),
    }
}

fn kind(category: Category) -> SemanticKind {
    SemanticKind {
        category,
        named: 0.5,
        warn: 0.3,
        reason: "could be read as".to_owned(),
        advice: String::new(),
    }
}

fn set(rules: Vec<Rule>) -> RuleSet {
    let clause =
        |id| CategoryClause { id, clause: "12.3".to_owned(), words: String::new(), label: String::new() };
    RuleSet {
        categories: Category::ALL.map(clause).into(),
        rules,
        semantic: SemanticRules {
            // Log-odds: 1.39 for a notice, 2.94 for a warning; a rule's notice adds 2, its warning 3.
            levels: SemanticLevels {
                notice: 0.8,
                warn: 0.95,
                rule_notice: 2.0,
                rule_warn: 3.0,
                certain: 0.9,
            },
            kinds: vec![kind(Category::Respect), kind(Category::Party)],
        },
        ..RuleSet::default()
    }
}

fn reading(any: f32, chances: &[(Category, f32)]) -> Reading {
    let mut reading = Reading {
        judged: ByteSpan { start: 0, end: TEXT.len() },
        chances: [0.0; Category::ALL.len()],
        any,
        cut: Cut::Run,
        marks: std::array::from_fn(|_| vec![ByteSpan { start: 5, end: 16 }]),
    };
    for (at, category) in Category::ALL.into_iter().enumerate() {
        if let Some((_, chance)) = chances.iter().find(|(known, _)| *known == category) {
            reading.chances[at] = *chance;
        }
    }
    reading
}

fn review(set: &RuleSet, readings: &[Reading]) -> Result<Review, Box<dyn std::error::Error>> {
    Ok(Engine::new(set)?.review_read(&Draft::of(TEXT), Reviewers::ALL, readings))
}

fn told(review: &Review) -> Vec<(&str, Reviewer, Severity)> {
    review
        .findings
        .iter()
        .map(|finding| (finding.rule.as_str(), finding.reviewer, finding.severity))
        .collect()
}

/// The same of a part of what was read in longer runs too.
fn part(any: f32, chances: &[(Category, f32)]) -> Reading {
    Reading { cut: Cut::Part, ..reading(any, chances) }
}

type Tried = Result<(), Box<dyn std::error::Error>>;

#[test]
fn what_no_rule_found_is_told_by_its_likeliest_kind_and_by_others_that_are_likely() -> Tried {
    let set = set(Vec::new());
    let notice = review(&set, &[reading(0.9, &[(Category::Respect, 0.4), (Category::Party, 0.3)])])?;
    assert_eq!(told(&notice), [("semantic.respect", Reviewer::Semantic, Severity::Notice)]);
    assert_eq!(notice.findings[0].message, "could be read as");
    assert_eq!(notice.findings[0].clause, "12.3");
    // The words that weighed most, with the rest of their clause.
    assert_eq!(notice.findings[0].spans, [ByteSpan { start: 0, end: 22 }]);
    let both = review(&set, &[reading(0.97, &[(Category::Respect, 0.8), (Category::Party, 0.6)])])?;
    assert_eq!(both.findings.len(), 2);
    assert_eq!(both.verdict, Verdict::Warn);
    assert_eq!(review(&set, &[reading(0.79, &[(Category::Respect, 0.9)])])?.verdict, Verdict::Clear);
    Ok(())
}

#[test]
fn nothing_is_held_for_a_kind_that_is_itself_unlikely() -> Tried {
    let unsure = review(&set(Vec::new()), &[reading(0.99, &[(Category::Respect, 0.2)])])?;
    assert_eq!(told(&unsure), [("semantic.respect", Reviewer::Semantic, Severity::Notice)]);
    Ok(())
}

#[test]
fn it_is_silent_about_kinds_that_the_bundle_does_not_have_it_speak_of() -> Tried {
    let off = review(&set(Vec::new()), &[reading(0.99, &[(Category::Business, 0.9)])])?;
    assert_eq!(off.verdict, Verdict::Clear);
    let beside =
        review(&set(Vec::new()), &[reading(0.99, &[(Category::Business, 0.9), (Category::Party, 0.6)])])?;
    assert_eq!(told(&beside), [("semantic.party", Reviewer::Semantic, Severity::Warn)]);
    Ok(())
}

#[test]
fn without_readings_or_without_kinds_the_rules_stand() -> Tried {
    let mut set = set(vec![rule("respect.fool", Category::Respect, "fool", Severity::Warn, 0.7)]);
    let alone = [("respect.fool", Reviewer::Rules, Severity::Warn)];
    assert_eq!(told(&review(&set, &[])?), alone);
    set.semantic.kinds.clear();
    assert_eq!(told(&review(&set, &[reading(0.01, &[])])?), alone);
    Ok(())
}

#[test]
fn a_doubted_rule_is_not_raised_or_not_held() -> Tried {
    let notice = set(vec![rule("respect.fool", Category::Respect, "fool", Severity::Notice, 0.7)]);
    // 2 - 0.85 = 1.15 is below 1.39, and 2 - 0.41 = 1.59 is not.
    assert_eq!(review(&notice, &[reading(0.3, &[])])?.verdict, Verdict::Clear);
    assert_eq!(review(&notice, &[reading(0.4, &[])])?.verdict, Verdict::Notice);
    let warn = set(vec![rule("respect.fool", Category::Respect, "fool", Severity::Warn, 0.7)]);
    assert_eq!(review(&warn, &[reading(0.4, &[])])?.verdict, Verdict::Notice);
    assert_eq!(review(&warn, &[reading(0.5, &[])])?.verdict, Verdict::Warn);
    assert_eq!(review(&warn, &[reading(0.1, &[])])?.verdict, Verdict::Clear);
    Ok(())
}

#[test]
fn a_part_counts_for_less_and_for_half_as_much_less_where_a_rule_bears_it_out() -> Tried {
    let none = set(Vec::new());
    // 2.2 - 1.5 = 0.7 is below 1.39, and 2.95 - 1.5 = 1.45 is not.
    assert_eq!(review(&none, &[reading(0.9, &[(Category::Respect, 0.9)])])?.verdict, Verdict::Notice);
    assert_eq!(review(&none, &[part(0.9, &[(Category::Respect, 0.9)])])?.verdict, Verdict::Clear);
    assert_eq!(review(&none, &[part(0.95, &[(Category::Respect, 0.9)])])?.verdict, Verdict::Notice);
    let warn = set(vec![rule("respect.fool", Category::Respect, "fool", Severity::Warn, 0.7)]);
    // 3 + 0 - 0.75 = 2.25 is below 2.94, and 3 + 0.85 - 0.75 = 3.1 is not.
    assert_eq!(review(&warn, &[part(0.5, &[])])?.verdict, Verdict::Notice);
    assert_eq!(review(&warn, &[part(0.7, &[])])?.verdict, Verdict::Warn);
    // A sentence by itself loses more, whatever rules found.
    let sentence = |any| Reading { cut: Cut::Sentence, ..reading(any, &[]) };
    assert_eq!(review(&warn, &[sentence(0.7)])?.verdict, Verdict::Notice);
    assert_eq!(review(&warn, &[sentence(0.9)])?.verdict, Verdict::Warn);
    Ok(())
}

#[test]
fn a_rule_that_is_certain_or_goes_by_a_date_or_a_layer_stands() -> Tried {
    let mut layered = rule("law.purple", Category::Party, "purple", Severity::Notice, 0.7);
    layered.layer = Some("law".to_owned());
    let certain = rule("respect.fool", Category::Respect, "fool", Severity::Warn, 0.9);
    let stands = review(&set(vec![layered, certain]), &[reading(0.01, &[])])?;
    assert_eq!(
        told(&stands),
        [
            ("law.purple", Reviewer::Rules, Severity::Notice),
            ("respect.fool", Reviewer::Rules, Severity::Warn)
        ]
    );
    let mut dated = rule("campaigning.period", Category::Campaigning, "purple", Severity::Notice, 0.7);
    dated.window = Some(Window::Election);
    let mut set = set(vec![dated]);
    set.elections = serde_json::from_str(r#"[{"notice": "2027-03-20", "poll": "2027-05-06"}]"#)?;
    let draft = Draft { on: Some("2027-04-01".parse()?), ..Draft::of(TEXT) };
    let told = Engine::new(&set)?.review_read(&draft, Reviewers::ALL, &[reading(0.01, &[])]);
    assert_eq!(told.verdict, Verdict::Notice);
    Ok(())
}

#[test]
fn a_rule_of_a_layer_takes_nothing_from_what_the_reviewer_holds() -> Tried {
    let mut layered = rule("law.purple", Category::Party, "purple", Severity::Notice, 0.7);
    layered.layer = Some("law".to_owned());
    let held = review(&set(vec![layered]), &[reading(0.97, &[(Category::Party, 0.8)])])?;
    assert_eq!(held.verdict, Verdict::Warn);
    let mut doubtful = rule("mail.purple", Category::Party, "purple", Severity::Warn, 0.7);
    doubtful.weighed = Some(Weighed::Doubtful);
    doubtful.recipients = vec![Recipients::Public];
    let mut set = set(vec![doubtful]);
    set.semantic.levels.notice = 0.95;
    // Where the message was not weighed so, the rule says nothing, and adds nothing either.
    let engine = Engine::new(&set)?;
    let draft = Draft { recipients: Some(Recipients::Public), ..Draft::of(TEXT) };
    let unmoved = engine.review_read(&draft, Reviewers::ALL, &[reading(0.9, &[(Category::Party, 0.8)])]);
    assert_eq!(told(&unmoved), []);
    Ok(())
}

#[test]
fn two_that_agree_are_heard_where_another_rule_tips_the_scale() -> Tried {
    let rules = vec![
        rule("respect.fool", Category::Respect, "fool", Severity::Notice, 0.7),
        rule("party.purple", Category::Party, "purple", Severity::Warn, 0.7),
    ];
    // By itself the notice comes to -1 + 2, which is below 1.39; beside the warning the segment comes to -1 + 3.
    let both = review(&set(rules), &[reading(0.27, &[(Category::Respect, 0.6)])])?;
    let told = told(&both);
    assert!(told.contains(&("respect.fool", Reviewer::Rules, Severity::Notice)), "{told:?}");
    Ok(())
}

#[test]
fn one_risk_is_told_once_in_the_rules_words_and_as_seriously_as_either_takes_it() -> Tried {
    let set = set(vec![rule("respect.fool", Category::Respect, "fool", Severity::Notice, 0.7)]);
    let once = review(&set, &[reading(0.97, &[(Category::Respect, 0.8)])])?;
    assert_eq!(told(&once), [("respect.fool", Reviewer::Rules, Severity::Warn)]);
    assert_eq!(once.findings[0].message, "by words");
    Ok(())
}

#[test]
fn beside_a_rule_a_second_kind_is_told_only_where_it_is_likely_by_itself() -> Tried {
    let set = set(vec![rule("respect.fool", Category::Respect, "fool", Severity::Warn, 0.7)]);
    assert_eq!(review(&set, &[reading(0.9, &[(Category::Party, 0.45)])])?.findings.len(), 1);
    assert_eq!(review(&set, &[reading(0.9, &[(Category::Party, 0.55)])])?.findings.len(), 2);
    Ok(())
}

#[test]
fn readings_that_are_not_of_this_text_do_no_harm() -> Tried {
    let mut strange = reading(f32::NAN, &[(Category::Respect, f32::NAN)]);
    assert_eq!(review(&set(Vec::new()), &[strange.clone()])?.verdict, Verdict::Clear);
    strange.any = 0.99;
    strange.chances = [0.9; Category::ALL.len()];
    strange.marks =
        std::array::from_fn(|_| vec![ByteSpan { start: 20, end: 9000 }, ByteSpan { start: 9, end: 3 }]);
    let told = review(&set(Vec::new()), &[strange])?;
    assert!(told.findings.iter().all(|finding| finding.spans.is_empty()));
    Ok(())
}

#[test]
fn the_rules_alone_are_asked_where_only_they_are_wanted() -> Tried {
    let engine = Engine::new(&set(Vec::new()))?;
    let only =
        engine.review_read(&Draft::of(TEXT), Reviewers::RULES, &[reading(0.99, &[(Category::Respect, 0.9)])]);
    assert_eq!(only.verdict, Verdict::Clear);
    Ok(())
}
