//! `second-reading identify`: whether words identify their writer as a councillor (12.2).

use std::borrow::Cow;

use second_reading_bundle::LoadedBundle;
use second_reading_engine::{IdentityText, Where};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::arguments::{Format, IdentifyArguments, Input, Place};
use crate::entry::{Entry, Work};
use crate::outcome::{Failure, Outcome};
use crate::output::append;
use crate::shown::shown;
use crate::{line, loading, report, stream};

/// Runs the command.
pub(crate) fn run(arguments: IdentifyArguments) -> Result<Outcome, Failure> {
    let sources = arguments.input.sources().ok_or(Failure::NothingToRead)?;
    let bundle = loading::load(&arguments.bundle)?;
    let input = arguments.input.input;
    let format = arguments.format.into();
    let identify = Identify { bundle, input, format, place: arguments.place.into() };
    stream::run(sources, input == Input::Jsonl, identify, report::frame(format))
}

impl From<Place> for Where {
    fn from(place: Place) -> Self {
        match place {
            Place::Text => Where::Text,
            Place::Handle => Where::Handle,
            Place::DisplayName => Where::DisplayName,
            Place::Bio => Where::Bio,
            Place::Signature => Where::Signature,
        }
    }
}

struct Identify {
    bundle: LoadedBundle,
    input: Input,
    format: Format,
    place: Where,
}

/// The answer: `schemas/identify-output.schema.json`.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    identifies: bool,
    evidence: Option<&'a str>,
}

impl Work for Identify {
    fn read(&self, entry: Entry<'_>, out: &mut Vec<u8>) -> Result<Outcome, String> {
        let words = match self.input {
            Input::Text => Words { id: entry.source.into(), place: self.place, text: entry.text.into() },
            Input::Jsonl => Words::of_line(entry.text)?,
        };
        let reading = self.bundle.engine.identify(&IdentityText { where_: words.place, text: &words.text });
        let identifies = reading.identified == Some(true);
        let evidence = reading.evidence.as_deref().filter(|_| identifies);
        let answer = Answer { id: &words.id, identifies, evidence };
        if self.format == Format::Text {
            let verdict = if answer.identifies { "identifies as a councillor" } else { "does not" };
            out.extend_from_slice(format!("{}: {verdict}", shown(answer.id)).as_bytes());
            if let Some(evidence) = answer.evidence {
                out.extend_from_slice(format!(" ({})", shown(evidence)).as_bytes());
            }
        } else {
            append(out, &answer);
        }
        Ok(Outcome::Good)
    }
}

/// Words and where they stand: `schemas/identify-input.schema.json`.
#[derive(Deserialize)]
struct Words<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(rename = "where")]
    place: Where,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

impl<'a> Words<'a> {
    fn of_line(words: &'a str) -> Result<Self, String> {
        line::read(words, Self::of_fields)
    }

    fn of_fields(mut fields: Map<String, Value>) -> Result<Self, String> {
        let places = "text, handle, display_name, bio or signature";
        Ok(Self {
            id: line::required(&mut fields, "id")?.into(),
            place: line::choice(&mut fields, "where", places)?
                .ok_or_else(|| format!("no \"where\"; give one of {places}"))?,
            text: line::required(&mut fields, "text")?.into(),
        })
    }
}
