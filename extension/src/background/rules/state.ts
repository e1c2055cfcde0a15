// What is kept of installed rules, apart from the files themselves: which bundle was chosen, which was before, whom the
// person trusts, and the highest serials ever seen. All changes are pure: a state in, a state out. Whether a file may be
// trusted at all is decided elsewhere, by its signature.

import type { Consequences, SeenSerial, TrustedKey } from "../../../generated/engine.js";
import type { RulesChoice } from "../../shared/rules.js";

/** An installed file, under the SHA-256 of its bytes. What it says of itself is proved by its signature, not by this. */
export interface Held {
  readonly file: string;
  readonly id: string;
  readonly serial: number;
  /** The key that signed it. */
  readonly key: string;
  /** The id of the bundle that it builds on, for an overlay. */
  readonly base: string | null;
}

export interface RulesState {
  readonly chosen: RulesChoice;
  readonly before: RulesChoice | null;
  /** True where `before` is what the person went back from. */
  readonly undone: boolean;
  readonly held: readonly Held[];
  readonly keys: readonly TrustedKey[];
  /** What keys may sign no longer since a successor took over. What they signed before still opens. */
  readonly retired: Consequences["retire"];
  readonly seen: readonly SeenSerial[];
}

/** The bundle of the package that is in force where nothing else is. */
export const DEFAULT: RulesChoice = { kind: "builtin", id: BUILTIN_BUNDLES[0]?.id ?? "" };

export const NOTHING_INSTALLED: RulesState = {
  chosen: DEFAULT,
  before: null,
  undone: false,
  held: [],
  keys: [],
  retired: [],
  seen: [],
};

export function sameChoice(one: RulesChoice, other: RulesChoice): boolean {
  return one.kind === "builtin"
    ? other.kind === "builtin" && one.id === other.id
    : other.kind === "installed" && one.file === other.file;
}

/** Of each id the newest is kept, besides what is in force and what was before. */
function pruned(state: RulesState): RulesState {
  const wanted = (held: Held) =>
    [state.chosen, state.before].some(
      (choice) => choice?.kind === "installed" && choice.file === held.file,
    ) || state.held.every((other) => other.id !== held.id || other.serial <= held.serial);
  return { ...state, held: state.held.filter(wanted) };
}

/** The highest serial of each key and bundle in both lists. */
function highestOf(one: readonly SeenSerial[], other: readonly SeenSerial[]): SeenSerial[] {
  const highest = new Map<string, SeenSerial>();
  for (const seen of [...one, ...other]) {
    const name = `${seen.key} ${seen.bundle}`;
    if ((highest.get(name)?.serial ?? 0) < seen.serial) highest.set(name, seen);
  }
  return [...highest.values()];
}

/** Another bundle in force; the one until now can be gone back to. */
export function choosing(state: RulesState, choice: RulesChoice): RulesState {
  if (sameChoice(choice, state.chosen)) return state;
  return pruned({ ...state, chosen: choice, before: state.chosen, undone: false });
}

/** A file that was accepted, with what follows from that. */
export function installing(state: RulesState, held: Held, { seen, trust, retire }: Consequences): RulesState {
  const keys = trust.filter((key) => !state.keys.some((known) => sameTrust(known, key)));
  const named = ({ key, bundle }: RulesState["retired"][number]) =>
    trust.some((one) => one.key === key && one.bundles.includes(bundle));
  return choosing(
    {
      ...state,
      held: [...state.held.filter(({ file }) => file !== held.file), held],
      keys: [...state.keys, ...keys],
      // A former key that is named again signs again.
      retired: [...state.retired.filter((one) => !named(one)), ...retire],
      seen: highestOf(state.seen, seen),
    },
    { kind: "installed", file: held.file },
  );
}

const sameTrust = (one: TrustedKey, other: TrustedKey) =>
  one.key === other.key &&
  one.succeeds === other.succeeds &&
  other.bundles.every((id) => one.bundles.includes(id));

/** What was in force before is in force again, and what was in force can be had back by the same step. */
export function goingBack(state: RulesState): RulesState {
  if (state.before === null) return state;
  return { ...state, chosen: state.before, before: state.chosen, undone: !state.undone };
}

/** A key that the person compared. Adding it again gives it these bundles, and lets it sign what it had retired from. */
export function trusting(state: RulesState, key: string, bundles: readonly string[]): RulesState {
  return {
    ...state,
    keys: [...state.keys.filter((known) => known.key !== key), { key, bundles }],
    retired: state.retired.filter((retired) => retired.key !== key),
  };
}

/**
 * What goes with a key: it and those that only it, or one that goes too, named as successors, and the files that any of
 * them signed. One that somebody trusts by hand stays, also where a key that goes named it later.
 */
export function goingWith(
  state: Pick<RulesState, "keys" | "held">,
  key: string,
): { readonly keys: ReadonlySet<string>; readonly held: readonly Held[] } {
  const there = new Set(state.keys.map((known) => known.key));
  const stays = new Set<string>();
  /** Whether it is trusted by itself, or named by one that stays: keys may name each other in a circle. */
  const holds = ({ succeeds }: TrustedKey) =>
    succeeds === undefined || stays.has(succeeds) || (succeeds !== key && !there.has(succeeds));
  for (let before = -1; before !== stays.size; ) {
    before = stays.size;
    for (const known of state.keys) if (known.key !== key && holds(known)) stays.add(known.key);
  }
  const keys = new Set([key, ...there].filter((known) => !stays.has(known)));
  return { keys, held: state.held.filter((one) => keys.has(one.key)) };
}

/** A key and those it named as successors go, and with them what they signed. Serials that were seen stay seen. */
export function distrusting(state: RulesState, key: string): RulesState {
  const { keys: gone } = goingWith(state, key);
  const held = state.held.filter((one) => !gone.has(one.key));
  const stands = (choice: RulesChoice | null): RulesChoice | null =>
    choice?.kind === "installed" && !held.some(({ file }) => file === choice.file) ? null : choice;
  const [chosen, before] = [stands(state.chosen), stands(state.before)];
  return {
    ...state,
    chosen: chosen ?? before ?? DEFAULT,
    before: chosen === null ? null : before,
    undone: chosen !== null && before !== null && state.undone,
    held,
    // That a key which goes named one that stays is no more to be remembered.
    keys: state.keys.filter(
      ({ key: known, succeeds }) => !gone.has(known) && (succeeds === undefined || !gone.has(succeeds)),
    ),
    retired: state.retired.filter((retired) => !gone.has(retired.key)),
  };
}

// ---------------------------------------------------------------- from storage

type Entries = Readonly<Record<string, unknown>>;

const isEntries = (value: unknown): value is Entries =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isSerial = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
const isListOf = <T>(value: unknown, is: (one: unknown) => one is T): value is readonly T[] =>
  Array.isArray(value) && value.every(is);

function isChoice(value: unknown): value is RulesChoice {
  if (!isEntries(value)) return false;
  return value["kind"] === "builtin"
    ? isText(value["id"])
    : value["kind"] === "installed" && isText(value["file"]);
}

const isHeld = (value: unknown): value is Held =>
  isEntries(value) &&
  ["file", "id", "key"].every((name) => isText(value[name])) &&
  isSerial(value["serial"]) &&
  (value["base"] === null || isText(value["base"]));

const isKey = (value: unknown): value is TrustedKey =>
  isEntries(value) &&
  isText(value["key"]) &&
  isListOf(value["bundles"], isText) &&
  (value["succeeds"] === undefined || isText(value["succeeds"]));

const isRetired = (value: unknown): value is RulesState["retired"][number] =>
  isEntries(value) && isText(value["key"]) && isText(value["bundle"]);

const isSeen = (value: unknown): value is SeenSerial =>
  isEntries(value) && isText(value["key"]) && isText(value["bundle"]) && isSerial(value["serial"]);

/** Whether a value has the whole shape of a state: anything less is as good as lost. */
export function isState(value: unknown): value is RulesState {
  return (
    isEntries(value) &&
    isChoice(value["chosen"]) &&
    (value["before"] === null || isChoice(value["before"])) &&
    typeof value["undone"] === "boolean" &&
    isListOf(value["held"], isHeld) &&
    isListOf(value["keys"], isKey) &&
    isListOf(value["retired"], isRetired) &&
    isListOf(value["seen"], isSeen)
  );
}
