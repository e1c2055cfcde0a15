// Which rules review drafts: whatever one entry of the council's policy is worth, there are rules in force.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const PACKAGE = join(import.meta.dirname, "..", "..", "dist/chromium");
const BUNDLE = "bundles/middlesbrough.json";
const payload = readFileSync(join(PACKAGE, BUNDLE));
const nothingStored = { get: () => Promise.resolve({}), set: () => Promise.resolve() };
const elections = [{ notice: "2027-03-20", poll: "2027-05-06" }];
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
  fetch: (path: string) => Promise.resolve(new Response(readFileSync(join(PACKAGE, path)))),
});
const { Engine } = await import("../../extension/generated/engine.js");
const { findInForce } = await import("../../extension/src/background/rules/in-force.js");
const { policy } = await import("../../extension/src/background/policy.js");
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
});
