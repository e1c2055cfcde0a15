//! How a message to known recipients is weighed, and what that changes in its findings.
#![expect(clippy::panic, reason = "how a test fails")]

use second_reading_engine::{
    Category, CategoryClause, Draft, Engine, Factor, IdentitySetting, MailFactor, MailReview, MailRules,
    MailSign, Polarity, Recipients, Reviewers, Rule, RuleSet, Severity, Shows, Verdict, Voice, Weighed,
};

fn sign(id: &str, pattern: &str, weighs: &[(Shows, i32)]) -> MailSign {
    MailSign {
        id: id.to_owned(),
        weighs: weighs.iter().copied().collect(),
        recipients: Vec::new(),
        patterns: vec![pattern.to_owned()],
        with: Vec::new(),
        with_draft: Vec::new(),
        unless: Vec::new(),
        unless_draft: Vec::new(),
    }
}

fn rule(id: &str, category: Category, pattern: &str) -> Rule {
    Rule {
        id: id.to_owned(),
        category,
        clause: None,
        severity: Severity::Warn,
        confidence: 0.9,
        patterns: vec![pattern.to_owned()],
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
        reason: String::new(),
        advice: String::new(),
        source: String::new(),
    }
}

fn set() -> RuleSet {
    let category =
        |id| CategoryClause { id, clause: "12.3".to_owned(), words: String::new(), label: String::new() };
    let everyone = vec![Recipients::SameGroup, Recipients::OtherMembers, Recipients::Public];
    RuleSet {
        categories: [Category::Party, Category::Adverse, Category::Respect].map(category).into(),
        rules: vec![
            rule("party.named", Category::Party, "<purples>"),
            rule("adverse.attack", Category::Adverse, "<rotten purples>"),
            rule("respect.insult", Category::Respect, "<fool>"),
            Rule {
                severity: Severity::Notice,
                recipients: everyone.clone(),
                ..rule("mail.headed", Category::Party, "<heading>")
            },
            Rule {
                severity: Severity::Notice,
                recipients: everyone,
                weighed: Some(Weighed::Doubtful),
                ..rule("mail.ask", Category::Party, "<group>")
            },
        ],
        mail: MailRules {
            factors: Factor::ALL.map(|factor| MailFactor { factor, text: format!("it is {factor}") }).into(),
            signs: vec![
                sign("group", "<group>", &[(Shows::Political, 10)]),
                sign("half", "<vote>", &[(Shows::Political, 5)]),
                sign("other half", "<seat>", &[(Shows::Political, 5)]),
                sign("canvass", "<canvass>", &[(Shows::Campaign, 10)]),
                sign("side", "<against>", &[(Shows::Controversial, 10)]),
                sign("blame", "<useless>", &[(Shows::Criticism, 10)]),
                sign("view", "<think>", &[(Shows::Beyond, 10)]),
                sign("room", "<room>", &[(Shows::Beyond, -10)]),
            ],
        },
        ..RuleSet::default()
    }
}

fn engine() -> Engine {
    Engine::new(&set()).unwrap_or_else(|error| panic!("{error}"))
}

fn draft(text: &str, recipients: Recipients) -> Draft<'_> {
    Draft { identity: IdentitySetting::Councillor, recipients: Some(recipients), ..Draft::of(text) }
}

fn weigh(text: &str, recipients: Recipients) -> MailReview {
    let review = engine().review(&draft(text, recipients), Reviewers::RULES);
    review.mail.unwrap_or_else(|| panic!("not weighed: {text}"))
}

fn has(mail: &MailReview, factor: Factor) -> bool {
    mail.factors.iter().any(|weighed| weighed.factor == factor)
}

#[test]
fn one_factor_of_each_pair_is_given_in_order_with_its_paragraph() {
    let mail = weigh("the group meets in room 3", Recipients::SameGroup);
    let given: Vec<(&str, &str)> =
        mail.factors.iter().map(|weighed| (weighed.paragraph, weighed.factor.id())).collect();
    assert_eq!(
        given,
        [
            ("4.10", "same-group"),
            ("4.10", "no-public-recipient"),
            ("4.10", "administrative"),
            ("4.10", "uncontroversial"),
            ("4.10", "no-criticism")
        ]
    );
    assert!(mail.factors.iter().all(|weighed| weighed.text == format!("it is {}", weighed.factor)));
    let mail = weigh("useless and against the group", Recipients::Mixed);
    assert!(mail.factors.iter().all(|weighed| weighed.paragraph == "4.11"));
}

#[test]
fn recipients_decide_two_factors() {
    for (recipients, own, public) in [
        (Recipients::SameGroup, true, false),
        (Recipients::OtherMembers, false, false),
        (Recipients::Officer, false, false),
        (Recipients::Public, false, true),
        (Recipients::Mixed, false, true),
    ] {
        let mail = weigh("hello", recipients);
        assert_eq!(has(&mail, Factor::SameGroup), own);
        assert_eq!(has(&mail, Factor::NotSameGroup), !own);
        assert_eq!(has(&mail, Factor::PublicRecipient), public);
        assert_eq!(has(&mail, Factor::NoPublicRecipient), !public);
    }
}

#[test]
fn a_political_message_is_acceptable_only_where_nothing_weighs_against_it() {
    for (text, recipients, political, acceptable) in [
        ("the lift is out", Recipients::Public, false, true),
        ("the group meets in room 3", Recipients::SameGroup, true, true),
        ("the group meets in room 3", Recipients::Officer, true, true),
        ("the group meets in room 3", Recipients::OtherMembers, true, false),
        ("the group meets in room 3", Recipients::Public, true, false),
        ("i think the group is right", Recipients::SameGroup, true, false),
        ("the group is against it", Recipients::SameGroup, true, false),
        ("the group was useless", Recipients::SameGroup, true, false),
        ("canvass from room 3 please", Recipients::SameGroup, true, false),
        ("useless", Recipients::Public, false, true),
    ] {
        let mail = weigh(text, recipients);
        assert_eq!((mail.political, mail.acceptable), (political, acceptable), "{text}");
    }
}

#[test]
fn weights_add_up() {
    assert!(!weigh("a vote", Recipients::Officer).political);
    assert!(weigh("a vote for a seat", Recipients::Officer).political);
    assert!(has(&weigh("i think so", Recipients::Officer), Factor::NotAdministrative));
    assert!(has(&weigh("i think it is room 3", Recipients::Officer), Factor::Administrative));
}

#[test]
fn quoted_words_do_not_weigh() {
    assert!(!weigh("> the group was useless\nthank you", Recipients::Officer).political);
}

#[test]
fn what_is_answered_and_what_every_mail_ends_with_do_not_weigh() {
    for theirs in [
        "From: Jan Orr\nSent: 3 March 2025 14:05\nTo: Ann Yeo\nSubject: room\n\nhello\n\nthe group was useless",
        "On Mon, 3 Mar 2025 at 14:05, Jan Orr <jan@north-wold.gov.uk>\nwrote:\n\nthe group was useless",
        "---------- Forwarded message ---------\nFrom: Jan Orr\n\nthe group was useless",
        "The views of the group in this email are not necessarily those of the council.",
    ] {
        assert!(!weigh(&format!("thank you\n\n{theirs}"), Recipients::Officer).political, "{theirs}");
    }
    assert!(weigh("thank you\n\nFrom: the group\n\nuseless", Recipients::Officer).political);
}

#[test]
fn what_somebody_else_says_in_a_mail_excuses_nothing() {
    let mut set = set();
    set.rules = vec![Rule {
        unless_draft: vec!["(confidential)".to_owned()],
        ..rule("mail.unmarked", Category::Respect, "<letter>")
    }];
    let engine = Engine::new(&set).unwrap_or_else(|error| panic!("{error}"));
    let verdict = |text: &str| engine.review(&draft(text, Recipients::Officer), Reviewers::RULES).verdict;
    let notice = "This email is confidential and intended solely for the addressee.";
    assert_eq!(verdict("here is the letter"), Verdict::Warn);
    assert_eq!(verdict("confidential\n\nhere is the letter"), Verdict::Clear);
    assert_eq!(verdict(&format!("{notice}\n\nhere is the letter")), Verdict::Clear);
    assert_eq!(verdict(&format!("here is the letter\n\n{notice}")), Verdict::Warn);
    assert_eq!(verdict("here is the letter\n\nBegin forwarded message:\n\nconfidential"), Verdict::Warn);
    // Nor does it take away what excuses its own words.
    assert_eq!(verdict("thanks\n\nBegin forwarded message:\n\nthe letter is confidential"), Verdict::Clear);
    assert_eq!(verdict("> confidential?\n\nhere is the letter"), Verdict::Clear);
}

#[test]
fn what_other_rules_raise_weighs_too() {
    let mail = weigh("the rotten purples, and you fool", Recipients::SameGroup);
    assert!(mail.political && has(&mail, Factor::Criticises) && has(&mail, Factor::NotAdministrative));
}

#[test]
fn an_acceptable_message_lowers_a_political_warning_and_no_other() {
    let engine = engine();
    let verdict = |text, recipients| engine.review(&draft(text, recipients), Reviewers::RULES).verdict;
    let unaddressed = Draft { recipients: None, ..draft("the purples meet in room 3", Recipients::Public) };
    assert_eq!(engine.review(&unaddressed, Reviewers::RULES).verdict, Verdict::Warn);
    assert_eq!(verdict("the purples meet in room 3", Recipients::SameGroup), Verdict::Notice);
    assert_eq!(verdict("the purples meet in room 3", Recipients::Public), Verdict::Warn);
    assert_eq!(verdict("the purples meet in room 3, fool", Recipients::SameGroup), Verdict::Warn);
}

#[test]
fn rules_for_messages_are_silent_elsewhere() {
    let engine = engine();
    let rules = |draft: &Draft<'_>| -> Vec<String> {
        let review = engine.review(draft, Reviewers::RULES);
        review.findings.into_iter().map(|finding| finding.rule).collect()
    };
    assert_eq!(rules(&draft("heading", Recipients::Public)), ["mail.headed"]);
    assert_eq!(rules(&draft("heading", Recipients::Officer)), [""; 0]);
    assert_eq!(rules(&Draft { recipients: None, ..draft("heading", Recipients::Public) }), [""; 0]);
    // The one that waits for the weighing speaks where only the recipients weigh against the message.
    assert_eq!(rules(&draft("group in room 3", Recipients::OtherMembers)), ["mail.ask"]);
    assert_eq!(rules(&draft("group in room 3", Recipients::SameGroup)), [""; 0]);
    assert_eq!(rules(&draft("useless group", Recipients::OtherMembers)), [""; 0]);
}

#[test]
fn a_message_is_weighed_whoever_the_writer_is_and_never_unasked() {
    let engine = engine();
    let private = Draft { identity: IdentitySetting::Private, ..draft("the purples", Recipients::Public) };
    let review = engine.review(&private, Reviewers::RULES);
    assert!(review.mail.is_some_and(|mail| mail.political) && review.findings.is_empty());
    let unaddressed = Draft { recipients: None, ..private };
    assert!(engine.review(&unaddressed, Reviewers::RULES).mail.is_none());
    let unworded = RuleSet { mail: MailRules::default(), ..set() };
    let engine = Engine::new(&unworded).unwrap_or_else(|error| panic!("{error}"));
    assert!(engine.review(&draft("hello", Recipients::Public), Reviewers::RULES).mail.is_none());
}

#[test]
fn all_ten_factors_or_none_have_words() {
    let mut set = set();
    set.mail.factors.retain(|known| known.factor != Factor::Criticises);
    let error = Engine::new(&set).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("`criticises`") && error.contains("[[mail_factor]]"), "{error}");
}
