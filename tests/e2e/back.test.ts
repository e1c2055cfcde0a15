// Pages that the browser kept, whole, for the person to come back to (Chromium keeps none while it is driven by a test).

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { comeBack, startingIn } from "../support/starting.js";
import { CLEAN, inEachBrowser, RISKY } from "../support/suite.js";
import { until } from "../support/wait.js";

/** Has the background's answers to guards come late, so that a page can be left before them. */
const ANSWERS_AFTER_MS = 500;
const LATE_ANSWERS = `{
  const listen = chrome.runtime.onConnect.addListener.bind(chrome.runtime.onConnect);
  chrome.runtime.onConnect.addListener = (listener) => listen((port) => {
    const post = port.postMessage.bind(port);
    port.postMessage = (reply) => setTimeout(() => {
      try { post(reply); } catch {}
    }, ${ANSWERS_AFTER_MS});
    listener(port);
  });
}
`;
function answerLate(folder: string): void {
  const background = join(folder, "background.js");
  writeFileSync(background, LATE_ANSWERS + readFileSync(background, "utf8"));
}

/** A page that comes back whole loads nothing, so there is no load to wait for. */
async function goBackTo(page: Page, words: string): Promise<void> {
  await page.evaluate(() => history.back());
  await until("the page to be back with its words", async () => {
    const found = await page
      .$eval("#composer", (box) => (box as HTMLTextAreaElement).value)
      .catch(() => null);
    return found === words ? true : null;
  });
}

inEachBrowser("Pages that the person comes back to", (test) => {
  test("what was posted anyway is held again when it would be posted a second time", async (scene) => {
    const page = await scene.open("form");
    await page.evaluate("globalThis.kept = true");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const first = await scene.panel(page);
    await first.postAnyway();
    await page.waitForSelector("#posts");
    await goBackTo(page, RISKY);
    // What is listened to while a draft is let go keeps no browser from keeping the page.
    if (scene.browser.name === "firefox") assert.equal(await page.evaluate("globalThis.kept"), true);
    await page.click("#send");
    const second = await scene.panel(page);
    assert.deepEqual(scene.posts(), [RISKY]);
    await second.edit();
  });
});

inEachBrowser(
  "Pages that were left while a draft was read",
  (test) => {
    test("have it read when the person comes back", async (scene) => {
      const page = await scene.open("form");
      await page.evaluate("globalThis.kept = true");
      await page.click("#composer");
      await page.keyboard.type(CLEAN);
      await page.evaluate(() => {
        location.href = "/chat";
      });
      await page.waitForFunction(() => location.pathname === "/chat");
      await new Promise((resolve) => setTimeout(resolve, 2 * ANSWERS_AFTER_MS));
      await goBackTo(page, CLEAN);
      if (scene.browser.name === "firefox") assert.equal(await page.evaluate("globalThis.kept"), true);
      await page.click("#send");
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
      await scene.noPanel(page);
    });
  },
  { alter: answerLate },
);

inEachBrowser(
  "Pages that were left before their site was known to be on",
  (test) => {
    test("send nothing by themselves when the person comes back", async (scene) => {
      const page = await scene.open("chat");
      await comeBack(scene, page, CLEAN);
      await page.evaluate("globalThis.kept = true");
      await page.keyboard.press("Enter");
      await page.evaluate(() => {
        location.href = "/form";
      });
      await page.waitForFunction(() => location.pathname === "/form");
      await page.evaluate(() => history.back());
      await page.waitForFunction(() => location.pathname === "/chat");
      if (scene.browser.name === "firefox") assert.equal(await page.evaluate("globalThis.kept"), true);
      // Longer than an act is kept.
      await new Promise((resolve) => setTimeout(resolve, 4000));
      assert.deepEqual(scene.posts(), []);
      await page.focus("#composer");
      await page.$eval("#composer", (box, text) => Object.assign(box, { value: text }), RISKY);
      await page.keyboard.press("Enter");
      await (await scene.panel(page)).edit();
      assert.deepEqual(scene.posts(), []);
    });
  },
  { alter: startingIn(1500) },
);
