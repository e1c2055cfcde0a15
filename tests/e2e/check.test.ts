// "Check a draft" in the popup and "Check selection" in the context menu: on any site, with no permission; and what the
// popup says of drafts on a site that is on.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import type { Answers, Reply } from "../../extension/src/shared/messages.js";
import { violations } from "../support/axe.js";
import { words } from "../support/extension.js";
import { checkDraft, flip, openPopup, wholePopup } from "../support/popup.js";
import { CLEAN, inEachBrowser, RISKY } from "../support/suite.js";
import { BOUND, until } from "../support/wait.js";

/** Holds nothing, yet is underlined. */
const WORTH_A_LOOK = "I've already made up my mind on the Tesco application.";

async function check(popup: Page, text: string): Promise<{ result: string; marked: string[] }> {
  await checkDraft(popup, text);
  const result = await until("the result", async () => {
    const said = await popup.$eval(".check [role=status]", (status) => status.textContent ?? "");
    return said === "" ? null : said;
  });
  return {
    result,
    marked: await popup.$$eval("mark", (marks) => marks.map((mark) => mark.textContent ?? "")),
  };
}

/** What can be pressed in a popup while it comes up, and what of that moves. */
function comingUp(opener: Page, address: string) {
  return opener.evaluate(async (path) => {
    const popup = open(path);
    if (popup === null) throw new Error("the popup may not be opened");
    // A page that is not in front has slow timers, but fetches at once.
    while (popup.location.pathname !== "/popup.html") await fetch("/manifest.json");
    const stood = new Map<Element, number>();
    const moved: string[] = [];
    let ends = performance.now() + 5_000;
    let whole = false;
    let inTime = true;
    while (performance.now() < ends) {
      await new Promise((resolve) => popup.requestAnimationFrame(resolve));
      const written = popup.document.querySelector(".writing mark") !== null;
      for (const found of popup.document.querySelectorAll("button, input, textarea, a")) {
        const { top, height } = found.getBoundingClientRect();
        if (height === 0) continue;
        if ((stood.get(found) ?? top) !== top) moved.push(`${found.id || found.className}: to ${top}`);
        stood.set(found, top);
        if (found.id === "check-text" && !written) inTime = false;
      }
      if (written && !whole) ends = performance.now() + 500;
      whole = written;
    }
    const written = popup.document.querySelector(".writing")?.textContent ?? "";
    popup.close();
    return { shown: [...stood.keys()].map(({ id }) => id).filter(Boolean), moved, written, inTime };
  }, address);
}

inEachBrowser("Checking", (test, name) => {
  test("a risky draft is marked, with the clause, on a site that is off", async (scene) => {
    const page = await scene.visit("form");
    const popup = await openPopup(scene.browser, page);
    const { marked } = await check(popup, RISKY);
    assert.ok(marked.length > 0, "nothing is marked");
    assert.match(await popup.evaluate(() => document.body.textContent ?? ""), /12\.3/);
    await popup.close();
  });

  test("nothing that can be pressed moves away while the popup comes up", async (scene) => {
    const page = await scene.open("form");
    await page.type("#composer", WORTH_A_LOOK);
    const first = await openPopup(scene.browser, page);
    await until("what is being written", () => first.$(".writing mark"));
    await first.close();
    const tab = await scene.browser.tabOf(page);
    const opener = await scene.browser.openExtensionPage("manifest.json");
    // On a machine that stalls the lower part is shown without waiting further for what comes above it.
    let seen: Awaited<ReturnType<typeof comingUp>>;
    let tries = 0;
    do {
      await scene.browser.stopBackground();
      seen = await comingUp(opener, `/popup.html?tab=${tab}`);
      tries += 1;
    } while (!seen.inTime && tries < 3);
    const { shown, moved, written } = seen;
    for (const id of ["site-switch", "check-text", "options-link"])
      assert.ok(shown.includes(id), `${id} is not among ${shown.join()}`);
    assert.match(written, /One thing to look at/);
    assert.deepEqual(moved, []);
    await opener.close();
  });

  test("a clean draft: nothing to point out", async (scene) => {
    const page = await scene.visit("form");
    const popup = await openPopup(scene.browser, page);
    const { result, marked } = await check(popup, CLEAN);
    assert.deepEqual(marked, []);
    assert.notEqual(result, "");
    await popup.close();
  });

  test("a message to people who are known is weighed, with what speaks for and against it", async (scene) => {
    const page = await scene.visit("form");
    const popup = await openPopup(scene.browser, page);
    const choose = (recipients: string) => popup.select("#check-recipients", recipients);
    const said = () =>
      until("the result", async () => {
        const words = await popup.$eval(".check [role=status]", (status) => status.textContent ?? "");
        return words === "" ? null : words;
      });
    const factors = () => popup.$$eval(".factors li", (items) => items.map((item) => item.textContent ?? ""));
    await popup.type("#check-text", "Our group meets on Monday at six, in the committee room.");
    await choose("same-group");
    await popup.click(".check button");
    assert.ok((await said()).includes(words("mail_acceptable", name)));
    assert.equal((await factors()).length, 5);
    assert.match(
      await popup.$eval(".factors", (view) => view.textContent ?? ""),
      /4\.10.*own political group/,
    );
    assert.deepEqual(await violations(popup.mainFrame()), []);
    // Another choice is another question.
    await choose("public");
    assert.deepEqual(
      [await popup.$eval(".check [role=status]", (s) => s.textContent), await factors()],
      ["", []],
    );
    await popup.click(".check button");
    assert.ok((await said()).includes(words("mail_improper", name)));
    assert.match(
      await popup.$eval(".factors", (view) => view.textContent ?? ""),
      /4\.11.*member of the public/,
    );
    // The same words as a post are not weighed.
    await choose("");
    await popup.click(".check button");
    assert.ok(!(await said()).includes("As a message"));
    assert.deepEqual(await factors(), []);
    await popup.close();
  });

  test("what is being written on the page, with the reason for an underline that holds nothing", async (scene) => {
    const page = await scene.open("form");
    await page.type("#composer", WORTH_A_LOOK);
    const popup = await openPopup(scene.browser, page);
    await until("what is being written", () => popup.$(".writing mark"));
    const said = await popup.$eval("#writing", (found) => found.textContent ?? "");
    assert.match(said, /One thing to look at/);
    assert.match(said, /made up my mind/);
    assert.match(said, /a mind already closed/);
    assert.match(said, /12\.3/);
    assert.deepEqual(await violations(popup.mainFrame()), []);
    await popup.close();
    await page.bringToFront();
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [WORTH_A_LOOK]);
  });

  test("what was never read is said not to be, and not that there is nothing to point out", async (scene) => {
    const page = await scene.open("form");
    await page.evaluate((text) => {
      const other = document.createElement("textarea");
      other.value = text;
      document.body.append(other);
    }, RISKY);
    await page.type("#composer", CLEAN);
    const written = async () => {
      const popup = await openPopup(scene.browser, page);
      const said = await popup.$eval("#writing", (found) => found.textContent ?? "");
      await popup.close();
      await page.bringToFront();
      return said;
    };
    const before = await written();
    assert.ok(before.includes(words("writing_unread", name)), before);
    assert.ok(!before.includes(words("check_clear", name)), before);
    await page.evaluate(() => document.querySelector("textarea:not(#composer)")?.remove());
    await until("the draft to be read whole", async () =>
      (await written()).includes(words("check_clear", name)) ? true : null,
    );
    assert.ok(!(await written()).includes(words("writing_unread", name)));
  });

  test("what is being written is no longer told once the site is off, or the person never appears as a councillor there", async (scene) => {
    const page = await scene.open("form");
    await page.type("#composer", WORTH_A_LOOK);
    const popup = await openPopup(scene.browser, page);
    await until("what is being written", () => popup.$(".writing mark"));
    const tab = await scene.browser.tabOf(page);
    await popup.bringToFront();
    const told = async () => {
      const reply: Reply<Answers["site/drafts"]> = await popup.evaluate(
        (tabId) => chrome.runtime.sendMessage({ kind: "site/drafts", tabId }),
        tab,
      );
      assert.ok("answer" in reply);
      return reply.answer.drafts.flatMap(({ review }) => review?.findings ?? []);
    };
    assert.equal((await told()).length, 1);
    await popup.click("input[value=private]");
    await until("it to go", async () => ((await popup.$(".writing")) === null ? true : null));
    await until("nothing to be told", async () => ((await told()).length === 0 ? true : null));
    await popup.click("input[value=councillor]");
    await until("it to be read again", async () => ((await told()).length === 1 ? true : null));
    await flip(popup, false);
    assert.equal(await popup.$(".writing"), null);
    assert.deepEqual(await told(), []);
    await popup.close();
  });

  test("selected words, chosen in the context menu, are read in a window of their own, and handed over once", async (scene) => {
    const page = await scene.visit("form");
    await page.bringToFront();
    await scene.browser.chooseCheckSelection(RISKY);
    const popup = await until("the window", async () => {
      for (const open of await scene.browser.browser.pages()) {
        const address = await open.evaluate(() => location.href).catch(() => "");
        if (address.includes("popup.html?selection=")) return open;
      }
      return null;
    });
    await popup.waitForSelector("mark", { visible: true, timeout: BOUND });
    assert.match(await popup.$eval("body", (body) => body.innerText), /12\.3/);
    await wholePopup(popup);
    const path = await popup.evaluate(() => location.pathname.slice(1) + location.search);
    await popup.close();
    const again = await scene.browser.openExtensionPage(path);
    const box = await again.waitForSelector("#check-text", { visible: true, timeout: BOUND });
    assert.equal(await box?.evaluate((area) => (area as HTMLTextAreaElement).value), "");
    await again.close();
  });
});
