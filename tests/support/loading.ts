// Waiting for pages that load, asked of the pages themselves: the drivers' own announcements can miss a page that
// another one loads anew.

import type { Page } from "puppeteer-core";
import { until } from "./wait.js";

/** Whether asking a page failed because it was on its way to another document: then that one is to be asked. */
function isUnderWay(error: unknown): boolean {
  return /context was destroyed|detached|navigation|no such frame|no such window|aborted/i.test(
    String(error),
  );
}

/** Does what makes a page load anew or another take its place, and waits until it has: a mark left on the old one is gone. */
export async function loadsAnew(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate(() => Reflect.set(globalThis, "loadedBefore", true));
  await act();
  await until("the page to load", async () => {
    try {
      return await page.evaluate(() =>
        document.readyState === "complete" && !Reflect.has(globalThis, "loadedBefore") ? true : null,
      );
    } catch (error) {
      if (isUnderWay(error)) return null;
      throw error;
    }
  });
}

/** Lets the page run what it has pending, then asks its server something: whatever it sent before has arrived. */
export async function settled(page: Page): Promise<void> {
  await until("the page to have nothing under way", async () => {
    try {
      return await page.evaluate(async () => {
        for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve));
        await fetch("/barrier").catch(() => undefined);
        return document.readyState === "complete" ? true : null;
      });
    } catch (error) {
      if (isUnderWay(error)) return null;
      throw error;
    }
  });
}
