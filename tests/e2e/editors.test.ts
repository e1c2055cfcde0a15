// Real editors as sites use them, from their npm packages: read as the person sees them, held, released once.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { EDITORS } from "../support/editors.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";

const BOX = "textarea, [contenteditable=true]";

async function write(scene: Scene, editor: string, text: string): Promise<Page> {
  const page = await scene.open(`editor?${editor}`);
  await page.waitForSelector(BOX);
  await page.click(BOX);
  await page.keyboard.type(text);
  return page;
}

inEachBrowser("Editors", (test) => {
  for (const editor of EDITORS.filter((name) => name !== "react")) {
    test(`${editor}: what Enter would send is held, and sent once after "post anyway"`, async (scene) => {
      const page = await write(scene, editor, RISKY);
      await page.keyboard.press("Enter");
      const panel = await scene.panel(page);
      await scene.settled(page);
      assert.deepEqual(scene.posts(), []);
      await panel.postAnyway();
      assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    });

    test(`${editor}: what the button would send is held, and sent once after "post anyway"`, async (scene) => {
      const page = await write(scene, editor, RISKY);
      await page.click("#send");
      const panel = await scene.panel(page);
      await scene.settled(page);
      assert.deepEqual(scene.posts(), []);
      await panel.postAnyway();
      assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    });

    test(`${editor}: a clean draft is sent once, and nothing in the editor is changed while it is written`, async (scene) => {
      const page = await write(scene, editor, CLEAN);
      const written = await page.$eval(BOX, (box) => box.outerHTML);
      assert.doesNotMatch(written, /second.?reading|-extension:/i);
      await page.keyboard.press("Enter");
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
      await scene.noPanel(page);
    });
  }
});
