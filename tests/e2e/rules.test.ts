// Rules that arrive as a signed file: made with the command, signed with the real minisign, installed by the options
// page, in force in a composer that is already open, and taken back. Whatever is wrong with a file leaves the present
// rules in force and says why.

import assert from "node:assert/strict";
import { after } from "node:test";
import { Workshop } from "../support/bundles.js";
import { words } from "../support/extension.js";
import { bring, goBack, openOptions, said, trustKey, use } from "../support/options.js";
import { inEachBrowser } from "../support/suite.js";

const workshop = new Workshop();
after(() => workshop.clear());
const key = workshop.newKey();

const WORD = "kumquat";
const DRAFT = `The ${WORD} parade begins at nine.`;

inEachBrowser("Signed rules", (test, name) => {
  test("are installed from a file, hold in a composer that is open, and are gone back from", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", DRAFT);
    const options = await openOptions(scene.browser);
    await trustKey(scene.browser, options, key.line, "north-wold");
    assert.equal(await bring(options, workshop.bundle({ serial: 1, word: WORD, key })), null);
    assert.match(await use(scene.browser, options), /north-wold/);
    await page.bringToFront();
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.ok((await panel.marked()).some((marked) => marked.includes(WORD)));
    await panel.edit();
    await panel.gone();
    await options.bringToFront();
    assert.match(await goBack(scene.browser, options, "rules_back"), /middlesbrough/);
    await page.bringToFront();
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [DRAFT]);
    await options.bringToFront();
    assert.match(await goBack(scene.browser, options, "rules_undo"), /north-wold/);
    assert.ok((await said(options, "#rules")).includes(words("rules_back", name)));
    assert.match(await goBack(scene.browser, options, "rules_back"), /middlesbrough/);
    await options.close();
  });
});
