// The plain ways in which sites take posts: what is risky is held until the person decides, what is not goes as if
// nothing were there.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { CLEAN, inEachBrowser, RISKY } from "../support/suite.js";

interface Way {
  readonly name: string;
  readonly path: string;
  readonly send: (page: Page) => Promise<void>;
}

const click = (selector: string) => (page: Page) => page.click(selector);
const key = (name: "Enter") => (page: Page) => page.keyboard.press(name);

async function controlEnter(page: Page): Promise<void> {
  await page.keyboard.down("Control");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
}

const WAYS: readonly Way[] = [
  { name: "a form by its button", path: "form", send: click("#send") },
  {
    name: "a form by Enter on its button",
    path: "form",
    send: async (page) => {
      await page.focus("#send");
      await page.keyboard.press("Enter");
    },
  },
  {
    name: "a form by Enter in its title",
    path: "form",
    send: async (page) => {
      await page.type("#subject", "Library");
      await page.keyboard.press("Enter");
    },
  },
  { name: "a button that fetches", path: "fetch", send: click("#send") },
  { name: "a chat by Enter", path: "chat", send: key("Enter") },
  { name: "a chat by its button", path: "chat", send: click("#send") },
  { name: "a box where Ctrl and Enter post", path: "newline", send: controlEnter },
  { name: "an editable box by Enter", path: "editable", send: key("Enter") },
  { name: "an editable box by its button", path: "editable", send: click("#send") },
  { name: "an editor by React by Enter", path: "editor?react", send: key("Enter") },
];

async function write(page: Page, text: string): Promise<void> {
  await page.waitForSelector("#composer");
  await page.type("#composer", text);
}

inEachBrowser("Posting by the plain ways", (test) => {
  for (const way of WAYS) {
    test(`${way.name}: a risky post is held, and published once after "post anyway"`, async (scene) => {
      const page = await scene.open(way.path);
      await write(page, RISKY);
      await way.send(page);
      const panel = await scene.panel(page);
      assert.match(await panel.text(), /12\.3/);
      assert.ok((await panel.marked()).length > 0, "the panel marks the person's words");
      await scene.settled(page);
      assert.deepEqual(scene.posts(), []);
      await panel.postAnyway();
      assert.deepEqual(await scene.posted(page, 1), [RISKY]);
      await panel.gone();
    });

    test(`${way.name}: a clean post is published once, without a panel`, async (scene) => {
      const page = await scene.open(way.path);
      await write(page, CLEAN);
      await way.send(page);
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
      await scene.noPanel(page);
    });
  }

  for (const way of WAYS.filter(({ path }) => path !== "newline")) {
    test(`${way.name}: a held post can be edited and posted then`, async (scene) => {
      const page = await scene.open(way.path);
      await write(page, RISKY);
      await way.send(page);
      const panel = await scene.panel(page);
      await panel.edit();
      await panel.gone();
      await page.focus("#composer");
      await page.keyboard.down("Control");
      await page.keyboard.press("a");
      await page.keyboard.up("Control");
      await page.keyboard.type(CLEAN);
      await way.send(page);
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
      await scene.noPanel(page);
    });
  }

  test("Enter that starts a new line holds nothing", async (scene) => {
    const page = await scene.open("newline");
    await write(page, RISKY);
    await page.keyboard.press("Enter");
    await page.keyboard.type("Second line.");
    assert.equal(
      await page.$eval("#composer", (box) => (box as HTMLTextAreaElement).value),
      `${RISKY}\nSecond line.`,
    );
    await scene.noPanel(page);
    assert.deepEqual(scene.posts(), []);
  });

  test("a release is for exactly the text that was shown", async (scene) => {
    const page = await scene.open("fetch");
    await write(page, RISKY);
    await page.click("#send");
    await (await scene.panel(page)).postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await write(page, "Vote for me on 7 May");
    await page.click("#send");
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), [RISKY]);
    await panel.edit();
    await panel.gone();
  });
});
