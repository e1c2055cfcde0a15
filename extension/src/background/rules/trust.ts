// Whose signatures count. Where the council's policy names keys, only those do, with the successors that they name in
// what they sign; otherwise it is the person who decides.

import type { TrustedKey } from "../../../generated/engine.js";
import type { Policy } from "../policy.js";
import type { RulesState } from "./state.js";

type Trusting = Pick<RulesState, "keys" | "retired">;

/** The keys that open what is installed. */
export function openingKeys(state: Trusting, policy: Pick<Policy, "trustedKeys">): TrustedKey[] {
  return merged(entries(state, policy));
}

/** A key's one line: a policy may hold the whole of a .pub file, with a comment before it. */
const lineOf = (key: string) => key.trim().split("\n").at(-1)?.trim() ?? "";

/** A key stands once for being trusted, and once for each key that named it as its successor. */
function entries(state: Trusting, { trustedKeys }: Pick<Policy, "trustedKeys">): TrustedKey[] {
  const trusted: TrustedKey[] =
    trustedKeys === null
      ? state.keys.filter((key) => key.succeeds === undefined)
      : trustedKeys.map((one) => ({ ...one, key: lineOf(one.key) }));
  for (let before = -1; before !== trusted.length; ) {
    before = trusted.length;
    for (const key of state.keys) {
      if (key.succeeds === undefined || trusted.includes(key)) continue;
      if (trusted.some((known) => known.key === key.succeeds)) trusted.push(key);
    }
  }
  return trusted;
}

/** One entry for each key, with all that it may sign. One that is trusted by itself is nobody's successor. */
function merged(keys: readonly TrustedKey[]): TrustedKey[] {
  const all = new Map<string, TrustedKey>();
  for (const one of keys) {
    const known = all.get(one.key) ?? one;
    const bundles = [...new Set([...known.bundles, ...one.bundles])];
    all.set(one.key, { ...(one.succeeds === undefined ? one : known), bundles });
  }
  return [...all.values()];
}

/**
 * The keys whose new bundles are taken: without what a successor took over. One that may sign nothing any more stays for
 * its place in the succession, since the serials of the whole line count.
 */
export function acceptingKeys(state: Trusting, policy: Pick<Policy, "trustedKeys">): TrustedKey[] {
  const gone = (key: string, bundle: string) =>
    state.retired.some((retired) => retired.key === key && retired.bundle === bundle);
  return entries(state, policy).map((trusted) => ({
    ...trusted,
    bundles: trusted.bundles.filter((bundle) => !gone(trusted.key, bundle)),
  }));
}
