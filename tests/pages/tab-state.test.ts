// What the popup is told of the tab in front, also where its page does not answer.

import assert from "node:assert/strict";
import { beforeEach, describe, it, mock } from "node:test";
import { area, nobody } from "../support/storage-area.js";

const ORIGIN = "https://forum.example.org";
const COMMENTS = "https://comments.example.org";
const done = () => Promise.resolve();
const session: Record<string, unknown> = {};
/** A page that is busy, or waits behind an alert of its own, answers nothing. */
let hangs = false;
let asked = 0;
function answer<T>(said: T): Promise<T> {
  asked += 1;
  return hangs ? new Promise<T>(() => undefined) : Promise.resolve(said);
}
Object.assign(globalThis, {
  BUILTIN_BUNDLES: [],
  chrome: {
    runtime: { getURL: (path: string) => path },
    storage: {
      local: area({ sites: { [ORIGIN]: { on: true, identity: "detect", learnt: [] } } }),
      session: area(session),
      managed: { get: () => Promise.resolve({}) },
    },
    permissions: {
      contains: ({ origins }: { origins: string[] }) => Promise.resolve(origins[0] === `${ORIGIN}/*`),
      onRemoved: nobody,
    },
    action: { setBadgeText: done, setBadgeBackgroundColor: done, setBadgeTextColor: done, setTitle: done },
    i18n: { getMessage: () => "" },
    tabs: {
      get: () => Promise.resolve({ url: `${ORIGIN}/thread` }),
      sendMessage: () => answer({ origin: ORIGIN }),
    },
    scripting: { executeScript: () => answer([{ frameId: 0, result: [`${COMMENTS}/x`] }]) },
  },
});
const { noteTold, noteUnread } = await import("../../extension/src/background/guards.js");
const { tabState } = await import("../../extension/src/background/tab-state.js");

const TAB = 7;

describe("the tab in front", () => {
  beforeEach(() => {
    hangs = false;
    asked = 0;
  });

  it("has a guard, and frames of other sites", async () => {
    const { site, guarded, frameOrigins } = await tabState(TAB, null);
    assert.deepEqual([site?.on, guarded, frameOrigins], [true, true, [COMMENTS]]);
  });

  it("is told of all the same where its page hangs, as without a guard", async (context) => {
    context.after(() => mock.timers.reset());
    hangs = true;
    mock.timers.enable({ apis: ["setTimeout"] });
    const told = tabState(TAB, null);
    do await new Promise((resolve) => setImmediate(resolve));
    while (asked < 2);
    mock.timers.tick(2000);
    const { site, guarded, frameOrigins } = await told;
    assert.deepEqual([site?.on, guarded, frameOrigins], [true, false, []]);
  });

  for (const [why, expected] of [
    ["control", [true, false]],
    ["not-ready", [false, true]],
  ] as const) {
    it(`had a post that went unread (${why}) until the person was shown that, and then no more`, async () => {
      const told = async () => {
        const { unread, missed } = await tabState(TAB, null);
        return [unread, missed];
      };
      await noteUnread({ tabId: TAB, frameId: 0, origin: ORIGIN, topOrigin: ORIGIN }, why);
      assert.deepEqual(await told(), expected);
      assert.deepEqual(await told(), expected, "a popup closed too soon tells nobody");
      await noteTold(TAB, ORIGIN);
      assert.deepEqual(await told(), [false, false]);
    });
  }
});
