// "Check a draft" in the popup and "Check selection" in the context menu: on any site, with no permission.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { openPopup } from "../support/popup.js";
import { CLEAN, inEachBrowser, RISKY } from "../support/suite.js";
import { until } from "../support/wait.js";

async function check(popup: Page, text: string): Promise<{ result: string; marked: string[] }> {
  await popup.type("#check-text", text);
  await popup.click(".check button");
  const result = await until("the result", async () => {
    const said = await popup.$eval(".check [role=status]", (status) => status.textContent ?? "");
    return said === "" ? null : said;
  });
  return {
    result,
    marked: await popup.$$eval("mark", (marks) => marks.map((mark) => mark.textContent ?? "")),
  };
}

inEachBrowser("Checking", (test, name) => {
  test("a risky draft is marked, with the clause, on a site that is off", async (scene) => {
    const page = await scene.visit("form");
    const popup = await openPopup(scene.browser, page);
    const { marked } = await check(popup, RISKY);
    assert.ok(marked.length > 0, "nothing is marked");
    assert.match(await popup.evaluate(() => document.body.textContent ?? ""), /12\.3/);
    await popup.close();
  });

  test("a clean draft: nothing to point out", async (scene) => {
    const page = await scene.visit("form");
    const popup = await openPopup(scene.browser, page);
    const { result, marked } = await check(popup, CLEAN);
    assert.deepEqual(marked, []);
    assert.notEqual(result, "");
    await popup.close();
  });

  if (name === "chromium") {
    // Neither browser lets a driver open its context menu without a window; Chromium lets its background hear the
    // choice as if it had been made.
    test("selected words, chosen in the context menu, are read in a window of their own", async (scene) => {
      await scene.visit("form");
      const background = await scene.browser.browser.waitForTarget(
        (target) =>
          target.type() === "service_worker" && target.url().startsWith(scene.browser.extensionOrigin),
      );
      const worker = await background.worker();
      await worker?.evaluate((selectionText: string) => {
        const clicked = chrome.contextMenus.onClicked as unknown as { dispatch(info: object): void };
        clicked.dispatch({ menuItemId: "check-selection", selectionText, editable: false });
      }, RISKY);
      const target = await scene.browser.browser.waitForTarget((one) =>
        one.url().includes("popup.html?selection="),
      );
      const popup = await target.asPage();
      await until("what was found", () => popup.$("mark"));
      assert.match(await popup.evaluate(() => document.body.textContent ?? ""), /12\.3/);
      const address = popup.url();
      await popup.close();
      const again = await scene.browser.newPage();
      await again.goto(address);
      await again.waitForSelector("#check-text");
      assert.equal(
        await again.$eval("#check-text", (box) => (box as HTMLTextAreaElement).value),
        "",
        "the words are handed over once",
      );
      await again.close();
    });
  }
});
