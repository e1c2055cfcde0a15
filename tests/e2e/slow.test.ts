// Servers that take long to answer: a draft that is on its way must not be sent a second time.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { inEachBrowser, RISKY, type Scene } from "../support/suite.js";

/** Longer than a draft may stay before the person is asked to press once more. */
const LONG_MS = 7000;
/** By when they would have been asked. */
const ASKED_BY_MS = 5500;

/** A page with the form's answer coming late, given what of it differs. */
async function form(scene: Scene, attributes: Record<string, string>): Promise<Page> {
  const page = await scene.open("form");
  await page.$eval(
    "form",
    (form, given) => {
      for (const [name, value] of Object.entries(given)) form.setAttribute(name, value);
      form.insertAdjacentHTML("afterend", '<iframe name="beside"></iframe>');
    },
    { action: `/posts?after=${LONG_MS}`, ...attributes },
  );
  await page.type("#composer", RISKY);
  return page;
}

async function postAnyway(scene: Scene, page: Page): Promise<void> {
  await page.click("#send");
  await (await scene.panel(page)).postAnyway();
  await scene.fixtures.posted(scene.site, 1);
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

inEachBrowser("Servers that take long to answer", (test) => {
  test("nobody is asked to press again while a form is on its way", async (scene) => {
    const notes = await scene.listen();
    const page = await form(scene, {});
    await postAnyway(scene, page);
    await wait(ASKED_BY_MS);
    assert.ok(!(await notes.has("pressAgain")));
    await page.waitForSelector("#posts");
    assert.deepEqual(scene.posts(), [RISKY]);
  });

  test("nor while its answer is to come up beside it, and what they press is held", async (scene) => {
    const notes = await scene.listen();
    const page = await form(scene, { target: "beside" });
    await postAnyway(scene, page);
    await wait(ASKED_BY_MS);
    assert.ok(!(await notes.has("pressAgain")));
    assert.equal(await page.$eval("#composer", (box) => (box as HTMLTextAreaElement).value), RISKY);
    await page.bringToFront();
    await page.click("#send");
    await (await scene.panel(page)).edit();
    assert.deepEqual(scene.posts(), [RISKY]);
  });

  test("nor where it comes up in a window of its own", async (scene) => {
    const notes = await scene.listen();
    const page = await form(scene, { action: "/posts", target: "_blank" });
    await postAnyway(scene, page);
    await wait(ASKED_BY_MS);
    assert.ok(!(await notes.has("pressAgain")));
    assert.deepEqual(scene.posts(), [RISKY]);
    const opened = (await scene.browser.browser.pages()).filter(
      (one) => one.url() === `${scene.origin}/posts`,
    );
    for (const one of opened) await one.close();
  });

  test("a form that leads nowhere is asked for once more", async (scene) => {
    const notes = await scene.listen();
    const page = await form(scene, { action: "javascript:void(0)" });
    await page.click("#send");
    await (await scene.panel(page)).postAnyway();
    await notes.until("the person to be asked for one more press", "pressAgain");
  });
});
