// The semantic reviewer, once for the whole browser: its module and weights are made ready when a composer first gets the
// focus and let go when nobody has written for a while. Which module is taken is for the browser to say: the faster one
// where it compiles.

import init, { type Memory, type Reading, SemanticReader } from "../../generated/semantic.js";
import type { DraftReading, Switch } from "../shared/messages.js";
import { placesIn, type Review } from "../shared/review.js";
import { wantsSemantic } from "./engine.js";
import { packaged, packagedLarge, takenIn } from "./packaged.js";
import { policy } from "./policy.js";
import { line } from "./queue.js";
import { sha256Of } from "./sha256.js";

/** After so long without a draft the weights are let go. A browser stops the whole background sooner, as a rule. */
const IDLE_MS = 120_000;
const KEY = "semantic";
const FAILED = "semantic failed";

let loading: Promise<SemanticReader> | null = null;
/** The weights are not those of the package: another try would find them so again. */
let damaged = false;
let idle: ReturnType<typeof setTimeout> | null = null;

/** The faster module wants instructions that not every browser has. */
async function startModule(): Promise<void> {
  for (const path of SEMANTIC_WASM_PATHS) {
    const module = await packaged(path);
    // Anything else that keeps a module from starting is a fault, and is told as one.
    if (!WebAssembly.validate(module)) continue;
    await takenIn(module, (code) => init({ module_or_path: code }));
    return;
  }
  throw new Error("This browser can run none of the semantic reviewer's modules");
}

const notWhole = () => new Error(`${WEIGHTS.path} is not whole`);

async function load(): Promise<SemanticReader> {
  if (damaged) throw notWhole();
  const [weights] = await Promise.all([packagedLarge(WEIGHTS.path, WEIGHTS.bytes), startModule()]);
  return takenIn(weights, async () => {
    // The browser hashes them elsewhere while the module takes them in.
    const hash = sha256Of(weights);
    const reader = new SemanticReader(weights);
    if ((await hash) === WEIGHTS.sha256) return reader;
    reader.free();
    damaged = true;
    throw notWhole();
  });
}

const inLine = line();

/** Whether the last load failed, kept where it outlives the background, which is most often stopped before anyone asks. */
function noteFailure(failed: boolean): void {
  const { session } = chrome.storage;
  // Unkept, it only goes untold until the next load.
  inLine(() => (failed ? session.set({ [FAILED]: true }) : session.remove(FAILED))).catch(() => {});
}

async function failedLast(): Promise<boolean> {
  const found = await inLine(() => chrome.storage.session.get<Record<string, unknown>>(FAILED));
  return found[FAILED] === true;
}

/** Rejects where it cannot be loaded; the next draft tries again. */
export function semantic(): Promise<SemanticReader> {
  loading ??= load().then(
    (reader) => {
      noteFailure(false);
      return reader;
    },
    (error: unknown) => {
      loading = null;
      noteFailure(true);
      throw error;
    },
  );
  if (idle !== null) clearTimeout(idle);
  idle = setTimeout(letGo, IDLE_MS);
  return loading;
}

function letGo(): void {
  const reader = loading;
  loading = null;
  reader?.then(
    (loaded) => loaded.free(),
    () => {},
  );
}

/** Other tasks, such as a newer draft, come first. */
function others(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * What it reads in a draft that rules have read, one segment a task; null where `stale` says in between that nobody
 * waits any more. Words that were read before with others around them are read last, and then parts of what is
 * long and not clear as a whole or by the rules: where there are such, `early` is told first what is known then.
 */
export async function readMeaning(
  { text, surface }: DraftReading,
  byRules: Review,
  memory: Memory,
  stale: () => boolean,
  early: (readings: readonly Reading[]) => Promise<void> = async () => {},
): Promise<readonly Reading[] | null> {
  const loaded = semantic();
  const reader = await loaded;
  // Whoever waited may be gone after each wait, and so may the weights, if this took longer than anyone writes.
  const isOver = () => stale() || loading !== loaded;
  await others();
  if (isOver()) return null;
  const passage = reader.begin(text, surface !== "email", placesIn(byRules), memory);
  try {
    const readOn = async (isDone: () => boolean) => {
      while (!isDone()) {
        passage.step(reader, memory);
        await others();
        if (isOver()) return false;
      }
      return true;
    };
    if (!(await readOn(() => passage.isKnown))) return null;
    if (!passage.isRead) await early(passage.readings());
    if (isOver() || !(await readOn(() => passage.isRead))) return null;
    return passage.readings();
  } finally {
    passage.free();
  }
}

// ---------------------------------------------------------------- whether it reads at all

let known: Promise<boolean> | null = null;
chrome.storage.local.onChanged.addListener((changes) => {
  if (KEY in changes) known = null;
});

async function stored(): Promise<boolean> {
  const found: Record<string, unknown> = await chrome.storage.local.get(KEY);
  return found[KEY] !== false;
}

/** What the person chose: on, unless they said otherwise. */
export function isChosen(): Promise<boolean> {
  // A failed read is forgotten, so that the next draft tries again.
  known ??= stored().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

/** The person's choice; the council's policy and the rules in force have the last word. */
export async function choose(on: boolean): Promise<void> {
  await chrome.storage.local.set({ [KEY]: on });
  known = null;
  if (!on) letGo();
}

/** Whether drafts are read for their meaning too. */
export async function isOn(): Promise<boolean> {
  const { semanticReviewer } = await policy();
  return (semanticReviewer ?? (await isChosen())) && (await wantsSemantic());
}

/** How things stand, for the pages. */
export async function state(): Promise<Switch> {
  const { semanticReviewer } = await policy();
  return {
    on: semanticReviewer ?? (await isChosen()),
    byPolicy: semanticReviewer !== null,
    // Where no rules can be had at all, that is said elsewhere; the switch stays the person's.
    offByRules: !(await wantsSemantic().catch(() => true)),
    failed: await failedLast(),
  };
}

/** Whether drafts are to be read for their meaning and could not be when that was last wanted. */
export async function isMissed(): Promise<boolean> {
  const { on, offByRules, failed } = await state();
  return on && !offByRules && failed;
}

/** Starts loading, so that the first draft finds it ready. A failure shows in the popup and on the options page. */
export function warmUp(): void {
  isOn()
    .then((on) => (on ? semantic() : null))
    .catch(() => {});
}
