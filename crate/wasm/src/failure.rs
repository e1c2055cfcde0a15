//! What can go wrong at the boundary, as JavaScript `Error` objects.

use wasm_bindgen::JsValue;

/// What went wrong. `name()` is what callers branch on; the message says what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("the bundle cannot be loaded: {0}")]
    UnusableBundle(String),
    #[error("{0}")]
    Refused(String),
    #[error("{0}")]
    Key(String),
    #[error("the circumstances are not of the shape that is read: {0}")]
    Circumstances(String),
    #[error("the draft is not of the shape that the engine reads: {0}")]
    Draft(String),
    #[error("the review could not be handed over: {0}")]
    Review(String),
    #[error("larger than the {limit} bytes that are read; choose a smaller file")]
    TooLarge { limit: u64 },
    #[error("the limit is not a number of bytes; give a whole number from 0 on")]
    NotALimit,
    #[error("the answer has status {0}; nothing was read")]
    Status(u16),
    #[error("it could not be read: {0}")]
    Unread(String),
}

impl Failure {
    /// The `name` of the JavaScript error.
    fn name(&self) -> &'static str {
        match self {
            Failure::Refused(_) | Failure::UnusableBundle(_) => "BundleError",
            Failure::Key(_) => "KeyError",
            Failure::Circumstances(_) => "CircumstancesError",
            Failure::Draft(_) | Failure::Review(_) => "DraftError",
            Failure::TooLarge { .. } => "TooLargeError",
            Failure::NotALimit => "LimitError",
            Failure::Status(_) | Failure::Unread(_) => "ReadError",
        }
    }

    /// Something the browser threw while bytes were read.
    pub(crate) fn unread(thrown: &JsValue) -> Self {
        let words = js_sys::Object::from(thrown.clone()).to_string();
        Failure::Unread(words.into())
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        let error = js_sys::Error::new(&failure.to_string());
        error.set_name(failure.name());
        error.into()
    }
}
