// Whose signatures count. Where the council's policy names keys, only those do, with the successors that they name in
// what they sign; otherwise it is the person who decides.

import type { TrustedKey } from "../../../generated/engine.js";
import type { Policy } from "../policy.js";
import type { RulesState } from "./state.js";

type Trusting = Pick<RulesState, "keys" | "retired">;

/** The keys that open what is installed. */
export function openingKeys(state: Trusting, { trustedKeys }: Pick<Policy, "trustedKeys">): TrustedKey[] {
  const trusted: TrustedKey[] = [...(trustedKeys ?? state.keys.filter((key) => key.succeeds === undefined))];
  for (let before = -1; before !== trusted.length; ) {
    before = trusted.length;
    for (const key of state.keys) {
      if (key.succeeds === undefined || trusted.includes(key)) continue;
      if (trusted.some((known) => known.key === key.succeeds)) trusted.push(key);
    }
  }
  return merged(trusted);
}

/** One entry for each key, with all that it may sign: the engine asks only the first that fits. */
function merged(keys: readonly TrustedKey[]): TrustedKey[] {
  const all = new Map<string, TrustedKey>();
  for (const one of keys) {
    const known = all.get(one.key);
    const bundles = [...new Set([...(known?.bundles ?? []), ...one.bundles])];
    all.set(one.key, { ...one, ...known, bundles });
  }
  return [...all.values()];
}

/** The keys whose new bundles are taken: without what a successor took over. */
export function acceptingKeys(state: Trusting, policy: Pick<Policy, "trustedKeys">): TrustedKey[] {
  const gone = (key: string, bundle: string) =>
    state.retired.some((retired) => retired.key === key && retired.bundle === bundle);
  return openingKeys(state, policy)
    .map((trusted) => ({
      ...trusted,
      bundles: trusted.bundles.filter((bundle) => !gone(trusted.key, bundle)),
    }))
    .filter(({ bundles }) => bundles.length > 0);
}
