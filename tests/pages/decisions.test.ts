// What the background lets the person decide about a held post where the council's policy keeps warned posts back, and
// where it asks.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FrameDraft, HoldDescription } from "../../extension/src/shared/messages.js";
import type { Review } from "../../extension/src/shared/review.js";

const HOLD = `0.${"a".repeat(32)}`;
/** What the guard says that it holds, and what it was asked to do. */
let held: HoldDescription | null;
let asked: string[] = [];
let windows: string[] = [];
const nobody = { addListener: () => undefined };
const empty = { get: async () => ({}), set: async () => undefined, onChanged: nobody };
Object.assign(globalThis, {
  BUILTIN_BUNDLES: [],
  ENGINE_WASM_PATH: "engine.wasm",
  chrome: {
    runtime: { getURL: (path: string) => `chrome-extension://none/${path}` },
    storage: {
      local: empty,
      session: empty,
      managed: { ...empty, get: async () => ({ allowPostAnyway: false }) },
    },
    tabs: {
      sendMessage: async (_tab: number, { kind }: { readonly kind: string }) => {
        asked.push(kind);
        return kind === "hold/describe" ? held : { held: true };
      },
      get: async () => ({ windowId: 1 }),
      onRemoved: nobody,
    },
    permissions: { onRemoved: nobody },
    windows: {
      get: async () => ({}),
      create: async ({ url }: { readonly url: string }) => {
        windows.push(url);
        return { id: 2 };
      },
      onRemoved: nobody,
    },
  },
});
const { decideHold, describeHold, showHold } = await import("../../extension/src/background/holds.js");

function holds(why: "warn" | "unread", ...verdicts: readonly ("warn" | "clear" | null)[]): void {
  const drafts = verdicts.map((verdict): FrameDraft => {
    const review = verdict === null ? null : ({ verdict, findings: [] } as unknown as Review);
    return { text: "Some words.", review, complete: false };
  });
  held = {
    hold: HOLD,
    origin: "https://forum.example.org",
    why,
    identity: "detect",
    drafts,
    bundle: null,
    mayPost: true,
    mayAnswer: true,
    officer: null,
  };
  asked = [];
  windows = [];
}

describe("where the policy lets warned posts only be edited", () => {
  it("a part that could not be read does not take a warned one with it", async () => {
    holds("unread", null, "warn");
    assert.equal((await describeHold(7, HOLD, false))?.mayPost, false);
    await assert.rejects(decideHold(7, HOLD, "post"), /policy/);
    assert.ok(!asked.includes("hold/decide"));
  });

  it("what could not be read may go where nothing was warned about", async () => {
    holds("unread", null, "clear");
    assert.equal((await describeHold(7, HOLD, false))?.mayPost, true);
    await decideHold(7, HOLD, "post");
    assert.ok(asked.includes("hold/decide"));
  });
});

describe("a panel that the page shows none of", () => {
  it("comes in a window, while something is held", async () => {
    holds("warn", "warn");
    assert.ok(await showHold(7, 0, HOLD, true));
    assert.equal(windows.length, 1);
  });

  it("comes nowhere once its frame has gone away with what it held", async () => {
    holds("warn", "warn");
    held = null;
    assert.ok(!(await showHold(7, 0, HOLD, true)));
    assert.deepEqual(windows, []);
  });
});
