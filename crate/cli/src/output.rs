//! What is printed around and between answers, and values as JSON.

use serde::Serialize;

/// What stands around and between the entries of a format.
pub(crate) struct Frame {
    /// Before the first.
    pub(crate) before: String,
    /// Between two.
    pub(crate) between: &'static str,
    /// At the end of each.
    pub(crate) end: &'static str,
    /// After the last, given whether all input could be used.
    pub(crate) after: fn(bool) -> String,
    /// A line that could not be used is answered in its place, rather than on standard error.
    pub(crate) bad_lines_in_place: bool,
}

/// Appends a value as JSON. Our own shapes have text keys and finite numbers, so none of them can fail.
pub(crate) fn append(out: &mut Vec<u8>, value: &impl Serialize) {
    #[expect(clippy::expect_used)]
    serde_json::to_writer(out, value).expect("a shape of ours is JSON");
}
