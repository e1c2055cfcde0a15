// What the options page and the popup say of rules, keys and the council's policy. Reads, and changes nothing.

import {
  type BundleFacts,
  bundleLimitBytes,
  inspectBundle,
  inspectKey,
  type KeyFacts,
} from "../../../generated/engine.js";
import { today } from "../../shared/day.js";
import type { RulesLabel } from "../../shared/messages.js";
import type {
  PolicyView,
  RulesChoice,
  RulesEntry,
  RulesNotice,
  RulesView,
  TrustedKeyEntry,
} from "../../shared/rules.js";
import { bundle, inForce } from "../engine.js";
import { type Policy, policy } from "../policy.js";
import { isMissed } from "../semantic.js";
import { builtinPayload, choices, type InForce, meaningOf, started, store } from "./in-force.js";
import { goingWith, type RulesState, sameChoice } from "./state.js";
import { openingKeys } from "./trust.js";

const expired = ({ expires }: BundleFacts) => expires !== null && expires < today();

/** What is in force, with what it says of itself. */
type Now = Omit<InForce, "engine" | "kept"> & { readonly facts: BundleFacts };

/**
 * Null where no rules are in force. The engine is asked before anything else is waited for: where other rules come into
 * force meanwhile, it is gone.
 */
async function readNow(): Promise<Now | null> {
  try {
    const { engine, choice, refused, electionsUnread } = await inForce();
    return { facts: engine.facts(), choice, refused, electionsUnread };
  } catch {
    return null;
  }
}

/** `now` null where no rules are in force. */
export function policyView(rules: Policy, now: Pick<InForce, "electionsUnread"> | null): PolicyView {
  const electionsUnread = now?.electionsUnread === true;
  return {
    keys: rules.trustedKeys !== null,
    bundle: rules.bundle !== null,
    sites: rules.sites,
    identity: rules.identity,
    allowPostAnyway: rules.allowPostAnyway,
    officer: rules.monitoringOfficer,
    elections: electionsUnread ? null : rules.elections,
    semanticReviewer: rules.semanticReviewer,
    locale: rules.locale,
    unreadable: electionsUnread ? [...rules.unreadable, "elections"] : rules.unreadable,
  };
}

function keyFacts(key: string): KeyFacts | null {
  try {
    return inspectKey(key);
  } catch {
    return null;
  }
}

/** The entry of a choice, or null where its file is not here whole. */
async function entryOf(choice: RulesChoice, state: RulesState): Promise<RulesEntry | null> {
  const held = choice.kind === "installed" ? state.held.find(({ file }) => file === choice.file) : undefined;
  const packaged = choice.kind === "builtin" ? BUILTIN_BUNDLES.find(({ id }) => id === choice.id) : undefined;
  const bytes =
    packaged !== undefined
      ? await builtinPayload(packaged).catch(() => null)
      : held !== undefined
        ? await store.file(held.file)
        : null;
  const inspection = bytes === null ? null : inspectBundle(bytes);
  if (inspection === null || !inspection.readable) return null;
  const { facts } = inspection;
  return { choice, facts, key: held === undefined ? null : keyFacts(held.key), expired: expired(facts) };
}

function signer({ choice, facts }: Now, state: RulesState, rules: Policy): KeyFacts | null {
  if (choice?.kind === "installed") {
    const held = state.held.find(({ file }) => file === choice.file);
    return held === undefined ? null : keyFacts(held.key);
  }
  // The signature names a number only; which trusted key has it was proved when the file was opened.
  const keyId = facts.signature?.keyId;
  const trusted = openingKeys(state, rules).map(({ key }) => keyFacts(key));
  return trusted.find((key) => key?.keyId === keyId) ?? null;
}

function noticeOf({ facts, refused }: Now): RulesNotice | null {
  if (refused !== null) return { kind: "refused", ...refused };
  return facts.expires !== null && expired(facts)
    ? { kind: "expired", authority: facts.authority, expires: facts.expires }
    : null;
}

export async function rulesLabel(): Promise<RulesLabel> {
  const [label, now, { locale }, meaningMissed] = await Promise.all([
    bundle(),
    readNow(),
    policy(),
    isMissed().catch(() => false),
  ]);
  // What is quietly to be said of the rules, if anything. That nothing can be read at all is said in other words.
  const notice = now === null ? null : noticeOf(now);
  return { bundle: label, notice, locale, meaningMissed };
}

function keyEntries(state: RulesState, rules: Policy): TrustedKeyEntry[] {
  return openingKeys(state, rules).flatMap((trusted) => {
    const facts = keyFacts(trusted.key);
    if (facts === null) return [];
    // The very set that goes: the question about it must name all that would be lost.
    const { keys, held } = goingWith(state, facts.key);
    const others = [...keys].filter((key) => key !== facts.key).map(keyFacts);
    return {
      ...facts,
      bundles: trusted.bundles,
      successor: trusted.succeeds !== undefined,
      byPolicy: rules.trustedKeys !== null,
      successors: others.flatMap((other) => (other === null ? [] : [other.words])),
      signed: held.map(({ id, serial }) => ({ id, serial })),
    };
  });
}

/** What a step back would put in force, or null where that is what was chosen now. */
function backTo(state: RulesState): RulesChoice | null {
  if (state.before === null) return null;
  const back = meaningOf(state.before, state);
  return sameChoice(back, meaningOf(state.chosen, state)) ? null : back;
}

/** What is left to say where the engine's module itself is damaged: a file that is dropped then is refused by it. */
async function viewWithoutEngine(): Promise<RulesView> {
  return {
    inForce: null,
    notice: null,
    before: null,
    others: [],
    keys: [],
    limitBytes: Number.MAX_SAFE_INTEGER,
    policy: policyView(await policy(), null),
  };
}

export async function rulesView(): Promise<RulesView> {
  try {
    await started();
  } catch {
    return viewWithoutEngine();
  }
  const [rules, { state }, now] = await Promise.all([policy(), store.read(), readNow()]);
  const current: RulesEntry | null =
    now === null
      ? null
      : {
          choice: now.choice,
          facts: now.facts,
          key: signer(now, state, rules),
          expired: expired(now.facts),
        };
  const chosen = now?.choice ?? choices(state)[0];
  const all: RulesChoice[] = [
    ...BUILTIN_BUNDLES.map(({ id }) => ({ kind: "builtin" as const, id })),
    ...state.held.map(({ file }) => ({ kind: "installed" as const, file })),
  ];
  const others = await Promise.all(
    all
      .filter((choice) => rules.bundle !== null || chosen === undefined || !sameChoice(choice, chosen))
      // Of an issue that the package has a newer one of, only that can be had.
      .filter((choice) => sameChoice(choice, meaningOf(choice, state)))
      .map((choice) => entryOf(choice, state)),
  );
  const back = backTo(state);
  const before = back === null ? null : await entryOf(back, state);
  return {
    inForce: current,
    notice: now === null ? null : noticeOf(now),
    before: before === null ? null : { entry: before, undone: state.undone },
    others: others.filter((entry) => entry !== null),
    keys: keyEntries(state, rules),
    limitBytes: bundleLimitBytes(),
    policy: policyView(rules, now),
  };
}
