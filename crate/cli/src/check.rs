//! `second-reading check`: posts in, reviews out.

use annotate_snippets::Renderer;
use second_reading_bundle::LoadedBundle;
use second_reading_engine::semantic::{Memory, Semantic};
use second_reading_engine::{Draft, IdentitySetting, Recipients, Reviewers, Verdict};

use crate::arguments::{CheckArguments, Format, Input, ReviewersChosen};
use crate::entry::{Entry, Work};
use crate::outcome::{Failure, Outcome};
use crate::post::Post;
use crate::report::{self, Reviewed, json, sarif, text};
use crate::{loading, reading, stream};

/// Runs the command.
pub(crate) fn run(arguments: CheckArguments) -> Result<Outcome, Failure> {
    let sources = arguments.input.sources().ok_or(Failure::NothingToRead)?;
    let bundle = loading::load(&arguments.bundle)?;
    let (input, format) = (arguments.input.input, arguments.format);
    let reviewers = match arguments.reviewers {
        ReviewersChosen::Rules => Reviewers { rules: true, semantic: false },
        ReviewersChosen::Semantic => Reviewers { rules: false, semantic: true },
        ReviewersChosen::All => Reviewers { rules: true, semantic: true },
    };
    let semantic =
        if reviewers.semantic && bundle.wants_semantic() { Some(loading::semantic()?) } else { None };
    let check = Check {
        bundle,
        semantic,
        input,
        format,
        renderer: text::renderer(),
        on: arguments.on,
        identity: arguments.appears.into(),
        recipients: arguments.recipients.map(Recipients::from),
        reviewers,
    };
    let outcome = stream::run(sources, input == Input::Jsonl, check, report::frame(format))?;
    // Lines to lines is a filter in a pipeline: what it found stands in its output, not in its exit code.
    let filter = input == Input::Jsonl && format == Format::Jsonl;
    Ok(if filter && outcome == Outcome::Raised { Outcome::Good } else { outcome })
}

struct Check {
    bundle: LoadedBundle,
    /// Where it was asked for and the bundle does not do without it.
    semantic: Option<Semantic>,
    input: Input,
    format: Format,
    renderer: Renderer,
    on: Option<second_reading_engine::Day>,
    identity: IdentitySetting,
    recipients: Option<Recipients>,
    reviewers: Reviewers,
}

impl Work for Check {
    fn read(&self, entry: Entry<'_>, out: &mut Vec<u8>) -> Result<Outcome, String> {
        let post = match self.input {
            Input::Text => Post::of_text(entry.source, entry.text),
            Input::Jsonl => Post::of_line(entry.text)?,
        };
        let draft = Draft {
            identity: self.identity,
            on: self.on,
            recipients: post.recipients.or(self.recipients),
            ..post.draft()
        };
        let semantic = self.semantic.as_ref();
        let review = reading::review(&self.bundle, semantic, &draft, self.reviewers, &mut Memory::default());
        let reviewed = Reviewed {
            source: entry.source,
            line: entry.line,
            id: &post.id,
            text: &post.text,
            mark: entry.mark,
            review: &review,
        };
        match self.format {
            Format::Json | Format::Jsonl => json::write(out, reviewed),
            Format::Sarif => sarif::write(out, reviewed),
            Format::Text => text::write(out, &self.renderer, reviewed, |finding| {
                self.bundle.engine.clause_words(finding.category, &finding.clause)
            }),
        }
        Ok(if review.verdict == Verdict::Warn { Outcome::Raised } else { Outcome::Good })
    }
}
