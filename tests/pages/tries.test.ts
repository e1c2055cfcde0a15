// A second try is had in a whole run only, by few tests, with everything begun anew, and told.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { tried } from "../support/tries.js";

describe("A second try", () => {
  const folder = mkdtempSync(join(tmpdir(), "second-reading-tries-"));
  after(() => rmSync(folder, { recursive: true }));
  let done: string[] = [];
  const failing = (times: number) => async (numbered: number) => {
    done.push(`try ${numbered}`);
    if (numbered <= times) throw new Error("not this time\nand more");
  };
  const renew = async () => void done.push("renewed");

  it("is not had in a suite that is run by hand", async () => {
    done = [];
    await assert.rejects(tried("a test", failing(1), renew, null), /not this time/);
    assert.deepEqual(done, ["try 1"]);
  });

  it("is noted with the test's name, begins anew, and fails where the test fails again", async () => {
    const file = join(folder, "again");
    done = [];
    await assert.rejects(tried("a fault", failing(2), renew, file), /not this time/);
    assert.deepEqual(done, ["try 1", "renewed", "try 2"]);
    assert.equal(readFileSync(file, "utf8"), "a fault: Error: not this time\n");
  });

  it("is had by two tests of a run, and no more", async () => {
    const file = join(folder, "most");
    await tried("the first", failing(1), renew, file);
    await tried("one that passes", failing(0), renew, file);
    await tried("the second", failing(1), renew, file);
    await assert.rejects(tried("the third", failing(1), renew, file), /not this time/);
    assert.deepEqual(readFileSync(file, "utf8").match(/^the \w+/gm), ["the first", "the second"]);
  });
});
