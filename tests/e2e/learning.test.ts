// What the guard takes from a site's own behaviour, and keeps: which controls publish, and what Enter does. A wrong
// lesson lets a draft go unread, or holds what publishes nothing.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { ownPage, write } from "../support/own-page.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

/** Longer than a draft is read for, and than a line must have stood, or a draft have stayed, to teach anything. */
const A_WHILE_MS = 2500;
/** Longer than a draft must stand after a press of what was learnt to publish, for that to be forgotten. */
const LONG_MS = 5000;

const SEND = `globalThis.send = () => {
  const text = composer.value;
  composer.value = "";
  void fetch("/posts", { method: "POST", headers: { "content-type": "text/plain" }, body: text });
}`;

/** A switched-on page with this body, in which `send()` publishes; `script` runs in it, with each element under its id. */
const site = (scene: Scene, body: string, script: string) => ownPage(scene, body, `${SEND}; ${script}`);

const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes it, and waits until it was read, so that what is clear passes at once. */
async function writeToPass(page: Page, text: string): Promise<void> {
  await write(page, text);
  await pass(A_WHILE_MS);
}

inEachBrowser("What is learnt of Enter on a site where it does both", (test) => {
  const CHAT = '<textarea id="composer" rows="1" aria-label="Message"></textarea>';
  const ENTER_GOES_ON_WITH_LISTS = `composer.onkeydown = (event) => {
    if (event.key !== "Enter" || composer.value.split("\\n").at(-1).startsWith("- ")) return;
    event.preventDefault();
    send();
  }`;
  const ITEM = "- Milk and bread";

  async function beginLine(page: Page, item: string): Promise<void> {
    await writeToPass(page, item);
    await page.keyboard.press("Enter");
    await lineBegins(page);
  }

  async function lineBegins(page: Page): Promise<void> {
    await until("the new line", async () =>
      (await page.$eval("#composer", (box) => box instanceof HTMLTextAreaElement && box.value.endsWith("\n")))
        ? true
        : null,
    );
    await pass(A_WHILE_MS);
  }

  async function sendsByEnter(scene: Scene, page: Page, text: string, count: number): Promise<void> {
    await writeToPass(page, text);
    await page.keyboard.press("Enter");
    await scene.posted(page, count);
    await pass(A_WHILE_MS);
  }

  async function assertHeldAtEnter(scene: Scene, page: Page, count: number): Promise<void> {
    await page.keyboard.type(RISKY);
    await page.keyboard.press("Enter");
    await (await scene.panel(page)).edit();
    assert.equal(scene.posts().length, count);
  }

  test("a chat that was seen to send is read at Enter after one Enter that began a line", async (scene) => {
    const page = await site(scene, CHAT, ENTER_GOES_ON_WITH_LISTS);
    await sendsByEnter(scene, page, CLEAN, 1);
    await beginLine(page, ITEM);
    await assertHeldAtEnter(scene, page, 1);
  });

  test("a box that was seen to begin lines, then to send, is read at Enter whatever it does next", async (scene) => {
    const page = await site(scene, CHAT, ENTER_GOES_ON_WITH_LISTS);
    await beginLine(page, ITEM);
    await page.keyboard.type(CLEAN);
    await page.keyboard.press("Enter");
    await scene.posted(page, 1);
    await beginLine(page, ITEM);
    await assertHeldAtEnter(scene, page, 1);
  });

  test("an Enter that was held there begins its line, and what it sends later is held too", async (scene) => {
    const notes = await scene.listen();
    const page = await site(scene, CHAT, ENTER_GOES_ON_WITH_LISTS);
    await sendsByEnter(scene, page, CLEAN, 1);
    await write(page, `- ${RISKY}`);
    await page.keyboard.press("Enter");
    await (await scene.panel(page)).postAnyway();
    await lineBegins(page);
    // A draft that stays that long after it was let go has the person press again.
    await pass(LONG_MS);
    assert.ok(!(await notes.has("pressAgain")));
    await page.bringToFront();
    assert.equal(await page.$eval("#composer", (box) => (box as HTMLTextAreaElement).value), `- ${RISKY}\n`);
    await page.click("#composer");
    await assertHeldAtEnter(scene, page, 1);
  });

  test("an Enter before the first word of a box, which moves it all into another, is not taken for sending", async (scene) => {
    const notes = await scene.listen();
    const block = '<p contenteditable aria-label="Block: Paragraph" style="min-height:20px;outline:0"></p>';
    const page = await site(
      scene,
      `<div><div><button type="button">Publish</button></div><div id="blocks">${block}</div></div>`,
      `blocks.onkeydown = (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        event.target.insertAdjacentHTML("afterend", ${JSON.stringify(block)});
        const next = event.target.nextElementSibling;
        const caret = getSelection().getRangeAt(0);
        caret.setEndAfter(event.target.lastChild);
        next.append(caret.extractContents());
        next.focus();
      }`,
    );
    const blocks = () => page.$$eval("#blocks > p", (found) => found.length);
    await page.click("#blocks > p");
    await page.keyboard.type(CLEAN);
    await pass(A_WHILE_MS);
    await page.keyboard.press("Enter");
    await pass(A_WHILE_MS);
    await page.keyboard.type(CLEAN);
    await page.keyboard.press("Home");
    await pass(A_WHILE_MS);
    await page.keyboard.press("Enter");
    await pass(A_WHILE_MS);
    assert.equal(await blocks(), 3);
    assert.ok(!(await notes.has("unread")));
    await page.keyboard.type(RISKY);
    await page.keyboard.press("Enter");
    await until("one more", async () => ((await blocks()) === 4 ? true : null));
    await scene.noPanel(page);
  });
});

inEachBrowser("What is learnt of controls that say nothing", (test) => {
  const ICON = 'class="zap" style="cursor:pointer;width:20px;height:20px;background:#555"';
  const BOX = `<div><textarea id="composer" rows="8" cols="60"></textarea>
    <div id="icon" ${ICON}></div>
    <button type="button" id="cancel">Cancel</button><button type="button" id="go">Post</button></div>`;
  const DOES_NOTHING = `globalThis.pressed = 0;
    icon.onclick = () => (pressed += 1);
    go.onclick = send;
    cancel.onclick = () => (composer.value = "");
    composer.onkeydown = (event) => {
      if (event.ctrlKey && event.key === "Enter") send();
    }`;

  async function controlEnter(page: Page): Promise<void> {
    await page.focus("#composer");
    await page.keyboard.down("Control");
    await page.keyboard.press("Enter");
    await page.keyboard.up("Control");
  }

  async function assertPassesAtIcon(page: Page): Promise<void> {
    await write(page, RISKY);
    await page.evaluate("pressed = 0");
    await page.click("#icon");
    await until("the page to see the press", async () =>
      (await page.evaluate("pressed")) === 1 ? true : null,
    );
  }

  async function assertHeldAtIcon(scene: Scene, page: Page): Promise<void> {
    const before = scene.posts().length;
    await write(page, RISKY);
    await page.click("#icon");
    await (await scene.panel(page)).edit();
    assert.equal(scene.posts().length, before);
  }

  for (const [what, leave] of [
    ["is posted by its button", (page: Page) => page.click("#go")],
    ["is posted by Ctrl and Enter", controlEnter],
    ["is cancelled", (page: Page) => page.click("#cancel")],
  ] as const) {
    test(`one that leaves the text alone is not taken for publishing where the draft ${what} just after`, async (scene) => {
      const notes = await scene.listen();
      const page = await site(scene, BOX, DOES_NOTHING);
      await writeToPass(page, CLEAN);
      await page.click("#icon");
      await leave(page);
      await until("the draft to be gone", async () =>
        (await page.$eval("#composer", (box) => (box as HTMLTextAreaElement).value)) === "" ? true : null,
      );
      await pass(A_WHILE_MS);
      assert.ok(!(await notes.has("unread")));
      await assertPassesAtIcon(page);
      await scene.noPanel(page);
    });
  }

  test("one that published is known from then on, however soon the person presses elsewhere", async (scene) => {
    const page = await site(scene, BOX, "icon.onclick = send");
    await write(page, CLEAN);
    await page.click("#icon");
    await page.click("#cancel");
    await scene.posted(page, 1);
    await assertHeldAtIcon(scene, page);
  });

  test("one that was wrongly taken for publishing is no longer, once it left a draft standing", async (scene) => {
    const page = await site(scene, BOX, DOES_NOTHING);
    await write(page, CLEAN);
    await page.click("#icon");
    await page.evaluate(`composer.value = ""`);
    await pass(A_WHILE_MS);
    await assertHeldAtIcon(scene, page);
    await page.evaluate(`composer.value = ""`);
    await writeToPass(page, CLEAN);
    await page.click("#icon");
    await pass(LONG_MS);
    await assertPassesAtIcon(page);
    await scene.noPanel(page);
  });

  test("one that published is known, also where the site is slow to answer and shows that it is at work", async (scene) => {
    const page = await site(scene, BOX, "icon.onclick = send");
    await write(page, CLEAN);
    await page.click("#icon");
    await scene.posted(page, 1);
    await page.evaluate("icon.onclick = () => icon.setAttribute('aria-busy', 'true')");
    await writeToPass(page, CLEAN);
    await page.click("#icon");
    await pass(LONG_MS);
    await page.evaluate("icon.removeAttribute('aria-busy'); composer.value = ''");
    await assertHeldAtIcon(scene, page);
  });

  test("one that published is known, also where the next page is long in coming", async (scene) => {
    const page = await site(scene, `<form id="form" action="/slow">${BOX}</form>`, "icon.onclick = send");
    await write(page, CLEAN);
    await page.click("#icon");
    await scene.posted(page, 1);
    await writeToPass(page, CLEAN);
    // Off it goes in a moment, and comes to nothing: while a page is awaited nothing can be asked of this one.
    await page.evaluate(`icon.onclick = () => {
      setTimeout(() => form.submit(), 100);
      setTimeout(() => (stop(), composer.value = ""), 4500);
    }`);
    await page.click("#icon");
    await pass(LONG_MS);
    await assertHeldAtIcon(scene, page);
  });
});
