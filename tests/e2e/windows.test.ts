// Windows without an address that a site opens and writes a composer into: they are the site's own, and are read as it is.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { words } from "../support/extension.js";
import { openOptions } from "../support/options.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { until, within } from "../support/wait.js";

/** Runs in the site's page: a window with a composer, as the page's own script writes one. */
function openWritten(): void {
  const { document } = window.open("", "written") ?? window;
  // Without a doctype: Firefox's driver takes the root's height for the window's, and presses nothing further down.
  document.documentElement.style.height = "100vh";
  document.body.innerHTML =
    '<label>Your comment <textarea id="composer" rows="5"></textarea></label><button type="button" id="send">Publish</button>';
  document.querySelector("#send")?.addEventListener("click", () => {
    const composer = document.querySelector<HTMLTextAreaElement>("#composer");
    const body = composer?.value ?? "";
    if (composer !== null) composer.value = "";
    void fetch("/posts", { method: "POST", headers: { "content-type": "text/plain" }, body });
  });
}

/** A page that is switched on, and the window that it wrote. */
async function written(scene: Scene): Promise<Page> {
  const page = await scene.open("fetch");
  const opened = new Promise<Page | null>((resolve) => page.once("popup", resolve));
  await page.evaluate(openWritten);
  const found = await within("the window", opened);
  if (found === null) throw new Error("no window opened");
  await found.waitForSelector("#composer");
  assert.equal(await found.evaluate(() => location.href), "about:blank");
  return found;
}

async function send(page: Page, text: string): Promise<void> {
  await page.bringToFront();
  await page.type("#composer", text);
  await page.click("#send");
}

/** Something changes for all guards, as when the person decides how drafts are read. */
async function changeForAll(scene: Scene): Promise<void> {
  const options = await openOptions(scene.browser);
  const toggle = "#semantic-switch";
  for (const expected of ["false", "true"]) {
    await options.click(toggle);
    await until("the switch to be kept", async () =>
      (await options.$eval(toggle, (found) => found.getAttribute("aria-checked"))) === expected ? true : null,
    );
  }
  await options.close();
}

inEachBrowser("Windows that a site writes", (test, name) => {
  test("are read as the site is", async (scene) => {
    const page = await written(scene);
    await send(page, RISKY);
    const panel = await scene.panel(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.fixtures.posted(scene.site, 1), [RISKY]);
    await send(page, CLEAN);
    assert.deepEqual(await scene.fixtures.posted(scene.site, 2), [RISKY, CLEAN]);
    assert.ok(await scene.isOn(page), "the popup says so");
  });

  test("go on being read when something changes for all sites", async (scene) => {
    const page = await written(scene);
    await changeForAll(scene);
    await send(page, RISKY);
    const panel = await scene.panel(page);
    assert.deepEqual(scene.posts(), []);
    await panel.edit();
  });

  test("hold on to a draft whose panel is answered how the person appears", async (scene) => {
    const page = await written(scene);
    await send(page, RISKY);
    const panel = await scene.panel(page);
    await panel.answer("identity_yes");
    assert.ok((await panel.text()).includes("12.3"), await panel.text());
    await panel.edit();
    await panel.gone();
    await page.bringToFront();
    await page.click("#send");
    const again = await scene.panel(page);
    assert.ok(!(await again.text()).includes(words("identity_question", name)));
    assert.deepEqual(scene.posts(), []);
    await again.edit();
  });
});
