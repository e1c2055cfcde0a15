// Which pages the guard runs on. The set is computed (sites switched on, where the browser's grant stands) and the
// browser's registrations are brought in line with it: at start-up, after an update and after every change.

import { patternOf } from "../shared/origin.js";
import { isGranted } from "./grants.js";
import { policy } from "./policy.js";
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

const patternIn = (id: string) => id.slice(PREFIX.length);

/**
 * A browser that has just started may not have the council's policy yet. What that had registered stays while the
 * permission stands: a guard does nothing until it is told that its site is on, and one that is not in the pages which
 * the browser brings back could not be told so later.
 */
async function mayBePolicys(id: string): Promise<boolean> {
  return (await policy()).nothing && (await chrome.permissions.contains({ origins: [patternIn(id)] }));
}

/** Registers and unregisters until exactly the wanted patterns run the guard. Resolves to the newly registered ones. */
export function reconcile(browser: "starting" | "running" = "running"): Promise<ReadonlySet<string>> {
  return inLine(async () => {
    const [patterns, registered] = await Promise.all([
      wanted(),
      chrome.scripting.getRegisteredContentScripts(),
    ]);
    const present = new Set(registered.map((script) => script.id));
    const unwanted = [...present].filter((id) => !patterns.has(patternIn(id)));
    const stays = await Promise.all(unwanted.map((id) => browser === "starting" && mayBePolicys(id)));
    const surplus = unwanted.filter((_, i) => !stays[i]);
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
