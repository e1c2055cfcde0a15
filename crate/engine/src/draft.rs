//! What comes in: a draft, and what is known about where and by whom it will be posted.

use serde::{Deserialize, Serialize};

use crate::Day;

/// Where the draft will appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// A social network or microblog.
    Social,
    /// A forum thread.
    Forum,
    /// A blog post or a comment on one.
    Blog,
    /// A chat or group message.
    Chat,
    /// An e-mail.
    Email,
}

/// Who will receive a mail or group message (Cheshire East 4.9-4.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Recipients {
    /// Councillors of the writer's own political group only.
    SameGroup,
    /// Councillors of other groups too.
    OtherMembers,
    /// A council officer.
    Officer,
    /// A member of the public.
    Public,
    /// Several of these.
    Mixed,
}

/// How the writer appears on this site: the person's own setting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IdentitySetting {
    /// Always as a councillor.
    Councillor,
    /// Find out from the page and the draft.
    #[default]
    Detect,
    /// Never as a councillor: no findings.
    Private,
}

/// One draft and its surroundings.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// The text as typed.
    pub text: &'a str,
    /// Where it will appear, if known.
    pub surface: Option<Surface>,
    /// The person's setting for the site.
    pub identity: IdentitySetting,
    /// The name that the page shows as the writer's.
    pub display_name: Option<&'a str>,
    /// The handle that the page shows as the writer's.
    pub handle: Option<&'a str>,
    /// Today; without it date windows are off.
    pub on: Option<Day>,
    /// Who will receive it, where that is known.
    pub recipients: Option<Recipients>,
}

impl<'a> Draft<'a> {
    /// Whether it is put before the public, as far as is known, and not sent to somebody.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.surface != Some(Surface::Email) && self.recipients.is_none()
    }

    /// A draft of which nothing but the text is known.
    #[must_use]
    pub const fn of(text: &'a str) -> Draft<'a> {
        Draft {
            text,
            surface: None,
            identity: IdentitySetting::Detect,
            display_name: None,
            handle: None,
            on: None,
            recipients: None,
        }
    }
}
