//! Reads a line of JSON field by field, to say in words what is wrong with it. The words never repeat the post.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Reads a line the quick way, which fails without a reason that a person can use; a line that it refuses is read again
/// by `slowly`, field by field, to find one.
pub(crate) fn read<'a, T: Deserialize<'a>>(
    line: &'a str,
    slowly: impl FnOnce(Map<String, Value>) -> Result<T, String>,
) -> Result<T, String> {
    // An array would pass for an object with its fields in order.
    if line.trim_ascii_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(line)
    {
        return Ok(value);
    }
    slowly(fields(line)?)
}

/// The fields of the object that the line is.
fn fields(line: &str) -> Result<Map<String, Value>, String> {
    match serde_json::from_str(line) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err("not a JSON object; write {\"id\": \"…\", \"text\": \"…\"}".into()),
        Err(error) => {
            // The column is enough to find it; what serde_json adds may quote the post.
            let what = if error.is_eof() { "JSON that breaks off" } else { "not JSON" };
            Err(format!("{what} at column {}; write one whole object a line", error.column()))
        }
    }
}

/// A text that must be there.
pub(crate) fn required(fields: &mut Map<String, Value>, name: &str) -> Result<String, String> {
    match fields.remove(name) {
        Some(Value::String(text)) => Ok(text),
        Some(_) => Err(format!("\"{name}\" is not a string")),
        None => Err(format!("no \"{name}\"; give it as a string")),
    }
}

/// A text that may be there.
pub(crate) fn optional(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match fields.remove(name) {
        Some(Value::String(text)) => Ok(Some(text)),
        None | Some(Value::Null) => Ok(None),
        Some(_) => Err(format!("\"{name}\" is not a string")),
    }
}

/// One of a few words, where it is there.
pub(crate) fn choice<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    name: &str,
    words: &str,
) -> Result<Option<T>, String> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            serde_json::from_value(value).map(Some).map_err(|_| format!("\"{name}\" is not one of {words}"))
        }
    }
}
