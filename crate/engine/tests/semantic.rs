//! The semantic reviewer against the trainer's reference (`python -m reviewer.golden` in `model/` writes what must be
//! found). The network is tiny; its numbers come from a counter that both sides repeat.
#![expect(clippy::expect_used, reason = "a test that cannot go on says so by panicking")]

use second_reading_engine::ByteSpan;
use second_reading_engine::semantic::{Cut, Memory, Reading, Scope, Segment, Semantic, SemanticError};
use serde::Deserialize;

struct Golden {
    vocabulary: Vec<String>,
    cases: Vec<Case>,
}

/// The first line of the golden file; the others are cases.
#[derive(Deserialize)]
struct Head {
    vocabulary: Vec<String>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    segments: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    start: usize,
    end: usize,
    whole: Vec<f32>,
    /// The first two judgements of each piece.
    pieces: Vec<[f32; 2]>,
}

const WIDTH: usize = 64;
const INNER: usize = 64;
const ATTENTION_HEADS: usize = 2;
const LAYERS: usize = 2;
const PLACES: usize = 160;
const JUDGEMENTS: usize = 12;

/// The usual linear congruence, its upper bits.
struct Counter {
    state: u32,
    file: Vec<u8>,
}

impl Counter {
    fn next(&mut self) -> u32 {
        self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.state >> 8
    }

    fn floats(&mut self, count: usize, middle: f64, reach: f64) {
        for _ in 0..count {
            let number = middle + (f64::from(self.next()) / f64::from(1 << 24) - 0.5) * 2.0 * reach;
            self.file.extend((number as f32).to_le_bytes());
        }
    }

    fn table(&mut self, rows: usize) {
        self.floats(rows, 0.02, 0.01);
        self.whole(rows * WIDTH);
    }

    fn whole(&mut self, count: usize) {
        for _ in 0..count {
            let number = i8::try_from(i64::from(self.next() % 127) - 63).expect("within ±63");
            self.file.extend(number.to_le_bytes());
        }
    }

    fn matrix(&mut self, outputs: usize, inputs: usize) {
        self.floats(outputs, 0.001, 0.0005);
        self.floats(outputs, 0.0, 0.5);
        self.whole(outputs * inputs);
    }

    fn norm(&mut self) {
        self.floats(WIDTH, 1.0, 0.5);
        self.floats(WIDTH, 0.0, 0.5);
    }

    fn head(&mut self) {
        self.floats(JUDGEMENTS, 0.0, 0.5);
        self.floats(JUDGEMENTS * WIDTH, 0.0, 0.5);
    }
}

fn golden() -> Golden {
    let mut lines = include_str!("semantic/golden.jsonl").lines();
    let head: Head =
        serde_json::from_str(lines.next().unwrap_or_default()).expect("the first line is the vocabulary");
    let cases = lines.map(|line| serde_json::from_str(line).expect("a line is a case")).collect();
    Golden { vocabulary: head.vocabulary, cases }
}

fn weights() -> Vec<u8> {
    let golden = golden();
    let vocabulary = golden.vocabulary.join("\n") + "\n";
    let mut counter = Counter { state: 1, file: b"2ndRead1".to_vec() };
    let sizes = [
        LAYERS,
        WIDTH,
        ATTENTION_HEADS,
        INNER,
        PLACES,
        golden.vocabulary.len(),
        JUDGEMENTS,
        vocabulary.len(),
    ];
    for size in sizes {
        counter.file.extend(u32::try_from(size).expect("small").to_le_bytes());
    }
    counter.file.extend(vocabulary.as_bytes());
    counter.floats(JUDGEMENTS * 2, 1.0, 0.5);
    counter.table(golden.vocabulary.len());
    counter.table(PLACES);
    counter.norm();
    for _ in 0..LAYERS {
        counter.matrix(3 * WIDTH, WIDTH);
        counter.matrix(WIDTH, WIDTH);
        counter.norm();
        counter.matrix(INNER, WIDTH);
        counter.matrix(WIDTH, INNER);
        counter.norm();
    }
    counter.head();
    counter.head();
    counter.file
}

fn semantic() -> Semantic {
    Semantic::load(weights().as_slice()).expect("the test's own weights load")
}

#[test]
fn reads_as_the_reference_does() {
    let semantic = semantic();
    for case in golden().cases {
        let mut segments = semantic.segments(&case.text, Scope::default());
        // The reference knows the runs that it was taught by.
        segments.retain(|segment| !segment.is_part());
        assert_eq!(segments.len(), case.segments.len(), "segments of {:?}", case.text);
        for (segment, wanted) in segments.iter().zip(&case.segments) {
            let judged = segment.judged();
            assert_eq!((judged.start, judged.end), (wanted.start, wanted.end), "place in {:?}", case.text);
            let (whole, pieces) = semantic.logits(segment);
            assert_eq!(pieces.len(), wanted.pieces.len(), "pieces of {:?}", case.text);
            for (found, wanted) in whole.iter().zip(&wanted.whole) {
                assert!((found - wanted).abs() < 1e-3, "{found} for {wanted} in {:?}", case.text);
            }
            let wanted = wanted.pieces.as_flattened();
            for (found, wanted) in pieces.iter().flat_map(|piece| &piece[..2]).zip(wanted) {
                // A number on the edge between two whole ones may be rounded the other way, which a single piece feels.
                assert!((found - wanted).abs() < 5e-3, "{found} for {wanted} of a piece in {:?}", case.text);
            }
        }
    }
}

#[test]
fn marks_are_whole_words_inside_what_was_judged() {
    let semantic = semantic();
    for case in golden().cases {
        for segment in semantic.segments(&case.text, Scope::default()) {
            let reading = semantic.read(&segment);
            for marks in &reading.marks {
                assert!(!marks.is_empty(), "nothing marked in {:?}", case.text);
                assert!(marks.is_sorted_by(|a, b| a.end <= b.start), "marks overlap in {:?}", case.text);
                for mark in marks {
                    assert!(case.text.get(mark.start..mark.end).is_some(), "{mark:?} cuts a character");
                    assert!(
                        reading.judged.start <= mark.start && mark.end <= reading.judged.end,
                        "{mark:?} of {:?}",
                        reading.judged
                    );
                }
            }
        }
    }
}

#[test]
fn what_has_no_words_is_not_judged() {
    let semantic = semantic();
    for text in ["\u{1f4aa}\u{1f4aa}\u{1f4aa}", ".!?.!?", "\u{6211}\u{4eec}"] {
        for segment in semantic.segments(text, Scope::default()) {
            let reading = semantic.read(&segment);
            assert!(reading.judged.start == reading.judged.end, "{text}: {reading:?}");
            assert_eq!((reading.any, reading.chances.iter().sum::<f32>()), (0.0, 0.0), "{text}");
            assert!(reading.marks.iter().all(Vec::is_empty), "{text}");
        }
    }
    let [segment] = semantic.segments("the \u{1f4aa}", Scope::default()).try_into().expect("one segment");
    assert!(semantic.read(&segment).any > 0.0);
}

#[test]
fn readings_are_remembered_as_they_were() {
    let semantic = semantic();
    let mut memory = Memory::default();
    // Among the texts are words that are longer than a segment.
    for case in golden().cases {
        for segment in semantic.segments(&case.text, Scope::default()) {
            let reading = memory.read(&semantic, &segment);
            assert_eq!(memory.known(&segment), Some(reading), "in {:?}", case.text);
        }
    }
}

#[test]
fn an_edit_costs_only_the_segments_around_it() {
    let semantic = semantic();
    let mut memory = Memory::default();
    let before = "The road is great. ".repeat(60);
    for segment in semantic.segments(&before, Scope::default()) {
        let reading = memory.read(&semantic, &segment);
        assert_eq!(reading, semantic.read(&segment));
    }
    let after = format!("{before}Vote labour.");
    let changed = semantic
        .segments(&after, Scope::default())
        .iter()
        .filter(|segment| memory.known(segment).is_none())
        .count();
    assert!((1..=2).contains(&changed), "{changed} segments to read again");
    let moved = format!("\n\n{before}");
    for segment in semantic.segments(&moved, Scope::default()) {
        assert_eq!(memory.known(&segment), Some(semantic.read(&segment)), "the same words further on");
    }
}

/// What a text is read as in a passage of its own, which is what its segments are read as.
fn exactly(semantic: &Semantic, text: &str, scope: Scope<'_>) -> Vec<Reading> {
    let readings = semantic.readings(text, scope, &mut Memory::default());
    let mut segments = semantic.segments(text, scope).into_iter();
    for reading in &readings {
        assert!(segments.any(|segment| semantic.read(&segment) == *reading), "{reading:?}, in order");
    }
    readings
}

/// How many segments are read until a text can be shown and until it is read, and what is said of it then.
fn read_on(semantic: &Semantic, memory: &mut Memory, text: &str) -> (usize, usize, [Vec<Reading>; 2]) {
    let mut passage = semantic.begin(text, Scope::default(), memory);
    let (mut first, mut more) = (0, 0);
    while !passage.is_known() {
        passage.step(semantic, memory);
        first += 1;
    }
    let early = passage.readings().cloned().collect();
    while !passage.is_read() {
        passage.step(semantic, memory);
        more += 1;
    }
    (first, more, [early, passage.readings().cloned().collect()])
}

#[test]
fn of_a_changed_draft_what_was_edited_is_read_first_and_in_the_end_all_as_it_stands() {
    let semantic = semantic();
    let sentence = |at: usize| format!("On day {at} we met to talk.");
    let sentences: Vec<String> = (0..30).map(sentence).collect();
    let before = sentences.join(" ");
    let runs = |text: &str| {
        semantic.segments(text, Scope::default()).iter().filter(|segment| !segment.is_part()).count()
    };
    let parts = semantic.segments(&before, Scope::default()).len() - runs(&before);
    assert!(parts > 0, "a longer text is read in parts too");
    let (mut beside, mut shifted) = (0, 0);
    // Longer, shorter, gone, and a new line: where a text is cut, and how far on, changes with each.
    for edit in ["On day one we all met to talk of it.", "Fine.", "", "We\n\nmet."] {
        for at in 0..30 {
            let mut memory = Memory::default();
            let (first, more, [_, read]) = read_on(&semantic, &mut memory, &before);
            assert_eq!((first, more), (runs(&before), parts), "parts are read last");
            assert_eq!(read, exactly(&semantic, &before, Scope::default()));
            assert_eq!(read_on(&semantic, &mut memory, &before).0, 0, "nothing is new");

            let mut edited = sentences.clone();
            edited[at] = edit.to_owned();
            let after = edited.join(" ");
            let (first, more, [early, read]) = read_on(&semantic, &mut memory, &after);
            assert!(first <= 2, "{first} segments are read to show sentence {at} as {edit:?}");
            assert_eq!(read, exactly(&semantic, &after, Scope::default()), "sentence {at} as {edit:?}");
            beside += more;
            shifted += usize::from(more > 2);
            let judged = |readings: &[Reading]| -> String {
                let places = readings.iter().map(|reading| &after[reading.judged.start..reading.judged.end]);
                places.flat_map(str::split_whitespace).collect()
            };
            assert_eq!(judged(&early), judged(&read[..runs(&after)]), "what can be shown is all of it");
            for reading in &early {
                for mark in reading.marks.iter().flatten() {
                    assert!(reading.judged.start <= mark.start && mark.end <= reading.judged.end);
                    assert!(after.get(mark.start..mark.end).is_some_and(|words| !words.is_empty()));
                }
            }
        }
    }
    assert!(beside > 0 && shifted > 0, "no edit reached beyond its segment");
}

/// The test's weights, by which any risk is as much less likely as `less` log-odds make it.
fn less_likely(less: f32) -> Semantic {
    let mut file = weights();
    let vocabulary = golden().vocabulary.join("\n").len() + 1;
    // Behind the mark, eight sizes and the words: a slope and an offset for each judgement, that of any risk last.
    let offset = 8 + 8 * 4 + vocabulary + (JUDGEMENTS * 2 - 1) * 4;
    let number = file[offset..].first_chunk_mut::<4>().expect("a number");
    *number = (f32::from_le_bytes(*number) - less).to_le_bytes();
    Semantic::load(file.as_slice()).expect("the test's own weights load")
}

#[test]
fn parts_of_runs_that_are_clear_are_not_read() {
    let texts: [String; 3] = [
        (0..40).map(|at| format!("On day {at} we met to talk. ")).collect(),
        "We met to talk of the road. ".repeat(8) + &"Vote labour. The road is great. ".repeat(8),
        "Fine. We met. ".repeat(3),
    ];
    let (mut none, mut some, mut all) = (0, 0, 0);
    let log_odds = |chance: f32| (chance / (1.0 - chance)).ln();
    for text in &texts {
        let odds = exactly(&semantic(), text, Scope::default())
            .into_iter()
            .filter(|reading| reading.cut == Cut::Run);
        let odds: Vec<f32> = odds.map(|reading| log_odds(reading.any)).collect();
        let [least, most] = [f32::min, f32::max].map(|of| odds.iter().copied().reduce(of).expect("a run"));
        // All are doubtful, those above the middle are, none is.
        for less in [least - 1.0, f32::midpoint(least, most), most + 1.0] {
            let semantic = less_likely(less - log_odds(0.018));
            let read = exactly(&semantic, text, Scope::default());
            let (parts, runs): (Vec<_>, Vec<_>) = read.iter().partition(|reading| reading.cut != Cut::Run);
            let is_doubtful =
                |judged: ByteSpan| runs.iter().any(|run| run.any >= 0.018 && run.judged.overlaps(judged));
            let cut = semantic.segments(text, Scope::default());
            let (cut, whole): (Vec<_>, Vec<_>) = cut.iter().partition(|segment| segment.is_part());
            assert_eq!(runs.len(), whole.len());
            let wanted: Vec<ByteSpan> =
                cut.iter().map(|part| part.judged()).filter(|judged| is_doubtful(*judged)).collect();
            assert_eq!(parts.iter().map(|part| part.judged).collect::<Vec<_>>(), wanted);
            if !cut.is_empty() {
                let counted = match wanted.len() {
                    0 => &mut none,
                    parts if parts == cut.len() => &mut all,
                    _ => &mut some,
                };
                *counted += 1;
            }
            // In steps, and once more from what is remembered.
            let mut memory = Memory::default();
            let (first, more, [_, in_steps]) = read_on(&semantic, &mut memory, text);
            assert_eq!((first, more), (runs.len(), parts.len()), "nothing is read that is left out");
            assert_eq!(in_steps, read);
            let (first, more, [early, known]) = read_on(&semantic, &mut memory, text);
            assert_eq!((first, more), (0, 0));
            assert_eq!((&early, &known), (&read, &read));
        }
    }
    assert!(none > 0 && some > 0 && all > 0, "{none} without, {some} with some, {all} with all");
}

#[test]
fn sentences_in_which_something_is_suspected_are_read_by_themselves() {
    let text: String =
        (0..40).map(|at| format!("On day {at} we met to talk.{}", [" ", "\n\n"][at % 2])).collect();
    let place = |words: &str| {
        let start = text.find(words).expect("it is there");
        ByteSpan { start, end: start + words.len() }
    };
    let suspected =
        [place("day 3"), place("talk.\n\nOn day 12"), place("met"), ByteSpan { start: 9000, end: 9001 }];
    let sentences = [0, 3, 11, 12].map(|at| place(&format!("On day {at} we met to talk.")));
    let scope = Scope { suspected: &suspected, ..Scope::default() };
    // However clear all of it is.
    let semantic = less_likely(40.0);
    let read = exactly(&semantic, &text, scope);
    let parts: Vec<ByteSpan> =
        read.iter().filter(|reading| reading.cut != Cut::Run).map(|part| part.judged).collect();
    for sentence in sentences {
        assert!(parts.contains(&sentence), "{sentence:?} by itself");
        assert!(parts.iter().filter(|part| part.overlaps(sentence)).count() <= 2, "and in a part");
    }
    assert!(parts.iter().all(|part| suspected.iter().any(|place| place.overlaps(*part))));
    // Where something is found everywhere, parts reach to the end, and not every sentence is read by itself.
    let everywhere = [ByteSpan { start: 0, end: text.len() }];
    let scope = Scope { suspected: &everywhere, ..Scope::default() };
    let judged = |text: &str| {
        semantic.segments(text, scope).into_iter().filter(Segment::is_part).map(|part| part.judged())
    };
    let by_themselves =
        |readings: Vec<Reading>| readings.iter().filter(|read| read.cut == Cut::Sentence).count();
    assert_eq!(by_themselves(exactly(&semantic, &text, scope)), 40);
    let (long, everywhere) = (text.repeat(5), text.len() * 5);
    assert!(judged(&long).any(|part| part.end + 2 == everywhere), "the last part");
    assert!(judged(&long).count() < judged(&text).count() * 3);
    // One that is a run already says nothing new.
    let short = "Fine. On day 3 we met to talk.";
    let whole = [ByteSpan { start: 0, end: short.len() }];
    let count = |text: &str| semantic.segments(text, Scope { suspected: &whole, ..Scope::default() }).len();
    assert_eq!((count("On day 3 we met to talk."), count(short)), (1, 3));
}

#[test]
fn every_sentence_is_judged_among_few_others() {
    let semantic = semantic();
    let text: String = (0..40).map(|at| format!("On day {at} we met to talk. ")).collect();
    for count in 1..40 {
        let text: String = text.split_inclusive(". ").take(count).collect();
        let segments = semantic.segments(&text, Scope::default());
        for (start, sentence) in text.match_indices("On day").map(|(at, _)| (at, "On day 10 we met to talk."))
        {
            let end = text.len().min(start + sentence.len()) - 1;
            let holds = |judged: &ByteSpan| judged.start <= start && end <= judged.end;
            let least =
                segments.iter().map(Segment::judged).filter(holds).map(|judged| judged.end - judged.start);
            assert!(
                least.min().is_some_and(|bytes| bytes <= 4 * sentence.len()),
                "{count} sentences, {start}"
            );
        }
    }
}

#[test]
fn drafts_that_grow_shrink_and_are_left_half_read_are_read_as_they_stand() {
    let semantic = semantic();
    let mut memory = Memory::default();
    let sentences: Vec<String> = (0..40).map(|at| format!("On day {at} we met to talk. ")).collect();
    // From nothing to more than is read at once, and back, each step an edit of the one before.
    for (turn, count) in (0..14).chain([40, 39, 13]).chain((0..13).rev()).enumerate() {
        let text = sentences[..count].concat();
        let [early, read] = read_on(&semantic, &mut memory, &text).2;
        assert_eq!(read, exactly(&semantic, &text, Scope::default()), "{count} sentences");
        assert_eq!(early.is_empty(), count == 0);
        // Somebody types on before all is read.
        let edited = format!("{}Fine. {text}", "We met. ".repeat(turn));
        semantic.begin(&edited, Scope::default(), &mut memory).step(&semantic, &mut memory);
    }
}

#[test]
fn an_edit_that_is_undone_is_known_and_the_next_one_costs_no_more() {
    let semantic = semantic();
    let mut memory = Memory::default();
    let text = "On this day we met to talk. ".repeat(30);
    let edited = |place: usize| format!("{}Fine. {}", &text[..place], &text[place..]);
    let place = "On this day we met to talk. ".len() * 4;
    read_on(&semantic, &mut memory, &text);
    read_on(&semantic, &mut memory, &edited(place));
    assert_eq!(read_on(&semantic, &mut memory, &text).0, 0, "the text of before is known");
    assert!(read_on(&semantic, &mut memory, &edited(place * 5)).0 <= 1, "only the other place is new");
}

#[test]
fn a_reading_that_was_broken_off_is_taken_up_again() {
    let semantic = semantic();
    let mut memory = Memory::default();
    let text = "On this day we met to talk. ".repeat(30);
    let mut passage = semantic.begin(&text, Scope::default(), &mut memory);
    for _ in 0..3 {
        passage.step(&semantic, &mut memory);
    }
    drop(passage);
    let segments = semantic.segments(&text, Scope::default());
    let (first, _, [_, read]) = read_on(&semantic, &mut memory, &text);
    assert!(first < segments.len(), "{first} of {} segments are read anew", segments.len());
    assert_eq!(read, exactly(&semantic, &text, Scope::default()));
}

/// What of a text is judged, run by run, whichever way it is read.
fn judged<'t>(semantic: &Semantic, text: &'t str) -> Vec<&'t str> {
    let segments = semantic.segments(text, Scope::default());
    let runs = segments.iter().filter(|segment| !segment.is_part()).map(|segment| {
        let judged = segment.judged();
        &text[judged.start..judged.end]
    });
    let runs: Vec<&str> = runs.collect();
    let read = read_on(semantic, &mut Memory::default(), text).2;
    let in_steps = read.iter().flatten().map(|reading| reading.judged);
    for place in in_steps.chain(segments.iter().map(Segment::judged)) {
        assert!(runs.iter().any(|run| run.contains(&text[place.start..place.end])), "{place:?} of {text}");
    }
    runs
}

#[test]
fn messages_that_are_answered_or_passed_on_are_not_judged() {
    let semantic = semantic();
    let heading = "On Mon, 3 Mar 2025 at 14:05, Jane \u{1f4aa} <jane@north-wold.gov.uk>\nwrote:";
    let own = "\u{1f4aa} We met to talk.";
    let answered = format!("{own}\n\n{heading}\n\nThe road is great.\n\nVote labour.\n");
    assert_eq!(judged(&semantic, &answered), [own]);
    assert_eq!(
        exactly(&semantic, &answered, Scope::default()),
        exactly(&semantic, own, Scope::default()),
        "what is answered has no say in it"
    );

    let among = format!("Fine.\n\n{heading}\n> The road is great.\n{own}\n> Vote labour.\n>\nWe met.");
    assert_eq!(judged(&semantic, &among), ["Fine.", own, "We met."]);
    for reading in exactly(&semantic, &among, Scope::default()) {
        for mark in reading.marks.iter().flatten() {
            assert!(reading.judged.start <= mark.start && mark.end <= reading.judged.end);
        }
    }
    // A long one is read in parts, none of which reaches over what it leaves out.
    let long = "The road is great. ".repeat(30);
    assert!(judged(&semantic, &format!("{long}\n{heading}\n> {own}\n{long}")).len() > 2);
}

#[test]
fn mail_is_judged_by_itself_where_it_is_put_before_the_public() {
    let semantic = semantic();
    let own = "We met to talk.";
    let heading = "On Mon, 3 Mar 2025 at 14:05, Jane <jane@north-wold.gov.uk> wrote:";
    let mail = format!("{heading}\n\nThe road is great.\n\nVote labour.");
    let text = format!("{own}\n\n{mail}");
    let judged = |public: bool| -> Vec<ByteSpan> {
        let segments = semantic.segments(&text, Scope { public, ..Scope::default() });
        segments.iter().filter(|segment| !segment.is_part()).map(Segment::judged).collect()
    };
    let place = |part: &str| {
        let start = text.find(part).expect("a part of it");
        ByteSpan { start, end: start + part.len() }
    };
    assert_eq!(judged(true), [place(own), place(&mail)]);
    assert_eq!(judged(false), [place(own)]);
    // What others posted is no mail.
    let posted = format!("> The road is great.\n> Vote labour.\n> We met.\n{own}");
    let public = Scope { public: true, ..Scope::default() };
    assert_eq!(semantic.segments(&posted, public), semantic.segments(&posted, Scope::default()));
}

#[test]
fn remarks_and_what_is_all_somebody_elses_are_judged() {
    let semantic = semantic();
    let remark = "> we met to talk\n\nFine.";
    assert_eq!(judged(&semantic, remark), [remark]);
    let quoted = "We met. \"The road is great.\"";
    assert_eq!(judged(&semantic, quoted), [quoted]);
    for all in ["> The road is great.\n> Vote labour.\n> We met.", "Begin forwarded message:\n\nVote labour."]
    {
        assert_eq!(judged(&semantic, all), [all]);
    }
}

#[test]
fn damaged_weights_say_what_is_wrong() {
    let whole = weights();
    let error = |bytes: &[u8]| Semantic::load(bytes).err();
    assert_eq!(error(b"PK\x03\x04"), Some(SemanticError::NotWeights));
    assert_eq!(error(&[whole.as_slice(), b"xyz"].concat()), Some(SemanticError::TooLong(3)));
    for length in (8..whole.len()).step_by(997) {
        assert!(matches!(error(&whole[..length]), Some(SemanticError::CutShort(_))), "cut to {length} bytes");
    }
    for size in 0..8 {
        for value in [0u32, 3, u32::MAX] {
            let mut other = whole.clone();
            other[8 + size * 4..12 + size * 4].copy_from_slice(&value.to_le_bytes());
            assert!(error(&other).is_some(), "size {size} as {value}");
        }
    }
}
