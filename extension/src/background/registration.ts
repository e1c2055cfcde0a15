// Which pages the guard runs on. The set is computed (sites switched on, where the browser's grant stands) and the
// browser's registrations are brought in line with it: at start-up, after an update and after every change.

import { patternOf } from "../shared/origin.js";
import { isGranted } from "./grants.js";
import { line } from "./queue.js";
import { effectiveSites } from "./sites.js";

const PREFIX = "guard ";

const inLine = line();

/** The match patterns of all sites that are on and granted. */
async function wanted(): Promise<Set<string>> {
  const origins = Object.entries(await effectiveSites())
    .filter(([, site]) => site.on)
    .map(([origin]) => origin);
  const granted = await Promise.all(origins.map(isGranted));
  return new Set(origins.filter((_, i) => granted[i]).map(patternOf));
}

/** Registers and unregisters until exactly the wanted patterns run the guard. Resolves to the newly registered ones. */
export function reconcile(): Promise<ReadonlySet<string>> {
  return inLine(async () => {
    const [patterns, registered] = await Promise.all([
      wanted(),
      chrome.scripting.getRegisteredContentScripts(),
    ]);
    const present = new Set(registered.map((script) => script.id));
    const surplus = [...present].filter((id) => !patterns.has(id.slice(PREFIX.length)));
    if (surplus.length > 0) await chrome.scripting.unregisterContentScripts({ ids: surplus });
    const missing = [...patterns].filter((pattern) => !present.has(PREFIX + pattern));
    if (missing.length === 0) return new Set();
    await chrome.scripting.registerContentScripts(
      missing.map((pattern) => ({
        id: PREFIX + pattern,
        matches: [pattern],
        js: ["guard.js"],
        allFrames: true,
        matchOriginAsFallback: true,
        runAt: "document_start" as const,
        persistAcrossSessions: true,
      })),
    );
    return new Set(missing);
  });
}
