//! The class that the background makes once and asks for every review.

use std::cell::Cell;

use js_sys::Uint8Array;
use second_reading_bundle::{Facts, LoadedBundle, inspect_payload};
use second_reading_engine::semantic::Reading;
use second_reading_engine::{Day, Draft, Election, IdentityText, Reviewers, Unweighed};
use wasm_bindgen::prelude::*;
use web_sys::Performance;

use crate::failure::Failure;
use crate::installing;
use crate::shape::{BundleShape, DraftShape, IdentityShape, IdentityTextShape, ReviewShape, plain};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { BundleLabel } from "../src/shared/messages.js";
import type { Draft, Review } from "../src/shared/review.js";
import type { Reading } from "./semantic.js";

/** Words that may say who writes, and where they stand. */
export interface IdentityText {
  readonly where: "text" | "handle" | "display_name" | "bio" | "signature";
  readonly text: string;
}

/** Whether words identify their writer as a councillor, and by which of them. */
export interface IdentityReading {
  readonly identifies: boolean;
  readonly evidence: string | null;
}

/** The names of the errors that this module throws. */
export type EngineErrorName =
  | "BundleError" | "KeyError" | "CircumstancesError" | "DraftError" | "TooLargeError" | "LimitError" | "ReadError";
"#;

#[wasm_bindgen]
extern "C" {
    /// The clock of whatever runs the module: a window, a worker, Node.
    #[wasm_bindgen(thread_local_v2, js_name = performance)]
    static PERFORMANCE: Option<Performance>;
}

/// A loaded bundle that reviews drafts.
#[wasm_bindgen]
pub struct Engine {
    bundle: LoadedBundle,
    facts: Facts,
    /// Which engine this is, with its elections: what one read another must not weigh.
    number: u32,
    last_review_ms: Cell<Option<f64>>,
}

/// A draft that the rules have read. It holds the draft's words: whoever asked for it frees it with the last answer.
#[wasm_bindgen]
pub struct ReadDraft {
    held: HeldDraft,
    by: u32,
    found: Unweighed,
    /// How long the reading took, until it is counted.
    took_ms: Option<f64>,
}

struct HeldDraft {
    shape: DraftShape,
    /// The words as the engine reads them.
    text: String,
    on: Option<Day>,
}

impl HeldDraft {
    fn draft(&self) -> Draft<'_> {
        Draft {
            text: &self.text,
            surface: self.shape.surface,
            identity: self.shape.identity,
            display_name: self.shape.display_name.as_deref(),
            handle: self.shape.handle.as_deref(),
            on: self.on,
            recipients: self.shape.recipients,
        }
    }
}

#[wasm_bindgen]
impl Engine {
    /// Loads the built-in bundle's payload. Whoever brings it has found its SHA-256, in hex, to be the one fixed at build.
    ///
    /// # Errors
    /// `BundleError` where it does not load.
    pub fn builtin(
        #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &Uint8Array,
        #[wasm_bindgen(js_name = sha256Hex)] sha256_hex: String,
    ) -> Result<Engine, JsValue> {
        // Copied here and not on the way in, so that the copy is let go before the engine is made.
        let payload = bytes.to_vec();
        let (facts, contents) = inspect_payload(&payload, sha256_hex)
            .map_err(|refusal| Failure::UnusableBundle(refusal.to_string()))?;
        drop(payload);
        let bundle = installing::on_base(contents, None)?
            .into_loaded()
            .map_err(|error| Failure::UnusableBundle(error.to_string()))?;
        Ok(Engine::of(bundle, facts))
    }

    /// Loads a signed file that `acceptBundle` took before and that was kept since. It is proved anew, with the keys that
    /// are trusted now; its serial, its dates and its own tests were decided on then. For an overlay, `bases` are the
    /// payloads that it may build on.
    ///
    /// # Errors
    /// `BundleError` where it is refused, `CircumstancesError` where the keys or a base are not of the shape stated.
    pub fn reopened(
        #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &[u8],
        #[wasm_bindgen(unchecked_param_type = "readonly TrustedKey[]")] keys: JsValue,
        bases: Vec<String>,
    ) -> Result<Engine, JsValue> {
        let (facts, bundle) = installing::reopened(bytes, keys, &bases)?;
        Ok(Engine::of(bundle, facts))
    }

    /// Puts other election periods in place of the bundle's, such as those of a council's policy.
    ///
    /// # Errors
    /// `CircumstancesError` where one is not of the shape stated.
    #[wasm_bindgen(js_name = setElections)]
    pub fn set_elections(
        &mut self,
        #[wasm_bindgen(
            unchecked_param_type = "readonly { readonly notice: string; readonly poll: string }[]"
        )]
        elections: JsValue,
    ) -> Result<(), JsValue> {
        let elections: Vec<Election> = serde_wasm_bindgen::from_value(elections)
            .map_err(|error| Failure::Circumstances(error.to_string()))?;
        self.bundle.engine.set_elections(elections);
        self.number = next_number();
        Ok(())
    }

    /// Reads a draft by the rules, to be weighed as the semantic reviewer reads on.
    ///
    /// # Errors
    /// `DraftError` where the draft is not of the shape stated, its date included.
    pub fn read(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Draft")] draft: JsValue,
    ) -> Result<ReadDraft, JsValue> {
        let started = now();
        let shape: DraftShape =
            serde_wasm_bindgen::from_value(draft).map_err(|error| Failure::Draft(error.to_string()))?;
        let on = shape
            .on
            .as_deref()
            .map(str::parse)
            .transpose()
            .map_err(|error| Failure::Draft(format!("`on` is {error}")))?;
        let text = String::from(&shape.text);
        let held = HeldDraft { shape, text, on };
        let found = self.bundle.engine.read(&held.draft(), true);
        let took_ms = started.zip(now()).map(|(started, ended)| ended - started);
        Ok(ReadDraft { held, by: self.number, found, took_ms })
    }

    /// The review of a draft by what the rules found in it and, where it was read by the semantic reviewer too, by what
    /// that read in exactly this text. Spans count UTF-16 code units. What another engine read, or this one before its
    /// elections were set, is read again first.
    ///
    /// # Errors
    /// `DraftError` where a reading is not of the shape stated.
    #[wasm_bindgen(unchecked_return_type = "Review")]
    pub fn weigh(
        &self,
        draft: &mut ReadDraft,
        #[wasm_bindgen(unchecked_optional_param_type = "readonly Reading[] | null")] readings: JsValue,
    ) -> Result<JsValue, JsValue> {
        let started = now();
        let readings: Option<Vec<Reading>> = serde_wasm_bindgen::from_value(readings)
            .map_err(|error| Failure::Draft(format!("a reading of it: {error}")))?;
        let ReadDraft { held, by, found, took_ms } = draft;
        let engine = &self.bundle.engine;
        if *by != self.number {
            *found = engine.read(&held.draft(), true);
            *by = self.number;
        }
        let reviewers = Reviewers { rules: true, semantic: self.bundle.wants_semantic() };
        let review = engine.weigh(&held.draft(), found, reviewers, readings.as_deref().unwrap_or_default());
        let value = plain(&ReviewShape::new(engine, &review, &held.text, &held.shape.text))?;
        let read_ms = took_ms.take().unwrap_or_default();
        self.last_review_ms.set(started.zip(now()).map(|(started, ended)| ended - started + read_ms));
        Ok(value)
    }

    /// Says whether words identify their writer as a councillor.
    ///
    /// # Errors
    /// `DraftError` where the words are not of the shape stated.
    #[wasm_bindgen(unchecked_return_type = "IdentityReading")]
    pub fn identify(
        &self,
        #[wasm_bindgen(unchecked_param_type = "IdentityText")] words: JsValue,
    ) -> Result<JsValue, JsValue> {
        let words: IdentityTextShape =
            serde_wasm_bindgen::from_value(words).map_err(|error| Failure::Draft(error.to_string()))?;
        let reading = self.bundle.engine.identify(&IdentityText { where_: words.place, text: &words.text });
        let identifies = reading.identified == Some(true);
        Ok(plain(&IdentityShape {
            identifies,
            evidence: reading.evidence.as_deref().filter(|_| identifies),
        })?)
    }

    /// Which bundle this is.
    ///
    /// # Errors
    /// None in practice: three plain fields.
    #[wasm_bindgen(unchecked_return_type = "BundleLabel")]
    pub fn bundle(&self) -> Result<JsValue, JsValue> {
        Ok(plain(&BundleShape {
            id: &self.bundle.id,
            serial: self.bundle.serial,
            authority: &self.bundle.authority,
        })?)
    }

    /// Whether this bundle wants the semantic reviewer and has given it something to say.
    #[wasm_bindgen(js_name = wantsSemantic)]
    #[must_use]
    pub fn wants_semantic(&self) -> bool {
        self.bundle.wants_semantic()
    }

    /// All that this bundle says of itself.
    ///
    /// # Errors
    /// None in practice: plain fields.
    #[wasm_bindgen(unchecked_return_type = "BundleFacts")]
    pub fn facts(&self) -> Result<JsValue, JsValue> {
        Ok(plain(&self.facts)?)
    }

    /// How long the last review took, in milliseconds, shapes included; undefined before the first.
    #[wasm_bindgen(js_name = lastReviewMs)]
    #[must_use]
    pub fn last_review_ms(&self) -> Option<f64> {
        self.last_review_ms.get()
    }
}

impl Engine {
    fn of(bundle: LoadedBundle, facts: Facts) -> Engine {
        Engine { bundle, facts, number: next_number(), last_review_ms: Cell::new(None) }
    }
}

fn next_number() -> u32 {
    thread_local! {
        static LAST: Cell<u32> = const { Cell::new(0) };
    }
    LAST.with(|last| {
        last.set(last.get().wrapping_add(1));
        last.get()
    })
}

fn now() -> Option<f64> {
    PERFORMANCE.with(|performance| performance.as_ref().map(Performance::now))
}
