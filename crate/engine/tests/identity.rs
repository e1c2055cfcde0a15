//! Who the writer is read as: by rules that show a councillor, rules that take words away, and the person's setting.
#![expect(clippy::panic, reason = "how a test fails")]

use second_reading_engine::{
    Concept, Draft, Engine, IdentityRule, IdentitySetting, IdentityText, Reviewers, RuleSet, Says, Where,
};

const EVERYWHERE: [Where; 5] = [Where::Text, Where::Handle, Where::DisplayName, Where::Bio, Where::Signature];

fn rule(id: &str, says: Says, pattern: &str) -> IdentityRule {
    IdentityRule {
        id: id.to_owned(),
        says,
        places: EVERYWHERE.into(),
        patterns: vec![pattern.to_owned()],
        with: Vec::new(),
        with_draft: Vec::new(),
        unless: Vec::new(),
        unless_draft: Vec::new(),
    }
}

fn engine() -> Engine {
    let set = RuleSet {
        concepts: vec![
            Concept {
                name: "handle-title".to_owned(),
                members: ["cllr", "councillor", "councillors", "fanclub", "mayor", "tecllr"]
                    .map(str::to_owned)
                    .into(),
                ..Concept::default()
            },
            Concept {
                name: "handle-name".to_owned(),
                members: ["dan", "eric", "jo", "ted"].map(str::to_owned).into(),
                ..Concept::default()
            },
        ],
        identity: vec![
            rule("title", Says::Councillor, "<(cllr|councillor|mayor)>"),
            rule("surname", Says::Nothing, "{handle-name} <mayor>"),
            rule("in-fun", Says::Nothing, "<mayor> of the !wirral"),
            rule("ousted", Says::Nothing, "<cllr> {handle-name} out"),
            rule("pay", Says::Nothing, "<councillor> salary"),
            rule("otters", Says::Nothing, "otter by <mayor>"),
            rule("mate", Says::Nothing, "my mate is a <cllr>"),
            rule("candidate", Says::Nothing, "for <mayor>"),
            rule("asked", Says::Nothing, "do i have a <cllr>"),
            rule("savings", Says::Councillor, "<isa>"),
            rule("several", Says::Councillor, "<councillors>"),
            rule("former", Says::Nothing, "<(former|ex) ..1 (cllr|councillor)>"),
            rule("fans", Says::Nothing, "<cllr> ... fanclub"),
            IdentityRule {
                with_draft: vec!["surgery".to_owned()],
                unless_draft: vec!["hospital".to_owned()],
                ..rule("ward", Says::Councillor, "my <ward>")
            },
            rule("words", Says::Nothing, "(the|real) real"),
        ],
        ..RuleSet::default()
    };
    Engine::new(&set).unwrap_or_else(|error| panic!("{error}"))
}

fn evidence(place: Where, text: &str) -> Option<String> {
    let reading = engine().identify(&IdentityText { where_: place, text });
    assert_eq!(reading.identified, reading.evidence.as_ref().map(|_| true), "{text}");
    reading.evidence
}

#[test]
fn words_that_show_nothing_are_taken_away_and_others_stay() {
    for (text, expected) in [
        ("Cllr Oduya", Some("Cllr")),
        ("Former councillor", None),
        ("former town councillor", None),
        ("Former councillor, now councillor again", Some("councillor")),
        ("Baker", None),
    ] {
        assert_eq!(evidence(Where::Bio, text).as_deref(), expected, "{text}");
    }
}

#[test]
fn evidence_in_a_handle_is_the_part_that_shows_it() {
    for (handle, expected) in [
        ("@CllrSmith", Some("Cllr")),
        ("jane_CLLR", Some("CLLR")),
        ("cllrsmith2026", Some("cllr")),
        ("smithcllr", Some("cllr")),
        ("therealcllrsmith", Some("cllr")),
        ("theocllrpenrose", Some("cllr")),
        ("tedcouncillorhulme", Some("councillor")),
        ("mcllroy_dan", None),
        ("dan_macllroy", None),
        ("danmcllrath", None),
        ("mymatecllr", Some("cllr")),
        ("ericllrobson", None),
        ("mayorofthesnug", None),
        ("mayorofthewirral", Some("mayor")),
        ("adamcllrhulme", Some("cllr")),
        ("HulmeforMayor", None),
        ("HulmeForMayor", None),
        ("BalfourMayor", Some("Mayor")),
        ("doihaveacllr", None),
        ("cllrsmithfanclub", None),
        ("ExCllrSmith", None),
        ("mayorjo", Some("mayor")),
        ("mayorhulme", Some("mayor")),
        ("otterbymayor", Some("mayor")),
        ("mayorga", None),
        ("tedmayor", None),
        ("cllrdanhulme", Some("cllr")),
        ("cllrdanout", None),
        ("hulmecouncillorsalary", None),
        ("mymateisacllr", None),
        ("hulmecouncillors", Some("councillors")),
        ("ycouncillorhulme", Some("councillor")),
        ("@", None),
        ("", None),
    ] {
        assert_eq!(evidence(Where::Handle, handle).as_deref(), expected, "{handle}");
    }
}

#[test]
fn conditions_look_at_the_whole_text() {
    assert_eq!(evidence(Where::Text, "Out in my ward. Surgery on Saturday.").as_deref(), Some("ward"));
    assert_eq!(evidence(Where::Text, "Out in my ward."), None);
    assert_eq!(evidence(Where::Text, "Night on my ward. The hospital has no surgery."), None);
}

#[test]
fn quoted_words_are_nobodys_own() {
    assert_eq!(evidence(Where::Text, "He said \"I am a councillor\" and left"), None);
    assert_eq!(evidence(Where::Text, "> I am a councillor\nSo?"), None);
}

#[test]
fn page_content_raises_identity_and_never_lowers_it() {
    let engine = engine();
    let read = |draft: &Draft<'_>| engine.review(draft, Reviewers::RULES).identity;
    let plain = Draft::of("hello");
    assert_eq!(read(&plain).identified, None);
    assert_eq!(read(&Draft { display_name: Some("Former councillor"), ..plain }).identified, None);
    let named = Draft { display_name: Some("Bo"), handle: Some("@cllrbo"), ..plain };
    assert_eq!(read(&named).identified, Some(true));
    assert_eq!(read(&named).evidence.as_deref(), Some("cllr"));
    assert_eq!(read(&Draft::of("As a councillor I agree")).evidence.as_deref(), Some("councillor"));
    let setting = |identity| read(&Draft { identity, ..named }).identified;
    assert_eq!(setting(IdentitySetting::Private), Some(false));
    assert_eq!(setting(IdentitySetting::Councillor), Some(true));
}
