// A page that pries: it learns nothing of what was held or why, cannot press the panel's buttons and cannot get rid of it.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { panelWindow } from "../support/panel.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";

interface Pried {
  events: string[];
  added: string[];
  calls: string[];
  removing?: boolean;
  covering?: boolean;
  find(words: string[]): string[];
  highlights(): string[];
  strangers(): string[];
  resources(): string[];
  press(): void;
  fetch(address: string): Promise<string | null>;
}
declare global {
  var pried: Pried;
}

/** Words that stand in the panel and nowhere in the page. */
const OURS = [
  "Second Reading",
  "Post anyway",
  "Go back and edit",
  "12.3",
  "monitoring officer",
  "council’s code",
];

async function hold(scene: Scene): Promise<Page> {
  const page = await scene.open("hostile");
  await page.type("#composer", RISKY);
  await page.evaluate(() => {
    pried.events.length = 0;
    pried.calls.length = 0;
  });
  return page;
}

inEachBrowser("A page that pries", (test) => {
  test("sees none of the events of the press that was held", async (scene) => {
    const page = await hold(scene);
    await page.click("#send");
    const panel = await scene.panel(page);
    const seen = await page.evaluate(() => pried.events);
    assert.deepEqual(
      seen.filter((event) => /^(submit|click|mousedown|pointerdown|keydown) true/.test(event)),
      [],
    );
    await panel.edit();
  });

  test("finds none of our words, by search, highlights, elements or resources", async (scene) => {
    const page = await hold(scene);
    assert.deepEqual(await page.evaluate(() => pried.highlights()), []);
    assert.deepEqual(await page.evaluate(() => pried.find(["A page that pries"])), [
      "A page that pries",
      "A page that pries",
    ]);
    await page.click("#send");
    const panel = await scene.panel(page);
    const learnt = await page.evaluate(
      (words) => ({
        found: pried.find(words),
        highlights: pried.highlights(),
        strangers: pried.strangers(),
        calls: pried.calls,
        added: pried.added.join("\n"),
        html: document.documentElement.outerHTML,
        resources: pried.resources().filter((name) => name.includes("extension")),
      }),
      OURS,
    );
    assert.deepEqual(learnt.found, []);
    assert.deepEqual(learnt.highlights, []);
    assert.deepEqual(learnt.strangers, []);
    assert.deepEqual(learnt.calls, []);
    assert.deepEqual(learnt.resources, []);
    for (const words of [...OURS, "Hartley", "-extension:"]) {
      assert.ok(!learnt.added.includes(words), `what was added to the page says "${words}"`);
      assert.ok(!learnt.html.includes(words), `the page says "${words}"`);
    }
    await panel.edit();
  });

  test("cannot tell whether a draft has findings by taking our element out and scrolling", async (scene) => {
    const page = await scene.open("hostile");
    for (const words of [CLEAN, RISKY]) {
      await page.$eval("#composer", (box) => {
        (box as HTMLTextAreaElement).value = "";
      });
      await page.type("#composer", words);
      const before = await page.evaluate(() => {
        const ours = document.querySelector("html > div[aria-hidden]");
        ours?.remove();
        window.dispatchEvent(new Event("scroll"));
        return ours !== null;
      });
      assert.ok(before, words);
      await page.waitForSelector("html > div[aria-hidden]", { timeout: 5000 });
    }
  });

  test("cannot press the panel’s buttons by made-up clicks and keys", async (scene) => {
    const page = await hold(scene);
    await page.click("#send");
    const panel = await scene.panel(page);
    await page.evaluate(() => pried.press());
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    assert.match(await panel.text(), /12\.3/);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("cannot press the panel’s buttons from the panel’s own document either, by script", async (scene) => {
    const page = await hold(scene);
    await page.click("#send");
    const panel = await scene.panel(page);
    await panel.frame.evaluate(() => {
      for (const button of document.querySelectorAll("button")) button.click();
    });
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    await panel.edit();
  });

  test("cannot get rid of the panel by hiding what is put into it", async (scene) => {
    const page = await hold(scene);
    await page.evaluate(() => {
      pried.covering = true;
    });
    await page.click("#send");
    const panel = await scene.panel(page);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("cannot get rid of the panel by taking it out over and over: it comes in a window of its own", async (scene) => {
    const page = await hold(scene);
    await page.evaluate(() => {
      pried.removing = true;
    });
    await page.click("#send");
    const panel = await panelWindow(scene.browser);
    assert.match(await panel.text(), /12\.3/);
    await scene.settled(page);
    assert.deepEqual(scene.posts(), []);
    await panel.postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
  });

  test("cannot read the panel’s page", async (scene) => {
    const page = await hold(scene);
    await page.click("#send");
    const panel = await scene.panel(page);
    const guard = `${scene.browser.extensionOrigin}/guard.js`;
    assert.equal(await page.evaluate((one) => pried.fetch(one), guard), null);
    // The page cannot know these addresses. Told them, it reads the empty page at most, and nothing of what is held.
    for (const address of [
      `${scene.browser.extensionOrigin}/panel.html`,
      await panel.frame.evaluate(() => location.href),
    ]) {
      const read = (await page.evaluate((one) => pried.fetch(one), address)) ?? "";
      assert.doesNotMatch(read, /Hartley|liar|12\.3|Respect/);
    }
    const open = await page.evaluate(() => {
      const texts: string[] = [];
      for (let at = 0; at < window.length; at += 1) {
        try {
          texts.push(window[at]?.document.body.textContent ?? "");
        } catch {
          // Closed to the page, as it must be.
        }
      }
      return texts;
    });
    assert.deepEqual(open, []);
    await panel.edit();
  });

  test("made-up keys and clicks of its own are its own business: held by nobody, and tell it nothing", async (scene) => {
    const page = await scene.open("hostile");
    await page.$eval(
      "#composer",
      (box, text: string) => {
        (box as HTMLTextAreaElement).value = text;
      },
      RISKY,
    );
    await page.evaluate(() => document.querySelector<HTMLElement>("#send")?.click());
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await scene.noPanel(page);
  });
});
