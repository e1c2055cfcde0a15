// What the person chose, for each site: on or off, how they appear there, and which controls publish. Keyed by exact
// origin in storage.local, with what the council's policy decides laid over it. Holds nothing that anyone wrote, and
// knows nothing of permissions.

import { type LearntControl, LONGEST_SIGNATURE, teaches } from "../shared/messages.js";
import type { IdentitySetting } from "../shared/review.js";
import { policy } from "./policy.js";
import { line } from "./queue.js";

export interface Site {
  readonly on: boolean;
  readonly identity: IdentitySetting;
  readonly learnt: readonly LearntControl[];
}

export type Sites = Readonly<Record<string, Site>>;

export const NEW_SITE: Site = { on: false, identity: "detect", learnt: [] };

const KEY = "sites";
const MOST_LEARNT = 50;

const inLine = line();

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isIdentity(value: unknown): value is IdentitySetting {
  return value === "councillor" || value === "detect" || value === "private";
}

function isControl(value: unknown): value is LearntControl {
  return (
    isRecord(value) &&
    typeof value["signature"] === "string" &&
    value["signature"].length <= LONGEST_SIGNATURE &&
    typeof value["publishes"] === "boolean"
  );
}

/** What storage holds may come from an older version: whatever can't be read as a site counts as new. */
function asSite(value: unknown): Site {
  if (!isRecord(value)) return NEW_SITE;
  const { on, identity, learnt } = value;
  return {
    on: on === true,
    identity: isIdentity(identity) ? identity : "detect",
    learnt: Array.isArray(learnt) ? learnt.filter(isControl).slice(-MOST_LEARNT) : [],
  };
}

// Every review asks for a site: what was read holds until something is written, here or by another part.
let cached: Promise<Sites> | null = null;
chrome.storage.local.onChanged.addListener(() => {
  cached = null;
});

export function allSites(): Promise<Sites> {
  // A failed read is forgotten, so that the next draft tries again.
  cached ??= read().catch((error: unknown) => {
    cached = null;
    throw error;
  });
  return cached;
}

async function write(sites: Sites): Promise<void> {
  await chrome.storage.local.set({ [KEY]: sites });
  cached = null;
}

async function read(): Promise<Sites> {
  const stored: unknown = (await chrome.storage.local.get(KEY))[KEY];
  return isRecord(stored)
    ? Object.fromEntries(Object.entries(stored).map(([origin, site]) => [origin, asSite(site)]))
    : {};
}

/** All sites as they count: the policy's are on, and it may say how people appear on every site. */
export async function effectiveSites(): Promise<Sites> {
  const [stored, { sites, identity }] = await Promise.all([allSites(), policy()]);
  const all = { ...stored };
  for (const origin of sites) all[origin] = { ...(stored[origin] ?? NEW_SITE), on: true };
  if (identity === null) return all;
  return Object.fromEntries(Object.entries(all).map(([origin, site]) => [origin, { ...site, identity }]));
}

/** The site's settings as they count; those of a new site where nothing is stored. */
export async function siteOf(origin: string): Promise<Site> {
  const { identity } = await policy();
  return (await effectiveSites())[origin] ?? (identity === null ? NEW_SITE : { ...NEW_SITE, identity });
}

/** Changes one site; resolves to the site as it is now stored. */
export function changeSite(origin: string, change: Partial<Site>): Promise<Site> {
  return inLine(async () => {
    const sites = await allSites();
    const site = { ...(sites[origin] ?? NEW_SITE), ...change };
    await write({ ...sites, [origin]: site });
    return site;
  });
}

export function forgetSite(origin: string): Promise<void> {
  return inLine(async () => {
    const { [origin]: _, ...others } = await allSites();
    await write(others);
  });
}

/** Keeps what a control turned out to do. A page that was open before may not know of a lesson that stands. */
export function learn(origin: string, control: LearntControl): Promise<void> {
  return inLine(async () => {
    if (!isControl(control)) return;
    const sites = await allSites();
    const ours = (await policy()).sites.includes(origin);
    const site = sites[origin] ?? (ours ? NEW_SITE : undefined);
    if (site === undefined) return;
    const isSame = (known: LearntControl) => known.signature === control.signature;
    if (!teaches(control, site.learnt.find(isSame))) return;
    const others = site.learnt.filter((known) => !isSame(known));
    const learnt = [...others, { signature: control.signature, publishes: control.publishes }];
    await write({ ...sites, [origin]: { ...site, learnt: learnt.slice(-MOST_LEARNT) } });
  });
}

/** Forgets a lesson that turned out to be wrong. */
export function unlearn(origin: string, signature: string): Promise<void> {
  return inLine(async () => {
    const sites = await allSites();
    const site = sites[origin];
    if (site === undefined) return;
    const learnt = site.learnt.filter((known) => known.signature !== signature);
    if (learnt.length < site.learnt.length) await write({ ...sites, [origin]: { ...site, learnt } });
  });
}
