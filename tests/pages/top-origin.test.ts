// Which site a tab's page belongs to, also where its address names none.

import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { area } from "../support/storage-area.js";

const SITE = "https://forum.example.org";
const OTHER = "https://other.example.org";
const TAB = 7;
type Answer = Promise<{ readonly origin: string | null }>;
let address: string | undefined;
let answer: () => Answer;
let asked = 0;
Object.assign(globalThis, {
  chrome: {
    storage: { session: area({ [`tab ${TAB}`]: { guards: [{ frameId: 0, origin: SITE, since: 0 }] } }) },
    tabs: {
      get: () => Promise.resolve({ url: address }),
      sendMessage: () => {
        asked += 1;
        return answer();
      },
    },
  },
});
const { topOriginOf } = await import("../../extension/src/background/tabs.js");

const says = (origin: string | null) => (): Answer => Promise.resolve({ origin });
const nobody = (): Answer => Promise.reject(new Error("Receiving end does not exist"));
const hangs = (): Answer => new Promise(() => undefined);

describe("the site of a tab's page", () => {
  for (const [name, url, guard, expected] of [
    ["is the one of its address", `${SITE}/thread`, hangs, SITE],
    ["is none of ours where its address names another", `${OTHER}/`, says(SITE), null],
    ["is what its guard says where it has no address of its own", "about:blank", says(SITE), SITE],
    ["is what its guard says where the browser hides the address", undefined, says(SITE), SITE],
    ["is none of ours where its guard says another", undefined, says(OTHER), null],
    ["is none of ours where its guard has no origin", "about:blank", says(null), null],
    ["is none of ours where no guard stands", undefined, nobody, null],
  ] as const) {
    it(name, async () => {
      address = url;
      answer = guard;
      assert.equal(await topOriginOf(TAB), expected);
    });
  }

  it("stays the same where its guard is there and hangs, since it goes on reading when it thaws", async (context) => {
    context.after(() => mock.timers.reset());
    mock.timers.enable({ apis: ["setTimeout"] });
    [address, answer, asked] = [undefined, hangs, 0];
    const origin = topOriginOf(TAB);
    do await new Promise((resolve) => setImmediate(resolve));
    while (asked === 0);
    mock.timers.tick(2000);
    assert.equal(await origin, SITE);
  });
});
