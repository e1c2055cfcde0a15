// Notices whether drafts leave their composers after an act: emptied, taken out of the page, or the page itself left.
// It listens to what changes in the page for a bounded time, and then stops.

import { type Composer, composersBelow } from "./composers.js";
import { read } from "./reading.js";
import { watchSending } from "./sending.js";

/**
 * `changed` is the person writing on; it says nothing of the act. `leaving`: still there, but the browser is on its way
 * with it, and the server has not answered yet, or the answer comes up elsewhere.
 */
export type Departure = "left" | "navigated" | "leaving" | "changed" | "stayed";

/** What counts as a change: anything; other words, since a line may begin before a site sends; or nothing at all. */
export type Counting = "any" | "words" | "none";

/**
 * A draft that merely moved into another composer has not left: an editor changed its mode, or a line began before the
 * first word of a box.
 */
function stoodAgain(text: string): boolean {
  return composersBelow(document).some((composer) => read(composer).text.trim() === text.trim());
}

const inOneLine = (text: string) => text.replace(/[\r\n]/gu, "");

const letters = (text: string) => text.replace(/\P{L}/gu, "");

/** Whether `now` is still the draft: written on, or set otherwise by the page's own tools, at its beginning too. */
function isStill(now: string, before: string): boolean {
  const length = Math.min(now.length, before.length, 8);
  if (now.slice(0, length) === before.slice(0, length)) return true;
  if (now.length < before.length) return false;
  return now.slice(-length) === before.slice(-length) || letters(now).includes(letters(before));
}

function look(texts: ReadonlyMap<Composer, string>, counting: Counting): "left" | "changed" | null {
  for (const [composer, before] of texts) {
    if (!composer.isConnected) {
      if (!stoodAgain(before)) return "left";
      continue;
    }
    const now = read(composer).text;
    if (now === before) continue;
    // Emptied, or filled anew with no more than what a site leaves there (a mention, a signature).
    const isGone = now.trim() === "" || !isStill(inOneLine(now), inOneLine(before));
    if (isGone && !stoodAgain(before)) return "left";
    if (counting === "any" || (counting === "words" && inOneLine(now) !== inOneLine(before)))
      return "changed";
  }
  return null;
}

/** Whether a draft is no longer in its composer, however the person wrote on. */
export const hasLeft = (composer: Composer, text: string) =>
  look(new Map([[composer, text]]), "none") === "left";

/** Whether drafts stand in their composers, to be written in, with all their words: others may have come beside them. */
export function standWhole(texts: ReadonlyMap<Composer, string>): boolean {
  const shown = new Set(composersBelow(document));
  return [...texts].every(
    ([composer, before]) => shown.has(composer) && letters(read(composer).text).includes(letters(before)),
  );
}

/** Resolves once, within `ms`; stops at once when `signal` aborts (as `changed`, unless the draft has left by then). */
export function departure(
  texts: ReadonlyMap<Composer, string>,
  ms: number,
  signal: AbortSignal,
  counting: Counting,
): Promise<Departure> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const observer = new MutationObserver(() => check());
    let timer = 0;
    const end = (what: Departure) => {
      if (over.signal.aborted) return;
      over.abort();
      observer.disconnect();
      window.clearTimeout(timer);
      resolve(what);
    };
    const check = () => {
      const what = look(texts, counting);
      if (what !== null) end(what);
    };
    const roots = new Set<Node>([document]);
    for (const composer of texts.keys()) roots.add(composer.getRootNode());
    for (const root of roots) {
      observer.observe(root, { subtree: true, childList: true, characterData: true });
    }
    const isSending = watchSending(roots, over.signal);
    const options = { signal: over.signal, capture: true, passive: true };
    window.addEventListener("input", check, options);
    window.addEventListener("pagehide", () => end("navigated"), options);
    const stop = () => {
      check();
      end("changed");
    };
    signal.addEventListener("abort", stop, { signal: over.signal });
    timer = window.setTimeout(() => {
      check();
      end(isSending() ? "leaving" : "stayed");
    }, ms);
  });
}
