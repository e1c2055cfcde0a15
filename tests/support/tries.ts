// A second try for a test that drives a whole browser, where the whole run asks for it: two cores shared with other work
// can keep a browser from answering for seconds, which says nothing of the product. Every test that needed one is told,
// and few may: a fault that comes now and then fails the run sooner or later, and is to be looked for. A suite that is
// run by hand has none.

import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** The file to which one run's suites write the tests that needed a second try. */
const NOTED = process.env["SECOND_TRIES"] ?? null;

/** How many tests of one run may need one. */
const MOST = 2;

function noted(file: string): number {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean).length : 0;
}

/** Runs a test, and once more where it failed and another try may be had. */
export async function tried(test: string, run: () => Promise<void>, file = NOTED): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (file === null || noted(file) >= MOST) throw error;
    appendFileSync(file, `${test}: ${String(error).split("\n")[0]}\n`);
    console.log(`"${test}" failed, and is tried once more:`, error);
    await run();
  }
}
