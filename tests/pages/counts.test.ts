// What the options page shows of holds and posts: every count that was asked for before it looked.

import assert from "node:assert/strict";
import { it } from "node:test";

const stored: Record<string, unknown> = {};
Object.assign(globalThis, {
  chrome: {
    storage: {
      local: {
        get: (key: string) => Promise.resolve({ [key]: stored[key] }),
        set: (items: object) => Promise.resolve(Object.assign(stored, items)),
      },
    },
  },
});
const { count, counts } = await import("../../extension/src/background/counts.js");

it("a count that is still being written is seen", async () => {
  void count("partly");
  assert.equal((await counts()).partly, 1);
});

it("counts that come at once are all kept", async () => {
  await Promise.all([count("edited"), count("edited"), count("posted")]);
  const { edited, posted } = await counts();
  assert.deepEqual([edited, posted], [2, 1]);
});
