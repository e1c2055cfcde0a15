// What there is to tell of a tab: of the site that it was noted on, and of no other that the tab goes on to.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import type { GuardSender } from "../../extension/src/background/senders.js";
import { area, nobody } from "../support/storage-area.js";

const SITE = "https://forum.example.org";
const OTHER = "https://other.example.org";
const EMBEDDED = "https://comments.example.org";
const done = () => Promise.resolve();
const session: Record<string, unknown> = {};
const on = { on: true, identity: "detect", learnt: [] };
/** Where the tab is; a site that is off has no guard to answer. */
let place = SITE;
let badge = "";
Object.assign(globalThis, {
  BUILTIN_BUNDLES: [],
  chrome: {
    runtime: { getURL: (path: string) => path },
    storage: {
      local: area({ sites: { [SITE]: on, [EMBEDDED]: on } }),
      session: area(session),
      managed: { get: () => Promise.resolve({}) },
    },
    permissions: { contains: () => Promise.resolve(true), onRemoved: nobody },
    action: {
      setBadgeText: done,
      setBadgeBackgroundColor: done,
      setBadgeTextColor: done,
      setTitle: ({ title }: { title: string }) => {
        badge = title;
        return done();
      },
      openPopup: done,
    },
    i18n: { getMessage: (key: string) => key },
    tabs: {
      get: () => Promise.resolve({ url: `${place}/thread` }),
      sendMessage: () => Promise.reject(new Error("nobody")),
    },
    scripting: { executeScript: () => Promise.resolve([]) },
  },
});
const { greet, notePressAgain, noteTold, noteUnread } = await import(
  "../../extension/src/background/guards.js"
);
const { tabState } = await import("../../extension/src/background/tab-state.js");

const TAB = 7;
const BEGUN = 1_800_000_000_000;
const pageOn = (origin: string): GuardSender => ({ tabId: TAB, frameId: 0, origin, topOrigin: origin });
/** As a frame's message comes: the browser says where the tab is by then. */
const frameIn = (topOrigin: string): GuardSender => ({ tabId: TAB, frameId: 3, origin: EMBEDDED, topOrigin });

async function shownOn(origin: string): Promise<readonly string[]> {
  place = origin;
  const { unread, missed, pressAgain } = await tabState(TAB, null);
  return Object.entries({ unread, missed, pressAgain }).flatMap(([name, told]) => (told ? [name] : []));
}

describe("what there is to tell of a site", () => {
  beforeEach(async () => {
    for (const key of Object.keys(session)) delete session[key];
    place = SITE;
    await greet(pageOn(SITE), BEGUN);
    await greet(frameIn(SITE), BEGUN + 50);
  });

  it("is not shown on another, nor told by what is shown there", async () => {
    await noteUnread(pageOn(SITE), "control");
    await notePressAgain(pageOn(SITE));
    assert.deepEqual(await shownOn(OTHER), []);
    await noteTold(TAB, OTHER);
    assert.deepEqual(await shownOn(SITE), ["unread", "pressAgain"]);
    await noteTold(TAB, SITE);
    assert.deepEqual(await shownOn(SITE), []);
  });

  for (const [who, from] of [
    ["a page", pageOn(SITE)],
    ["a frame", frameIn(OTHER)],
  ] as const) {
    it(`is its own where ${who} says so late, when the tab is at another`, async () => {
      place = OTHER;
      await noteUnread(from, "control");
      assert.deepEqual(await shownOn(OTHER), []);
      assert.deepEqual(await shownOn(SITE), ["unread"]);
    });
  }

  it("is not laid on another that is on, where a frame of the page before speaks late", async () => {
    await greet(pageOn(OTHER), BEGUN + 60_000);
    await noteUnread(frameIn(OTHER), "control");
    assert.deepEqual(await shownOn(OTHER), []);
  });

  it("waits for the person to come back from another that is on, but for presses of a page that is gone", async () => {
    await noteUnread(pageOn(SITE), "not-ready");
    await notePressAgain(pageOn(SITE));
    await greet(pageOn(OTHER), BEGUN + 60_000);
    assert.deepEqual(await shownOn(OTHER), []);
    await greet(pageOn(SITE), BEGUN + 120_000);
    assert.deepEqual(await shownOn(SITE), ["missed"]);
    assert.equal(badge, "badge_title_unread");
  });

  it("is noted of a frame's page also where that was open before its site was switched on", async () => {
    delete session[`tab ${TAB}`];
    await greet(frameIn(SITE), BEGUN + 50);
    await noteUnread(frameIn(SITE), "control");
    assert.deepEqual(await shownOn(SITE), ["unread"]);
  });

  it("is noted of a frame's page, and on the button", async () => {
    await noteUnread(frameIn(SITE), "control");
    assert.deepEqual(await shownOn(SITE), ["unread"]);
    assert.equal(badge, "badge_title_unread");
  });
});
