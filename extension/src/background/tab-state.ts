// What the popup shows of a tab. Nothing of it needs the engine, which takes its time to load.

import type { TabState } from "../shared/messages.js";
import { openOrigin } from "../shared/origin.js";
import { isGranted } from "./grants.js";
import { isActive } from "./guards.js";
import { NO_NOTES, notesOf } from "./notes.js";
import { soon } from "./soon.js";
import { entryOf } from "./switching.js";
import { tabFacts, topOriginOf } from "./tabs.js";
import { tellFrame } from "./tell.js";

/** Runs in the page's top frame: the addresses of frames large enough to write in. Refers to nothing outside itself. */
function frameAddresses(): string[] {
  return [...document.querySelectorAll("iframe")]
    .filter((frame) => frame.clientWidth >= 200 && frame.clientHeight >= 80)
    .map((frame) => frame.src);
}

/** Other sites' frames in this tab that could hold comment boxes and are not granted yet. */
async function offeredFrames(tabId: number, topOrigin: string): Promise<string[]> {
  try {
    const looked = chrome.scripting.executeScript({
      target: { tabId },
      func: frameAddresses,
      injectImmediately: true,
    });
    const results = await soon(looked, []);
    const addresses = results[0]?.result ?? [];
    const origins = [...new Set(addresses.map((address) => openOrigin(address)))]
      .filter((origin) => origin !== null)
      .filter((origin) => origin !== topOrigin);
    const granted = await Promise.all(origins.map(isGranted));
    return origins.filter((_, i) => !granted[i]);
  } catch {
    return [];
  }
}

/**
 * Asked of the page itself: what was noted of its tab may be of another page, such as the one before it. One that hangs,
 * or waits behind a question of its own, must not keep the switch away.
 */
async function isGuarded(tabId: number): Promise<boolean> {
  return (await soon(tellFrame(tabId, 0, { kind: "here" }), null)) !== null;
}

/** The site of the tab's page. One without an address, as a site may write in an empty window, has its guard say it. */
async function originOf(tabId: number, told: string | null): Promise<string | null> {
  try {
    return openOrigin((await chrome.tabs.get(tabId)).url ?? told ?? undefined) ?? (await topOriginOf(tabId));
  } catch {
    return null;
  }
}

export async function tabState(tabId: number, told: string | null): Promise<TabState> {
  const [origin, facts] = await Promise.all([originOf(tabId, told), tabFacts(tabId)]);
  if (origin === null) {
    return {
      origin,
      site: null,
      guarded: false,
      reading: null,
      ...NO_NOTES,
      frameOrigins: [],
    };
  }
  const active = await isActive(origin);
  const [site, guarded, frameOrigins] = await Promise.all([
    entryOf(origin),
    isGuarded(tabId),
    active ? offeredFrames(tabId, origin) : [],
  ]);
  return {
    origin,
    site,
    guarded,
    reading: active ? facts.reading : null,
    ...notesOf(facts, origin),
    frameOrigins,
  };
}
