// Which rules review drafts: whatever one entry of the council's policy is worth, there are rules in force.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { until } from "../support/wait.js";

const PACKAGE = join(import.meta.dirname, "..", "..", "dist/chromium");
const BUNDLE = "bundles/middlesbrough.json";
const payload = readFileSync(join(PACKAGE, BUNDLE));
const nothingStored = {
  get: () => Promise.resolve({}),
  set: () => Promise.resolve(),
  onChanged: { addListener: () => undefined },
};
let elections = [{ notice: "2027-03-20", poll: "2027-05-06" }];
/** The next reading of the rules waits for it. */
let held: Promise<void> | null = null;
Object.assign(globalThis, {
  ENGINE_WASM_PATH: "engine.wasm",
  BUILTIN_BUNDLES: [
    {
      id: "middlesbrough",
      serial: (JSON.parse(payload.toString()) as { serial: number }).serial,
      path: BUNDLE,
      sha256: createHash("sha256").update(payload).digest("hex"),
    },
  ],
  chrome: {
    runtime: { getURL: (path: string) => path },
    storage: {
      local: nothingStored,
      session: nothingStored,
      managed: { get: () => Promise.resolve({ elections }) },
    },
  },
  fetch: async (path: string) => {
    const waits = path === BUNDLE ? held : null;
    if (waits !== null) held = null;
    await waits;
    return new Response(readFileSync(join(PACKAGE, path)));
  },
});
const { Engine } = await import("../../extension/generated/engine.js");
const { findInForce } = await import("../../extension/src/background/rules/in-force.js");
const { inForce, swapRules } = await import("../../extension/src/background/engine.js");
const { forgetPolicy, policy } = await import("../../extension/src/background/policy.js");
const { policyView } = await import("../../extension/src/background/rules/view.js");

describe("the rules in force", () => {
  it("take the election periods of the council's policy", async () => {
    const now = await findInForce();
    assert.deepEqual(now.choice, { kind: "builtin", id: "middlesbrough" });
    const view = policyView(await policy(), now);
    assert.deepEqual([view.elections, view.unreadable], [elections, []]);
  });

  it("stay in force where the engine cannot read those periods, which are named", async (context) => {
    context.mock.method(Engine.prototype, "setElections", () => {
      throw new Error("not a day");
    });
    const now = await findInForce();
    assert.deepEqual(now.choice, { kind: "builtin", id: "middlesbrough" });
    assert.equal(now.refused, null);
    const view = policyView(await policy(), now);
    assert.deepEqual([view.elections, view.unreadable], [null, ["elections"]]);
  });

  it("are the latest of two choices, where the earlier one takes longer to be made ready", async (context) => {
    const set = new Map<unknown, unknown>();
    const setElections = Engine.prototype.setElections;
    context.mock.method(
      Engine.prototype,
      "setElections",
      function (this: typeof Engine.prototype, given: Parameters<typeof setElections>[0]) {
        set.set(this, given);
        setElections.call(this, given);
      },
    );
    await inForce();
    let goOn = () => {};
    held = new Promise((resolve) => {
      goOn = resolve;
    });
    const earlier = swapRules();
    await until("the earlier choice to be read", () => (held === null ? true : null));
    elections = [{ notice: "2028-03-20", poll: "2028-05-04" }];
    forgetPolicy();
    const later = swapRules();
    // Time for the later one to overtake.
    await new Promise((resolve) => setTimeout(resolve, 300));
    goOn();
    await Promise.all([earlier, later]);
    assert.deepEqual(set.get((await inForce()).engine), elections);
  });
});
