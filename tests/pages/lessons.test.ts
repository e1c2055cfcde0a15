// What a site was seen to do is kept for its next visit, by whichever of its pages saw it.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { area, nobody } from "../support/storage-area.js";

const ORIGIN = "https://chat.example.org";
const ENTER = "enter:textarea:message";
const items: Record<string, unknown> = {};
const listeners: (() => void)[] = [];
Object.assign(globalThis, {
  chrome: {
    storage: {
      local: {
        ...area(items),
        onChanged: { addListener: (told: () => void) => listeners.push(told) },
      },
      managed: { get: () => Promise.resolve({}), onChanged: nobody },
    },
  },
});
const { learn, siteOf, unlearn } = await import("../../extension/src/background/sites.js");

function stored(...learnt: readonly object[]): void {
  items["sites"] = { [ORIGIN]: { on: true, identity: "detect", learnt } };
  for (const told of listeners) told();
}
const learnt = async () => (await siteOf(ORIGIN)).learnt;

describe("what is learnt of a site", () => {
  beforeEach(() => stored());

  it("turns from beginning lines to sending, as older versions kept it", async () => {
    stored({ signature: ENTER, publishes: false });
    assert.deepEqual(await learnt(), [{ signature: ENTER, publishes: false }]);
    await learn(ORIGIN, { signature: ENTER, publishes: true });
    assert.deepEqual(await learnt(), [{ signature: ENTER, publishes: true }]);
  });

  it("stays with sending, whatever a page that does not know of it yet saw", async () => {
    await learn(ORIGIN, { signature: ENTER, publishes: true });
    await learn(ORIGIN, { signature: ENTER, publishes: false });
    assert.deepEqual(await learnt(), [{ signature: ENTER, publishes: true }]);
  });

  it("is forgotten alone where it was wrong", async () => {
    stored({ signature: "div.zap:", publishes: true }, { signature: ENTER, publishes: true });
    await unlearn(ORIGIN, "div.zap:");
    assert.deepEqual(await learnt(), [{ signature: ENTER, publishes: true }]);
  });
});
