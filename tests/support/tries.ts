// A second try for a test that drives a whole browser, where the whole run asks for it: two cores shared with other work
// can keep a browser from answering for seconds. It begins as the first one did, with another browser and nothing stored:
// what the first one left behind must not let it pass. Every test that needed one is told, and few may, so a fault that
// comes now and then fails the run sooner or later; each is to be looked for. A suite that is run by hand has none.

import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** The file to which one run's suites write the tests that needed a second try. */
const NOTED = process.env["SECOND_TRIES"] || null;

/** How many tests of one run may need one. */
const MOST = 2;

function noted(file: string): number {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean).length : 0;
}

/** Runs a test, told which try it is, and once more after `renew` where it failed and another try may be had. */
export async function tried(
  test: string,
  run: (numbered: number) => Promise<void>,
  renew: () => Promise<void>,
  file = NOTED,
): Promise<void> {
  try {
    await run(1);
  } catch (error) {
    if (file === null || noted(file) >= MOST) throw error;
    console.log(`"${test}" failed, and is tried once more:`, error);
    appendFileSync(file, `${test}: ${String(error).split("\n")[0]}\n`);
    await renew();
    await run(2);
  }
}
