// Buttons that pages make themselves: components with their words in a slot, and links that act on Space.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { ownPage } from "../support/own-page.js";
import { inEachBrowser, RISKY, type Scene } from "../support/suite.js";

const PUBLISH = `() => {
  const text = composer.value;
  composer.value = "";
  void fetch("/posts", { method: "POST", headers: { "content-type": "text/plain" }, body: text });
}`;

/** A switched-on page with a draft in its box and these controls beside it; `script` runs in it. */
async function site(scene: Scene, controls: string, script: string): Promise<Page> {
  const body = `<div><textarea id="composer" rows="8" cols="60"></textarea>${controls}</div>`;
  const page = await ownPage(scene, body, script);
  await page.type("#composer", RISKY);
  return page;
}

async function assertHeldOnce(scene: Scene, page: Page, send: () => Promise<void>): Promise<void> {
  await send();
  const panel = await scene.panel(page);
  await scene.settled(page);
  assert.deepEqual(scene.posts(), []);
  await panel.postAnyway();
  assert.deepEqual(await scene.posted(page, 1), [RISKY]);
}

inEachBrowser("Buttons that pages make themselves", (test) => {
  for (const [shown, words] of [
    ["words", "Post"],
    ["an element", "<b>Post</b>"],
  ] as const) {
    for (const mode of ["open", "closed"] as const) {
      test(`a component (${mode}) with ${shown} in its button's slot is held, and publishes once`, async (scene) => {
        const page = await site(
          scene,
          `<x-button id="go">${words}</x-button>`,
          `go.attachShadow({ mode: "${mode}" }).innerHTML = '<button type="button"><slot></slot></button>';
          go.onclick = ${PUBLISH}`,
        );
        await assertHeldOnce(scene, page, () => page.click("#go"));
      });
    }
  }

  for (const [what, words] of [
    ["a link made a button", "Post"],
    ["one that was learnt", "*"],
  ] as const) {
    test(`Space on ${what} is held, and publishes once`, async (scene) => {
      const page = await site(
        scene,
        `<a role="button" tabindex="0" id="go" class="zap">${words}</a>`,
        `globalThis.publish = ${PUBLISH};
        go.onkeydown = (event) => {
          if (event.key !== " ") return;
          event.preventDefault();
          publish();
        }`,
      );
      if (words === "*") {
        const notes = await scene.listen();
        await page.bringToFront();
        await page.focus("#go");
        await page.keyboard.press(" ");
        await notes.until("the background to know of it", "unread");
        await page.bringToFront();
        await page.type("#composer", RISKY);
      }
      const before = scene.posts().length;
      await page.focus("#go");
      await page.keyboard.press(" ");
      const panel = await scene.panel(page);
      await scene.settled(page);
      assert.equal(scene.posts().length, before);
      await panel.postAnyway();
      assert.deepEqual(await scene.posted(page, before + 1), Array(before + 1).fill(RISKY));
    });
  }
});
