//! Bundles that a person or a council brings: looked into, decided on, and made into an engine.
//!
//! Deciding is a pure function of the file and of what the caller says of trust, day and bundles at hand. A refusal is
//! an answer, not an error: it comes back as an object with a machine id and a reason for people.

use second_reading_bundle::{
    Accepted, Changes, Circumstances, Consequences, Contents, Facts, KeyFacts, LoadedBundle, MOST_BYTES,
    Payload, Refusal, Reopened, SigningKey, TrustStore, TrustedKey, accept, inspect, reopen,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::failure::Failure;
use crate::shape::plain;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A key, for people. */
export interface KeyFacts {
  /** One line of base64 that starts with `RW`; equal keys are equal texts. */
  readonly key: string;
  /** Its number, as `minisign` prints it: 16 hexadecimal digits. It proves nothing. */
  readonly keyId: string;
  /** Eight words that two people compare. */
  readonly words: string;
}

/** What a bundle says of itself. Proved where it comes with an acceptance, only read where it comes of `inspectBundle`. */
export interface BundleFacts {
  readonly id: string;
  readonly authority: string;
  readonly serial: number;
  /** YYYY-MM-DD. */
  readonly issued: string;
  /** YYYY-MM-DD, its last day. */
  readonly expires: string | null;
  readonly locale: string;
  /** The title of the document that its clauses are of; null where an overlay leaves it to its base. */
  readonly document: string | null;
  /** What it builds on, if it is an overlay: a bundle id and the lowest serial that will do. */
  readonly base: { readonly id: string; readonly serial: number } | null;
  /** Rules that it brings itself, rules of its base that it switches off, sentences that it brings to be tried by. */
  readonly rules: number;
  readonly rulesOff: number;
  readonly selfTests: number;
  /** In hex. */
  readonly payloadSha256: string;
  readonly payloadBytes: number;
  /** The key that will sign after this bundle. */
  readonly successor: KeyFacts | null;
  readonly signature: { readonly keyId: string; readonly trustedComment: string } | null;
}

export interface TrustedKey {
  readonly key: string;
  /** The ids of the bundles that it may sign. */
  readonly bundles: readonly string[];
  /** The key that named this one as its successor. */
  readonly succeeds?: string;
}

/** The highest serial of a bundle ever accepted under a key. */
export interface SeenSerial {
  readonly key: string;
  readonly bundle: string;
  readonly serial: number;
}

/** Whom to trust, and what was here before. */
export interface TrustStore {
  readonly keys: readonly TrustedKey[];
  readonly seen: readonly SeenSerial[];
  /** The bundles of the package; an installed one of the same id counts only above their serial. */
  readonly builtIn: readonly { readonly bundle: string; readonly serial: number }[];
}

/** A payload that is kept, with its base if it is an overlay. */
export interface KeptBundle {
  readonly payload: string;
  readonly base?: string;
}

/** The circumstances of an acceptance. */
export interface Circumstances {
  readonly trust: TrustStore;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Payloads that an overlay may build on: the built-in ones and those installed. */
  readonly bases: readonly string[];
  /** What reviews drafts now, to tell what would change; null for nothing. */
  readonly current: KeptBundle | null;
}

export interface RuleChange {
  readonly rule: string;
  readonly category: string;
  /** `unsettled`: it stood in any case, and now the semantic reviewer may let go what it finds; told beside the others. */
  readonly change:
    | "added" | "removed" | "stricter" | "milder" | "rewritten" | "settled" | "unsettled" | "reworded";
  readonly before: "notice" | "warn" | null;
  readonly after: "notice" | "warn" | null;
  /** Why the rule speaks, in its own words. */
  readonly reason: string;
  readonly example: string | null;
}

/** What a bundle changes for somebody who has the current one. */
export interface BundleChanges {
  readonly rules: readonly RuleChange[];
  /** Ids of clauses that are new, gone or of other words. */
  readonly clauses: readonly string[];
  /** Kinds of risk that are of another clause, other words or another name. */
  readonly categories: readonly string[];
  /** Whether the clauses are quoted from another document, or as somebody else's words. */
  readonly document: boolean;
  /** Whether other words spare what stands beside them, or make it count. */
  readonly readings: boolean;
  /** Whether a finding must be more or less sure to show, or to hold a post. */
  readonly thresholds: boolean;
  readonly identity: boolean;
  readonly mail: boolean;
  readonly elections: boolean;
  readonly reviewers: boolean;
  readonly texts: boolean;
}

/** What is to be kept in the trust store once the bundle is in force. */
export interface Consequences {
  readonly seen: readonly SeenSerial[];
  readonly trust: readonly TrustedKey[];
  readonly retire: readonly { readonly key: string; readonly bundle: string }[];
}

export type RefusalId =
  | "unsigned" | "unknown-key" | "wrong-key" | "altered" | "old-serial" | "not-for-this-bundle" | "expired"
  | "not-yet-valid" | "newer-schema" | "failing-self-tests" | "too-large" | "slow-patterns" | "truncated"
  | "not-utf8" | "malformed" | "no-base";

/** Why a bundle is not taken; `reason` is a sentence or two for the person, with the way out. */
export interface Refusal {
  readonly id: RefusalId;
  readonly reason: string;
}

export type Inspection =
  | { readonly readable: true; readonly facts: BundleFacts }
  | { readonly readable: false; readonly refusal: Refusal };

export type Acceptance =
  | {
      readonly accepted: true;
      readonly facts: BundleFacts;
      /** The payload as it was signed. Keep the file itself: `Engine.reopened` proves it anew. */
      readonly payload: string;
      /** For an overlay, the base among those given that it was tried on. */
      readonly base: string | null;
      readonly key: KeyFacts;
      readonly changes: BundleChanges;
      readonly consequences: Consequences;
    }
  | { readonly accepted: false; readonly refusal: Refusal };
"#;

#[derive(Deserialize)]
struct KeptShape {
    payload: String,
    #[serde(default)]
    base: Option<String>,
}

#[derive(Deserialize)]
struct CircumstancesShape {
    trust: TrustStore,
    today: String,
    bases: Vec<String>,
    current: Option<KeptShape>,
}

#[derive(Serialize)]
struct RefusalShape {
    id: &'static str,
    reason: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum InspectionShape {
    Readable { readable: bool, facts: Box<Facts> },
    Refused { readable: bool, refusal: RefusalShape },
}

#[derive(Serialize)]
#[serde(untagged)]
enum AcceptanceShape<'a> {
    Accepted {
        accepted: bool,
        facts: Box<Facts>,
        payload: &'a str,
        base: Option<&'a str>,
        key: KeyFacts,
        changes: Box<Changes>,
        consequences: Consequences,
    },
    Refused {
        accepted: bool,
        refusal: RefusalShape,
    },
}

impl From<Refusal> for RefusalShape {
    fn from(refusal: Refusal) -> RefusalShape {
        RefusalShape { id: refusal.id(), reason: refusal.to_string() }
    }
}

/// The largest bundle file that is read, in bytes: the limit for `bytesOfBlob` and `bytesOfResponse`.
#[wasm_bindgen(js_name = bundleLimitBytes)]
#[must_use]
pub fn bundle_limit_bytes() -> f64 {
    // A few million: exact.
    #[expect(clippy::cast_precision_loss)]
    let limit = MOST_BYTES as f64;
    limit
}

/// Reads a public key: the line that starts with `RW`, or a whole `.pub` file.
///
/// # Errors
/// `KeyError` where it is none, with the way out.
#[wasm_bindgen(js_name = inspectKey, unchecked_return_type = "KeyFacts")]
pub fn inspect_key(words: &str) -> Result<JsValue, JsValue> {
    let key = SigningKey::parse(words).map_err(|error| Failure::Key(error.to_string()))?;
    Ok(plain(&KeyFacts::from(&key))?)
}

/// Reads what a bundle file says of itself, signed or not. Nothing of it is proved.
///
/// # Errors
/// None in practice: a file that cannot be read is an answer too.
#[wasm_bindgen(js_name = inspectBundle, unchecked_return_type = "Inspection")]
pub fn inspect_bundle(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &[u8],
) -> Result<JsValue, JsValue> {
    Ok(plain(&match inspect(bytes) {
        Ok((facts, _)) => InspectionShape::Readable { readable: true, facts: Box::new(facts) },
        Err(refusal) => InspectionShape::Refused { readable: false, refusal: refusal.into() },
    })?)
}

/// Decides on a signed bundle file: proves it, loads it, runs its self-tests, and says what it would change. Nothing is
/// kept or put in force by this.
///
/// # Errors
/// `CircumstancesError` where the circumstances are not of the shape stated, the payloads among them included.
#[wasm_bindgen(js_name = acceptBundle, unchecked_return_type = "Acceptance")]
pub fn accept_bundle(
    #[wasm_bindgen(unchecked_param_type = "Uint8Array")] bytes: &[u8],
    #[wasm_bindgen(unchecked_param_type = "Circumstances")] circumstances: JsValue,
) -> Result<JsValue, JsValue> {
    let given: CircumstancesShape = serde_wasm_bindgen::from_value(circumstances)
        .map_err(|error| Failure::Circumstances(error.to_string()))?;
    let today = given.today.parse().map_err(|error| Failure::Circumstances(format!("`today` is {error}")))?;
    let bases = given.bases.iter().map(|words| payload(words, None)).collect::<Result<Vec<Payload>, _>>()?;
    let current =
        given.current.as_ref().map(|kept| payload(&kept.payload, kept.base.as_deref())).transpose()?;
    let decided = accept(
        bytes,
        &Circumstances { trust: &given.trust, today, bases: &bases, current: current.as_ref() },
    );
    Ok(plain(&match decided {
        Ok(accepted) => shape(accepted, &given.bases, &bases)?,
        Err(refusal) => AcceptanceShape::Refused { accepted: false, refusal: refusal.into() },
    })?)
}

fn shape<'a>(
    accepted: Accepted<'a>,
    given: &'a [String],
    bases: &[Payload],
) -> Result<AcceptanceShape<'a>, Failure> {
    let Accepted { facts, payload, base, key, changes, consequences, .. } = accepted;
    let base = base.and_then(|base| {
        let (words, _) = given.iter().zip(bases).find(|(_, payload)| std::ptr::eq(*payload, base))?;
        Some(words.as_str())
    });
    Ok(AcceptanceShape::Accepted {
        accepted: true,
        facts: Box::new(facts),
        payload,
        base,
        key: KeyFacts::from(&key),
        changes: Box::new(changes),
        consequences,
    })
}

/// A file that was accepted before, proved anew with the keys that are trusted now.
pub(crate) fn reopened(
    bytes: &[u8],
    keys: JsValue,
    bases: &[String],
) -> Result<(Facts, LoadedBundle), Failure> {
    let keys: Vec<TrustedKey> =
        serde_wasm_bindgen::from_value(keys).map_err(|error| Failure::Circumstances(error.to_string()))?;
    let bases = bases.iter().map(|words| payload(words, None)).collect::<Result<Vec<Payload>, _>>()?;
    let trust = TrustStore { keys, ..TrustStore::default() };
    let Reopened { facts, loaded } =
        reopen(bytes, &trust, &bases).map_err(|refusal| Failure::Refused(refusal.to_string()))?;
    Ok((facts, loaded))
}

/// The bundle of a payload that was accepted before, on its base if it is an overlay.
fn payload(words: &str, base: Option<&str>) -> Result<Payload, Failure> {
    on_base(Contents::parse(words).map_err(unusable)?, base)
}

/// What reviews drafts: the contents themselves, or on their base.
pub(crate) fn on_base(contents: Contents, base: Option<&str>) -> Result<Payload, Failure> {
    let base = base.map(|base| payload(base, None)).transpose()?;
    contents.on(base.as_ref()).map_err(unusable)
}

fn unusable(refusal: Refusal) -> Failure {
    Failure::UnusableBundle(refusal.to_string())
}
