// Switching a site on and off, and what the browser's grants do to it. The browser asks the person in its own words,
// and the popup may close meanwhile: what was meant is kept for the session and completed when the grant arrives.

import type { SiteEntry } from "../shared/messages.js";
import { patternOf } from "../shared/origin.js";
import { giveBack, isGranted } from "./grants.js";
import { refreshGuards } from "./guards.js";
import { policy } from "./policy.js";
import { line } from "./queue.js";
import { reconcile } from "./registration.js";
import { changeSite, effectiveSites, forgetSite, type Site, siteOf } from "./sites.js";

interface Intent {
  readonly tabId: number | null;
  /** When it was said, in milliseconds since 1970. */
  readonly at: number;
}

/** A question older than this was not answered: a later grant was meant for something else. */
const INTENT_HOLDS_MS = 5 * 60 * 1000;
const INTENTS = "intents";

const inLine = line();

async function intents(): Promise<Readonly<Record<string, Intent>>> {
  const stored = await chrome.storage.session.get<{ intents?: Record<string, Intent> }>(INTENTS);
  return stored.intents ?? {};
}

async function takeIntent(origin: string): Promise<void> {
  const { [origin]: taken, ...others } = await intents();
  if (taken !== undefined) await chrome.storage.session.set({ [INTENTS]: others });
}

/** The site with its permission, as the pages show it. */
export async function entryOf(origin: string): Promise<SiteEntry> {
  const [{ on, identity }, granted, rules] = await Promise.all([siteOf(origin), isGranted(origin), policy()]);
  const byPolicy = { on: rules.sites.includes(origin), identity: rules.identity !== null };
  return { origin, on, granted, identity, byPolicy };
}

/** The site's entry, or null where nothing was ever chosen for it. */
export async function knownEntry(origin: string): Promise<SiteEntry | null> {
  return origin in (await effectiveSites()) ? entryOf(origin) : null;
}

export async function allEntries(): Promise<SiteEntry[]> {
  const origins = Object.keys(await effectiveSites()).sort();
  return Promise.all(origins.map(entryOf));
}

export function intend(origin: string, tabId: number | null): Promise<void> {
  return inLine(async () => {
    await chrome.storage.session.set({
      [INTENTS]: { ...(await intents()), [origin]: { tabId, at: Date.now() } },
    });
  });
}

/** The page must load anew: a guard that comes late runs after the page's own scripts. */
async function reload(tabId: number | null): Promise<void> {
  if (tabId === null) return;
  try {
    await chrome.tabs.reload(tabId);
  } catch {
    // The tab closed meanwhile.
  }
}

async function turnOn(origin: string, tabId: number | null): Promise<SiteEntry> {
  await takeIntent(origin);
  if (!(await isGranted(origin))) return entryOf(origin);
  const before = await siteOf(origin);
  if (!before.on) await changeSite(origin, { on: true });
  const registered = await reconcile();
  if (!before.on || registered.has(patternOf(origin))) {
    await refreshGuards();
    await reload(tabId);
  }
  return entryOf(origin);
}

/** Switches a site on where the browser granted it, and loads its tab anew; otherwise it stays as it is. */
export function switchOn(origin: string, tabId: number | null): Promise<SiteEntry> {
  return inLine(() => turnOn(origin, tabId));
}

async function needed(pattern: string): Promise<boolean> {
  return Object.entries(await effectiveSites()).some(
    ([other, site]) => site.on && patternOf(other) === pattern,
  );
}

async function turnOff(origin: string, settle: () => Promise<unknown>): Promise<void> {
  await takeIntent(origin);
  await settle();
  // The guards fall silent first; then nothing new starts; then the grant goes, unless a site on another port needs it.
  await refreshGuards();
  await reconcile();
  const pattern = patternOf(origin);
  if (!(await needed(pattern))) await giveBack(pattern);
}

async function mayTurnOff(origin: string): Promise<void> {
  if ((await policy()).sites.includes(origin)) throw new Error("the council's policy has this site read");
}

/** Switches a site off; the person's other choices for it are kept. */
export function switchOff(origin: string): Promise<SiteEntry> {
  return inLine(async () => {
    await mayTurnOff(origin);
    const known = await knownEntry(origin);
    if (known !== null) await turnOff(origin, () => changeSite(origin, { on: false }));
    else await takeIntent(origin);
    return entryOf(origin);
  });
}

export function forget(origin: string): Promise<void> {
  return inLine(async () => {
    await mayTurnOff(origin);
    await turnOff(origin, () => forgetSite(origin));
  });
}

export async function setIdentity(origin: string, identity: Site["identity"]): Promise<SiteEntry> {
  await changeSite(origin, { identity });
  await refreshGuards();
  return entryOf(origin);
}

/** The browser granted something: sites that the person meant to switch on are switched on. */
export function grantsAdded(): Promise<void> {
  return inLine(async () => {
    for (const [origin, { tabId, at }] of Object.entries(await intents())) {
      if (Date.now() - at > INTENT_HOLDS_MS) await takeIntent(origin);
      else if (await isGranted(origin)) await turnOn(origin, tabId);
    }
    await reconcile();
    await refreshGuards();
  });
}

/** A grant was withdrawn, here or in the browser's own settings: guards fall silent, settings stay. */
export function grantsRemoved(): Promise<void> {
  return inLine(async () => {
    await refreshGuards();
    await reconcile();
  });
}
