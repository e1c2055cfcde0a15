// What is known of each tab while it is open: whether a draft went unread there, how the writer was read, which frames
// have a guard and which hold drafts. Kept in storage.session so that the background may stop at any moment; never a word of any draft.

import type { IdentityReading } from "../shared/messages.js";
import { webOrigin } from "../shared/origin.js";
import { line } from "./queue.js";
import { soon } from "./soon.js";
import { tellFrame } from "./tell.js";

/** A guard that reported for duty. */
export interface KnownGuard {
  readonly frameId: number;
  /** Its frame's own origin; null for an opaque one, which belongs to the page that made it. */
  readonly origin: string | null;
  /** When its document began, in milliseconds of the clock on the wall. */
  readonly since: number;
}

/** What there is to tell on a site's pages. */
export interface Notes {
  /** A post may have gone unread, by a control that nobody knew. */
  readonly unread: boolean;
  /** A post may have gone unread, before the background was ready. */
  readonly missed: boolean;
  /** A released draft is still there: the person's own next press will pass. */
  readonly pressAgain: boolean;
}

/** By the origins of the pages. */
export type SiteNotes = Readonly<Record<string, Notes>>;

export interface TabFacts {
  readonly guards: readonly KnownGuard[];
  readonly reading: IdentityReading | null;
  /** What there is to tell the person, of this tab's page and of those of other sites before it. */
  readonly notes: SiteNotes;
  /** Frames with a draft in one of their composers. */
  readonly drafting: readonly number[];
}

export const NOTHING: TabFacts = {
  guards: [],
  reading: null,
  notes: {},
  drafting: [],
};

const inLine = line();
const PREFIX = "tab ";
const keyOf = (tabId: number) => PREFIX + String(tabId);

// Only this module writes these keys, and storage.session ends with the browser: their shape is known.
async function read(tabId: number): Promise<TabFacts> {
  const key = keyOf(tabId);
  const stored = await chrome.storage.session.get<Record<string, TabFacts>>(key);
  return stored[key] ?? NOTHING;
}

export function tabFacts(tabId: number): Promise<TabFacts> {
  return inLine(() => read(tabId));
}

/** Applies a change; nothing is written where it returns the facts it was given. */
export function changeTab(tabId: number, change: (facts: TabFacts) => TabFacts): Promise<TabFacts> {
  return inLine(async () => {
    const before = await read(tabId);
    const after = change(before);
    if (after !== before) await chrome.storage.session.set({ [keyOf(tabId)]: after });
    return after;
  });
}

export function forgetTab(tabId: number): Promise<void> {
  return inLine(() => chrome.storage.session.remove(keyOf(tabId)));
}

/** The tabs that have, or had, a guard. */
export async function guardedTabs(): Promise<number[]> {
  const keys = Object.keys(await chrome.storage.session.get(null));
  return keys.filter((key) => key.startsWith(PREFIX)).map((key) => Number(key.slice(PREFIX.length)));
}

/**
 * The origin of a page whose address names no site: a window that a site opened empty and wrote (about:blank) is the
 * site's own, and only its guard can say so. Where no guard stands, as on a page of another site, there is no answer
 * at once; one that takes too long is still there, since another page's would have reported.
 */
async function saidOrigin(tabId: number, reported: string): Promise<string | null> {
  const answer = await soon(tellFrame(tabId, 0, { kind: "here" }), { origin: reported });
  return answer?.origin === reported ? reported : null;
}

/** The origin of the tab's page, as its top frame's guard reported it; null once the tab has gone elsewhere. */
export async function topOriginOf(tabId: number): Promise<string | null> {
  const { guards } = await tabFacts(tabId);
  const reported = guards.find((guard) => guard.frameId === 0)?.origin ?? null;
  if (reported === null) return null;
  try {
    // The browser names a site's address only where that is granted.
    const named = webOrigin((await chrome.tabs.get(tabId)).url);
    if (named === null) return await saidOrigin(tabId, reported);
    return named === reported ? reported : null;
  } catch {
    // The tab closed meanwhile.
    return null;
  }
}
