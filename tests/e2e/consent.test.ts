// Nothing runs on a site until the person switches it on, and nothing is left once it is off, by whichever way.

import assert from "node:assert/strict";
import type { Dialog, Page } from "puppeteer-core";
import { words } from "../support/extension.js";
import { answerPermissionQuestion } from "../support/firefox.js";
import { loadsAnew } from "../support/loading.js";
import { openOptions, pressIn, said } from "../support/options.js";
import { flip, openPopup, refuse, siteStatus, switchOff, switchOn, switchState } from "../support/popup.js";
import { inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

/** Posts something risky and shows that the page is as it is without the extension: no element, no listener's trace. */
async function isLeftAlone(scene: Scene, page: Page): Promise<void> {
  await page.reload();
  // Firefox brings back what was typed before: the draft is written anew.
  await page.$eval("#composer", (field) => {
    if (field instanceof HTMLTextAreaElement) field.value = "";
  });
  const before = await page.evaluate(() => document.documentElement.outerHTML);
  await page.type("#composer", RISKY);
  assert.equal(await page.evaluate(() => document.documentElement.outerHTML), before);
  const count = scene.posts().length;
  await page.click("#send");
  assert.equal((await scene.posted(page, count + 1)).at(-1), RISKY);
  await scene.noPanel(page);
}

/** The scripts that the extension has registered for this site. */
async function registered(scene: Scene): Promise<readonly string[]> {
  const asking = await scene.browser.openExtensionPage("manifest.json");
  const host = new URL(scene.origin).hostname;
  const ids = await asking.evaluate(async (name) => {
    const scripts = await chrome.scripting.getRegisteredContentScripts();
    return scripts
      .filter((script) => script.matches?.some((match) => match.includes(name)))
      .map(({ id }) => id);
  }, host);
  await asking.close();
  return ids;
}

/** What the popup says of the page's site. */
async function saidOf(scene: Scene, page: Page): Promise<string> {
  const popup = await openPopup(scene.browser, page);
  const status = await siteStatus(popup);
  await popup.close();
  return status;
}

async function isHeld(scene: Scene, page: Page): Promise<void> {
  const count = scene.posts().length;
  await page.type("#composer", RISKY);
  await page.click("#send");
  const panel = await scene.panel(page);
  await scene.settled(page);
  assert.equal(scene.posts().length, count);
  await panel.edit();
  await panel.gone();
}

/** Adds a site by its address on the options page, and waits until that says so. */
async function addSite(scene: Scene, options: Page, address: string, expected: RegExp): Promise<void> {
  await options.bringToFront();
  await options.$eval("#address", (input) => {
    (input as HTMLInputElement).value = "";
  });
  await options.type("#address", address);
  await pressIn(scene.browser, options, "#sites form", "options_add");
  await until(`the page to say ${String(expected)}`, async () =>
    expected.test(await said(options, "#sites [role=status]")) ? true : null,
  );
}

const switchOf = (origin: string) => `[id="switch-${origin}"]`;

/** How a site's switch stands on the options page; null where the site is not listed. */
async function isOnInList(options: Page, origin: string): Promise<boolean | null> {
  const toggle = await options.$(switchOf(origin));
  return toggle === null
    ? null
    : toggle.evaluate((element) => element.getAttribute("aria-checked") === "true");
}

async function forgetInList(options: Page, origin: string): Promise<void> {
  await options.click(`li:has(${switchOf(origin)}) .link`);
  await until("it to be forgotten", async () => ((await isOnInList(options, origin)) === null ? true : null));
}

inEachBrowser("Consent", (test, name) => {
  test("a site that was never switched on gets no script", async (scene) => {
    const page = await scene.visit("form");
    assert.deepEqual(await registered(scene), []);
    await isLeftAlone(scene, page);
  });

  test("the popup’s switch is off to begin with, and says so", async (scene) => {
    const page = await scene.visit("form");
    await scene.browser.allow(scene.origin);
    const popup = await openPopup(scene.browser, page);
    await until("the popup to show the switch", async () =>
      (await switchState(popup)) === null ? null : true,
    );
    assert.equal(await switchState(popup), false);
    assert.equal(await siteStatus(popup), `${words("site_off", name)} ${words("site_loads_anew", name)}`);
    await popup.close();
  });

  test("the popup’s switch is there also while the page stands still behind an alert", async (scene) => {
    const page = await scene.open("form");
    const before = await openPopup(scene.browser, page);
    const address = await before.evaluate(() => `${location.pathname.slice(1)}${location.search}`);
    await before.close();
    const alerted = new Promise<Dialog>((resolve) => page.once("dialog", resolve));
    const free = page.evaluate(() => alert("Read this first"));
    const dialog = await alerted;
    const popup = await scene.browser.openExtensionPage(address);
    assert.equal(await until("the switch", () => switchState(popup)), true);
    await dialog.accept();
    await free;
    await popup.close();
  });

  test("switched on and off again: held, then left alone", async (scene) => {
    const page = await scene.open("form");
    assert.equal((await registered(scene)).length, 1);
    await isHeld(scene, page);
    await switchOff(scene.browser, page);
    assert.deepEqual(await registered(scene), []);
    await isLeftAlone(scene, page);
  });

  test("switched off while the page is open: the page that is open is left alone at once", async (scene) => {
    const page = await scene.open("fetch");
    await switchOff(scene.browser, page);
    await page.type("#composer", RISKY);
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await scene.noPanel(page);
  });

  test("the browser’s permission withdrawn: left alone, and the popup says that it is off", async (scene) => {
    const page = await scene.open("form");
    await isHeld(scene, page);
    await scene.browser.withdraw(scene.origin);
    await until("the registration to go", async () => ((await registered(scene)).length === 0 ? true : null));
    await isLeftAlone(scene, page);
    await page.goto(`${scene.origin}/form`);
    await scene.browser.pressToolbarButton(page);
    const popup = await openPopup(scene.browser, page);
    await until("the switch to be off", async () => ((await switchState(popup)) === false ? true : null));
    const withdrawn = `${words("site_withdrawn", name)} ${words("site_loads_anew", name)}`;
    assert.equal(await siteStatus(popup), withdrawn);
    await popup.close();
  });

  test("a refused permission: the switch goes back, and nothing runs", async (scene) => {
    const page = await scene.visit("form");
    const popup = await openPopup(scene.browser, page);
    await until("the switch to be off", async () => ((await switchState(popup)) === false ? true : null));
    if (name === "firefox") {
      const answered = answerPermissionQuestion(scene.browser.browser, "no");
      await popup.click("[role=switch]");
      await answered;
    } else {
      // Without a window Chromium never answers its question: the answer is given in its place.
      await refuse(popup);
      await popup.click("[role=switch]");
    }
    await until("the switch to be back", async () => {
      const said = await popup.$eval("[role=status]", (status) => status.textContent ?? "");
      return /refused/.test(said) && (await switchState(popup)) === false ? true : null;
    });
    await popup.close();
    assert.deepEqual(await registered(scene), []);
    await page.bringToFront();
    await isLeftAlone(scene, page);
  });

  test("one site switched on leaves another alone", async (scene) => {
    await scene.open("form");
    const page = await scene.browser.newPage();
    const other = `${scene.site}-other`;
    await page.goto(`${scene.fixtures.origin(other)}/form`);
    await page.type("#composer", RISKY);
    await page.click("#send");
    assert.deepEqual(await scene.fixtures.posted(other, 1), [RISKY]);
    await page.close();
  });

  test("never as a councillor here: nothing is pointed out", async (scene) => {
    const page = await scene.open("fetch");
    const popup = await openPopup(scene.browser, page);
    const choice = await until("the choice of identity", () => popup.$("input[value=private]"));
    await choice.click();
    await until("the popup to say so", async () =>
      (await siteStatus(popup)) === words("site_private", name) ? true : null,
    );
    await popup.close();
    assert.equal(await saidOf(scene, page), words("site_private", name));
    await page.bringToFront();
    await page.type("#composer", RISKY);
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await scene.noPanel(page);
  });

  test("the options page lists the site, switches it off and forgets it", async (scene) => {
    const page = await scene.open("form");
    const options = await scene.browser.openExtensionPage("options.html");
    await options.bringToFront();
    const row = await until("the site’s row", async () => {
      for (const item of await options.$$("li")) {
        if (
          (await item.evaluate((element) => element.textContent ?? "")).includes(new URL(scene.origin).host)
        )
          return item;
      }
      return null;
    });
    const toggle = await row.$("[role=switch]");
    assert.equal(await toggle?.evaluate((element) => element.getAttribute("aria-checked")), "true");
    await toggle?.click();
    await until("the registration to go", async () => ((await registered(scene)).length === 0 ? true : null));
    await options.close();
    await page.bringToFront();
    await isLeftAlone(scene, page);
  });

  test("a site added by its bare name is on with its www. address too, and both are named", async (scene) => {
    const added = ["https://bare-name.example", "https://www.bare-name.example"];
    for (const origin of added) await scene.browser.allow(origin);
    const options = await openOptions(scene.browser);
    await addSite(
      scene,
      options,
      "bare-name.example",
      /^bare-name\.example and www\.bare-name\.example are on\./,
    );
    for (const origin of added) {
      assert.equal(await isOnInList(options, origin), true);
      await forgetInList(options, origin);
    }
    await options.close();
  });

  test("a permission refused for a www. address is said of that where the bare name is on already", async (scene) => {
    const [bare, other] = ["https://half-on.example", "https://www.half-on.example"];
    for (const origin of [bare, other]) await scene.browser.allow(origin);
    const options = await openOptions(scene.browser);
    await addSite(scene, options, "half-on.example", /are on\./);
    await forgetInList(options, other);
    await refuse(options);
    await addSite(scene, options, "half-on.example", /refused, so www\.half-on\.example stays off\./);
    assert.equal(await isOnInList(options, bare), true);
    assert.equal(await isOnInList(options, other), null);
    await forgetInList(options, bare);
    await options.close();
  });

  if (name === "chromium") {
    test("the popup opened by the toolbar’s own button switches the site on", async (scene) => {
      const page = await scene.visit("form");
      await scene.browser.allow(scene.origin);
      await scene.browser.pressToolbarButton(page);
      const target = await scene.browser.browser.waitForTarget((one) => one.url().endsWith("/popup.html"));
      const popup = await target.asPage();
      await loadsAnew(page, () => flip(popup, true));
      await isHeld(scene, page);
    });
  }

  test("two tabs of one site: the one that is open already is read, and said to be, once it loads anew", async (scene) => {
    const second = await scene.visit("form");
    const first = await scene.visit("form");
    await switchOn(scene.browser, first);
    await isHeld(scene, first);
    assert.equal(await saidOf(scene, first), words("site_on", name));
    assert.equal(await saidOf(scene, second), words("site_unguarded", name));
    await second.bringToFront();
    await second.reload();
    await isHeld(scene, second);
    assert.equal(await saidOf(scene, second), words("site_on", name));
  });
});
