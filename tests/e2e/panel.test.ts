// What the panel says, and that it can always be left.

import assert from "node:assert/strict";
import { violations } from "../support/axe.js";
import { words } from "../support/extension.js";
import { openOptions } from "../support/options.js";
import { inEachBrowser, RISKY } from "../support/suite.js";
import { until } from "../support/wait.js";

/** To the rules, each is worth a look, but no reason to hold a post. */
const MILD = "Tell the parking lads it's for me. Roll on polling day, and show this lot the door.";

inEachBrowser("The panel", (test, name) => {
  test("counts what holds the post, and not what is only also worth a look", async (scene) => {
    const options = await openOptions(scene.browser);
    await options.click("#semantic-switch");
    await until("only the rules to read", () => options.$("#semantic-switch[aria-checked=false]"));
    await options.close();
    const page = await scene.open("fetch");
    await page.type("#composer", `${RISKY} ${MILD}`);
    await page.click("#send");
    const panel = await scene.panel(page);
    const count = (selector: string) => panel.frame.$$eval(selector, (points) => points.length);
    const held = await count(".point:not(.point-notice)");
    assert.ok((await count(".point-notice")) > 0, "something is only also worth a look");
    const lead = await panel.frame.$eval("#lead", (found) => found.textContent ?? "");
    const several = words("held_lead_other", name).replace("$COUNT$", String(held));
    assert.equal(lead, held === 1 ? words("held_lead_one", name) : several);
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
