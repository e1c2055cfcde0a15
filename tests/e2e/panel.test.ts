// What the panel says, and that it can always be left.

import assert from "node:assert/strict";
import { words } from "../support/extension.js";
import { inEachBrowser, RISKY } from "../support/suite.js";

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
});
