// What each guard is told about its site: at its first word, and again whenever a switch, a grant or a setting changes.
// A guard is active where the tab's top site is on and granted, and its own frame's origin is granted too.

import type { GuardState } from "../shared/messages.js";
import { type Badge, showBadge } from "./badge.js";
import { swaps } from "./engine.js";
import { isGranted } from "./grants.js";
import { noted, notesOf, pageOf, toldOf, withoutPresses } from "./notes.js";
import { policy } from "./policy.js";
import { store } from "./rules/in-force.js";
import { isChosen } from "./semantic.js";
import type { GuardSender } from "./senders.js";
import { type Site, siteOf } from "./sites.js";
import {
  changeTab,
  guardedTabs,
  type KnownGuard,
  NOTHING,
  type Notes,
  tabFacts,
  topOriginOf,
} from "./tabs.js";
import { tellFrame } from "./tell.js";

/** What is set for this site, where drafts on it are read. */
export async function activeSite(topOrigin: string | null): Promise<Site | null> {
  if (topOrigin === null) return null;
  const [site, granted] = await Promise.all([siteOf(topOrigin), isGranted(topOrigin)]);
  return site.on && granted ? site : null;
}

/** Whether drafts on this site are read. */
export async function isActive(topOrigin: string | null): Promise<boolean> {
  return (await activeSite(topOrigin)) !== null;
}

/**
 * Another text for other rules. What was chosen is asked, not the engine, since a page's first word need not wake that;
 * and how often it was replaced, since what was chosen is in force only then.
 */
async function rulesStamp(): Promise<string> {
  const [{ turn }, { stamp }, meaning] = await Promise.all([store.read(), policy(), isChosen()]);
  return `${turn} ${stamp} ${meaning} ${String(swaps())}`;
}

async function stateOf(
  tabId: number,
  topOrigin: string | null,
  { frameId, origin }: KnownGuard,
): Promise<GuardState> {
  const active = (await isActive(topOrigin)) && (origin === null || (await isGranted(origin)));
  const common = { active, frameId, top: frameId === 0 };
  if (!active || topOrigin === null)
    return { ...common, identity: "detect", learnt: [], rules: "", allowPostAnyway: true, below: false };
  const [{ identity, learnt }, rules, { allowPostAnyway }, { drafting }] = await Promise.all([
    siteOf(topOrigin),
    rulesStamp(),
    policy(),
    tabFacts(tabId),
  ]);
  // Frames may have said so before their page could hear of it. Those within frames are told when it changes.
  const below = frameId === 0 && drafting.length > 0;
  return { ...common, identity, learnt, rules, allowPostAnyway, below };
}

async function drawBadge(tabId: number, topOrigin: string | null): Promise<void> {
  const active = await isActive(topOrigin);
  const { unread, missed, pressAgain } = notesOf(await tabFacts(tabId), topOrigin);
  const told: Badge = pressAgain ? "press-again" : unread || missed ? "unread" : "on";
  await showBadge(tabId, active ? told : "off");
}

/**
 * A guard's first word, or its word that the person came back to its page. A new top document puts aside what was known
 * of the tab's earlier frames; those that began after it are its own, though they may have spoken before it.
 */
export async function greet(sender: GuardSender, since: number): Promise<GuardState> {
  const { tabId, frameId, origin, topOrigin } = sender;
  const guard: KnownGuard = { frameId, origin, since };
  await changeTab(tabId, (facts) => {
    if (frameId !== 0) {
      const guards = facts.guards.filter((known) => known.frameId !== frameId);
      return {
        ...facts,
        guards: [...guards, guard],
        drafting: facts.drafting.filter((id) => id !== frameId),
      };
    }
    const below = facts.guards.filter((known) => known.frameId !== 0 && known.since >= since);
    const guards = [guard, ...below];
    const drafting = facts.drafting.filter((id) => below.some((known) => known.frameId === id));
    // A draft that went unread most often did so because its page moved on: the same site's next page still says so.
    const notes = withoutPresses(facts.notes);
    const same = facts.guards.some((known) => known.frameId === 0 && known.origin === origin);
    return { ...(same ? facts : NOTHING), guards, drafting, notes };
  });
  if (frameId === 0) await drawBadge(tabId, topOrigin);
  // Last: a change that the guard is told of meanwhile must not be followed by what was so before it.
  return stateOf(tabId, topOrigin, guard);
}

async function refreshTab(tabId: number): Promise<void> {
  const topOrigin = await topOriginOf(tabId);
  const { guards } = await tabFacts(tabId);
  for (const guard of guards) {
    const state = await stateOf(tabId, topOrigin, guard);
    // Sent, not awaited: a tab that the browser has frozen answers only when it thaws.
    void tellFrame(tabId, guard.frameId, { kind: "state", state });
  }
  await drawBadge(tabId, topOrigin);
}

/** Tells every guard how things stand now, after a change. */
export async function refreshGuards(): Promise<void> {
  await Promise.all((await guardedTabs()).map(refreshTab));
}

async function note(sender: GuardSender, told: Partial<Notes>): Promise<void> {
  const { tabId } = sender;
  await changeTab(tabId, (facts) => {
    const page = pageOf(facts, sender);
    return page === null ? facts : noted(facts, page, told);
  });
  await drawBadge(tabId, await topOriginOf(tabId));
}

/** Something on a page went unread. */
export function noteUnread(sender: GuardSender, why: "control" | "not-ready"): Promise<void> {
  return note(sender, why === "control" ? { unread: true } : { missed: true });
}

/** What there was to tell of a site has been told: once is enough. */
export async function noteTold(tabId: number, origin: string): Promise<void> {
  await changeTab(tabId, (facts) => toldOf(facts, origin));
  await drawBadge(tabId, await topOriginOf(tabId));
}

/**
 * The site took no notice of a released draft: the person presses its own button once more. No word of that may stand in
 * the page, so the popup says it, or, where a browser opens no popup by itself, a small window.
 */
export async function notePressAgain(sender: GuardSender): Promise<void> {
  await note(sender, { pressAgain: true });
  try {
    await chrome.action.openPopup();
  } catch {
    await chrome.windows.create({
      type: "popup",
      url: `${chrome.runtime.getURL("popup.html")}?tab=${String(sender.tabId)}`,
      width: 420,
      height: 520,
    });
  }
}
