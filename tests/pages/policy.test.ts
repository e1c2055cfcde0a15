// The council's settings: each entry is read by itself, and the schema that browsers check is the one that is published.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const { policyOf } = await import("../../extension/src/background/policy.js");
const ROOT = join(import.meta.dirname, "..", "..");

const WHOLE = {
  trustedKeys: [{ key: "RWabc", bundles: ["north-wold"] }],
  bundle: "dW50cnVzdGVk",
  sites: ["https://forum.example.org", "https://chat.example.org/room"],
  monitoringOfficer: { name: "Jan Hale", email: "monitoring@north-wold.example" },
  identity: "councillor",
  allowPostAnyway: false,
  elections: [{ notice: "2027-03-20", poll: "2027-05-06" }],
  semanticReviewer: false,
  locale: "en-GB",
};

describe("the council's settings", () => {
  it("are read whole", () => {
    assert.deepEqual(policyOf(WHOLE), {
      ...WHOLE,
      sites: ["https://forum.example.org", "https://chat.example.org"],
      unreadable: [],
    });
  });

  it("decide nothing where there are none", () => {
    assert.deepEqual(policyOf({}), {
      trustedKeys: null,
      bundle: null,
      sites: [],
      monitoringOfficer: null,
      identity: null,
      allowPostAnyway: true,
      elections: null,
      semanticReviewer: null,
      locale: null,
      unreadable: [],
    });
  });

  const WRONG: readonly (readonly [keyof typeof WHOLE, readonly unknown[]])[] = [
    [
      "trustedKeys",
      [7, {}, [{}], [{ key: "RWabc" }], [{ key: "", bundles: ["a"] }], [{ key: "RW", bundles: [1] }]],
    ],
    ["bundle", [7, "", {}]],
    ["sites", ["https://forum.example.org", [7], ["ftp://forum.example.org"], ["forum"]]],
    ["monitoringOfficer", ["Jan", { name: "Jan" }, { name: "", email: "a@b" }]],
    ["identity", ["mayor", 7, true]],
    ["allowPostAnyway", ["false", 0]],
    [
      "elections",
      [
        {},
        [{}],
        [{ notice: "soon", poll: "later" }],
        [{ notice: "2027-05-06", poll: "2027-03-20" }],
        // Days that no calendar has, though some browsers make the next month of them.
        [{ notice: "2027-02-30", poll: "2027-05-06" }],
        [{ notice: "2027-03-20", poll: "2027-04-31" }],
        [{ notice: "2027-02-29", poll: "2027-05-06" }],
        [{ notice: "0000-01-01", poll: "2027-05-06" }],
      ],
    ],
    ["semanticReviewer", ["no", 1]],
    ["locale", [7, "", "not a tag"]],
  ];
  for (const [entry, values] of WRONG) {
    it(`${entry}: one that cannot be read counts for nothing and is named; the others count`, () => {
      for (const value of values) {
        const policy = policyOf({ ...WHOLE, [entry]: value });
        assert.deepEqual(policy.unreadable, [entry], JSON.stringify(value));
        const other = entry === "identity" ? policy.locale : policy.identity;
        assert.equal(other, entry === "identity" ? "en-GB" : "councillor");
      }
    });
  }

  it("are the entries that the published schema names, and the package carries that schema", () => {
    const published = readFileSync(join(ROOT, "schemas/managed.schema.json"), "utf8");
    const schema = JSON.parse(published) as { properties: Record<string, unknown> };
    assert.deepEqual(Object.keys(schema.properties).sort(), Object.keys(WHOLE).sort());
    const manifest = JSON.parse(readFileSync(join(ROOT, "dist/chromium/manifest.json"), "utf8")) as {
      storage: { managed_schema: string };
    };
    const packaged = join(ROOT, "dist/chromium", manifest.storage.managed_schema);
    assert.equal(readFileSync(packaged, "utf8"), published);
  });
});
