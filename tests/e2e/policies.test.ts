// Pages whose own policies or dialogs stand in the way: strict and sandboxing Content Security Policies, a dialog that is
// on top of everything, fullscreen.

import assert from "node:assert/strict";
import { panelAnywhere, panelWindow } from "../support/panel.js";
import { inEachBrowser, RISKY } from "../support/suite.js";

inEachBrowser("Pages with policies and dialogs of their own", (test) => {
  test("a strict policy with Trusted Types: held, published once, and nothing violated", async (scene) => {
    const page = await scene.open("trusted-types");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.match(await panel.text(), /12\.3/);
    assert.deepEqual(scene.posts(), []);
    assert.deepEqual(await page.evaluate(() => Reflect.get(globalThis, "violations")), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("a page in a sandbox that keeps its origin is held, and published once", async (scene) => {
    const page = await scene.open("sandbox");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await panelAnywhere(scene.browser, page);
    assert.match(await panel.text(), /12\.3/);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("a page in a sandbox without an origin: the panel has a window of its own", async (scene) => {
    const page = await scene.open("sandbox-opaque");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await panelWindow(scene.browser);
    assert.match(await panel.text(), /12\.3/);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    await panel.gone();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("closing the panel’s window goes back to editing", async (scene) => {
    const page = await scene.open("sandbox-opaque");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await panelWindow(scene.browser);
    await panel.frame.page().close();
    await page.bringToFront();
    await page.click("#send");
    const again = await panelWindow(scene.browser);
    assert.deepEqual(scene.posts(), []);
    await again.edit();
    await again.gone();
  });

  test("a dialog of the page’s own: the panel stands over it and takes presses", async (scene) => {
    const page = await scene.open("modal");
    await page.click("#open");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await panel.gone();
  });

  test("fullscreen: the panel stands over it and takes presses", async (scene) => {
    const page = await scene.open("modal");
    await page.click("#fullscreen");
    await page.waitForSelector("#composer", { visible: true });
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });
});
