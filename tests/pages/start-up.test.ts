// A browser that has just started may not have the council's policy yet: nothing that belongs to it is undone, and it
// counts as soon as it is there.

import assert from "node:assert/strict";
import { beforeEach, describe, it, mock } from "node:test";

const COUNCILS = "https://forum.example.org/*";
const WITHDRAWN = "https://chat.example.org/*";

let managed: Record<string, unknown> = {};
let registered: string[] = [];
Object.assign(globalThis, {
  chrome: {
    storage: {
      local: { get: () => Promise.resolve({}), onChanged: { addListener: () => undefined } },
      managed: { get: () => Promise.resolve(managed) },
    },
    permissions: {
      contains: ({ origins }: { origins: readonly string[] }) => Promise.resolve(origins[0] === COUNCILS),
      onRemoved: { addListener: () => undefined },
    },
    scripting: {
      getRegisteredContentScripts: () => Promise.resolve(registered.map((id) => ({ id }))),
      unregisterContentScripts({ ids }: { ids: readonly string[] }) {
        registered = registered.filter((id) => !ids.includes(id));
        return Promise.resolve();
      },
      registerContentScripts(scripts: readonly { id: string }[]) {
        registered.push(...scripts.map(({ id }) => id));
        return Promise.resolve();
      },
    },
  },
});
const { forgetPolicy, policy, whenPolicyArrives } = await import("../../extension/src/background/policy.js");
const { reconcile } = await import("../../extension/src/background/registration.js");

const SET = { sites: ["https://forum.example.org"] };

describe("a browser that has just started", () => {
  beforeEach(() => {
    forgetPolicy();
    managed = {};
    registered = [`guard ${COUNCILS}`, `guard ${WITHDRAWN}`];
  });

  it("keeps the guards of sites whose permission stands while there is no policy", async () => {
    await reconcile("starting");
    assert.deepEqual(registered, [`guard ${COUNCILS}`]);
  });

  it("keeps none but those that are wanted where there is one", async () => {
    managed = { sites: ["https://other.example.org"] };
    await reconcile("starting");
    assert.deepEqual(registered, []);
  });

  it("keeps none but those that are wanted later on", async () => {
    await reconcile();
    assert.deepEqual(registered, []);
  });
});

describe("the council's policy", () => {
  it("is asked for again where there was none, and its coming is told of", async (context) => {
    context.after(() => mock.timers.reset());
    mock.timers.enable({ apis: ["Date"] });
    let arrivals = 0;
    whenPolicyArrives(() => {
      arrivals += 1;
    });
    forgetPolicy();
    managed = {};
    assert.deepEqual((await policy()).sites, []);
    managed = SET;
    assert.deepEqual((await policy()).sites, [], "not at every question");
    mock.timers.tick(60_000);
    assert.deepEqual((await policy()).sites, SET.sites);
    assert.equal(arrivals, 1);
  });

  it("is kept once it is there", async (context) => {
    context.after(() => mock.timers.reset());
    mock.timers.enable({ apis: ["Date"] });
    forgetPolicy();
    managed = SET;
    const before = await policy();
    managed = {};
    mock.timers.tick(60_000);
    assert.equal(await policy(), before);
  });
});
