// What the popup is told of the drafts in a tab: also of those that nobody read.

import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import type { FrameDraft } from "../../extension/src/shared/messages.js";

const READ: FrameDraft = {
  text: "The library reopens.",
  review: { verdict: "clear", identified: null, evidence: null, findings: [], mail: null },
  complete: true,
};
const session: Record<string, unknown> = {};
let asked = 0;
Object.assign(globalThis, {
  chrome: {
    storage: {
      session: {
        get: (key: string) => Promise.resolve({ [key]: session[key] }),
        set: (more: object) => Promise.resolve(Object.assign(session, more)),
      },
    },
    tabs: {
      sendMessage: (_tab: number, _message: unknown, { frameId }: { frameId: number }) => {
        asked += 1;
        if (frameId === 0) return Promise.resolve({ drafts: [READ] });
        // One frame is gone, another hangs.
        return frameId === 3 ? Promise.reject(new Error("no receiver")) : new Promise(() => undefined);
      },
    },
  },
});
const { draftsIn } = await import("../../extension/src/background/drafting.js");
const { changeTab } = await import("../../extension/src/background/tabs.js");

const TAB = 7;
const guard = (frameId: number) => ({ frameId, origin: null, since: 0 });

describe("the drafts in a tab", () => {
  it("hold one that was not read where a frame takes too long, and none where it is gone", async (context) => {
    context.after(() => mock.timers.reset());
    await changeTab(TAB, (facts) => ({ ...facts, guards: [guard(0), guard(3), guard(5)] }));
    mock.timers.enable({ apis: ["setTimeout"] });
    const told = draftsIn(TAB);
    do await new Promise((resolve) => setImmediate(resolve));
    while (asked < 3);
    mock.timers.tick(60_000);
    assert.deepEqual(await told, [READ, { text: "", review: null, complete: false }]);
  });
});
