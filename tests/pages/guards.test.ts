// What is known of the frames of a tab, in whatever order their guards speak.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { area, nobody } from "../support/storage-area.js";

const ORIGIN = "https://forum.example.org";
const done = () => Promise.resolve();
const session: Record<string, unknown> = {};
Object.assign(globalThis, {
  BUILTIN_BUNDLES: [],
  chrome: {
    runtime: { getURL: (path: string) => path },
    storage: {
      local: area({ sites: { [ORIGIN]: { on: true, identity: "detect", learnt: [] } } }),
      session: area(session),
      managed: { get: () => Promise.resolve({}) },
    },
    permissions: { contains: () => Promise.resolve(true), onRemoved: nobody },
    action: { setBadgeText: done, setBadgeBackgroundColor: done, setBadgeTextColor: done, setTitle: done },
    i18n: { getMessage: () => "" },
  },
});
const { greet } = await import("../../extension/src/background/guards.js");
const { changeTab, tabFacts } = await import("../../extension/src/background/tabs.js");

const TAB = 7;
const BEGUN = 1_800_000_000_000;
const sender = (frameId: number) => ({ tabId: TAB, frameId, origin: ORIGIN, topOrigin: ORIGIN });
const framesKnown = async () => (await tabFacts(TAB)).guards.map(({ frameId }) => frameId).sort();
const drafting = (frameId: number) =>
  changeTab(TAB, (facts) => ({ ...facts, drafting: [...facts.drafting, frameId] }));

describe("the frames of a tab", () => {
  beforeEach(() => {
    for (const key of Object.keys(session)) delete session[key];
  });

  it("stay known where the person comes back to their page, whoever speaks first", async () => {
    await greet(sender(0), BEGUN);
    await greet(sender(3), BEGUN + 50);
    await greet(sender(3), BEGUN + 50);
    await drafting(3);
    await greet(sender(0), BEGUN);
    assert.deepEqual([await framesKnown(), (await tabFacts(TAB)).drafting], [[0, 3], [3]]);
  });

  it("stay known, with their drafts, where they speak before their page", async () => {
    await greet(sender(3), BEGUN + 50);
    await drafting(3);
    const state = await greet(sender(0), BEGUN);
    assert.deepEqual([await framesKnown(), (await tabFacts(TAB)).drafting], [[0, 3], [3]]);
    // Nobody tells the page of them again.
    assert.ok(state.below);
    assert.ok(!(await greet(sender(3), BEGUN + 50)).below);
  });

  it("are put aside, with their drafts, when another page comes", async () => {
    await greet(sender(0), BEGUN);
    await greet(sender(3), BEGUN + 50);
    await drafting(3);
    await greet(sender(0), BEGUN + 60_000);
    assert.deepEqual([await framesKnown(), (await tabFacts(TAB)).drafting], [[0], []]);
  });
});
