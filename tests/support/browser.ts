// One face for both browsers: a fresh profile with the extension loaded, its pages, the permission for an origin given
// and withdrawn as the person would in the browser, and the background stopped as the browser itself does it.
// What differs between the two stands in chromium.ts and firefox.ts; suites see only this.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Browser, Frame, Page } from "puppeteer-core";
import { startChromium } from "./chromium.js";
import { startFirefox } from "./firefox.js";

export type BrowserName = "chromium" | "firefox";

export interface StartOptions {
  /** The unpacked extension; null starts the browser without it. */
  readonly extension: string | null;
  readonly headless: boolean;
  /** The browser's program; null looks for it. */
  readonly binary: string | null;
  /** The address of an HTTP proxy for every request, loopback included; null for none. */
  readonly proxy: string | null;
  /** Leaves Ctrl+C and its like to the caller; otherwise they end the browser and this process at once. */
  readonly leaveSignals?: boolean;
  /** The page area in CSS pixels; null leaves it to the window. */
  readonly viewport: { readonly width: number; readonly height: number } | null;
}

export interface TestBrowser {
  readonly name: BrowserName;
  readonly browser: Browser;
  /** The extension's origin, such as "chrome-extension://…". */
  readonly extensionOrigin: string;
  newPage(): Promise<Page>;
  /** Brings a page to the front and returns the number that the extension interface gives its tab. */
  tabOf(page: Page): Promise<number>;
  /** Opens a page of the extension, such as "popup.html?tab=3", in a tab. */
  openExtensionPage(path: string): Promise<Page>;
  /** Presses the extension's button in the toolbar for the page in front: the extension may see its tab from then on. */
  pressToolbarButton(page: Page): Promise<void>;
  /** Lets the browser say yes when the extension asks for this origin. */
  allow(origin: string): Promise<void>;
  /** Takes the permission away, as the person can in the browser's own settings. */
  withdraw(origin: string): Promise<void>;
  /** Has pages shown as the person's system prefers colours. */
  preferColours(page: Page, scheme: "light" | "dark"): Promise<void>;
  /** Stops the background, as the browser does when it is idle. */
  stopBackground(): Promise<void>;
  /**
   * Has the background hear that these selected words were chosen in the context menu. Neither browser lets a driver
   * open that menu without a window.
   */
  chooseCheckSelection(selected: string): Promise<void>;
  /** Loads the extension anew, as an update does. */
  reloadExtension(): Promise<void>;
  /** Presses keys together in the frame that has the focus; `frame` says which that is. */
  press(frame: Frame, ...keys: string[]): Promise<void>;
  close(): Promise<void>;
}

const PROGRAMS: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ["chromium", "chromium-browser"],
  firefox: ["firefox-esr", "firefox"],
};

/** The browser's program: the one named by CHROMIUM or FIREFOX, else the first found on the path. */
export function findProgram(name: BrowserName): string {
  const named = process.env[name.toUpperCase()];
  if (named !== undefined && named !== "") return named;
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    for (const program of PROGRAMS[name]) {
      if (existsSync(join(folder, program))) return join(folder, program);
    }
  }
  throw new Error(`no ${PROGRAMS[name].join(" or ")} on the path; install one or set ${name.toUpperCase()}`);
}

export function startBrowser(name: BrowserName, options: StartOptions): Promise<TestBrowser> {
  return name === "chromium" ? startChromium(options) : startFirefox(options);
}

/** A page that is opened when it is first needed and then kept for later: opening one costs a tenth of a second or more. */
export function keptPage(open: () => Promise<Page>): () => Promise<Page> {
  let kept: Promise<Page> | null = null;
  return async () => {
    kept ??= open();
    const page = await kept;
    if (!page.isClosed()) return page;
    kept = open();
    return kept;
  };
}

/** Brings a page to the front and asks a document of the extension for the number of its tab. */
export async function askForTab(asking: Page, page: Page): Promise<number> {
  await page.bringToFront();
  const id = await asking.evaluate(async () => {
    const [front] = await chrome.tabs.query({ active: true, currentWindow: true });
    return front?.id ?? null;
  });
  if (id === null) throw new Error("no tab is in front");
  return id;
}
