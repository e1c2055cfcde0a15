// Composers that do not stand in the page itself: in frames, in shadow roots, in frames whose Publish button stands above.

import assert from "node:assert/strict";
import type { Frame, Page } from "puppeteer-core";
import { words } from "../support/extension.js";
import {
  frameOffer,
  openPopup,
  refuse,
  siteStatus,
  switchOn,
  switchOnFrame,
  switchState,
} from "../support/popup.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

async function innerFrame(page: Page, selector = "#frame"): Promise<Frame> {
  const handle = await page.waitForSelector(selector);
  const frame = await handle?.contentFrame();
  if (frame == null) throw new Error("the page has no such frame");
  await frame.waitForSelector("#composer");
  return frame;
}

async function heldThenPublished(scene: Scene, page: Page, site: string, expected = RISKY): Promise<void> {
  const panel = await scene.panel(page);
  await scene.settled(page);
  assert.deepEqual(scene.fixtures.posts(site), []);
  await panel.postAnyway();
  await scene.fixtures.posted(site, 1);
  await scene.settled(page);
  assert.deepEqual(scene.fixtures.posts(site), [expected]);
}

inEachBrowser("Frames and shadow roots", (test, name) => {
  test("a form in a frame of the same site is held and published once", async (scene) => {
    const page = await scene.open("frame");
    const frame = await innerFrame(page);
    await frame.type("#composer", RISKY);
    await frame.click("#send");
    await heldThenPublished(scene, page, scene.site);
  });

  test("a form in another site’s frame is left alone until the person switches that on too", async (scene) => {
    const page = await scene.open("frame-other");
    const other = `${scene.site}-other`;
    const before = await innerFrame(page);
    await before.type("#composer", RISKY);
    await before.click("#send");
    assert.deepEqual(await scene.fixtures.posted(other, 1), [RISKY]);
    await page.reload();
    await switchOnFrame(scene.browser, page, scene.fixtures.origin(other));
    const frame = await innerFrame(page);
    await frame.type("#composer", "Vote for me on 7 May");
    await frame.click("#send");
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.fixtures.posts(other), [RISKY]);
    await panel.postAnyway();
    assert.deepEqual(await scene.fixtures.posted(other, 2), [RISKY, "Vote for me on 7 May"]);
  });

  test("a refusal of the permission for another site’s frame is said of that frame alone", async (scene) => {
    const page = await scene.open("frame-other");
    const popup = await openPopup(scene.browser, page);
    const offer = await frameOffer(popup, scene.fixtures.origin(`${scene.site}-other`));
    await refuse(popup);
    await offer.click();
    await until("the refusal to be said", async () =>
      (await siteStatus(popup)) === words("frame_refused", name) ? true : null,
    );
    assert.equal(await switchState(popup), true);
    await popup.close();
  });

  test("a site switched on by itself is left alone inside a page that is not", async (scene) => {
    const other = await scene.browser.newPage();
    await other.goto(`${scene.fixtures.origin(`${scene.site}-other`)}/form`);
    await switchOn(scene.browser, other);
    const page = await scene.visit("frame-other");
    const frame = await innerFrame(page);
    await frame.type("#composer", RISKY);
    await frame.click("#send");
    assert.deepEqual(await scene.fixtures.posted(`${scene.site}-other`, 1), [RISKY]);
    await scene.noPanel(page);
    await other.close();
  });

  for (const [path, how] of [
    ["frame-same-origin", "of the same site"],
    ["frame-written", "written by the page"],
  ] as const) {
    test(`a composer in a frame ${how}, with Publish above it, is held and published once`, async (scene) => {
      const page = await scene.open(path);
      const frame = await innerFrame(page);
      await frame.type("#composer", RISKY);
      await page.click("#send");
      await heldThenPublished(scene, page, scene.site);
    });

    test(`a clean draft in a frame ${how}, with Publish above it, goes once without a panel`, async (scene) => {
      const page = await scene.open(path);
      const frame = await innerFrame(page);
      await frame.type("#composer", CLEAN);
      await page.click("#send");
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
      await scene.noPanel(page);
    });
  }

  test("a draft in a frame that changed while it was held is read again before it goes", async (scene) => {
    const page = await scene.open("frame-same-origin");
    const frame = await innerFrame(page);
    await frame.type("#composer", RISKY);
    await page.click("#send");
    const first = await scene.panel(page);
    const other = `${RISKY} ${RISKY}`;
    await frame.$eval(
      "#composer",
      (box, text) => {
        (box as HTMLTextAreaElement).value = text;
      },
      other,
    );
    await first.postAnyway();
    await first.gone();
    const second = await scene.panel(page);
    assert.equal((await second.marked()).length, 2);
    assert.deepEqual(scene.posts(), []);
    await second.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [other]);
  });

  test("a composer in another site’s frame, with Publish above it, is held and published once", async (scene) => {
    const page = await scene.open("frame-cross-origin");
    await switchOnFrame(scene.browser, page, scene.fixtures.origin(`${scene.site}-other`));
    const frame = await innerFrame(page);
    await frame.type("#composer", RISKY);
    await page.click("#send");
    await heldThenPublished(scene, page, scene.site);
  });

  for (const mode of ["open", "closed"] as const) {
    test(`a composer in a shadow root (${mode}) is held and published once`, async (scene) => {
      const page = await scene.open(`shadow-${mode}`);
      const box = await page.waitForSelector("post-box");
      // The field stands first in the box, its button next: reached as by a person, by keys.
      await until(
        "the box to be laid out",
        async () => ((await box?.boundingBox())?.height ?? 0) > 20 || null,
      );
      await page.keyboard.press("Tab");
      await page.keyboard.type(RISKY);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await heldThenPublished(scene, page, scene.site);
    });
  }

  test("composers that a page builds later, one after another, are read", async (scene) => {
    const page = await scene.open("app");
    await page.click("#first");
    await page.type("#composer", CLEAN);
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
    await page.click("#second");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), [CLEAN]);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 2), [CLEAN, RISKY]);
  });
});
