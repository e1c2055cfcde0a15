//! Finds the mail in a draft that is answered or passed on, lines marked with `>`, and the notices that mail systems add:
//! words that are somebody else's.
//!
//! Where the lines of a message are marked, the words between them are the writer's answers. Where they are not, nothing
//! shows where the message ends, and it goes on to the end of the draft; `heading` says what is a sure enough sign of
//! that, since whatever is taken for somebody else's is no longer judged as the writer's.

use super::heading::{Heading, Reach, heading, is_field};
use super::line::{Line, lines};
use super::notice::notices;
use crate::ByteSpan;

/// Fewer marked lines without a heading are remarks that the draft answers, and not a whole message.
const WHOLE: usize = 3;

/// What a guard puts where a quoted block of an editor ends, in place of the new line.
const BLOCK_END: char = '\u{2029}';

/// Words with which a letter begins.
const GREETINGS: &[&str] = &["dear", "hi", "hello", "hiya", "good", "morning", "afternoon", "annwyl", "helo"];

/// What of a text is somebody else's.
#[derive(Debug, Default)]
pub(crate) struct Answered {
    /// Headings, what stands under them, and marked lines, in order.
    pub(super) spans: Vec<ByteSpan>,
    /// Those of them that are whole messages and notices, in order and without overlaps. Remarks that are answered are none.
    pub(crate) messages: Vec<ByteSpan>,
    /// Those of them that a mail program headed, in order: what was sent to somebody.
    pub(crate) letters: Vec<ByteSpan>,
}

/// What of `text` is somebody else's.
pub(crate) fn answered(text: &str) -> Answered {
    let lines: Vec<Line<'_>> = lines(text);
    let mut found = Answered::default();
    let mut marked = Vec::new();
    let mut headed = None;
    // Only the fields of its own heading stand before.
    let mut first = true;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        if line.text.is_empty() {
            at += 1;
        } else if line.is_marked() {
            marked.push(ByteSpan { start: line.start, end: line.end() });
            first = false;
            at += 1;
        } else if let Some(heading) = heading(rest, first) {
            let (behind, brings) = brings(rest, heading, first);
            first = false;
            let end = match brings {
                Brings::Nothing => None,
                Brings::Marked => rest.get(heading.lines - 1).map(Line::end),
                Brings::Paragraph => rest.get(behind - 1).map(Line::end),
                Brings::Rest => Some(block_end(text, line.start)),
            };
            if let Some(end) = end {
                let span = ByteSpan { start: line.start, end };
                found.spans.push(span);
                if heading.goes_on || !matches!(brings, Brings::Paragraph) {
                    found.messages.push(span);
                }
                if heading.goes_on || heading.reach == Reach::End {
                    found.letters.push(span);
                }
            }
            if matches!(brings, Brings::Marked) {
                headed = headed.max(Some(heading.reach));
            }
            at += match (brings, end) {
                (Brings::Rest, Some(end)) => rest.iter().take_while(|line| line.start < end).count(),
                _ => behind,
            };
        } else {
            first &= is_field(line.text);
            at += 1;
        }
    }
    let notices = own_notices(text, &lines, &found.spans, &marked);
    if headed.is_some() || marked.len() >= WHOLE {
        found.messages.extend_from_slice(&marked);
    }
    if headed == Some(Reach::End) {
        found.letters.extend_from_slice(&marked);
        found.letters.sort_unstable();
    }
    found.messages.extend_from_slice(&notices);
    found.messages.sort_unstable();
    found.spans.extend(marked);
    found.spans.extend(notices);
    found.spans.sort_unstable();
    found
}

/// Where a message ends whose lines are not marked: with the quoted block that it stands in, else with the text.
fn block_end(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|rest| rest.find(BLOCK_END)).map_or(text.len(), |at| from + at)
}

/// The notices outside of what is somebody else's already; both lists are in order.
fn own_notices(text: &str, lines: &[Line<'_>], headed: &[ByteSpan], marked: &[ByteSpan]) -> Vec<ByteSpan> {
    let among = |parts: &[ByteSpan], notice: ByteSpan| {
        let next = parts.partition_point(|part| part.end <= notice.start);
        parts.get(next).is_some_and(|part| part.overlaps(notice))
    };
    let mut found = notices(text, lines);
    found.retain(|notice| !among(headed, *notice) && !among(marked, *notice));
    found
}

/// What stands under a heading.
enum Brings {
    /// Something that marks its own ends.
    Nothing,
    /// Marked lines: only they are the message.
    Marked,
    /// A few words, to the next empty line.
    Paragraph,
    /// The message, to the end.
    Rest,
}

/// What the heading of these lines brings, and how many of them are behind when it is dealt with.
fn brings(lines: &[Line<'_>], heading: Heading, first: bool) -> (usize, Brings) {
    let after = lines.get(heading.lines..).unwrap_or_default();
    let blank = after.iter().take_while(|line| line.text.is_empty()).count();
    let body = after.get(blank..).unwrap_or_default();
    let begins = body.first().map_or("", |line| line.text);
    if heading.goes_on {
        let own = after.iter().take_while(|line| !line.text.is_empty()).count();
        return match heading.reach {
            Reach::End => (lines.len(), Brings::Rest),
            Reach::Paragraph => (heading.lines + own, Brings::Paragraph),
        };
    }
    if body.first().is_some_and(Line::is_marked) {
        return (heading.lines, Brings::Marked);
    }
    let paragraph = body.iter().take_while(|line| !line.text.is_empty() && !line.is_marked()).count();
    let last = body.get(..paragraph).and_then(<[_]>::last).map_or("", |line| line.text);
    let quotes = ['"', '“', '”', '\'', '‘', '’', '«', '»'];
    if heading.by_hand && begins.starts_with(quotes) && last.ends_with(quotes) {
        return (heading.lines, Brings::Nothing);
    }
    let greeting = begins.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    // The name above a column, by which nothing was passed on, greets its readers.
    let byline = first && heading.by_hand;
    if heading.reach == Reach::End || !byline && GREETINGS.contains(&greeting.as_str()) {
        return (lines.len(), Brings::Rest);
    }
    (heading.lines + blank + paragraph, Brings::Paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        answered(text).spans.iter().filter_map(|span| text.get(span.start..span.end)).collect()
    }

    /// What of a draft is left as the writer's own, with the message that stands under `heading` behind it.
    fn all_is_theirs(heading: &str) {
        let message = format!("{heading}\n\nHello,\n\nYou liar.\n\nJane");
        let text = format!("Thank you.\n\n{message}");
        assert_eq!(parts(&text), [message.as_str()], "unmarked, under {heading}");
        let text = format!("Thank you.\n\n{heading}\n\n> You liar.\nI am not.\n>\n> Jane\nBye");
        assert_eq!(parts(&text), [heading, "> You liar.", ">", "> Jane"], "marked, under {heading}");
        let crlf = text.replace('\n', "\r\n");
        assert_eq!(parts(&crlf).len(), 4, "marked, under {heading}, with carriage returns");
    }

    fn all_is_own(text: &str) {
        assert_eq!(parts(text), [""; 0], "{text}");
    }

    #[test]
    fn a_message_in_a_quoted_block_ends_with_it() {
        let heading = "On Mon, 3 Mar 2025 at 14:05, Jane Smith <jane@north-wold.gov.uk> wrote:";
        let message = format!("{heading}\nHello,\n\nYou liar.");
        let text = format!("Thank you.\n{message}\u{2029}Look who talks.");
        assert_eq!(parts(&text), [message.as_str()]);
        let twice = format!("{text}\n{message}");
        assert_eq!(parts(&twice), [message.as_str(), message.as_str()]);
        all_is_own("A block of one's own\u{2029}ends as well.");
    }

    #[test]
    fn who_wrote_when_is_a_heading() {
        for heading in [
            "On Mon, 3 Mar 2025 at 14:05, Jane Smith <jane.smith@north-wold.gov.uk> wrote:",
            "On Mon, Mar 3, 2025 at 2:05\u{202f}PM Jane Smith <jane@north-wold.gov.uk> wrote:",
            "On 3 Mar 2025, at 14:05, Jane Smith <jane@north-wold.gov.uk> wrote:",
            "On 03/03/2025 14:05, Jane Smith wrote:",
            "On 2025-03-03 14:05, Jane Smith wrote:",
            "On Monday, 3 March 2025 at 14:05:09 GMT, Jane Smith <jane@north-wold.gov.uk> wrote:",
            "On Tue, Jane Smith <jane@north-wold.de> wrote:",
            "On Tues night, Jane Smith wrote:",
            "On Tuesday 4th March Cllr Jane Smith wrote:",
            "On Friday you wrote:",
            "Jane Smith wrote:",
            "Jane Smith <jane@north-wold.gov.uk> wrote:",
            "Jane Smith <jane@north-wold.gov.uk> wrote on 03/03/2025 14:05:09:",
            "2025-03-03 14:05 GMT+00:00 Jane Smith <jane@north-wold.gov.uk>:",
            "Quoting Jane Smith <jane@north-wold.gov.uk>:",
            "Ar Llun, 3 Maw 2025 am 14:05, Jane Smith <jane@north-wold.gov.uk> ysgrifennodd:",
        ] {
            all_is_theirs(heading);
        }
    }

    #[test]
    fn a_heading_may_be_wrapped() {
        for heading in [
            "On Mon, 3 Mar 2025 at 14:05, Jane Smith <jane.smith@north-wold.gov.uk>\nwrote:",
            "On Mon, 3 Mar 2025 at 14:05, Jane Smith\n<jane.smith@north-wold.gov.uk> wrote:",
            "On Mon, 3 Mar 2025 at 14:05, Jane Smith of the North Wold Community\nCentre <jane.smith@north-wold.gov.uk>\nwrote:",
            "On 03/03/2025 14:05, Jane\nSmith wrote:",
        ] {
            all_is_theirs(heading);
        }
    }

    #[test]
    fn a_block_of_fields_is_a_heading() {
        for heading in [
            "From: Jane Smith <jane@north-wold.gov.uk>\nSent: 03 March 2025 14:05\nTo: Yeo, Ann (Cllr)\nCc: Members; Clerk\nSubject: RE: Bins",
            "From: Jane Smith\nSent: Monday, March 3, 2025 2:05 PM\nTo: Ann Yeo\nSubject: Bins",
            "From: Jane Smith\nDate: Monday, 3 March 2025 at 14:05\nTo: Ann Yeo\nSubject: Bins",
            "*From:* Jane Smith\n*Sent:* 03 March 2025 14:05\n*To:* Ann Yeo;\nClerk;\nMembers\n*Subject:* Bins",
            "**From:** Jane Smith\n\n**Sent:** 03 March 2025 14:05\n\n**To:** Ann Yeo\n\n**Subject:** Bins",
            "________________________________\nFrom: Jane Smith\nSent: 03 March 2025\nTo: Ann Yeo\nSubject: Bins",
            "-----Original Message-----\nFrom: Jane Smith\nSent: 03 March 2025 14:05\nTo: Ann Yeo\nSubject: Bins",
            "-----Original Message-----",
            "------- Original message -------",
            "---------- Forwarded message ---------\nFrom: Jane Smith <jane@north-wold.gov.uk>\nDate: Mon, 3 Mar 2025 at 14:05\nSubject: Bins\nTo: <ann@north-wold.gov.uk>",
            "-------- Forwarded Message --------",
            "----- Forwarded by Jane Smith/NorthWold on 03/03/2025 14:05 -----",
            "Begin forwarded message:",
            "Oddi wrth: Jane Smith\nAnfonwyd: 03 Mawrth 2025 14:05\nAt: Ann Yeo\nPwnc: Biniau",
        ] {
            let message = format!("{heading}\n\nHello,\n\nYou liar.\n\nJane");
            assert_eq!(parts(&format!("Thank you.\n\n{message}")), [message.as_str()]);
        }
        let flat = "From: Jane Smith Sent: 03 March 2025 14:05 To: Ann Yeo Subject: RE: Bins You liar.";
        assert_eq!(parts(&format!("Thank you.\n{flat}")), [flat]);
        let long = format!("{flat} {}", "The pool shuts. ".repeat(50));
        assert_eq!(parts(&format!("Thank you.\n{long}")), [long.as_str()]);
        let flat = "On Tue, 4 Mar 2025 at 14:05, Jane Smith <jane@north-wold.gov.uk> wrote: You liar.";
        assert_eq!(parts(&format!("Thank you.\n{flat}\n\nAnn")), [flat]);
    }

    #[test]
    fn what_people_write_is_no_heading() {
        for text in [
            "Friends,\n\nOn Monday the cabinet wrote: the pool shuts.\n\nThey are liars.",
            "Friends,\n\nOn Monday the cabinet wrote:\n\nThe pool shuts.\n\nThey are liars.",
            "On Monday I wrote:\n\nThey are liars.",
            "I wrote:\nThey are liars.",
            "This is what the leader wrote:\nThey are liars.",
            "On the subject of bins and all that has gone wrong with them since May\nthe leader wrote:\nThey are liars.",
            "On 3 March 2025 at 14:05 Cllr Hale wrote:\n\n\u{201c}The pool shuts.\u{201d}\n\nHe is a liar.",
            "Our fete\n\nFrom: 10am\nTo: 4pm\nSubject: cakes\n\nThey are liars.",
            "An open letter.\n\nFrom: the residents\nTo: the council\nDate: 3 May\nSubject: your bins\n\nYou are liars.",
            // The draft's own heading.
            "From: Ann Yeo\nSent: 03 March 2025 14:05\nTo: Jane Smith\nSubject: Bins\n\nThey are liars.",
            "To: Jane Smith\nFrom: Ann Yeo\nDate: 03 March 2025 14:05\nSubject: Bins\n\nThey are liars.",
            "Forwarded message: they are liars.",
            // Bylines of a column.
            "Park Ward News\n\nCllr Jo Smith writes:\n\nDear neighbours,\n\nThey are liars.",
            "- forwarded message -\nThey are liars.",
            "________________________________\nThey are liars.",
            ">:( they are liars",
            ">>> THEY ARE LIARS <<<",
            ">50% of them are liars",
        ] {
            all_is_own(text);
        }
    }

    #[test]
    fn a_person_who_quotes_is_quoted_to_the_next_empty_line() {
        assert_eq!(
            parts("Friends,\n\nCllr Hale wrote:\nThe pool shuts,\nwhatever they say.\n\nHe is a liar."),
            ["Cllr Hale wrote:\nThe pool shuts,\nwhatever they say."]
        );
        assert_eq!(
            parts("Cllr Hale wrote:\n\nDear neighbours,\n\nHe is a liar."),
            ["Cllr Hale wrote:\n\nDear neighbours,"]
        );
        assert_eq!(
            parts("On Monday Cllr Hale wrote:\n\nThe pool shuts.\n\nHe is a liar."),
            ["On Monday Cllr Hale wrote:\n\nThe pool shuts."]
        );
    }

    #[test]
    fn notices_under_every_mail_are_nobodys_words() {
        let notice = "This email and its files are confidential and intended solely for the individual to whom\nthey are \
                      addressed. If you have received this email in error please notify the sender.";
        let mail = format!("Dear Jan,\n\nThe light is out.\n\n-- \nAnn\n\n{notice}");
        assert_eq!(parts(&mail).concat(), notice.replacen(". If", ".If", 1));
        let with_own = format!("Dear Jan,\n\n{notice} Cllr Hale is a liar. He always was.\n\nAnn");
        assert!(parts(&with_own).iter().all(|part| !part.contains("liar") && !part.contains("always")));
        let views = "The views in this e-mail are not necessarily those of the council.";
        assert_eq!(parts(&format!("Yes.\n\n{views}")), [views]);
        for text in [
            notice,
            "Dear Jan,\n\nThis email is confidential, please keep it so.",
            "Dear Jan,\n\nHe sent that message in error and is a liar.",
            "Dear Jan,\n\nMy views are not necessarily those of that liar.",
        ] {
            all_is_own(text);
        }
        // In a message that is answered it is part of that.
        assert_eq!(parts(&format!("Yes.\n\nBegin forwarded message:\n\nNo.\n\n{notice}")).len(), 1);
    }

    #[test]
    fn only_whole_messages_are_messages() {
        let messages = |text: &str| answered(text).messages.len();
        assert_eq!(messages("> you lot never listen\n\nWe did"), 0);
        assert_eq!(messages("> one\n\nNo\n\n> two\n\nYes"), 0);
        assert_eq!(messages("> one\n> two\n> three\n\nNo"), 3);
        assert_eq!(messages("On Monday Ann wrote:\n> one\nNo"), 2);
        assert_eq!(messages("On Monday Ann wrote:\none\n\nNo"), 0);
        assert_eq!(messages("No\n\nBegin forwarded message:\n\none"), 1);
    }
}
