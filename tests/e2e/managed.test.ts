// The council's policy, by real files in the browsers' own folders: its rules, keys, sites and settings win over the
// person's choice, and the pages say so; a post that it keeps from going can always be gone back from.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after } from "node:test";
import type { Page } from "puppeteer-core";
import { violations } from "../support/axe.js";
import { Workshop } from "../support/bundles.js";
import { words } from "../support/extension.js";
import type { Fixtures } from "../support/fixture-server.js";
import { loadsAnew } from "../support/loading.js";
import { openOptions, pressIn, said } from "../support/options.js";
import { imprint, openPopup, refuse, siteStatus } from "../support/popup.js";
import { CLEAN, inEachBrowser, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

const workshop = new Workshop();
after(() => workshop.clear());
const key = workshop.newKey();
const WORD = "kumquat";
const DRAFT = `The ${WORD} parade begins at nine.`;
const file = workshop.bundle({ serial: 4, word: WORD, key });

const OFFICER = { name: "Jan Hale", email: "monitoring@north-wold.example" };

/** The sites of the first tests of this file; later ones are the person's own. */
const sites = (origin: Fixtures["origin"]) => Array.from({ length: 20 }, (_, at) => origin(`t${at + 1}`));

const settings = (origin: Fixtures["origin"]) => ({
  trustedKeys: [{ key: key.line, bundles: ["north-wold"] }],
  bundle: readFileSync(file).toString("base64"),
  sites: sites(origin),
  monitoringOfficer: OFFICER,
  identity: "councillor",
  allowPostAnyway: false,
  elections: [{ notice: "2027-03-20", poll: "2027-05-06" }],
  semanticReviewer: false,
  locale: "en-GB",
});

/** Gives the browser's permission for a site that the policy switches on, and opens a page of it. */
async function openManaged(scene: Scene, path: string): Promise<Page> {
  const page = await scene.visit(path);
  await scene.browser.allow(scene.origin);
  const popup = await openPopup(scene.browser, page);
  const { name } = scene.browser;
  assert.equal(
    await siteStatus(popup),
    `${words("policy_site_off", name)} ${words("site_loads_anew", name)}`,
  );
  await loadsAnew(page, () => popup.click("[role=switch]"));
  await popup.close();
  await page.bringToFront();
  return page;
}

inEachBrowser(
  "A managed browser",
  (test, name) => {
    test("has the council's rules in force, and the options say who decides", async (scene) => {
      const options = await openOptions(scene.browser);
      const rules = await said(options, "#rules");
      assert.match(rules, /North Wold/);
      assert.ok(rules.includes(words("rules_by_policy", name)));
      assert.equal(await options.$("#rules-file"), null);
      assert.ok((await said(options, "#keys")).includes(words("keys_by_policy", name)));
      assert.equal(await options.$eval("#keys form", (form) => (form as HTMLElement).offsetParent), null);
      const told = await said(options, "#policy");
      const decided = [words("policy_no_post", name), words("semantic_policy_off", name)];
      for (const part of [OFFICER.name, OFFICER.email, "20 March 2027", ...decided]) {
        assert.ok(told.includes(part), told);
      }
      assert.ok((await said(options, "#semantic")).includes(words("semantic_policy_off", name)));
      assert.ok(
        await options.$eval("#semantic-switch", (found) => found.matches(":disabled[aria-checked=false]")),
      );
      assert.deepEqual(await violations(options.mainFrame()), []);
      await options.close();
    });

    test("reads the council's sites once the permission is there, and a held post can only be gone back from", async (scene) => {
      const page = await openManaged(scene, "fetch");
      await page.type("#composer", DRAFT);
      await page.click("#send");
      const panel = await scene.panel(page);
      const told = await panel.text();
      assert.ok(!told.includes(words("post_anyway", name)), told);
      assert.ok(told.includes(OFFICER.email), told);
      await assert.rejects(panel.postAnyway(), /has no button/);
      await panel.edit();
      await panel.gone();
      assert.deepEqual(scene.posts(), []);
      await page.$eval("#composer", (box) => {
        (box as HTMLTextAreaElement).value = "";
      });
      await page.type("#composer", CLEAN);
      await page.click("#send");
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
    });

    test("says of a permission that was refused that it was", async (scene) => {
      const page = await scene.visit("form");
      const popup = await openPopup(scene.browser, page);
      await refuse(popup);
      await popup.click("[role=switch]");
      await until("the refusal to be said", async () =>
        (await siteStatus(popup)) === words("site_refused", name) ? true : null,
      );
      await popup.close();
      const options = await openOptions(scene.browser);
      await refuse(options);
      await options.bringToFront();
      await options.click(`[id="switch-${scene.origin}"]`);
      const told = words("options_refused", name).replace("$SITE$", scene.origin);
      await until("the refusal to be said", async () =>
        (await said(options, "#sites")).includes(told) ? true : null,
      );
      await options.close();
    });

    test("shows what the council decides in the popup as set, not to be changed", async (scene) => {
      const page = await openManaged(scene, "form");
      const popup = await openPopup(scene.browser, page);
      await until("the choices", () => popup.$(".identity input"));
      assert.ok(await popup.$eval("[role=switch]", (found) => found.matches(":disabled[aria-checked=true]")));
      const choices = await popup.$$eval(".identity input", (inputs) =>
        inputs.map((input) => [input.value, input.checked, input.disabled]),
      );
      assert.deepEqual(choices, [
        ["councillor", true, true],
        ["detect", false, true],
        ["private", false, true],
      ]);
      assert.match(await imprint(popup), /north-wold, serial 4/);
      assert.deepEqual(await violations(popup.mainFrame()), []);
      await popup.close();
    });

    test("asks for the permission for all of the council's sites at once, and says what pages that are open need", async (scene) => {
      const open = await scene.visit("form");
      for (const origin of sites(scene.fixtures.origin)) await scene.browser.allow(origin);
      const options = await openOptions(scene.browser);
      await pressIn(scene.browser, options, "#policy", "policy_allow");
      await until("the sites to be allowed", async () =>
        (await options.$("#policy button")) === null ? true : null,
      );
      const on = await options.$$eval("#sites [role=switch]", (switches) =>
        switches.map((one) => one.matches(":disabled[aria-checked=true]")),
      );
      assert.deepEqual(on, Array(20).fill(true));
      assert.equal(await said(options, "#policy-status"), words("policy_allowed", name));
      assert.equal(await options.evaluate(() => document.activeElement?.id), "policy-title");
      assert.deepEqual(await violations(options.mainFrame()), []);
      await options.close();
      const popup = await openPopup(scene.browser, open);
      assert.equal(await siteStatus(popup), `${words("policy_site", name)} ${words("site_unguarded", name)}`);
      await popup.close();
      const page = await scene.visit("fetch");
      await page.type("#composer", DRAFT);
      await page.click("#send");
      await (await scene.panel(page)).edit();
    });
  },
  { managed: settings },
);

inEachBrowser(
  "A browser managed wrongly",
  (test) => {
    test("says what cannot be used, and works on with the package's own rules", async (scene) => {
      const page = await scene.visit("form");
      const popup = await openPopup(scene.browser, page);
      const notice = await until("what the popup says", () => popup.$("#rules-notice"));
      assert.match(await notice.evaluate((line) => line.textContent ?? ""), /Tell your council’s IT/);
      assert.match(await imprint(popup), /middlesbrough/);
      await popup.close();
      const options = await openOptions(scene.browser);
      assert.match(await said(options, "#policy"), /“elections”/);
      await options.close();
    });
  },
  {
    managed: () => ({
      trustedKeys: [{ key: key.line, bundles: ["north-wold"] }],
      bundle: workshopAltered(),
      // Of the shape stated, but in no calendar.
      elections: [{ notice: "2027-02-30", poll: "2027-05-06" }],
    }),
  },
);

const LATE = workshop.bundle({ serial: 5, word: WORD, key, issued: "2024-01-01", expires: "2024-12-31" });

inEachBrowser(
  "A browser managed with rules past their last day",
  (test) => {
    test("goes on reading by them, and says quietly what to do", async (scene) => {
      const page = await scene.open("fetch");
      await page.type("#composer", DRAFT);
      await page.click("#send");
      await (await scene.panel(page)).edit();
      const popup = await openPopup(scene.browser, page);
      const notice = await until("what the popup says", () => popup.$("#rules-notice"));
      assert.match(
        await notice.evaluate((line) => line.textContent ?? ""),
        /until 31 December 2024\. They go on working; ask your council/,
      );
      assert.deepEqual(await violations(popup.mainFrame()), []);
      await popup.close();
      const options = await openOptions(scene.browser);
      assert.match(await said(options, "#rules .notice"), /31 December 2024/);
      await options.close();
    });
  },
  {
    managed: () => ({
      trustedKeys: [{ key: key.line, bundles: ["north-wold"] }],
      bundle: readFileSync(LATE).toString("base64"),
      locale: "en-GB",
    }),
  },
);

function workshopAltered(): string {
  const altered = workshop.copy(file, (bytes) => Buffer.from(bytes.toString().replaceAll(WORD, "lumquat")));
  return readFileSync(altered).toString("base64");
}
