// What is nobody's business is never read: passwords, log-ins, searches, cards. Shown by what would be held if it were.

import assert from "node:assert/strict";
import { inEachBrowser, RISKY } from "../support/suite.js";

const FIELDS = [
  { name: "a password", field: "#password", send: "#log-in-send" },
  { name: "a search", field: "#search", send: "#search-send" },
  { name: "a card’s name", field: "#card-name", send: "#card-send" },
] as const;

inEachBrowser("Private fields", (test) => {
  for (const { name, field, send } of FIELDS) {
    test(`${name}: goes as typed, by button, without a panel`, async (scene) => {
      const page = await scene.open("private");
      await page.type(field, RISKY);
      await page.click(send);
      assert.deepEqual(await scene.posted(page, 1), [RISKY]);
      await scene.noPanel(page);
    });

    test(`${name}: goes as typed, by Enter, without a panel`, async (scene) => {
      const page = await scene.open("private");
      await page.type(field, RISKY);
      await page.keyboard.press("Enter");
      assert.deepEqual(await scene.posted(page, 1), [RISKY]);
      await scene.noPanel(page);
    });
  }
});
