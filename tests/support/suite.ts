// How the end-to-end suites are written: once, for each browser that is asked for, with a fresh site for every test.
// When a test fails, what stood on its pages is said and a picture of each is kept.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Page } from "puppeteer-core";
import { type BrowserName, startBrowser, type TestBrowser } from "./browser.js";
import { extensionFolder, OUTPUT } from "./extension.js";
import { type Fixtures, startFixtures } from "./fixture-server.js";
import { settled } from "./loading.js";
import { listen, type Notes } from "./notes.js";
import { type Panel, panelFrame, panelIn, visibleText } from "./panel.js";
import { arrival, writePolicy } from "./policy.js";
import { openPopup, switchOn, switchState } from "./popup.js";
import { tried } from "./tries.js";
import { until, within } from "./wait.js";

/** Drafts that hold a submission, and drafts that do not. */
export const RISKY = "Cllr Hartley is a liar.";
export const CLEAN = "The library opens at nine.";

const LONGEST_TEST = 60_000;

/** How long one look at a failed test's page may take, in milliseconds: a page that hangs must not hide the failure. */
const LONGEST_LOOK = 4_000;

/** How long a report of a failed test, or closing its pages, may take, in milliseconds. */
const LONGEST_AFTER = 20_000;

/** One test's browser, site and pages. */
export interface Scene {
  readonly browser: TestBrowser;
  /** The name of this test's own site. */
  readonly site: string;
  readonly origin: string;
  /** An empty page, closed with the test and shown if it fails. */
  newPage(): Promise<Page>;
  /** Whether the page's site is switched on. */
  isOn(page: Page): Promise<boolean>;
  /** Opens a fixture page of this site, not yet switched on. */
  visit(path: string): Promise<Page>;
  /** Opens a fixture page of this site, switched on through the popup. */
  open(path: string): Promise<Page>;
  /** Waits for the panel. */
  panel(page: Page): Promise<Panel>;
  /** Fails if a panel is up. */
  noPanel(page: Page): Promise<void>;
  /** What was published on this site so far. */
  posts(): readonly string[];
  /** Waits until this much is published here, then until the page has nothing more under way, and returns it all. */
  posted(page: Page, count: number): Promise<readonly string[]>;
  /** Waits until whatever the page was about to send has arrived. */
  settled(page: Page): Promise<void>;
  /** Keeps what the background notes of its tabs from now on. To be asked for before the page: it comes to the front. */
  listen(): Promise<Notes>;
  readonly fixtures: Fixtures;
}

export type Define = (name: string, run: (scene: Scene) => Promise<void>) => void;

/** The browsers that this run is for. */
export function askedFor(): readonly BrowserName[] {
  const asked = process.env["BROWSER"];
  if (asked === undefined || asked === "") return ["chromium", "firefox"];
  if (asked !== "chromium" && asked !== "firefox")
    throw new Error(`BROWSER is chromium or firefox, not ${asked}`);
  return [asked];
}

let sites = 0;

export interface SuiteOptions {
  /** The browsers that the suite is for, where not both can show what it is about. */
  readonly only?: readonly BrowserName[];
  /** Changes a copy of the extension before it is loaded. */
  readonly alter?: (folder: string) => void;
  /** What the council's policy sets, given the origins of sites by their names. */
  readonly managed?: (origin: Fixtures["origin"]) => object;
}

/** Defines tests that must hold in each browser. */
export function inEachBrowser(
  title: string,
  define: (test: Define, name: BrowserName) => void,
  { only = ["chromium", "firefox"], alter, managed }: SuiteOptions = {},
): void {
  for (const name of askedFor().filter((asked) => only.includes(asked))) {
    describe(`${title} (${name})`, () => {
      const copied = alter !== undefined || managed !== undefined;
      const copy = copied ? mkdtempSync(join(tmpdir(), "second-reading-extension-")) : null;
      let unmanage: (() => void) | null = null;
      let browser: TestBrowser;
      let fixtures: Fixtures;
      const start = async () => {
        browser = await startBrowser(name, {
          extension: copy ?? extensionFolder(name),
          headless: process.env["HEADFUL"] === undefined,
          binary: null,
          proxy: null,
          viewport: { width: 1100, height: 800 },
        });
        if (managed !== undefined) await arrival(browser);
      };
      const restart = async () => {
        await within("the browser to close", browser.close()).catch((error: unknown) => console.log(error));
        await start();
      };
      before(async () => {
        if (copy !== null) {
          cpSync(extensionFolder(name), copy, { recursive: true });
          alter?.(copy);
        }
        fixtures = await startFixtures();
        if (copy !== null && managed !== undefined)
          unmanage = writePolicy(name, copy, managed(fixtures.origin));
        await start();
      });
      after(async () => {
        unmanage?.();
        await browser?.close();
        await fixtures?.close();
        if (copy !== null) rmSync(copy, { recursive: true, force: true });
      });
      define((what, run) => {
        const once = async (numbered: number) => {
          const pages: Page[] = [];
          sites += 1;
          try {
            await within("the test", run(sceneOf(browser, fixtures, `t${sites}`, pages)), LONGEST_TEST);
          } catch (error) {
            await bounded(
              "a report",
              report(`${title} ${what} ${numbered}`, name, await open(browser, pages)),
            );
            throw error;
          } finally {
            await bounded("the pages to close", close(await open(browser, pages)));
          }
        };
        // Two tries, each with what comes after it, and a browser started in between.
        const longest = 2 * (LONGEST_TEST + 3 * LONGEST_AFTER);
        it(what, { timeout: longest }, () => tried(`${title}: ${what} (${name})`, once, restart));
      }, name);
    });
  }
}

function sceneOf(browser: TestBrowser, fixtures: Fixtures, site: string, pages: Page[]): Scene {
  const origin = fixtures.origin(site);
  const scene: Scene = {
    browser,
    fixtures,
    site,
    origin,
    async newPage() {
      const page = await browser.newPage();
      pages.push(page);
      return page;
    },
    async isOn(page) {
      const popup = await openPopup(browser, page);
      const shown = await until("the popup to know the site", async () => {
        const ready = (await popup.$("#site[aria-busy]")) === null;
        return ready ? { on: (await switchState(popup)) === true } : null;
      });
      await popup.close();
      await page.bringToFront();
      return shown.on;
    },
    async visit(path) {
      const page = await scene.newPage();
      await page.goto(`${origin}/${path}`);
      return page;
    },
    async open(path) {
      const page = await scene.visit(path);
      await switchOn(browser, page);
      return page;
    },
    panel: (page) => panelIn(browser, page),
    async noPanel(page) {
      if ((await within("the page's frames", panelFrame(page))) !== null) throw new Error("a panel is up");
    },
    posts: () => fixtures.posts(site),
    async posted(page, count) {
      await fixtures.posted(site, count);
      await scene.settled(page);
      return fixtures.posts(site);
    },
    settled,
    async listen() {
      const page = await browser.openExtensionPage("manifest.json");
      pages.push(page);
      return listen(page);
    },
  };
  return scene;
}

/** What is done after a test: never longer than this, and never instead of the test's own error. */
async function bounded(what: string, work: Promise<void>): Promise<void> {
  await within(what, work, LONGEST_AFTER).catch((error: unknown) => console.log(error));
}

/** The test's pages, and windows that the extension opened by itself: the next test's must not come up in those. */
async function open(browser: TestBrowser, pages: readonly Page[]): Promise<Page[]> {
  const all = await within("the open pages", browser.browser.pages(), LONGEST_LOOK).catch(() => []);
  const owned = await Promise.all(
    all.map((page) =>
      within(
        "its address",
        page.evaluate(() => location.href),
        LONGEST_LOOK,
      )
        .then((address) => /^(chrome|moz)-extension:.*\/(popup|panel-window)\.html/u.test(address))
        .catch(() => false),
    ),
  );
  return [...new Set([...pages, ...all.filter((_, at) => owned[at])])];
}

async function close(pages: readonly Page[]): Promise<void> {
  for (const page of pages)
    await within("a page to close", page.close(), LONGEST_LOOK).catch(() => undefined);
}

/** Says what stood on each page of a failed test and keeps a picture of it. */
async function report(what: string, name: BrowserName, pages: readonly Page[]): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  const file = `${name}-${what
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 90)}`;
  for (const [at, page] of pages.entries()) {
    if (page.isClosed()) continue;
    const stood: string[] = [];
    for (const frame of page.frames()) {
      const text = within("its text", visibleText(frame), LONGEST_LOOK);
      stood.push(await text.catch((error: unknown) => `unreadable: ${String(error)}`));
    }
    const base = join(OUTPUT, `${file}-${at}`);
    writeFileSync(`${base}.txt`, stood.join("\n\n---- frame ----\n"));
    console.log(`on the page of "${what}":\n${stood.join("\n---- frame ----\n")}`);
    await within("a picture", page.screenshot({ path: `${base}.png` }), LONGEST_LOOK)
      .then(() => console.log(`picture: ${base}.png`))
      .catch((error: unknown) => console.log(`no picture: ${String(error)}`));
  }
}
