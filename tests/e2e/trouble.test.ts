// When something is broken or new: nothing goes silently unread, and the person is told.

import assert from "node:assert/strict";
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { violations } from "../support/axe.js";
import type { BrowserName } from "../support/browser.js";
import { words } from "../support/extension.js";
import { openOptions } from "../support/options.js";
import { openPopup, siteStatus, switchOn, untilToldUnread } from "../support/popup.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { BOUND, until } from "../support/wait.js";

async function assertHeldUnread(scene: Scene, name: BrowserName, text: string): Promise<void> {
  const page = await scene.open("fetch");
  await page.type("#composer", text);
  await page.click("#send");
  const panel = await scene.panel(page);
  assert.ok((await panel.text()).includes(words("unread_title", name)));
  assert.deepEqual(scene.posts(), []);
  await panel.postAnyway();
  assert.deepEqual(await scene.posted(page, 1), [text]);
}

inEachBrowser(
  "A broken engine",
  (test, name) => {
    for (const [kind, text] of [
      ["risky", RISKY],
      ["clean", CLEAN],
    ] as const) {
      test(`a ${kind} post is held, the panel says that it could not be read, and the person decides`, async (scene) => {
        await assertHeldUnread(scene, name, text);
      });
    }

    test("the options page opens all the same, so that sites can be switched off", async (scene) => {
      const options = await openOptions(scene.browser);
      assert.notEqual(await options.$("#sites"), null);
      await options.close();
    });
  },
  { alter: (folder) => truncateSync(join(folder, "engine.wasm"), 1000) },
);

inEachBrowser(
  "A popup that is not answered",
  (test) => {
    for (const [where, path] of [
      ["about the site", "popup.html?tab=1"],
      ["about selected words", "popup.html?selection=none"],
    ] as const) {
      test(`${where} still leads to the settings`, async (scene) => {
        const popup = await scene.browser.openExtensionPage(path);
        const link = await popup.waitForSelector("#options-link", { visible: true, timeout: BOUND });
        assert.notEqual(link, null);
        await popup.close();
      });
    }
  },
  {
    alter: (folder) => {
      const file = join(folder, "popup.js");
      const before = readFileSync(file, "utf8");
      const asked = /ask\(\{ kind: "(site\/state|check\/selection)"/g;
      assert.equal(before.match(asked)?.length, 2);
      writeFileSync(file, before.replace(asked, 'new Promise(() => {}, { kind: "$1"'));
    },
  },
);

/** One byte of the weights is another: the file can be read, and is not the one that was built. */
function damageWeights(folder: string): void {
  const file = join(folder, "reviewer.bin");
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

for (const [what, alter] of [
  ["are not those of the package", damageWeights],
  ["are cut short", (folder: string) => truncateSync(join(folder, "reviewer.bin"), 1_000_000)],
  ["go on after their end", (folder: string) => appendFileSync(join(folder, "reviewer.bin"), "more")],
] as const) {
  inEachBrowser(
    `Weights that ${what}`,
    (test, name) => {
      test("the rules read alone, a harmless post passes, and popup and options page say why, also later", async (scene) => {
        const page = await scene.open("fetch");
        await page.type("#composer", CLEAN);
        await page.click("#send");
        assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
        await page.type("#composer", RISKY);
        await page.click("#send");
        const panel = await scene.panel(page);
        assert.match(await panel.text(), /12\.3/);
        await panel.edit();
        const other = await scene.visit("form");
        await page.close();
        await scene.browser.stopBackground();
        const popup = await openPopup(scene.browser, other);
        const notice = await until("what the popup says", () => popup.$("#meaning-notice"));
        assert.equal(await notice.evaluate((line) => line.textContent), words("popup_meaning_missed", name));
        assert.deepEqual(await violations(popup.mainFrame()), []);
        await popup.close();
        const options = await openOptions(scene.browser);
        const said = await options.$eval("#semantic", (section) => section.textContent ?? "");
        assert.ok(said.includes(words("semantic_failed", name)), said);
        await options.close();
      });
    },
    { alter },
  );
}

inEachBrowser(
  "Rules that cannot be read",
  (test) => {
    test("the options page opens all the same, so that sites can be switched off", async (scene) => {
      const options = await openOptions(scene.browser);
      assert.notEqual(await options.$("#sites"), null);
      await options.close();
    });
  },
  {
    alter: (folder) => {
      for (const bundle of ["middlesbrough", "lga-model-code"])
        truncateSync(join(folder, `bundles/${bundle}.json`), 1000);
    },
  },
);

/** One letter of the rules is another: they can be read, and are not the ones that were built. */
function damageRules(folder: string): void {
  const file = join(folder, "bundles/middlesbrough.json");
  const words = readFileSync(file, "utf8");
  const at = words.indexOf('"reason":"') + '"reason":"'.length;
  writeFileSync(file, `${words.slice(0, at)}Z${words.slice(at + 1)}`);
}

inEachBrowser(
  "Rules that are not those of the package",
  (test, name) => {
    test("a post is held unread, and the person decides", async (scene) => {
      await assertHeldUnread(scene, name, CLEAN);
    });
  },
  { alter: damageRules },
);

inEachBrowser(
  "A browser that keeps nothing",
  (test, name) => {
    test("what could not be kept is said not to be, and stays as it was", async (scene) => {
      const options = await openOptions(scene.browser);
      const toggle = "#semantic-switch";
      await options.click(toggle);
      await until("the failure to be said", async () => {
        const said = await options.$eval("#semantic", (section) => section.textContent ?? "");
        return said.includes(words("site_failed", name)) ? true : null;
      });
      assert.equal(await options.$eval(toggle, (found) => found.getAttribute("aria-checked")), "true");
      const removed = await options.evaluate(async () => {
        const reply = await chrome.runtime.sendMessage({
          kind: "site/forget",
          origin: "http://t0.localhost",
        });
        return JSON.stringify(reply);
      });
      assert.equal(removed, '{"failed":true}');
      await options.close();
    });
  },
  {
    alter: (folder) => {
      const file = join(folder, "background.js");
      const full = 'chrome.storage.local.set = async () => { throw new Error("full"); };\n';
      writeFileSync(file, full + readFileSync(file, "utf8"));
    },
  },
);

inEachBrowser("New to a site", (test, name) => {
  test("a draft that goes by a control nobody would know is told in the popup, and the next is held", async (scene) => {
    const page = await scene.open("unnamed");
    await page.type("#composer", RISKY);
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await untilToldUnread(scene.browser, page, "site_unread");
    await page.bringToFront();
    await page.type("#composer", "Vote for me on 7 May");
    await page.click("#send");
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), [RISKY]);
    await panel.edit();
  });

  test("the question about identity is asked once, and its answer is kept", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.ok((await panel.text()).includes(words("identity_question", name)));
    await panel.answer("identity_yes");
    await panel.edit();
    await panel.gone();
    await page.click("#send");
    const again = await scene.panel(page);
    assert.ok(!(await again.text()).includes(words("identity_question", name)));
    await again.edit();
  });

  test("answered with “not here”: nothing to point out, and posts go from then on", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", RISKY);
    await page.click("#send");
    const panel = await scene.panel(page);
    await panel.answer("identity_not_here");
    await until("nothing to point out", async () =>
      (await panel.text()).includes(words("clear_title", name)) ? true : null,
    );
    assert.ok((await panel.text()).includes(words("clear_lead_private", name)), "says where to change it");
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await page.type("#composer", RISKY);
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 2), [RISKY, RISKY]);
    await scene.noPanel(page);
  });
});

inEachBrowser("After an update of the extension", (test, name) => {
  test("a site stays switched on, and a page that is open is said to need loading anew", async (scene) => {
    const page = await scene.visit("form");
    await switchOn(scene.browser, page);
    await scene.browser.reloadExtension();
    await until("the updated extension to be registered for the site", async () => {
      try {
        const asking = await scene.browser.openExtensionPage("manifest.json");
        const scripts = await asking.evaluate(
          async () => (await chrome.scripting.getRegisteredContentScripts()).length,
        );
        await asking.close();
        return scripts > 0 ? true : null;
      } catch {
        // It is not there again yet.
        return null;
      }
    });
    const popup = await openPopup(scene.browser, page);
    assert.equal(await siteStatus(popup), words("site_unguarded", name));
    await popup.close();
    await page.bringToFront();
    await page.reload();
    await page.type("#composer", RISKY);
    await page.click("#send");
    await (await scene.panel(page)).edit();
    assert.deepEqual(scene.posts(), []);
  });
});
