// Finds the bundle that reviews drafts and makes its engine: the one that the council's policy brings, else the one that
// was chosen, else the one before it, else the one of the package. Nothing from storage or policy is believed: each file
// is proved by its signature every time. What could not be used is remembered with the reason, so that the popup can say
// so; there is always something in force unless the package itself is broken.

import init, { acceptBundle, Engine, inspectBundle, type KeptBundle } from "../../../generated/engine.js";
import { today } from "../../shared/day.js";
import type { RulesChoice } from "../../shared/rules.js";
import { packaged, takenIn } from "../packaged.js";
import { type Policy, policy } from "../policy.js";
import { sha256Of } from "../sha256.js";
import { DEFAULT, type Held, type RulesState, sameChoice } from "./state.js";
import { fromText, RulesStore } from "./store.js";
import { openingKeys } from "./trust.js";

export const store = new RulesStore(chrome.storage.local);

export interface Refused {
  readonly byPolicy: boolean;
  readonly reason: string;
}

export interface InForce {
  readonly engine: Engine;
  /** Null where the council's policy brings it. */
  readonly choice: RulesChoice | null;
  /** What was to be in force instead and could not be used. */
  readonly refused: Refused | null;
  /** The engine could not read the election periods of the council's policy: the bundle's own count. */
  readonly electionsUnread: boolean;
  /** Its payload, to tell what another bundle would change. */
  readonly kept: () => Promise<KeptBundle>;
}

type Bytes = Uint8Array<ArrayBuffer>;

interface Opened {
  readonly engine: Engine;
  readonly kept: () => Promise<KeptBundle>;
}

let starting: Promise<unknown> | null = null;

/** Makes the engine's module ready, once. */
export function started(): Promise<unknown> {
  starting ??= packaged(ENGINE_WASM_PATH)
    .then((code) => takenIn(code, (bytes) => init({ module_or_path: bytes })))
    .catch((error: unknown) => {
      starting = null;
      throw error;
    });
  return starting;
}

/** A payload of the package, proved by the hash that was fixed at build. */
export async function builtinPayload({ path, sha256 }: BuiltinBundle): Promise<Bytes> {
  const payload = await packaged(path);
  if ((await sha256Of(payload)) !== sha256)
    throw new Error(`${path} is not whole: install the extension again`);
  return payload;
}

const asWords = (bytes: Bytes) => new TextDecoder().decode(bytes);

/** The payload of a signed file: what follows the empty line after the signature. */
function payloadOf(file: Bytes): string {
  const words = asWords(file);
  return words.slice(words.indexOf("\n\n") + 2);
}

/** Every bundle here of this id that an overlay may build on, proved. */
export async function basesOf(id: string | null, state: RulesState, rules: Policy): Promise<string[]> {
  if (id === null) return [];
  const bases: string[] = [];
  for (const bundle of BUILTIN_BUNDLES.filter((one) => one.id === id)) {
    const payload = await builtinPayload(bundle).catch(() => null);
    if (payload !== null) bases.push(asWords(payload));
  }
  for (const held of state.held.filter((one) => one.id === id && one.base === null)) {
    const file = await store.file(held.file);
    if (file === null) continue;
    try {
      Engine.reopened(file, openingKeys(state, rules), []).free();
      bases.push(payloadOf(file));
    } catch {
      // One that can no longer be proved is no base.
    }
  }
  return bases;
}

async function openBuiltin(id: string): Promise<Opened> {
  const bundle = BUILTIN_BUNDLES.find((one) => one.id === id);
  if (bundle === undefined) throw new Error(`the package holds no bundle ${id}`);
  const payload = await builtinPayload(bundle);
  return {
    engine: await takenIn(payload, (bytes) => Engine.builtin(bytes, bundle.sha256)),
    kept: async () => ({ payload: asWords(await builtinPayload(bundle)) }),
  };
}

function openSigned(file: Bytes, bases: string[], state: RulesState, rules: Policy): Opened {
  const engine = Engine.reopened(file, openingKeys(state, rules), bases);
  return {
    engine,
    kept: async () => {
      // The same choice that the engine made: the newest that fits.
      const base = newest(bases);
      return { payload: payloadOf(file), ...(base === null ? {} : { base }) };
    },
  };
}

function newest(bases: readonly string[]): string | null {
  let found: { readonly words: string; readonly serial: number } | null = null;
  for (const words of bases) {
    const inspection = inspectBundle(new TextEncoder().encode(words));
    const serial = inspection.readable ? inspection.facts.serial : 0;
    if (found === null || serial > found.serial) found = { words, serial };
  }
  return found?.words ?? null;
}

async function openHeld(held: Held, state: RulesState, rules: Policy): Promise<Opened> {
  const file = await store.file(held.file);
  if (file === null) throw new Error(NOT_WHOLE);
  return openSigned(file, await basesOf(held.base, state, rules), state, rules);
}

const NOT_WHOLE = "The file is no longer whole in this browser's storage. Install it again.";
const NOT_BASE64 = "The bundle of the policy is not base64. Encode the whole .srb file anew.";

// ---------------------------------------------------------------- by policy

/** The policy's bundle is decided on in full when it is first met in a session, and proved at every start after that. */
async function openOfPolicy(encoded: string, state: RulesState, rules: Policy): Promise<Opened> {
  let file: Bytes;
  try {
    file = fromText(encoded.replace(/\s+/gu, ""));
  } catch {
    throw new Error(NOT_BASE64);
  }
  const inspection = inspectBundle(file);
  if (!inspection.readable) throw new Error(inspection.refusal.reason);
  const { facts } = inspection;
  const bases = await basesOf(facts.base?.id ?? null, state, rules);
  const TRIED = "policy bundle tried";
  const sha256 = await sha256Of(file);
  const stored: Record<string, unknown> = await chrome.storage.session.get(TRIED);
  if (stored[TRIED] !== sha256) {
    // Past its last day it goes on working, as every bundle does that was good once.
    const late = facts.expires !== null && facts.expires < today();
    const decided = acceptBundle(file, {
      trust: { keys: openingKeys(state, rules), seen: [], builtIn: [] },
      today: late ? facts.issued : today(),
      bases,
      current: null,
    });
    if (!decided.accepted) throw new Error(decided.refusal.reason);
    await chrome.storage.session.set({ [TRIED]: sha256 });
  }
  return openSigned(file, bases, state, rules);
}

// ---------------------------------------------------------------- in force

/**
 * What a choice means today. An update of the package may bring newer rules than those installed: the higher serial wins.
 */
export function meaningOf(choice: RulesChoice, state: RulesState): RulesChoice {
  if (choice.kind === "builtin") return choice;
  const held = state.held.find(({ file }) => file === choice.file);
  const newer = BUILTIN_BUNDLES.find((bundle) => bundle.id === held?.id && bundle.serial >= held.serial);
  return newer === undefined ? choice : { kind: "builtin", id: newer.id };
}

/** What is to be in force today, and what instead where that can't be used. */
export function choices(state: RulesState): readonly RulesChoice[] {
  const wanted = [state.chosen, ...(state.before === null ? [] : [state.before]), DEFAULT].map((choice) =>
    meaningOf(choice, state),
  );
  return wanted.filter((choice, at) => wanted.findIndex((other) => sameChoice(other, choice)) === at);
}

async function open(choice: RulesChoice, state: RulesState, rules: Policy): Promise<Opened> {
  if (choice.kind === "builtin") return openBuiltin(choice.id);
  const held = state.held.find(({ file }) => file === choice.file);
  if (held === undefined) throw new Error(NOT_WHOLE);
  return openHeld(held, state, rules);
}

/** Puts the policy's election periods in place. One entry that the engine cannot read never takes the rules away. */
function takesElections(engine: Engine, { elections }: Policy): boolean {
  if (elections === null) return true;
  try {
    engine.setElections(elections);
    return true;
  } catch {
    return false;
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Rejects only where not even the package's own bundle can be loaded. */
export async function findInForce(): Promise<InForce> {
  const [rules, { state }] = await Promise.all([policy(), store.read(), started()]);
  let refused: Refused | null = null;
  const use = (opened: Opened, choice: RulesChoice | null): InForce => ({
    ...opened,
    choice,
    refused,
    electionsUnread: !takesElections(opened.engine, rules),
  });
  if (rules.bundle !== null) {
    try {
      return use(await openOfPolicy(rules.bundle, state, rules), null);
    } catch (error) {
      refused = { byPolicy: true, reason: reasonOf(error) };
    }
  }
  let failure: unknown = null;
  for (const choice of choices(state)) {
    try {
      return use(await open(choice, state, rules), choice);
    } catch (error) {
      failure ??= error;
      refused ??= { byPolicy: false, reason: reasonOf(error) };
    }
  }
  throw failure;
}
