// Two real applications, with what their own databases hold: a forum (django-spirit) and a blog's comments (Isso).

import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { Page } from "puppeteer-core";
import { type Application, MEMBER, startComments, startForum, TOPIC } from "../apps/applications.js";
import { loadsAnew } from "../support/loading.js";
import { switchOn } from "../support/popup.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";

const CHOSEN = "Vote for me on 7 May";

inEachBrowser("A forum: django-spirit", (test) => {
  let forum: Application;
  before(async () => {
    forum = await startForum();
  });
  after(() => forum?.close());

  /** A page of the forum, switched on, with the member logged in through its own log-in form. */
  async function member(scene: Scene, path: string): Promise<Page> {
    const page = await scene.newPage();
    await page.goto(`${forum.origin}/user/login/`);
    if ((await page.$("#id_username")) !== null) {
      await switchOn(scene.browser, page);
      await page.type("#id_username", MEMBER.name);
      await page.type("#id_password", MEMBER.password);
      await loadsAnew(page, () => page.click("form .button[type=submit]"));
      await scene.noPanel(page);
    }
    await page.goto(`${forum.origin}${path}`);
    return page;
  }

  async function write(page: Page, text: string): Promise<void> {
    await page.type("textarea[name=comment]", text);
  }

  async function send(page: Page): Promise<void> {
    await page.click("form:has(textarea[name=comment]) [type=submit]");
  }

  test('logging in is nobody’s business; a risky answer is not in the database until "post anyway", then once', async (scene) => {
    const page = await member(scene, `/comment/1/publish/`);
    const start = forum.published();
    await write(page, RISKY);
    await send(page);
    const panel = await scene.panel(page);
    assert.deepEqual(forum.published(), start);
    await loadsAnew(page, () => panel.postAnyway());
    assert.deepEqual(await forum.publishedSoon(start.length + 1), [...start, RISKY]);
  });

  test("a clean answer is in the database once, without a panel", async (scene) => {
    const page = await member(scene, `/comment/1/publish/`);
    const start = forum.published();
    await write(page, CLEAN);
    await loadsAnew(page, () => send(page));
    assert.deepEqual(await forum.publishedSoon(start.length + 1), [...start, CLEAN]);
    await scene.noPanel(page);
  });

  test("a held answer can be edited and posted then", async (scene) => {
    const page = await member(scene, `/comment/1/publish/`);
    const start = forum.published();
    await write(page, CHOSEN);
    await send(page);
    const panel = await scene.panel(page);
    await panel.edit();
    await panel.gone();
    await page.$eval("textarea[name=comment]", (box) => (box as HTMLTextAreaElement).select());
    await page.focus("textarea[name=comment]");
    await page.keyboard.type("See you at the surgery on Friday.");
    await loadsAnew(page, () => send(page));
    assert.deepEqual(await forum.publishedSoon(start.length + 1), [
      ...start,
      "See you at the surgery on Friday.",
    ]);
  });

  test("a new topic: what stands in its title is read too", async (scene) => {
    const page = await member(scene, "/topic/publish/");
    const start = forum.published();
    await page.type("input[name=title]", CHOSEN);
    await page.select(
      "select[name=category]",
      await page.$eval(
        "select[name=category] option:last-child",
        (option) => (option as HTMLOptionElement).value,
      ),
    );
    await write(page, CLEAN);
    await send(page);
    const panel = await scene.panel(page);
    assert.match(await panel.text(), /Vote for me/);
    assert.deepEqual(forum.published(), start);
    await loadsAnew(page, () => panel.postAnyway());
    assert.deepEqual(await forum.publishedSoon(start.length + 1), [...start, CLEAN]);
  });

  test("the topic’s page shows each answer once", async (scene) => {
    const page = await member(scene, TOPIC);
    const shown = await page.evaluate(() => document.body.textContent ?? "");
    for (const text of forum.published()) assert.equal(shown.split(text).length - 1, 1, text);
  });
});

inEachBrowser("A blog’s comments: Isso", (test) => {
  let blog: Application;
  before(async () => {
    blog = await startComments();
  });
  after(() => blog?.close());

  async function open(scene: Scene): Promise<Page> {
    const page = await scene.newPage();
    await page.goto(blog.origin);
    await page.waitForSelector(BOX);
    if (!(await scene.isOn(page))) await switchOn(scene.browser, page);
    await page.waitForSelector(BOX);
    return page;
  }

  const BOX = "#isso-thread .isso-textarea";
  const SEND = "#isso-thread .isso-postbox input[type=submit]";

  test('a risky comment is not in the database until "post anyway", then there once', async (scene) => {
    const page = await open(scene);
    const start = blog.published();
    await page.type(BOX, RISKY);
    await page.click(SEND);
    const panel = await scene.panel(page);
    assert.deepEqual(blog.published(), start);
    await panel.postAnyway();
    assert.deepEqual(await blog.publishedSoon(start.length + 1), [...start, RISKY]);
    await page.waitForFunction((text) => (document.body.textContent ?? "").includes(text), {}, RISKY);
    assert.equal(blog.published().length, start.length + 1);
  });

  test("a clean comment is in the database once, without a panel", async (scene) => {
    const page = await open(scene);
    const start = blog.published();
    await page.type(BOX, CLEAN);
    await page.click(SEND);
    assert.deepEqual(await blog.publishedSoon(start.length + 1), [...start, CLEAN]);
    await scene.noPanel(page);
  });
});
