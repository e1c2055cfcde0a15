// How long a keystroke takes to come back as a review: from the browser's key event in the page, through the guard, the
// background and the engine, to the arrival in the guard of the rules' review; of the first in which what was edited was
// read for its meaning too, while the words beside it still count as they were read before; and of the whole one, for
// which these were read again as well. And what reading for meaning takes of memory in the extension's process. Prints
// median and 95th percentile for each browser and writes them to tests/output/keystroke.json. A measurement, not a
// test: nothing is asserted.
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

const KEYS = Number(process.argv[2] ?? 40);
const TEXT =
  "The library on Park Road reopens on Monday at nine, with longer hours on Thursdays. Thanks to everyone who came to the surgery this morning; I have asked the highways team about the crossing and will report back here. ";
/** As long, with words in which rules find something: parts of it are read once more. */
const DOUBTFUL =
  "The library on Park Road reopens on Monday at nine, with longer hours on Thursdays. Some people on that committee have been bought, ask who paid for the lunch. Thanks to everyone who came to the surgery this morning. ";

/** Stands before the guard in its own script: notes when a key went down and when the review of what it made came back. */
const CLOCK = `(() => {
  const connect = chrome.runtime.connect.bind(chrome.runtime);
  let key = 0;
  addEventListener("keydown", (event) => { key = event.timeStamp; }, true);
  chrome.runtime.connect = (...given) => {
    const port = connect(...given);
    const post = port.postMessage.bind(port);
    const sent = new Map();
    const answers = new Map();
    port.postMessage = (message) => {
      if (message.kind === "review") sent.set(message.seq, key);
      post(message);
    };
    port.onMessage.addListener((reply) => {
      const from = sent.get(reply.seq);
      if (reply.kind !== "review" || from === undefined) return;
      const time = String(performance.now() - from);
      const answer = (answers.get(reply.seq) ?? 0) + 1;
      answers.set(reply.seq, answer);
      if (answer === 1) dispatchEvent(new CustomEvent("rules", { detail: time }));
      if (answer === 2) dispatchEvent(new CustomEvent("edited", { detail: time }));
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

const READINGS = ["rules", "edited", "whole"] as const;
type Reading = (typeof READINGS)[number];

interface Result {
  readonly times: Record<string, Readonly<Record<Reading, Figures>>>;
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

type Times = Readonly<Record<Reading, readonly number[]>>;

/** What a page noted so far. */
async function timesOf(page: Page): Promise<Times> {
  return page.evaluate(() => Reflect.get(globalThis, "times") as Times);
}

function byReading<T>(of: (reading: Reading) => T): Readonly<Record<Reading, T>> {
  return { rules: of("rules"), edited: of("edited"), whole: of("whole") };
}

/** Types where the caret stands, and waits for each key's whole review before the next. */
async function type(page: Page, keys: number): Promise<Times> {
  const before = await timesOf(page);
  for (let at = 0; at < keys; at += 1) {
    // The page tells by itself: asking it again and again would take the time that is measured.
    const whole = page.evaluate(
      () => new Promise<void>((told) => addEventListener("whole", () => told(), { once: true })),
    );
    await page.keyboard.type(TEXT.charAt(at % TEXT.length));
    await whole;
  }
  const after = await timesOf(page);
  return byReading((reading) => after[reading].slice(before[reading].length));
}

/** Sentences of which no two are alike, so that none is remembered for another. */
function sentences(length: number): string {
  const all = Array.from(
    { length: 200 },
    (_, at) => `On day ${at} we met at the hall to talk about the path by the brook.`,
  );
  return all.join(" ").slice(0, length);
}

/** Puts a text into the composer, and the caret into it. */
async function fill(page: Page, text: string, caret = text.length): Promise<void> {
  await page.$eval(
    "#composer",
    (box, value, place) => {
      const field = box as HTMLTextAreaElement;
      field.value = value;
      field.focus();
      field.setSelectionRange(place, place);
    },
    text,
    caret,
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
  await page.focus("#composer");
  await type(page, 40);
  const rules = megabytes();
  await readsMeaning(browser, true);
  await page.bringToFront();
  await page.focus("#composer");
  await type(page, 40);
  return { rules, both: megabytes() };
}

async function open(browser: TestBrowser, fixtures: Fixtures): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${fixtures.origin("bench")}/form`);
  await switchOn(browser, page);
  await page.evaluate((readings) => {
    const times = Object.fromEntries(readings.map((reading) => [reading, [] as number[]]));
    Reflect.set(globalThis, "times", times);
    for (const reading of readings) {
      addEventListener(reading, (told) => times[reading]?.push(Number((told as CustomEvent).detail)));
    }
  }, READINGS);
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
    await fill(page, TEXT.repeat(2).slice(0, Math.max(0, 280 - KEYS)));
    const short = await type(page, KEYS);
    await fill(page, DOUBTFUL.repeat(2).slice(0, Math.max(0, 280 - KEYS)));
    const doubtful = await type(page, KEYS);
    // In the middle of a sentence in the middle of the draft.
    const long = sentences(2000);
    await fill(page, long, long.indexOf("the hall", 1000));
    const edited = await type(page, KEYS);
    await fill(page, sentences(10_000));
    const paste = await type(page, 1);
    const woken = byReading<number[]>(() => []);
    for (let turn = 0; turn < 5; turn += 1) {
      await browser.stopBackground();
      await page.bringToFront();
      await fill(page, `On Monday at ${turn} the library on Park Road reopens`);
      const times = await type(page, 1);
      for (const reading of READINGS) woken[reading].push(...times[reading]);
    }
    const all = (times: Times) => byReading((reading) => figures(times[reading]));
    return {
      times: {
        short: all(short),
        doubtful: all(doubtful),
        edited: all(edited),
        paste: all(paste),
        woken: all(woken),
      },
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
    for (const [what, of] of Object.entries(times)) {
      const draft =
        {
          short: "a draft of 280 characters",
          doubtful: "the same, where rules find something",
          edited: "a sentence amid 2,000 characters",
          paste: "10,000 new characters",
          woken: "the background just stopped",
        }[what] ?? what;
      const told = READINGS.map(
        (reading) => `${reading}: ${of[reading].medianMs} ms, ${of[reading].p95Ms} ms`,
      );
      console.log(`${name.padEnd(9)} ${draft.padEnd(32)} ${told.join("; ")} (${of.rules.keys} keys)`);
    }
  }
} finally {
  await fixtures.close();
}
mkdirSync(OUTPUT, { recursive: true });
writeFileSync(join(OUTPUT, "keystroke.json"), `${JSON.stringify(results, null, 2)}\n`);
