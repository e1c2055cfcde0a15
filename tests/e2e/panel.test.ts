// What the panel says, and that it can always be left.

import assert from "node:assert/strict";
import { violations } from "../support/axe.js";
import { words } from "../support/extension.js";
import { inEachBrowser, RISKY } from "../support/suite.js";
import { until } from "../support/wait.js";

/** Worth a look, but no reason to hold a post. */
const MILD = "I'll slip yours to the top of the pile.";

inEachBrowser("The panel", (test, name) => {
  test("counts what holds the post, and not what is only also worth a look", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", `${RISKY} ${MILD}`);
    await page.click("#send");
    const panel = await scene.panel(page);
    const count = (selector: string) => panel.frame.$$eval(selector, (points) => points.length);
    assert.deepEqual([await count(".point:not(.point-notice)"), await count(".point-notice")], [1, 1]);
    const lead = await panel.frame.$eval("#lead", (found) => found.textContent ?? "");
    assert.equal(lead, words("held_lead_one", name));
    await panel.edit();
  });

  test("whose answer can no longer be read by says so, and has a way back", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await scene.panel(page);
    // What the background knows of its tabs is gone, as after an update.
    const asking = await scene.browser.openExtensionPage("manifest.json");
    await asking.evaluate(() => chrome.storage.session.clear());
    await asking.close();
    await page.bringToFront();
    await panel.answer("identity_not_here");
    assert.ok((await panel.text()).includes(words("over_title", name)));
    assert.deepEqual(await violations(panel.frame), []);
    await until("the focus on the way back", async () =>
      (await panel.frame.evaluate(() => document.activeElement?.textContent)) === words("plain_back", name)
        ? true
        : null,
    );
    await panel.back();
    await panel.gone();
    assert.deepEqual(scene.posts(), []);
    await page.click("#send");
    await (await scene.panel(page)).edit();
  });
});
