// The demo that a first-time user sees: each of its sites, with the writer known from the page.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Page } from "puppeteer-core";
import { type Demo, startDemo } from "../../demo/server.js";
import { extensionFolder, ROOT, words } from "../support/extension.js";
import { settled } from "../support/loading.js";
import { switchOn } from "../support/popup.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

const WAYS = {
  forum: { composer: "#message", send: (page: Page) => page.click(".reply button") },
  blog: { composer: "#comment", send: (page: Page) => page.click("#send") },
  chat: { composer: "#box", send: (page: Page) => page.keyboard.press("Enter") },
} as const;

inEachBrowser("The demo", (test, name) => {
  const folder = mkdtempSync(join(tmpdir(), "second-reading-demo-"));
  let demo: Demo;
  before(async () => {
    demo = await startDemo(folder);
  });
  after(async () => {
    await demo?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function published(site: keyof typeof WAYS, count: number, page: Page): Promise<readonly string[]> {
    await until(`post ${count} on the ${site}`, () =>
      demo.store.posted(site).length >= count ? true : null,
    );
    await settled(page);
    return demo.store.posted(site);
  }

  for (const [site, { composer, send }] of Object.entries(WAYS) as [
    keyof typeof WAYS,
    (typeof WAYS)["forum"],
  ][]) {
    test(`${site}: a risky post is held, published once after "post anyway", and a clean one goes`, async (scene: Scene) => {
      const page = await scene.newPage();
      await page.goto(`${demo.origins[site]}/`);
      await switchOn(scene.browser, page);
      await page.type(composer, RISKY);
      await send(page);
      const panel = await scene.panel(page);
      const said = await panel.text();
      assert.match(said, /12\.3/);
      assert.ok(
        !said.includes(words("identity_question", name)),
        "the page shows that a councillor writes: nothing need be asked",
      );
      assert.deepEqual(demo.store.posted(site), []);
      await panel.postAnyway();
      assert.deepEqual(await published(site, 1, page), [RISKY]);
      await page.waitForSelector(composer);
      await page.type(composer, CLEAN);
      await send(page);
      assert.deepEqual(await published(site, 2, page), [RISKY, CLEAN]);
      await scene.noPanel(page);
    });
  }

  test("a picture of a warning is written, and everything ends by itself", async () => {
    const file = join(folder, "warning.png");
    execFileSync(
      process.execPath,
      [
        "--import",
        "tsx",
        "tests/support/run-demo.ts",
        "--browser",
        name,
        "--dist",
        extensionFolder(name),
        "--headless",
        "--screenshot",
        file,
      ],
      { cwd: ROOT, stdio: "ignore" },
    );
    assert.ok(existsSync(file));
    assert.equal(readFileSync(file).subarray(1, 4).toString("latin1"), "PNG");
  });
});
