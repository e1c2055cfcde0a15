// How long a keystroke takes to come back as a review: from the browser's key event in the page, through the guard, the
// background and the engine, to the arrival in the guard of the rules' review, and of the whole one, for which the draft
// was read for its meaning too; and what reading for meaning takes of memory in the extension's process. Prints median
// and 95th percentile for each browser and writes them to tests/output/keystroke.json. A measurement, not a test:
// nothing is asserted.
//
//     node --import tsx tests/bench/keystroke.ts [keys]

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { runInBrowser } from "../support/bidi.js";
import { type BrowserName, startBrowser, type TestBrowser } from "../support/browser.js";
import { extensionFolder, OUTPUT } from "../support/extension.js";
import { type Fixtures, startFixtures } from "../support/fixture-server.js";
import { extensionMemory } from "../support/memory.js";
import { switchOn } from "../support/popup.js";
import { askedFor } from "../support/suite.js";
import { until } from "../support/wait.js";

const KEYS = Number(process.argv[2] ?? 280);
const TEXT =
  "The library on Park Road reopens on Monday at nine, with longer hours on Thursdays. Thanks to everyone who came to the surgery this morning; I have asked the highways team about the crossing and will report back here. ";

/** Stands before the guard in its own script: notes when a key went down and when the review of what it made came back. */
const CLOCK = `(() => {
  const connect = chrome.runtime.connect.bind(chrome.runtime);
  let key = 0;
  addEventListener("keydown", (event) => { key = event.timeStamp; }, true);
  chrome.runtime.connect = (...given) => {
    const port = connect(...given);
    const post = port.postMessage.bind(port);
    const sent = new Map();
    const answered = new Set();
    port.postMessage = (message) => {
      if (message.kind === "review") sent.set(message.seq, key);
      post(message);
    };
    port.onMessage.addListener((reply) => {
      const from = sent.get(reply.seq);
      if (reply.kind !== "review" || from === undefined) return;
      const time = String(performance.now() - from);
      if (!answered.has(reply.seq)) dispatchEvent(new CustomEvent("keystroke", { detail: time }));
      answered.add(reply.seq);
      if (reply.complete) dispatchEvent(new CustomEvent("whole", { detail: time }));
    });
    return port;
  };
})();
`;

interface Figures {
  readonly keys: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

interface Result {
  readonly times: Record<string, { readonly rules: Figures; readonly whole: Figures }>;
  /** Private memory of the extension's process after the same keys, by rules alone and by both, in megabytes. */
  readonly memory: { readonly rules: number; readonly both: number };
}

function figures(times: readonly number[]): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN) * 10) /
    10;
  return { keys: times.length, medianMs: at(0.5), p95Ms: at(0.95) };
}

/** What a page noted so far: times of the rules' reviews, or of whole ones. */
async function timesOf(page: Page, what: "keystrokes" | "wholes"): Promise<readonly number[]> {
  return page.evaluate((name) => Reflect.get(globalThis, name) as number[], what);
}

interface Times {
  readonly rules: readonly number[];
  readonly whole: readonly number[];
}

/** Types and waits for each key's whole review before the next. */
async function type(page: Page, keys: number): Promise<Times> {
  await page.focus("#composer");
  const [rules, whole] = [await timesOf(page, "keystrokes"), await timesOf(page, "wholes")];
  for (let at = 0; at < keys; at += 1) {
    const count = (await timesOf(page, "wholes")).length;
    await page.keyboard.type(TEXT.charAt(at % TEXT.length));
    await until("the review of a key", async () =>
      (await timesOf(page, "wholes")).length > count ? true : null,
    );
  }
  return {
    rules: (await timesOf(page, "keystrokes")).slice(rules.length),
    whole: (await timesOf(page, "wholes")).slice(whole.length),
  };
}

async function fill(page: Page, text: string): Promise<void> {
  await page.$eval(
    "#composer",
    (box, value) => {
      (box as HTMLTextAreaElement).value = value;
    },
    text,
  );
}

async function readsMeaning(browser: TestBrowser, on: boolean): Promise<void> {
  const options = await browser.openExtensionPage("options.html");
  await options.evaluate((semantic) => chrome.storage.local.set({ semantic }), on);
  await options.close();
}

/** Types with and without the semantic reviewer, and says what the extension's process holds then, in megabytes. */
async function memory(browser: TestBrowser, page: Page): Promise<Result["memory"]> {
  const megabytes = () => Math.round(extensionMemory(browser) / 1e6);
  await readsMeaning(browser, false);
  await page.bringToFront();
  await type(page, 40);
  const rules = megabytes();
  await readsMeaning(browser, true);
  await page.bringToFront();
  await type(page, 40);
  return { rules, both: megabytes() };
}

async function open(browser: TestBrowser, fixtures: Fixtures): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${fixtures.origin("bench")}/form`);
  await switchOn(browser, page);
  await page.evaluate(() => {
    for (const [event, name] of [
      ["keystroke", "keystrokes"],
      ["whole", "wholes"],
    ] as const) {
      const times: number[] = [];
      Reflect.set(globalThis, name, times);
      addEventListener(event, (told) => times.push(Number((told as CustomEvent).detail)));
    }
  });
  return page;
}

async function measure(name: BrowserName, fixtures: Fixtures): Promise<Result> {
  const copy = mkdtempSync(join(tmpdir(), "second-reading-bench-"));
  cpSync(extensionFolder(name), copy, { recursive: true });
  writeFileSync(join(copy, "guard.js"), CLOCK + readFileSync(join(copy, "guard.js"), "utf8"));
  const browser = await startBrowser(name, {
    extension: copy,
    headless: true,
    binary: null,
    proxy: null,
    viewport: { width: 1100, height: 800 },
  });
  try {
    // Firefox rounds its clock to a millisecond unless told otherwise.
    if (name === "firefox") {
      const exact = "() => Services.prefs.setBoolPref('privacy.reduceTimerPrecision', false)";
      await runInBrowser(browser.browser, exact, null);
    }
    const page = await open(browser, fixtures);
    const held = await memory(browser, page);
    await fill(page, "");
    const short = await type(page, KEYS);
    await fill(page, TEXT.repeat(10));
    const long = await type(page, Math.ceil(KEYS / 4));
    // Sentences of which no two are alike, so that none is remembered.
    const pasted = Array.from(
      { length: 130 },
      (_, at) => `On day ${at} we met at the hall to talk about the path by the brook.`,
    );
    await fill(page, pasted.join(" ").slice(0, 10_000));
    const paste = await type(page, 1);
    const woken = { rules: [] as number[], whole: [] as number[] };
    for (let turn = 0; turn < 5; turn += 1) {
      await browser.stopBackground();
      await page.bringToFront();
      await fill(page, `On Monday at ${turn} the library on Park Road reopens`);
      const { rules, whole } = await type(page, 1);
      woken.rules.push(...rules);
      woken.whole.push(...whole);
    }
    const both = ({ rules, whole }: Times) => ({ rules: figures(rules), whole: figures(whole) });
    return {
      times: { short: both(short), long: both(long), paste: both(paste), woken: both(woken) },
      memory: held,
    };
  } finally {
    await browser.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

const fixtures = await startFixtures();
const results: Record<string, Result> = {};
try {
  for (const name of askedFor()) {
    const result = await measure(name, fixtures);
    results[name] = result;
    const { times, memory } = result;
    console.log(`${name.padEnd(9)} memory: ${memory.rules} MB by rules alone, ${memory.both} MB by both`);
    for (const [what, { rules, whole }] of Object.entries(times)) {
      const draft =
        {
          short: "a draft of up to 280 characters",
          long: "a draft of 2,000 characters",
          paste: "10,000 new characters",
          woken: "the background just stopped",
        }[what] ?? what;
      console.log(
        `${name.padEnd(9)} ${draft.padEnd(32)} rules: median ${rules.medianMs} ms, 95th percentile ${rules.p95Ms} ms; ` +
          `whole: ${whole.medianMs} ms, ${whole.p95Ms} ms (${rules.keys} keys)`,
      );
    }
  }
} finally {
  await fixtures.close();
}
mkdirSync(OUTPUT, { recursive: true });
writeFileSync(join(OUTPUT, "keystroke.json"), `${JSON.stringify(results, null, 2)}\n`);
