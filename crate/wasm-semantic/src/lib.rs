//! The semantic reviewer's JavaScript face: a module of its own beside the engine's, because it is compiled twice, with
//! the vector instructions that every browser has and with the relaxed ones that most have, and because a browser in
//! which it is switched off never loads it.
//!
//! A caller makes a `SemanticReader` once, a `Memory` for each composer, and a `Passage` for each draft, and takes one
//! step at a time, so that it can stop between any two. A passage can be shown once something is known of every word, and
//! is read when its runs and what may say more were read as they stand. Readings are plain objects that go to `Engine.weigh` as they are; places
//! in them count bytes of the UTF-8 text. What this must not know: levels, messages, pages and settings.

use js_sys::Uint8Array;
use second_reading_engine::semantic::{self, Scope, Semantic, WeightBytes};
use second_reading_engine::{Utf16Span, byte_spans};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A half-open range of bytes of the UTF-8 text. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What one segment was read as: chances from 0 to 1, categories in the order of the protocol. */
export interface Reading {
  readonly judged: ByteRange;
  readonly chances: readonly number[];
  readonly any: number;
  /** A run of whole sentences, a part of one that is read once more, or a sentence that is read by itself. */
  readonly cut: "run" | "part" | "sentence";
  readonly marks: readonly (readonly ByteRange[])[];
}
"#;

/// The loaded weights.
#[wasm_bindgen]
pub struct SemanticReader {
    semantic: Semantic,
}

#[wasm_bindgen]
impl SemanticReader {
    /// Reads the file of weights; whoever brings it has checked its hash.
    ///
    /// # Errors
    /// `WeightsError` where it is no such file or is not whole.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Uint8Array")] weights: &Uint8Array,
    ) -> Result<SemanticReader, JsValue> {
        match Semantic::load(Held { weights, taken: 0 }) {
            Ok(semantic) => Ok(SemanticReader { semantic }),
            Err(problem) => {
                let error = js_sys::Error::new(&problem.to_string());
                error.set_name("WeightsError");
                Err(error.into())
            }
        }
    }

    /// Cuts a text into what is read at once, and looks up what is remembered of it; nothing is read yet. Others' mail in it
    /// is read only where it is put before the `public`, and not sent. Sentences in which rules found something are read by
    /// themselves too: `suspected` holds where, a start and an end in UTF-16 code units for each place.
    #[must_use]
    pub fn begin(&self, text: &str, public: bool, suspected: &[u32], memory: &mut Memory) -> Passage {
        let places = suspected.as_chunks::<2>().0.iter();
        let places = places.map(|[start, end]| Utf16Span { start: *start as usize, end: *end as usize });
        let suspected = &byte_spans(text, &places.collect::<Vec<_>>())[..];
        Passage { passage: self.semantic.begin(text, Scope { public, suspected }, &mut memory.memory) }
    }
}

/// Bytes that JavaScript holds: each part is copied once, to where it stays.
struct Held<'a> {
    weights: &'a Uint8Array,
    taken: u32,
}

impl WeightBytes for Held<'_> {
    fn left(&self) -> usize {
        self.weights.length().saturating_sub(self.taken) as usize
    }

    fn fill(&mut self, into: &mut [u8]) {
        // Who asks has made sure that so many are left, and an array's length is a `u32`.
        let end = self.taken.saturating_add(u32::try_from(into.len()).unwrap_or(u32::MAX));
        self.weights.subarray(self.taken, end).copy_to(into);
        self.taken = end;
    }
}

/// What was read of one composer, so that an edit costs the segments it touches.
#[wasm_bindgen]
#[derive(Default)]
pub struct Memory {
    memory: semantic::Memory,
}

#[wasm_bindgen]
impl Memory {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Memory {
        Memory::default()
    }
}

/// One text under way.
#[wasm_bindgen]
pub struct Passage {
    passage: semantic::Passage,
}

#[wasm_bindgen]
impl Passage {
    /// Reads one segment: of those that nothing is known of the first, else the first that was not read just as it
    /// stands. Nothing where all is read.
    pub fn step(&mut self, reader: &SemanticReader, memory: &mut Memory) {
        self.passage.step(&reader.semantic, &mut memory.memory);
    }

    /// Whether something is known of every word: it can be shown, though parts may be yet to be read.
    #[wasm_bindgen(getter, js_name = isKnown)]
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.passage.is_known()
    }

    /// Whether every run was read just as it stands, and every part that may say more.
    #[wasm_bindgen(getter, js_name = isRead)]
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.passage.is_read()
    }

    /// What is known so far, in the order of the text.
    ///
    /// # Errors
    /// None in practice: plain numbers.
    #[wasm_bindgen(unchecked_return_type = "Reading[]")]
    pub fn readings(&self) -> Result<JsValue, JsValue> {
        let known: Vec<&semantic::Reading> = self.passage.readings().collect();
        Ok(known.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
    }
}
