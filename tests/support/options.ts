// The options page as the person uses it: a key added after its words were compared, a file of rules brought and taken or
// left, and what the page says then.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { ElementHandle, Page } from "puppeteer-core";
import type { TestBrowser } from "./browser.js";
import { words } from "./extension.js";
import { until } from "./wait.js";

export async function openOptions(browser: TestBrowser): Promise<Page> {
  const page = await browser.openExtensionPage("options.html");
  await until("the options page", async () =>
    (await page.$("main:not([aria-busy])")) === null ? null : true,
  );
  return page;
}

/** The button with these words inside a part of the page. */
async function buttonIn(
  page: Page,
  part: string,
  key: string,
  name: TestBrowser["name"],
): Promise<ElementHandle<Element>> {
  return until(`the button "${words(key, name)}"`, async () => {
    for (const found of await page.$$(`${part} button`)) {
      if ((await found.evaluate((button) => button.textContent)) === words(key, name)) return found;
    }
    return null;
  });
}

export async function pressIn(browser: TestBrowser, page: Page, part: string, key: string): Promise<void> {
  const found = await buttonIn(page, part, key, browser.name);
  await page.bringToFront();
  await found.click();
}

/** What a part of the page says. */
export const said = (page: Page, part: string) =>
  page.$eval(part, (found) => (found as HTMLElement).innerText);

async function settledIn(page: Page, part: string): Promise<string> {
  return until(`what ${part} says`, async () => (await said(page, part)) || null);
}

/** Gives a file to one of the page's file choosers, or drops it on a section. */
async function give(page: Page, file: string, chooser: string, drop: boolean): Promise<void> {
  await page.evaluate(
    (base64, name, selector, dropped) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const carried = new DataTransfer();
      carried.items.add(new File([bytes], name));
      const target = document.querySelector(selector);
      if (dropped) {
        target?.dispatchEvent(
          new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }),
        );
      } else if (target instanceof HTMLInputElement) {
        target.files = carried.files;
        target.dispatchEvent(new Event("change", { bubbles: true }));
      }
    },
    readFileSync(file).toString("base64"),
    basename(file),
    chooser,
    drop,
  );
}

/** Adds a key by its line, for these bundles. */
export async function trustKey(
  browser: TestBrowser,
  page: Page,
  line: string,
  bundles: string,
): Promise<void> {
  await page.bringToFront();
  await page.$eval(
    "#key-words",
    (input, value) => {
      (input as HTMLInputElement).value = value;
    },
    line,
  );
  await pressIn(browser, page, "#keys form", "keys_read");
  const ids = await until("the question about the key", () => page.$("#key-bundles"));
  await ids.evaluate((input, value) => {
    (input as HTMLInputElement).value = value;
  }, bundles);
  await pressIn(browser, page, "#keys .looked", "keys_match");
  await until("the key in the list", async () =>
    (await page.$("#keys .looked > *")) === null && (await page.$("#keys .keys li")) !== null ? true : null,
  );
}

/** Brings a file; resolves to the refusal's id, or null where the rules are offered. */
export async function bring(
  page: Page,
  file: string,
  way: "choose" | "drop" = "choose",
): Promise<string | null> {
  await give(page, file, way === "drop" ? "#rules .drop" : "#rules-file", way === "drop");
  const sheet = await until("what becomes of the file", () => page.$("#rules .looked .sheet"));
  return sheet.evaluate((found) => found.getAttribute("data-refusal"));
}

/** Takes the rules that are offered, and resolves to what the page says is in force then. */
export async function use(browser: TestBrowser, page: Page): Promise<string> {
  await pressIn(browser, page, "#rules .looked", "rules_use");
  await until("the rules to be in force", async () =>
    (await page.$("#rules .looked .sheet")) === null ? true : null,
  );
  return settledIn(page, "#rules-status");
}

/** Presses the one button that goes back, or undoes that. */
export async function goBack(
  browser: TestBrowser,
  page: Page,
  key: "rules_back" | "rules_undo",
): Promise<string> {
  await page.$eval("#rules-status", (status) => {
    status.textContent = "";
  });
  await pressIn(browser, page, "#rules .back", key);
  return settledIn(page, "#rules-status");
}
