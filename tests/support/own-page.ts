// A switched-on page whose body and script a test writes itself.

import type { Page } from "puppeteer-core";
import type { Scene } from "./suite.js";

/** A page with this body; `script` runs in it, with each element under its id. */
export async function ownPage(scene: Scene, body: string, script: string): Promise<Page> {
  const page = await scene.open("form");
  await page.evaluate((html) => {
    document.body.innerHTML = html;
  }, body);
  await page.evaluate(script);
  return page;
}

/** Presses into the composer and writes. */
export async function write(page: Page, text: string): Promise<void> {
  await page.click("#composer");
  await page.keyboard.type(text);
}
