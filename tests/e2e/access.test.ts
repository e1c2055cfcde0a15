// Everything that the person meets can be used by keyboard alone and holds nothing that a screen reader stumbles over.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Page } from "puppeteer-core";
import { startDemo } from "../../demo/server.js";
import { violations } from "../support/axe.js";
import { words } from "../support/extension.js";
import { checkDraft, openPopup } from "../support/popup.js";
import { inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

async function focused(frame: Frame): Promise<string> {
  return frame.evaluate(() =>
    document.hasFocus() ? (document.activeElement?.textContent?.trim() ?? "") : "",
  );
}

async function hold(scene: Scene): Promise<Page> {
  const page = await scene.open("form");
  await page.type("#composer", `${RISKY} Vote for me on 7 May`);
  await page.click("#send");
  return page;
}

function inColours(frame: Frame, scheme: string): Promise<boolean> {
  return until(`the page in ${scheme} colours`, async () =>
    (await frame.evaluate((one) => matchMedia(`(prefers-color-scheme: ${one})`).matches, scheme))
      ? true
      : null,
  );
}

inEachBrowser("Access", (test, name) => {
  test("the panel by keyboard: the focus starts on going back, Escape goes back, nothing is posted", async (scene) => {
    const page = await hold(scene);
    const panel = await scene.panel(page);
    await until("the focus on going back", async () =>
      (await focused(panel.frame)) === words("edit", name) ? true : null,
    );
    await panel.press("Escape");
    await panel.gone();
    assert.deepEqual(scene.posts(), []);
    await until("the focus back in the composer or on its button", async () =>
      (await page.evaluate(() => document.activeElement?.id ?? "")).match(/^(composer|send)$/) === null
        ? null
        : true,
    );
    await page.focus("#composer");
    await page.keyboard.type("!");
    const value = await page.$eval("#composer", (box) => (box as HTMLTextAreaElement).value);
    assert.ok(value.includes("!") && value.includes(RISKY.slice(0, 10)), "the draft is as it was left");
  });

  test("the panel by keyboard: Tab reaches every button, and stays inside; Enter posts anyway", async (scene) => {
    const page = await hold(scene);
    const panel = await scene.panel(page);
    const seen = new Set<string>();
    for (let step = 0; step < 12; step += 1) {
      await panel.press("Tab");
      seen.add(await focused(panel.frame));
    }
    for (const key of ["edit", "post_anyway", "copy_note"]) {
      assert.ok(
        seen.has(words(key, name)),
        `Tab never reached "${words(key, name)}": ${[...seen].join(" | ")}`,
      );
    }
    for (let step = 0; step < 12; step += 1) {
      if ((await focused(panel.frame)) === words("post_anyway", name)) break;
      await panel.press("Tab");
    }
    assert.equal(await focused(panel.frame), words("post_anyway", name));
    await panel.press("Enter");
    assert.deepEqual(await scene.posted(page, 1), [`${RISKY} Vote for me on 7 May`]);
  });

  test("the panel is a dialog with a name and a description, in the language of the words", async (scene) => {
    const page = await hold(scene);
    const panel = await scene.panel(page);
    const dialog = await panel.frame.$eval("[role=alertdialog]", (element) => ({
      title: document.getElementById(element.getAttribute("aria-labelledby") ?? "")?.textContent ?? "",
      lead: document.getElementById(element.getAttribute("aria-describedby") ?? "")?.textContent ?? "",
      language: document.documentElement.lang,
    }));
    assert.notEqual(dialog.title, "");
    assert.notEqual(dialog.lead, "");
    assert.match(dialog.language, /^en/);
    await panel.edit();
  });

  test("the note for the monitoring officer is copied, or shown to be copied", async (scene) => {
    const page = await hold(scene);
    const panel = await scene.panel(page);
    await panel.copyNote();
    await until("the note", async () => {
      const said = await panel.frame.$eval("[role=status]", (status) => status.textContent ?? "");
      const byHand = await panel.frame.$$eval("textarea", (areas) => areas.map((area) => area.value));
      return said === words("note_copied", name) || byHand.some((text) => text.includes(RISKY)) ? true : null;
    });
    assert.deepEqual(scene.posts(), []);
    await panel.edit();
  });

  for (const scheme of ["light", "dark"] as const) {
    test(`no violations in the panel (${scheme})`, async (scene) => {
      const page = await hold(scene);
      const panel = await scene.panel(page);
      await scene.browser.preferColours(page, scheme);
      await inColours(panel.frame, scheme);
      assert.deepEqual(await violations(panel.frame), []);
      await panel.edit();
    });

    test(`no violations in the popup and the options (${scheme})`, async (scene) => {
      const page = await scene.open("form");
      const popup = await openPopup(scene.browser, page);
      await until("the popup’s switch", () => popup.$("[role=switch]"));
      await scene.browser.preferColours(popup, scheme);
      await inColours(popup.mainFrame(), scheme);
      assert.deepEqual(await violations(popup.mainFrame()), []);
      await checkDraft(popup, RISKY);
      await until("what was found", () => popup.$("mark"));
      assert.deepEqual(await violations(popup.mainFrame()), []);
      await popup.close();
      const options = await scene.browser.openExtensionPage("options.html");
      await until("the site’s row", () => options.$("[role=switch]"));
      await scene.browser.preferColours(options, scheme);
      await inColours(options.mainFrame(), scheme);
      assert.deepEqual(await violations(options.mainFrame()), []);
      await options.close();
    });
  }

  test("no violations in the demo", async (scene) => {
    const folder = mkdtempSync(join(tmpdir(), "second-reading-demo-"));
    const demo = await startDemo(folder);
    const page = await scene.browser.newPage();
    try {
      for (const origin of Object.values(demo.origins)) {
        await page.goto(`${origin}/`);
        assert.deepEqual(await violations(page.mainFrame()), []);
      }
    } finally {
      await page.close();
      await demo.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
