// The popup as the person uses it, opened in a tab with the number of the tab it speaks for: the only way in which
// tests switch a site on or off.

import type { ElementHandle, Page } from "puppeteer-core";
import type { TestBrowser } from "./browser.js";
import { words } from "./extension.js";
import { loadsAnew } from "./loading.js";
import { BOUND, until } from "./wait.js";

const SWITCH = "[role=switch]";

/** Opens the popup for a page's tab. */
export async function openPopup(browser: TestBrowser, page: Page): Promise<Page> {
  // Firefox shows an extension a tab's address only once its button was pressed there; Chromium's tests have given the
  // permission by now, since its question cannot be answered without a window.
  if (browser.name === "firefox") await browser.pressToolbarButton(page);
  // Only a click on the toolbar tells the extension a tab's address before its site is granted.
  const origin = encodeURIComponent(await page.evaluate(() => location.origin));
  const tab = await browser.tabOf(page);
  const popup = await browser.openExtensionPage(`popup.html?tab=${tab}&origin=${origin}`);
  await popup.bringToFront();
  await wholePopup(popup);
  return popup;
}

/** Waits until all of the popup is to be seen, and stands where it stays. */
export async function wholePopup(popup: Page): Promise<void> {
  await popup.waitForSelector("#foot", { visible: true, timeout: BOUND });
}

/** Types a draft into "Check a draft" and has it read. */
export async function checkDraft(popup: Page, text: string): Promise<void> {
  await popup.type("#check-text", text);
  await popup.click(".check button");
}

/** Whether the popup's switch is on; null while there is none to press. */
export function switchState(popup: Page): Promise<boolean | null> {
  return popup.evaluate((selector) => {
    const found = document.querySelector(selector);
    if (!(found instanceof HTMLElement) || found.matches(":disabled") || found.offsetParent === null)
      return null;
    return found instanceof HTMLInputElement ? found.checked : found.getAttribute("aria-checked") === "true";
  }, SWITCH);
}

/** What the popup says beneath the switch. */
export function siteStatus(popup: Page): Promise<string> {
  const status = () => popup.$eval("#site-status", (found) => found.textContent ?? "").catch(() => null);
  return until("what the popup says of the site", status);
}

/** Waits until the popup tells that something of this page went unread. */
export async function untilToldUnread(
  browser: TestBrowser,
  page: Page,
  key: "site_unread" | "site_missed",
): Promise<void> {
  // It tells once: a popup that took too long on a busy machine, and was given up, may be the one that did.
  let told = false;
  await until("the popup to tell", async () => {
    const popup = await openPopup(browser, page);
    await until("the popup’s switch", () => popup.$(SWITCH));
    const said = await popup.evaluate(() => document.body.textContent ?? "");
    told ||= said.includes(words(key, browser.name));
    await popup.close();
    return told ? true : null;
  });
}

/** What the popup says of the rules in force. */
export function imprint(popup: Page): Promise<string> {
  const said = () => popup.$eval("#imprint", (found) => (found as HTMLElement).innerText);
  return until("what the popup says of the rules", async () => (await said()) || null);
}

/** Presses the popup's switch and waits until it stands as asked. */
export async function flip(popup: Page, on: boolean): Promise<void> {
  await until(`the popup's switch ${on ? "off" : "on"}`, async () =>
    (await switchState(popup)) === !on ? true : null,
  );
  await popup.click(SWITCH);
  await until(`the popup's switch ${on ? "on" : "off"}`, async () =>
    (await switchState(popup)) === on ? true : null,
  );
}

/** Switches the page's site on, as the person would, and waits until the page has loaded anew with the guard. */
export async function switchOn(browser: TestBrowser, page: Page): Promise<void> {
  const origin = await page.evaluate(() => location.origin);
  await browser.allow(origin);
  const popup = await openPopup(browser, page);
  await loadsAnew(page, () => flip(popup, true));
  await popup.close();
  await page.bringToFront();
}

/** Switches the page's site off. */
export async function switchOff(browser: TestBrowser, page: Page): Promise<void> {
  const popup = await openPopup(browser, page);
  await flip(popup, false);
  await popup.close();
  await page.bringToFront();
}

/** The popup's button that has another site's frame in the page read as well. */
export function frameOffer(popup: Page, origin: string): Promise<ElementHandle> {
  return until(`the popup's offer for ${origin}`, async () => {
    for (const found of await popup.$$(".frame-offer")) {
      const said = await found.evaluate((element) => element.textContent ?? "");
      if (said.includes(new URL(origin).host)) return found.$("button");
    }
    return null;
  });
}

/** Has an extension page's next questions for permissions answered with no, without the browser being asked. */
export async function refuse(page: Page): Promise<void> {
  await page.evaluate(() => {
    chrome.permissions.request = () => Promise.resolve(false);
  });
}

/** Accepts the popup's offer to read another site's frame in the page as well. */
export async function switchOnFrame(browser: TestBrowser, page: Page, origin: string): Promise<void> {
  const popup = await openPopup(browser, page);
  const offer = await frameOffer(popup, origin);
  await browser.allow(origin);
  await popup.bringToFront();
  await loadsAnew(page, () => offer.click());
  await popup.close();
  await page.bringToFront();
}
