//! A post, as `check` and `bundle diff` read it.

use std::borrow::Cow;

use second_reading_engine::{Draft, Recipients, Surface};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::line;

/// A post: `schemas/check-input.schema.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct Post<'a> {
    /// Its id.
    #[serde(borrow)]
    pub(crate) id: Cow<'a, str>,
    /// Its words.
    #[serde(borrow)]
    pub(crate) text: Cow<'a, str>,
    #[serde(default)]
    surface: Option<Surface>,
    #[serde(borrow, default)]
    display_name: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    handle: Option<Cow<'a, str>>,
    /// Who receives it, where it says so itself.
    #[serde(default)]
    pub(crate) recipients: Option<Recipients>,
}

impl<'a> Post<'a> {
    /// A text without anything beside it.
    pub(crate) fn of_text(source: &'a str, text: &'a str) -> Self {
        Self {
            id: source.into(),
            text: text.into(),
            surface: None,
            display_name: None,
            handle: None,
            recipients: None,
        }
    }

    /// A line of JSON.
    pub(crate) fn of_line(words: &'a str) -> Result<Self, String> {
        line::read(words, Self::of_fields)
    }

    fn of_fields(mut fields: Map<String, Value>) -> Result<Self, String> {
        Ok(Self {
            id: line::required(&mut fields, "id")?.into(),
            text: line::required(&mut fields, "text")?.into(),
            surface: line::choice(&mut fields, "surface", "social, forum, blog, chat or email")?,
            display_name: line::optional(&mut fields, "display_name")?.map(Cow::Owned),
            handle: line::optional(&mut fields, "handle")?.map(Cow::Owned),
            recipients: line::choice(
                &mut fields,
                "recipients",
                "same-group, other-members, officer, public or mixed",
            )?,
        })
    }

    /// The draft that it is; who writes it and when is for the command to say.
    pub(crate) fn draft(&self) -> Draft<'_> {
        Draft {
            surface: self.surface,
            display_name: self.display_name.as_deref(),
            handle: self.handle.as_deref(),
            recipients: self.recipients,
            ..Draft::of(&self.text)
        }
    }
}
