// A second try hides nothing: it is had in a whole run only, by few tests, and told.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { tried } from "../support/tries.js";

describe("A second try", () => {
  const folder = mkdtempSync(join(tmpdir(), "second-reading-tries-"));
  after(() => rmSync(folder, { recursive: true }));
  const failing = (times: number) => {
    let left = times;
    return async () => {
      left -= 1;
      if (left >= 0) throw new Error("not this time\nand more");
    };
  };

  it("is not had in a suite that is run by hand", async () => {
    await assert.rejects(tried("a test", failing(1), null), /not this time/);
  });

  it("is noted with the test's name, and fails where the test fails again", async () => {
    const file = join(folder, "again");
    await assert.rejects(tried("a fault", failing(2), file), /not this time/);
    assert.equal(readFileSync(file, "utf8"), "a fault: Error: not this time\n");
  });

  it("is had by two tests of a run, and no more", async () => {
    const file = join(folder, "most");
    await tried("the first", failing(1), file);
    await tried("one that passes", failing(0), file);
    await tried("the second", failing(1), file);
    await assert.rejects(tried("the third", failing(1), file), /not this time/);
    assert.deepEqual(readFileSync(file, "utf8").match(/^the \w+/gm), ["the first", "the second"]);
  });
});
