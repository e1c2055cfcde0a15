// The browser's storage may fail once, as while its disk is busy: that must not stand for what is stored.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { area } from "../support/storage-area.js";

const ORIGIN = "https://forum.example.org";
const stored = area({ sites: { [ORIGIN]: { on: true, identity: "private", learnt: [] } }, semantic: false });
let failing = false;
Object.assign(globalThis, {
  BUILTIN_BUNDLES: [],
  chrome: {
    storage: {
      local: {
        ...stored,
        get: (key: string) => (failing ? Promise.reject(new Error("busy")) : stored.get(key)),
      },
      managed: { get: () => Promise.resolve({}) },
    },
    permissions: { onRemoved: stored.onChanged },
  },
});
const { siteOf } = await import("../../extension/src/background/sites.js");
const { isChosen } = await import("../../extension/src/background/semantic.js");

describe("a read of the storage that failed", () => {
  beforeEach(() => {
    failing = true;
  });

  it("is made again for the next draft on a site", async () => {
    await assert.rejects(siteOf(ORIGIN));
    failing = false;
    assert.deepEqual(await siteOf(ORIGIN), { on: true, identity: "private", learnt: [] });
  });

  it("is made again where it is asked whether drafts are read for their meaning", async () => {
    await assert.rejects(isChosen());
    failing = false;
    assert.equal(await isChosen(), false);
  });
});
