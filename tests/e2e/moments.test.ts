// What may go wrong in time: posting at once, a background that was stopped, held-down keys and double clicks.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { switchOn, untilToldUnread } from "../support/popup.js";
import { comeBack, startingIn } from "../support/starting.js";
import { CLEAN, inEachBrowser, RISKY } from "../support/suite.js";

inEachBrowser("Moments", (test) => {
  test("typed and sent at once: still read", async (scene) => {
    const page = await scene.open("chat");
    await page.focus("#composer");
    await page.keyboard.type(RISKY);
    await page.keyboard.press("Enter");
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    await panel.edit();
  });

  test("pasted and sent at once: still read", async (scene) => {
    const page = await scene.open("chat");
    await page.focus("#composer");
    await page.evaluate((text) => document.execCommand("insertText", false, text), RISKY);
    await page.keyboard.press("Enter");
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    await panel.edit();
  });

  test("put there by the page’s own script and sent: still read", async (scene) => {
    const page = await scene.open("form");
    await page.$eval(
      "#composer",
      (box, text) => {
        (box as HTMLTextAreaElement).value = text;
      },
      RISKY,
    );
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.deepEqual(scene.posts(), []);
    await panel.edit();
  });

  test("with the background stopped mid-draft, a risky post is still held", async (scene) => {
    const page = await scene.open("form");
    await page.type("#composer", RISKY.slice(0, 12));
    await scene.browser.stopBackground();
    await page.bringToFront();
    await page.type("#composer", RISKY.slice(12));
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.match(await panel.text(), /12\.3/);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("with the background stopped after the last key, a risky post is still held", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", RISKY);
    await scene.browser.stopBackground();
    await page.bringToFront();
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("with the background stopped after the last key, a clean post still goes once", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", CLEAN);
    await scene.browser.stopBackground();
    await page.bringToFront();
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
    await scene.noPanel(page);
  });

  test("with the background stopped while the panel is up, the decision still counts", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await scene.panel(page);
    await scene.browser.stopBackground();
    await page.bringToFront();
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("a held-down Enter opens one panel and sends nothing", async (scene) => {
    const page = await scene.open("chat");
    await page.type("#composer", RISKY);
    for (let repeat = 0; repeat < 8; repeat += 1) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await scene.noPanel(page);
  });

  test("an Enter held down since Shift was let go sends nothing", async (scene) => {
    const page = await scene.open("chat");
    await page.type("#composer", RISKY);
    await page.keyboard.down("Shift");
    await page.keyboard.down("Enter");
    await page.keyboard.up("Shift");
    for (let repeat = 0; repeat < 3; repeat += 1) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    await scene.noPanel(page);
    await page.keyboard.press("Enter");
    const panel = await scene.panel(page);
    await panel.edit();
  });

  test("other words in a box that the page put in the held one’s place are read before they go", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const first = await scene.panel(page);
    const other = `${RISKY} ${RISKY}`;
    await page.$eval(
      "#composer",
      (box, text) => {
        const anew = box.cloneNode() as HTMLTextAreaElement;
        anew.value = text;
        box.replaceWith(anew);
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

  test("a double click on Publish opens one panel and sends nothing", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", RISKY);
    await page.click("#send", { count: 2 });
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await scene.noPanel(page);
  });

  test("a clean post sent by a double click goes once", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", CLEAN);
    await page.click("#send", { count: 2 });
    assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
  });

  test("a draft of 100,000 characters is read and held", async (scene) => {
    const page = await scene.open("form");
    const long = `${"The library on Park Road reopens on Monday at nine. ".repeat(1950)}${RISKY}`;
    await page.focus("#composer");
    await page.evaluate((text) => document.execCommand("insertText", false, text), long);
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [long]);
  });
});

/** Presses Enter while the background starts, and begins the next words at once. */
async function assertNotSentHalf(page: Page, posts: () => readonly string[]): Promise<void> {
  await page.keyboard.press("Enter");
  await page.keyboard.type(" And on Tu");
  // Longer than an act is kept.
  await new Promise((resolve) => setTimeout(resolve, 4000));
  assert.deepEqual(posts(), []);
  assert.equal(await page.$eval("#composer", (box) => (box as HTMLInputElement).value), `${CLEAN} And on Tu`);
}

inEachBrowser(
  "A background that takes a while to start",
  (test) => {
    test("a draft that the page brought back, sent by a button at once: still read", async (scene) => {
      const page = await scene.open("form");
      await comeBack(scene, page, RISKY);
      await page.click("#send");
      const panel = await scene.panel(page);
      assert.deepEqual(scene.posts(), []);
      await panel.postAnyway();
      assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    });

    test("a draft that the page brought back, sent by Enter at once: still read", async (scene) => {
      const page = await scene.open("chat");
      await comeBack(scene, page, RISKY);
      await page.keyboard.press("Enter");
      const panel = await scene.panel(page);
      await scene.settled(page);
      assert.deepEqual(scene.posts(), []);
      await panel.edit();
      assert.equal(await page.$eval("#composer", (box) => (box as HTMLInputElement).value), RISKY);
    });

    test("a clean one, sent twice at once, goes once", async (scene) => {
      const page = await scene.open("chat");
      await comeBack(scene, page, CLEAN);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
      await scene.noPanel(page);
    });

    test("an Enter is not made again on words written after it", async (scene) => {
      const page = await scene.open("chat");
      await comeBack(scene, page, CLEAN);
      await assertNotSentHalf(page, scene.posts);
    });

    test("in a frame of a site that is on, on a page that is not, a post goes once, as if nothing had been", async (scene) => {
      const other = await scene.newPage();
      await other.goto(`${scene.fixtures.origin(`${scene.site}-other`)}/form`);
      await switchOn(scene.browser, other);
      const page = await scene.visit("frame-other");
      const frame = await comeBack(scene, page, RISKY, "#frame");
      await frame.click("#send");
      assert.deepEqual(await scene.fixtures.posted(`${scene.site}-other`, 1), [RISKY]);
      await scene.settled(page);
      assert.deepEqual(scene.fixtures.posts(`${scene.site}-other`), [RISKY]);
      await scene.noPanel(page);
    });
  },
  { alter: startingIn(1500) },
);

inEachBrowser(
  "A background that takes too long to start",
  (test) => {
    test("an Enter is not made again on words written after it", async (scene) => {
      const page = await scene.open("chat");
      await comeBack(scene, page, CLEAN);
      await assertNotSentHalf(page, scene.posts);
    });

    test("what was sent before the site was known to be on goes once, and the popup tells", async (scene) => {
      const page = await scene.open("chat");
      await comeBack(scene, page, RISKY);
      await page.keyboard.press("Enter");
      assert.deepEqual(await scene.posted(page, 1), [RISKY]);
      await scene.noPanel(page);
      await untilToldUnread(scene.browser, page, "site_missed");
    });
  },
  { alter: startingIn(5000) },
);

inEachBrowser(
  "A background that starts after an act was given back",
  (test) => {
    test("what is sent then is read", async (scene) => {
      const page = await scene.open("chat");
      await comeBack(scene, page, CLEAN);
      await page.keyboard.press("Enter");
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
      await page.evaluate((text) => document.execCommand("insertText", false, text), RISKY);
      await page.keyboard.press("Enter");
      const panel = await scene.panel(page);
      assert.deepEqual(scene.posts(), [CLEAN]);
      await panel.edit();
    });
  },
  { alter: startingIn(3500) },
);
