//! Where a command may write.

use std::path::Path;

use second_reading_bundle::key_in;

use crate::outcome::Failure;

/// Refuses an output that is a key, or one of the files it is made from: a secret key that was written over is gone.
pub(super) fn spare<'a>(output: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<(), Failure> {
    // What is not there yet is none of them.
    let Ok(there) = output.canonicalize() else { return Ok(()) };
    let same = |input: &Path| input.canonicalize().is_ok_and(|input| input == there);
    let is_key = || std::fs::read_to_string(&there).is_ok_and(|words| key_in(&words).is_some());
    if inputs.into_iter().any(same) || is_key() {
        return Err(Failure::InTheWay(output.to_owned()));
    }
    Ok(())
}
