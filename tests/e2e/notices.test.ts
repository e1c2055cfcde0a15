// What the popup has to tell of one site, where the same tab has gone on to another that is not switched on.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { words } from "../support/extension.js";
import { openPopup, siteStatus, untilToldUnread } from "../support/popup.js";
import { inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { BOUND } from "../support/wait.js";

inEachBrowser("What is to be told of one site", (test, name) => {
  async function assertToldThereAlone(scene: Scene, page: Page): Promise<void> {
    const popup = await openPopup(scene.browser, page);
    assert.equal(await siteStatus(popup), `${words("site_off", name)} ${words("site_loads_anew", name)}`);
    const said = await popup.evaluate(() => document.body.innerText);
    assert.ok(!said.includes(words("site_unread", name)), said);
    await popup.close();
    await page.bringToFront();
    await page.goto(`${scene.origin}/unnamed`);
    await untilToldUnread(scene.browser, page, "site_unread");
  }

  test("is neither shown on the next nor taken for told there", async (scene) => {
    const notes = await scene.listen();
    const page = await scene.open("unnamed");
    await page.type("#composer", RISKY);
    await page.click("#send");
    await notes.until("the background to know of it", "unread");
    await page.goto(`${scene.fixtures.origin(`${scene.site}-other`)}/form`);
    await assertToldThereAlone(scene, page);
  });

  test("is not shown on the next where that is what its control led to", async (scene) => {
    const notes = await scene.listen();
    const page = await scene.open("unnamed");
    await page.type("#composer", RISKY);
    await page.evaluate(
      (next) => {
        document.querySelector("#send")?.addEventListener("click", () => location.assign(next));
      },
      `${scene.fixtures.origin(`${scene.site}-other`)}/form`,
    );
    await page.click("#send");
    await page.waitForFunction(() => location.pathname === "/form", { timeout: BOUND });
    await notes.until("the background to know of it", "unread");
    await assertToldThereAlone(scene, page);
  });
});
