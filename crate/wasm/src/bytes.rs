//! The bytes of what a browser hands over: an answer to a fetch of a packaged file, a file that a person dropped.
//!
//! Both take a limit, so that a wrong file costs a message and not the memory of the browser.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader, Response};

use crate::failure::Failure;

/// The largest whole number that a JavaScript number holds exactly.
const LARGEST_EXACT: f64 = 9_007_199_254_740_991.0;

#[wasm_bindgen]
extern "C" {
    /// What one read of a stream of bytes gives.
    type Piece;

    #[wasm_bindgen(method, getter)]
    fn done(this: &Piece) -> bool;

    #[wasm_bindgen(method, getter)]
    fn value(this: &Piece) -> Option<Uint8Array>;
}

/// The bytes of a response, read as they come and no further than `limitBytes`.
///
/// # Errors
/// `ReadError` where the response is not ok, was read before or breaks off; `TooLargeError` beyond the limit;
/// `LimitError` where the limit is no number of bytes.
#[wasm_bindgen(js_name = bytesOfResponse, unchecked_return_type = "Uint8Array")]
pub async fn bytes_of_response(
    response: Response,
    #[wasm_bindgen(js_name = limitBytes)] limit_bytes: f64,
) -> Result<Uint8Array, JsValue> {
    let limit = whole_number(limit_bytes)?;
    if !response.ok() {
        return Err(Failure::Status(response.status()).into());
    }
    if response.body_used() {
        return Err(Failure::Unread("its body was read before".into()).into());
    }
    let Some(stream) = response.body() else {
        return Ok(Uint8Array::new_with_length(0));
    };
    // A second reader would be an exception thrown through Rust, which nothing here could catch.
    if stream.locked() {
        return Err(Failure::Unread("something else is reading its body".into()).into());
    }
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes: Vec<u8> = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|thrown| Failure::unread(&thrown))?;
        let piece: Piece = piece.unchecked_into();
        if piece.done() {
            return Ok(Uint8Array::from(bytes.as_slice()));
        }
        let Some(value) = piece.value() else { continue };
        if bytes.len() as u64 + u64::from(value.length()) > limit {
            // What the source does with the cancellation is no business of ours; the error below is the answer.
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(Failure::TooLarge { limit }.into());
        }
        bytes.extend(value.to_vec());
    }
}

/// The bytes of a file or blob of at most `limitBytes`; a larger one is not read at all.
///
/// # Errors
/// `TooLargeError` beyond the limit; `ReadError` where the browser cannot read it (any more); `LimitError` where the
/// limit is no number of bytes.
#[wasm_bindgen(js_name = bytesOfBlob, unchecked_return_type = "Uint8Array")]
pub async fn bytes_of_blob(
    blob: Blob,
    #[wasm_bindgen(js_name = limitBytes)] limit_bytes: f64,
) -> Result<Uint8Array, JsValue> {
    let limit = whole_number(limit_bytes)?;
    if blob.size() > limit_bytes {
        return Err(Failure::TooLarge { limit }.into());
    }
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|thrown| Failure::unread(&thrown))?;
    Ok(Uint8Array::new(&buffer))
}

fn whole_number(limit_bytes: f64) -> Result<u64, Failure> {
    if limit_bytes.fract() != 0.0 || !(0.0..=LARGEST_EXACT).contains(&limit_bytes) {
        return Err(Failure::NotALimit);
    }
    // A whole number within the bounds checked above.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Ok(limit_bytes as u64)
}
