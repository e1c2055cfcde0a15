// Pages that the browser kept, whole, for the person to come back to (Chromium keeps none while it is driven by a test).

import assert from "node:assert/strict";
import { inEachBrowser, RISKY } from "../support/suite.js";
import { until } from "../support/wait.js";

inEachBrowser("Pages that the person comes back to", (test) => {
  test("what was posted anyway is held again when it would be posted a second time", async (scene) => {
    const page = await scene.open("form");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const first = await scene.panel(page);
    await first.postAnyway();
    await page.waitForSelector("#posts");
    // A page that comes back whole loads nothing, so there is no load to wait for.
    await page.evaluate(() => history.back());
    await until("the page to be back with its words", async () => {
      const words = await page
        .$eval("#composer", (box) => (box as HTMLTextAreaElement).value)
        .catch(() => null);
      return words === RISKY ? true : null;
    });
    await page.click("#send");
    const second = await scene.panel(page);
    assert.deepEqual(scene.posts(), [RISKY]);
    await second.edit();
  });
});
