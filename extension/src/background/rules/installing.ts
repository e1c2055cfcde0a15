// What the person does with rules on the options page: look at a file, take it, choose another bundle, go back, trust a
// key or no longer. Each change is decided, written and read back before the engine is replaced and the guards are told
// to ask again; whatever fails on the way leaves the present rules in force. What the council's policy decides cannot be
// changed here.

import { type Acceptance, acceptBundle, inspectKey } from "../../../generated/engine.js";
import { today } from "../../shared/day.js";
import type { Considered, KeyReading, RulesChoice } from "../../shared/rules.js";
import { inForce, swapRules } from "../engine.js";
import { refreshGuards } from "../guards.js";
import { policy } from "../policy.js";
import { line } from "../queue.js";
import { sha256Of } from "../sha256.js";
import { basesOf, started, store } from "./in-force.js";
import {
  choosing,
  distrusting,
  goingBack,
  type Held,
  installing,
  type RulesState,
  sameChoice,
  trusting,
} from "./state.js";
import { fromText } from "./store.js";
import { acceptingKeys } from "./trust.js";

const inLine = line();

type Bytes = Uint8Array<ArrayBuffer>;

/** New rules are in force: from here on every draft, also one being typed, is read by them. */
export async function renew(): Promise<void> {
  await swapRules();
  await refreshGuards();
}

async function change(next: (state: RulesState) => RulesState, file: Bytes | null): Promise<void> {
  const { state } = await store.read();
  await store.write(next(state), file);
  await renew();
}

async function decide(file: Bytes): Promise<Acceptance> {
  await started();
  const [rules, { state }, now] = await Promise.all([policy(), store.read(), inForce().catch(() => null)]);
  const circumstances = {
    trust: {
      keys: acceptingKeys(state, rules),
      seen: state.seen,
      builtIn: BUILTIN_BUNDLES.map(({ id, serial }) => ({ bundle: id, serial })),
    },
    today: today(),
    current: now === null ? null : await now.kept(),
  };
  const first = acceptBundle(file, { ...circumstances, bases: [] });
  if (first.accepted || first.refusal.id !== "no-base") return first;
  // Only an overlay needs the others here.
  const ids = new Set([...BUILTIN_BUNDLES, ...state.held].map(({ id }) => id));
  const bases = await Promise.all([...ids].map((id) => basesOf(id, state, rules)));
  return acceptBundle(file, { ...circumstances, bases: bases.flat() });
}

function asConsidered(decided: Acceptance): Considered {
  if (!decided.accepted) return decided;
  const { facts, key, changes } = decided;
  return { accepted: true, facts, key, changes };
}

/** What the file is and would change, or why it is refused. Nothing is kept. */
export async function consider(file: string): Promise<Considered> {
  return asConsidered(await decide(fromText(file)));
}

/** Puts the file's rules in force, decided on once more: what was shown before may no longer hold. */
export function install(file: string): Promise<Considered> {
  return inLine(async () => {
    await mayChoose();
    const bytes = fromText(file);
    const decided = await decide(bytes);
    if (!decided.accepted) return asConsidered(decided);
    const held: Held = {
      file: await sha256Of(bytes),
      id: decided.facts.id,
      serial: decided.facts.serial,
      key: decided.key.key,
      base: decided.facts.base?.id ?? null,
    };
    await change((state) => installing(state, held, decided.consequences), bytes);
    return asConsidered(decided);
  });
}

async function mayChoose(): Promise<void> {
  if ((await policy()).bundle !== null)
    throw new Error("the council's policy decides which rules are in force");
}

async function mayTrust(): Promise<void> {
  if ((await policy()).trustedKeys !== null) throw new Error("the council's policy decides whom to trust");
}

export function choose(choice: RulesChoice): Promise<void> {
  return inLine(async () => {
    await mayChoose();
    const { state } = await store.read();
    const known =
      choice.kind === "builtin"
        ? BUILTIN_BUNDLES.some(({ id }) => id === choice.id)
        : state.held.some(({ file }) => file === choice.file);
    if (!known) throw new Error("a bundle that is not here");
    if (!sameChoice(state.chosen, choice)) await change((now) => choosing(now, choice), null);
  });
}

export function goBack(): Promise<void> {
  return inLine(async () => {
    await mayChoose();
    await change(goingBack, null);
  });
}

export async function readKey(words: string): Promise<KeyReading> {
  await started();
  try {
    return { readable: true, key: inspectKey(words) };
  } catch (error) {
    return { readable: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

export function trust(key: string, bundles: readonly string[]): Promise<void> {
  return inLine(async () => {
    await mayTrust();
    await started();
    const known = inspectKey(key).key;
    const ids = [...new Set(bundles.map((id) => id.trim()))].filter((id) => id !== "");
    if (ids.length === 0) throw new Error("a key that may sign nothing");
    await change((state) => trusting(state, known, ids), null);
  });
}

export function distrust(key: string): Promise<void> {
  return inLine(async () => {
    await mayTrust();
    await change((state) => distrusting(state, key), null);
  });
}
