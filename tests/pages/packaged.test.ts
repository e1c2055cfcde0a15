// Files of the package are given back once they were taken in: their bytes are gone from the background's memory.

import assert from "node:assert/strict";
import { test } from "node:test";
import { takenIn } from "../../extension/src/background/packaged.js";

const file = () => new Uint8Array([1, 2, 3, 4]);

test("a file that was taken in is given back", async () => {
  const bytes = file();
  const sum = await takenIn(bytes, async (taken) => {
    await Promise.resolve();
    return taken.reduce((all, byte) => all + byte);
  });
  assert.equal(sum, 10);
  assert.equal(bytes.buffer.byteLength, 0);
});

test("one that could not be taken in is given back too, and the reason is told", async () => {
  const bytes = file();
  const broken = takenIn(bytes, () => {
    throw new Error("not whole");
  });
  await assert.rejects(broken, /not whole/u);
  assert.equal(bytes.buffer.byteLength, 0);
});
