// How long other rules take from the moment a file is dropped on the options page: until the page shows what they would
// change, and, after the press that takes them, until they are in force, for bundles of about 300 and of 5,000 rules.
// Prints the medians for each browser and writes them to tests/output/install.json. A measurement, not a test.
//
//     node --import tsx tests/bench/install.ts [rounds]

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "../support/browser.js";
import { type Key, Workshop } from "../support/bundles.js";
import { extensionFolder, OUTPUT } from "../support/extension.js";
import { bring, openOptions, trustKey, use } from "../support/options.js";
import { askedFor } from "../support/suite.js";

const ROUNDS = Number(process.argv[2] ?? 5);
const SIZES = [300, 5000] as const;

/** A signed file with so many made-up rules, each with the two sentences that it brings to be tried by. */
function made(workshop: Workshop, key: Key, serial: number, rules: number): string {
  return workshop.bundle({
    serial,
    word: "kumquat",
    key,
    alter(payload) {
      const [rule] = (payload["rules"] as Record<string, unknown>[]).slice(-1);
      const more = Array.from({ length: rules }, (_, n) => ({
        ...rule,
        id: `respect.made-${n}`,
        match: [`(councillor|cllr) kum${n} (is|was) (a|an|such a) ..2 quat${n}`],
      }));
      const tests = more.flatMap(({ id }, n) => [
        { rule: id, text: `Councillor kum${n} is a real quat${n}.`, fires: true },
        { rule: id, text: `Councillor kum${n} is here.`, fires: false },
      ]);
      payload["rules"] = [...(payload["rules"] as unknown[]), ...more];
      payload["self_tests"] = [...(payload["self_tests"] as unknown[]), ...tests];
    },
  });
}

const median = (times: number[]) =>
  Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN);

async function main(): Promise<void> {
  const workshop = new Workshop();
  const key = workshop.newKey();
  const figures: Record<string, unknown>[] = [];
  try {
    for (const name of askedFor()) {
      const browser = await startBrowser(name, {
        extension: extensionFolder(name),
        headless: true,
        binary: null,
        proxy: null,
        viewport: { width: 1100, height: 800 },
      });
      const options = await openOptions(browser);
      await trustKey(browser, options, key.line, "north-wold");
      let serial = 0;
      for (const rules of SIZES) {
        const [shown, inForce]: [number[], number[]] = [[], []];
        for (let round = 0; round < ROUNDS; round += 1) {
          serial += 1;
          const file = made(workshop, key, serial, rules);
          const dropped = performance.now();
          const refusal = await bring(options, file, "drop");
          if (refusal !== null) throw new Error(`refused: ${refusal}`);
          const seen = performance.now();
          await use(browser, options);
          shown.push(seen - dropped);
          inForce.push(performance.now() - seen);
        }
        const figure = { browser: name, rules, shownMs: median(shown), inForceMs: median(inForce) };
        figures.push(figure);
        console.log(figure);
      }
      await browser.close();
    }
  } finally {
    workshop.clear();
  }
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(join(OUTPUT, "install.json"), `${JSON.stringify(figures, null, 2)}\n`);
}

await main();
