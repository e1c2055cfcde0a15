// The panel of a held submission as the person meets it: found wherever it is shown (in the page or in a window of its
// own), read by its text, and answered by real presses and keys.

import type { Frame, Page } from "puppeteer-core";
import type { TestBrowser } from "./browser.js";
import { words } from "./extension.js";
import { BOUND, until } from "./wait.js";

/** The panel takes no press sooner than this after it appeared, in milliseconds: such a press was meant for the page. */
const SETTLES = 300;

export interface Panel {
  readonly frame: Frame;
  /** Everything it says, as text. */
  text(): Promise<string>;
  /** The person's own words that it marks. */
  marked(): Promise<readonly string[]>;
  edit(): Promise<void>;
  /** Leaves a panel that has nothing left to show. */
  back(): Promise<void>;
  postAnyway(): Promise<void>;
  copyNote(): Promise<void>;
  /** Answers the question about identity by the button with these words' key. */
  answer(key: "identity_yes" | "identity_not_here"): Promise<void>;
  press(...keys: string[]): Promise<void>;
  /** Waits until it is no longer there. */
  gone(): Promise<void>;
}

/** What a person sees in a frame, as text. */
export function visibleText(frame: Frame): Promise<string> {
  return frame.evaluate(() => document.body?.innerText ?? "");
}

/** The panel's frame in a page, or null. The library does not hear of addresses in Firefox's extension frames. */
export async function panelFrame(page: Page): Promise<Frame | null> {
  for (const frame of page.frames()) {
    if (frame.detached) continue;
    const address = await frame.evaluate(() => location.href).catch(() => "");
    // An extension may be given another address for what it shows in pages: the scheme and the name tell.
    if (/^(chrome|moz)-extension:.*\/panel\.html/.test(address)) return frame;
  }
  return null;
}

/** Waits for the panel in this page. */
export async function panelIn(browser: TestBrowser, page: Page): Promise<Panel> {
  const frame = await until("the panel in the page", () => panelFrame(page));
  return openedPanel(browser, frame);
}

async function windowFrame(browser: TestBrowser): Promise<Frame | null> {
  for (const open of await browser.browser.pages()) {
    const address = await open.evaluate(() => location.href).catch(() => "");
    if (address.startsWith(`${browser.extensionOrigin}/panel-window.html`)) return open.mainFrame();
  }
  return null;
}

/** Waits for the panel in a window of its own. */
export async function panelWindow(browser: TestBrowser): Promise<Panel> {
  return openedPanel(browser, await until("the panel in a window of its own", () => windowFrame(browser)));
}

/** Waits for the panel, wherever this page lets it be shown. */
export async function panelAnywhere(browser: TestBrowser, page: Page): Promise<Panel> {
  const frame = await until(
    "the panel",
    async () => (await panelFrame(page)) ?? (await windowFrame(browser)),
  );
  return openedPanel(browser, frame);
}

async function openedPanel(browser: TestBrowser, frame: Frame): Promise<Panel> {
  await frame.waitForSelector("#sheet button", { timeout: BOUND });
  let seen = performance.now();

  async function settle(): Promise<void> {
    await until("the panel to take a press", () => (performance.now() - seen > SETTLES ? true : null));
  }

  async function isGone(): Promise<true | null> {
    if (frame.detached || frame.page().isClosed()) return true;
    const there = await frame.evaluate(() => document.visibilityState).catch(() => null);
    return there === null ? true : null;
  }

  /**
   * A press that takes the panel away can take the driver's answer with it, or make it an error: then there is nothing to
   * wait for.
   */
  async function pressing(pressed: Promise<void>): Promise<void> {
    const press = pressed.catch(async (error: unknown) => {
      if ((await isGone()) === null) throw error;
    });
    let answered = false;
    const gone = until("the press on the panel to be answered, or the panel to go", () =>
      answered ? true : isGone(),
    );
    try {
      await Promise.race([press, gone]);
    } finally {
      answered = true;
      press.catch(() => undefined);
      gone.catch(() => undefined);
    }
  }

  async function pressButton(...keys: readonly string[]): Promise<void> {
    const names = keys.map((key) => words(key, browser.name));
    const buttons = await frame.$$("button");
    await settle();
    for (const button of buttons) {
      const name = await button.evaluate((element) => element.textContent?.trim() ?? "");
      if (!names.includes(name)) continue;
      await pressing(button.click());
      return;
    }
    throw new Error(`the panel has no button "${names.join('" or "')}"`);
  }

  return {
    frame,
    text: () => visibleText(frame),
    marked: () => frame.$$eval("mark", (marks) => marks.map((mark) => mark.textContent ?? "")),
    edit: () => pressButton("edit"),
    back: () => pressButton("plain_back"),
    postAnyway: () => pressButton("post_anyway", "post"),
    copyNote: () => pressButton("copy_note"),
    async answer(key) {
      await pressButton(key);
      await until("the panel to be read again", async () =>
        (await frame.$("#question")) === null ? true : null,
      );
      seen = performance.now();
    },
    async press(...keys) {
      await settle();
      await pressing(browser.press(frame, ...keys));
    },
    async gone() {
      await until("the panel to go", isGone);
    },
  };
}
