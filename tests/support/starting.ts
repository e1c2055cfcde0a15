// A background that has to start first, slowly, while the page is there already.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Page } from "puppeteer-core";
import type { Scene } from "./suite.js";

/** Has the background do nothing for so many milliseconds whenever it starts. */
export const startingIn = (ms: number) => (folder: string) => {
  const file = join(folder, "background.js");
  const slowly = `for (const until = Date.now() + ${ms}; Date.now() < until; ) {}\n`;
  writeFileSync(file, slowly + readFileSync(file, "utf8"));
};

/** Loads the page anew while the background has to start first, and puts a draft where the page had it before. */
export async function comeBack(scene: Scene, page: Page, draft: string, inner?: string): Promise<Frame> {
  await scene.browser.stopBackground();
  await page.bringToFront();
  await page.reload();
  const frame = inner === undefined ? page.mainFrame() : await (await page.$(inner))?.contentFrame();
  if (frame == null) throw new Error("the page has no such frame");
  await frame.waitForSelector("#composer");
  await frame.$eval(
    "#composer",
    (box, text) => {
      (box as HTMLTextAreaElement).value = text;
      (box as HTMLTextAreaElement).focus();
    },
    draft,
  );
  return frame;
}
