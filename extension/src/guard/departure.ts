// Notices whether drafts leave their composers after an act: emptied, taken out of the page, or the page itself left.
// It listens to what changes in the page for a bounded time, and then stops.

import { type Composer, composersBelow } from "./composers.js";
import { read } from "./reading.js";

/** `changed` is the person writing on; it says nothing of the act. */
export type Departure = "left" | "navigated" | "changed" | "stayed";

/** A draft that merely moved into another composer, as when an editor changes its mode, has not left. */
function stoodAgain(text: string): boolean {
  return composersBelow(document).some((composer) => read(composer).text.trim() === text.trim());
}

function look(texts: ReadonlyMap<Composer, string>): "left" | "changed" | null {
  for (const [composer, before] of texts) {
    if (!composer.isConnected) {
      if (!stoodAgain(before)) return "left";
      continue;
    }
    const now = read(composer).text;
    if (now === before) continue;
    // Emptied, or filled anew with no more than what a site leaves there (a mention, a signature).
    return now.trim() === "" || !before.startsWith(now.slice(0, Math.min(now.length, 8)))
      ? "left"
      : "changed";
  }
  return null;
}

/** Resolves once, within `ms`; stops at once when `signal` aborts (as `changed`). */
export function departure(
  texts: ReadonlyMap<Composer, string>,
  ms: number,
  signal: AbortSignal,
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
      const what = look(texts);
      if (what !== null) end(what);
    };
    const roots = new Set<Node>([document]);
    for (const composer of texts.keys()) roots.add(composer.getRootNode());
    for (const root of roots) {
      observer.observe(root, { subtree: true, childList: true, characterData: true });
    }
    const options = { signal: over.signal, capture: true, passive: true };
    window.addEventListener("input", check, options);
    window.addEventListener("pagehide", () => end("navigated"), options);
    signal.addEventListener("abort", () => end("changed"), { signal: over.signal });
    timer = window.setTimeout(() => {
      check();
      end("stayed");
    }, ms);
  });
}
