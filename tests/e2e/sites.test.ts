// Sites that go their own ways: controls without a name, handlers on the wrong event, presses passed on by script,
// sites that take no press made by script, and an extension that was updated under an open page.

import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";
import { words } from "../support/extension.js";
import { ownPage, write } from "../support/own-page.js";
import { panelFrame } from "../support/panel.js";
import { CLEAN, inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

const PUBLISH = `(event) => {
  const text = composer.value;
  composer.value = "";
  void fetch("/posts", { method: "POST", headers: { "content-type": "text/plain" }, body: text });
}`;

/** How many lines stand in the composer. Chromium leaves an editor's first line bare, Firefox gives it an element. */
const linesOf = (page: Page) =>
  page.$eval("#composer", (box) =>
    box instanceof HTMLTextAreaElement
      ? box.value.split("\n").length
      : box.children.length + (box.firstChild instanceof Text ? 1 : 0),
  );

const BOX =
  '<div><textarea id="composer" rows="8" cols="60"></textarea><button type="button" id="go">Post</button></div>';

/**
 * Presses Enter in a box where it begins a line, with nothing read yet, so that it has to wait for its review. Where the
 * machine stalls for so long that the person is asked instead, they go back, and press once more.
 */
async function enterThatWaits(scene: Scene, page: Page): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    await scene.browser.stopBackground();
    await page.bringToFront();
    await page.keyboard.type("!");
    await page.keyboard.press("Enter");
    const asked = await until("the new line, or a question", async () => {
      if ((await linesOf(page)) === 2) return { panel: null };
      return (await panelFrame(page)) === null ? null : { panel: await scene.panel(page) };
    });
    if (asked.panel === null) return;
    await asked.panel.edit();
    // Stopped at once, the background may not have passed that on, and a press within a second would be part of a double one.
    await new Promise((resolve) => setTimeout(resolve, 1200));
  }
  throw new Error("no Enter was read in time");
}

inEachBrowser("Sites that go their own ways", (test) => {
  test("a control that says nothing goes unread once, is told of, and is known from then on", async (scene) => {
    const notes = await scene.listen();
    const page = await ownPage(
      scene,
      '<div><textarea id="composer" rows="8" cols="60"></textarea><div id="go" class="zap" style="cursor:pointer;width:20px;height:20px;background:#555"></div></div>',
      `go.onclick = ${PUBLISH}`,
    );
    await write(page, RISKY);
    await page.click("#go");
    await scene.fixtures.posted(scene.site, 1);
    await notes.until("the background to know of it", "unread");
    await write(page, RISKY);
    await page.click("#go");
    await (await scene.panel(page)).postAnyway();
    assert.deepEqual(await scene.fixtures.posted(scene.site, 2), [RISKY, RISKY]);
  });

  test("a control that says nothing and sets the beginning in bold publishes nothing", async (scene) => {
    const notes = await scene.listen();
    const page = await ownPage(
      scene,
      '<div><textarea id="composer" rows="8" cols="60"></textarea><div id="go" class="zap" style="cursor:pointer;width:20px;height:20px;background:#555"></div></div>',
      'go.onclick = () => (composer.value = composer.value.replace("library", "**library**").replace("The", "**The**"))',
    );
    await write(page, CLEAN);
    await page.click("#go");
    // A key is what the guard looks again at.
    await page.type("#composer", ` ${RISKY}`);
    await page.click("#go");
    await scene.noPanel(page);
    assert.ok(!(await notes.has("unread")));
  });

  test("a site that publishes when the button goes down sees nothing until the person decides", async (scene) => {
    const page = await ownPage(
      scene,
      BOX,
      `globalThis.seen = [];
      for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
        addEventListener(type, (event) => seen.push(type), true);
      }
      go.onmousedown = ${PUBLISH}`,
    );
    await write(page, RISKY);
    await page.evaluate("seen.length = 0");
    await page.click("#go");
    const panel = await scene.panel(page);
    assert.deepEqual(await page.evaluate("seen"), []);
    await panel.edit();
    await panel.gone();
    assert.deepEqual(await page.evaluate("seen"), []);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "composer");
    await page.click("#go");
    await (await scene.panel(page)).postAnyway();
    assert.deepEqual(await scene.fixtures.posted(scene.site, 1), [RISKY]);
  });

  test("a site that takes only the person's own press gets it: the next one passes", async (scene) => {
    const notes = await scene.listen();
    const page = await ownPage(scene, BOX, `go.onclick = (event) => event.isTrusted && (${PUBLISH})(event)`);
    await write(page, RISKY);
    await page.click("#go");
    await (await scene.panel(page)).postAnyway();
    await notes.until("the person to be asked for one more press", "pressAgain");
    const asked = words("site_press_again", scene.browser.name);
    await until("it to be said", async () => ((await notes.isSaid(asked)) ? true : null));
    await page.bringToFront();
    await page.click("#go");
    assert.deepEqual(await scene.fixtures.posted(scene.site, 1), [RISKY]);
    await scene.noPanel(page);
  });

  // As frameworks do when what they show changes: the same markup, other elements.
  for (const [what, selector] of [
    ["the button", "#go"],
    ["the whole box", "#box"],
  ] as const) {
    test(`a site that puts ${what} anew while the panel is up gets the press there`, async (scene) => {
      const page = await ownPage(
        scene,
        `<div id="box">${BOX}</div><div><textarea rows="3"></textarea><button type="button">Post</button></div>`,
        `document.onclick = (event) => {
          if (event.target.id !== "go") return;
          const composer = document.querySelector("#composer");
          (${PUBLISH})(event);
        }`,
      );
      await write(page, RISKY);
      const makeAnew = () =>
        page.evaluate((selector) => {
          const old = document.querySelector(selector) ?? document.body;
          const text = document.querySelector<HTMLTextAreaElement>("#composer")?.value ?? "";
          old.replaceWith(old.cloneNode(true));
          const composer = document.querySelector<HTMLTextAreaElement>("#composer");
          if (composer !== null) composer.value = text;
        }, selector);
      await page.click("#go");
      const first = await scene.panel(page);
      await makeAnew();
      await first.edit();
      await until("the keyboard to be back in the box", async () =>
        (await page.evaluate(() => document.activeElement?.id)) === "composer" ? true : null,
      );
      await page.click("#go");
      const panel = await scene.panel(page);
      await makeAnew();
      await panel.postAnyway();
      assert.deepEqual(await scene.fixtures.posted(scene.site, 1), [RISKY]);
      await scene.noPanel(page);
    });
  }

  test("another draft's button is not pressed where the held one went with its box: it goes at the person's own press", async (scene) => {
    const notes = await scene.listen();
    const page = await ownPage(
      scene,
      `<div id="one">${BOX}</div><div>${BOX.replaceAll('"composer"', '"other"').replace('"go"', '"post"')}</div>`,
      `document.onclick = (event) => {
        if (event.target.localName !== "button") return;
        const composer = event.target.previousElementSibling;
        (${PUBLISH})(event);
      }`,
    );
    await page.type("#other", CLEAN);
    await write(page, RISKY);
    await page.click("#go");
    const panel = await scene.panel(page);
    await page.evaluate("globalThis.taken = one; one.remove()");
    await panel.postAnyway();
    await notes.until("the person to be asked for one more press", "pressAgain");
    assert.deepEqual(scene.posts(), []);
    await page.bringToFront();
    await page.evaluate("document.body.prepend(taken)");
    await page.click("#go");
    assert.deepEqual(await scene.fixtures.posted(scene.site, 1), [RISKY]);
    await scene.noPanel(page);
  });

  test("a chat that puts its box anew while the panel is up gets the Enter there", async (scene) => {
    const page = await ownPage(
      scene,
      '<div><input id="composer" aria-label="Message"></div><div><input aria-label="Message"></div>',
      `document.onkeydown = (event) => {
        if (event.target.id !== "composer" || event.key !== "Enter") return;
        const composer = event.target;
        (${PUBLISH})(event);
      }`,
    );
    await write(page, RISKY);
    await page.keyboard.press("Enter");
    const panel = await scene.panel(page);
    await page.$eval("#composer", (old) => old.replaceWith(old.cloneNode(true)));
    await page.$eval("#composer", (box, text) => Object.assign(box, { value: text }), RISKY);
    await panel.postAnyway();
    assert.deepEqual(await scene.fixtures.posted(scene.site, 1), [RISKY]);
    await scene.noPanel(page);
  });

  test("a site that takes its button away while the panel is up has the person press again when it is back", async (scene) => {
    const notes = await scene.listen();
    const page = await ownPage(scene, BOX, `go.onclick = ${PUBLISH}`);
    await write(page, RISKY);
    await page.click("#go");
    const panel = await scene.panel(page);
    await page.evaluate("globalThis.taken = go; go.remove()");
    await panel.postAnyway();
    await notes.until("the person to be asked for one more press", "pressAgain");
    await page.bringToFront();
    await page.evaluate("composer.after(taken)");
    await page.click("#go");
    assert.deepEqual(await scene.fixtures.posted(scene.site, 1), [RISKY]);
    await scene.noPanel(page);
  });

  test("a press that a script passes on to a hidden form is held", async (scene) => {
    const page = await ownPage(
      scene,
      '<form id="form" method="post" action="/posts"><textarea name="text" id="composer" rows="8"></textarea></form><p><span id="go" style="cursor:pointer">Onwards</span></p>',
      "go.onclick = () => setTimeout(() => form.requestSubmit(), 200)",
    );
    await write(page, RISKY);
    await page.click("#go");
    await (await scene.panel(page)).postAnyway();
    assert.deepEqual(await scene.fixtures.posted(scene.site, 1), [RISKY]);
  });

  test("in an editor where Enter began a line, it is not held", async (scene) => {
    const page = await ownPage(
      scene,
      '<div><div id="composer" contenteditable style="min-height:40px;border:1px solid"></div><button type="button">Post</button></div>',
      "0",
    );
    await write(page, CLEAN);
    await page.keyboard.press("Enter");
    // On a busy machine the Enter waits for its review; with words written meanwhile it would be let go of.
    await until("the new line", async () =>
      (await page.$("#composer br, #composer div")) === null ? null : true,
    );
    await page.keyboard.type(RISKY);
    await page.keyboard.press("Enter");
    await page.keyboard.type("x");
    await until("the words after both lines", async () =>
      (await page.$eval("#composer", (box) => box.textContent)) === `${CLEAN}${RISKY}x` ? true : null,
    );
    await scene.noPanel(page);
  });

  for (const [kind, box] of [
    ["an editor", '<div id="composer" contenteditable style="min-height:40px;border:1px solid"></div>'],
    ["a text box", '<textarea id="composer" rows="2"></textarea>'],
  ] as const) {
    test(`in ${kind} where Enter begins a line, one that had to wait for its review begins it too`, async (scene) => {
      const notes = await scene.listen();
      const page = await ownPage(scene, `<div>${box}<button type="button">Post</button></div>`, "0");
      await write(page, CLEAN);
      await enterThatWaits(scene, page);
      await page.keyboard.type(RISKY);
      await page.keyboard.press("Enter");
      await until("the second line", async () => ((await linesOf(page)) === 3 ? true : null));
      // A draft that stays that long after it was let go has the person press again.
      await new Promise((resolve) => setTimeout(resolve, 4500));
      assert.ok(!(await notes.has("pressAgain")));
      await scene.noPanel(page);
    });
  }

  const BLOCK = '<p contenteditable aria-label="Block: Paragraph" style="min-height:20px;outline:0"></p>';
  const BEGINS_BLOCKS = `blocks.onkeydown = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.target.insertAdjacentHTML("afterend", ${JSON.stringify(BLOCK)});
    event.target.nextElementSibling.focus();
  }`;
  const ONE = '<div contenteditable style="min-height:40px;border:1px solid"></div>';
  const BEGINS_LINES = `blocks.onkeydown = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    document.execCommand("insertParagraph");
  }`;

  for (const [what, box, script, begun] of [
    ["a box of its own", BLOCK, BEGINS_BLOCKS, "#blocks > p"],
    ["a line", ONE, BEGINS_LINES, "#blocks > div > *"],
  ] as const) {
    const blocksOf = (page: Page) => page.$$eval(begun, (found) => found.length);

    async function openBlocks(scene: Scene): Promise<Page> {
      const page = await ownPage(
        scene,
        `<div><div><button type="button">Publish</button></div><div id="blocks">${box}</div></div>`,
        script,
      );
      await page.click("#blocks > [contenteditable]");
      return page;
    }

    async function assertEnterIsLearnt(scene: Scene, page: Page): Promise<void> {
      const before = await blocksOf(page);
      await page.keyboard.type(RISKY);
      await page.keyboard.press("Enter");
      await until("one more", async () => ((await blocksOf(page)) > before ? true : null));
      await scene.noPanel(page);
    }

    test(`where the page itself makes ${what} of an Enter, one that was held teaches it, and nobody has to press again`, async (scene) => {
      const notes = await scene.listen();
      const page = await openBlocks(scene);
      await page.keyboard.type(RISKY);
      await page.keyboard.press("Enter");
      await (await scene.panel(page)).postAnyway();
      // A draft that stays that long after it was let go has the person press again.
      await new Promise((resolve) => setTimeout(resolve, 5000));
      assert.ok(!(await notes.has("pressAgain")));
      await page.bringToFront();
      await assertEnterIsLearnt(scene, page);
    });

    test(`where the page itself makes ${what} of an Enter, one that passed teaches it`, async (scene) => {
      const page = await openBlocks(scene);
      await page.keyboard.type(CLEAN);
      // Read by now, so that the Enter passes; then as long as a line must have stood there to be taken for one.
      await new Promise((resolve) => setTimeout(resolve, 2000));
      await page.keyboard.press("Enter");
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await assertEnterIsLearnt(scene, page);
    });
  }

  test("a draft that leaves a while after an Enter made a box of its own was not sent by that Enter", async (scene) => {
    const page = await ownPage(
      scene,
      `<div><div><button type="button">Publish</button></div><div id="blocks">${BLOCK}</div></div>`,
      BEGINS_BLOCKS,
    );
    await page.click("#blocks > p");
    await page.keyboard.type(RISKY);
    await page.keyboard.press("Enter");
    await (await scene.panel(page)).postAnyway();
    // Learnt by now, while the draft is still watched.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await page.evaluate(`blocks.innerHTML = ${JSON.stringify(BLOCK)}`);
    await page.click("#blocks > p");
    await page.keyboard.type(RISKY);
    await page.keyboard.press("Enter");
    await until("one more", async () =>
      (await page.$$eval("#blocks > p", (found) => found.length)) > 1 ? true : null,
    );
  });

  test("a box that was there before an Enter, and has the keyboard after it, is not taken for a line that it began", async (scene) => {
    const page = await ownPage(
      scene,
      '<div><div id="composer" aria-label="Your turn" contenteditable style="min-height:40px"></div><div id="next" contenteditable style="min-height:40px"></div></div>',
      `composer.onkeydown = async (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        next.focus();
        // Longer than a line must have stood there to be taken for one.
        await new Promise((resolve) => setTimeout(resolve, 3000));
        await fetch("/posts", { method: "POST", headers: { "content-type": "text/plain" }, body: composer.textContent });
        composer.textContent = "";
      }`,
    );
    await write(page, CLEAN);
    // Read by now, so that the Enter passes.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await page.keyboard.press("Enter");
    assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
    await until("the box to be empty", async () =>
      (await page.$eval("#composer", (box) => box.textContent)) === "" ? true : null,
    );
    await write(page, RISKY);
    await page.keyboard.press("Enter");
    await (await scene.panel(page)).edit();
    assert.deepEqual(scene.posts(), [CLEAN]);
  });

  const SENT_WHEN_UP = `composer.onkeyup = (event) => event.key === "Enter" && (${PUBLISH})(event)`;

  test("a chat that sends when Enter comes up, after a line began, goes on being read", async (scene) => {
    const page = await ownPage(
      scene,
      '<textarea id="composer" rows="1" aria-label="Message"></textarea>',
      SENT_WHEN_UP,
    );
    await write(page, CLEAN);
    await page.keyboard.press("Enter");
    assert.deepEqual(await scene.posted(page, 1), [`${CLEAN}\n`]);
    await page.keyboard.type(RISKY);
    await page.keyboard.press("Enter");
    const panel = await scene.panel(page);
    assert.equal(scene.posts().length, 1);
    await panel.postAnyway();
    assert.equal((await scene.posted(page, 2))[1]?.trim(), RISKY);
  });

  test("a box that sends when Enter comes up, where a line seemed to begin, goes unread once and is told of", async (scene) => {
    const notes = await scene.listen();
    const page = await ownPage(
      scene,
      '<form><textarea id="composer" rows="8" cols="60"></textarea><button type="button">Post</button></form>',
      SENT_WHEN_UP,
    );
    await write(page, RISKY);
    await page.keyboard.press("Enter");
    await scene.fixtures.posted(scene.site, 1);
    await notes.until("the background to know of it", "unread");
    await write(page, RISKY);
    await page.keyboard.press("Enter");
    await (await scene.panel(page)).edit();
    assert.equal(scene.posts().length, 1);
  });

  const GROWING =
    '<div><textarea id="composer" rows="1" cols="60"></textarea><button type="button">Post</button></div>';
  const GROWS_AND_SENDS = `composer.oninput = () => (composer.style.height = composer.value.split("\\n").length * 30 + "px");
    composer.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey) return;
      event.preventDefault();
      (${PUBLISH})(event);
      composer.oninput();
    }`;

  /** Writes lines above the risky one, so that the box is as high as one where Enter begins a line. */
  async function writeLines(page: Page): Promise<string> {
    for (let line = 1; line <= 5; line += 1) {
      await page.keyboard.type("And again.");
      await page.keyboard.down("Shift");
      await page.keyboard.press("Enter");
      await page.keyboard.up("Shift");
    }
    await page.keyboard.type(RISKY);
    return `${"And again.\n".repeat(5)}${RISKY}`;
  }

  test("a box that sent by Enter is read at Enter however far it has grown", async (scene) => {
    const page = await ownPage(scene, GROWING, GROWS_AND_SENDS);
    await write(page, CLEAN);
    await page.keyboard.press("Enter");
    assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
    const long = await writeLines(page);
    await page.keyboard.press("Enter");
    const panel = await scene.panel(page);
    assert.equal(scene.posts().length, 1);
    await panel.postAnyway();
    assert.equal((await scene.posted(page, 2))[1], long);
  });

  test("a box that sent by an Enter which had been held is read at Enter however far it has grown", async (scene) => {
    const page = await ownPage(scene, GROWING, GROWS_AND_SENDS);
    await write(page, RISKY);
    await page.keyboard.press("Enter");
    await (await scene.panel(page)).postAnyway();
    assert.deepEqual(await scene.posted(page, 1), [RISKY]);
    await page.click("#composer");
    await writeLines(page);
    await page.keyboard.press("Enter");
    await (await scene.panel(page)).edit();
    assert.equal(scene.posts().length, 1);
  });

  for (const [what, after] of [
    ["at once", 0],
    ["a while later", 1000],
  ] as const) {
    test(`lines pasted ${what} into a box that Enter had emptied are not taken for lines that Enter began`, async (scene) => {
      const page = await ownPage(
        scene,
        '<textarea id="composer" rows="1" aria-label="Your turn"></textarea>',
        `composer.onkeydown = (event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          (${PUBLISH})(event);
        }`,
      );
      await write(page, CLEAN);
      // Read by now, so that the Enter passes.
      await new Promise((resolve) => setTimeout(resolve, 2000));
      await page.keyboard.press("Enter");
      assert.deepEqual(await scene.posted(page, 1), [CLEAN]);
      await new Promise((resolve) => setTimeout(resolve, after));
      const pasted = `Two things.\n${RISKY}`;
      await page.evaluate((text) => document.execCommand("insertText", false, text), pasted);
      // As long as a line must have stood there to be taken for one.
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await page.keyboard.press("Enter");
      const panel = await scene.panel(page);
      assert.deepEqual(scene.posts(), [CLEAN]);
      await panel.postAnyway();
      assert.deepEqual(await scene.posted(page, 2), [CLEAN, pasted]);
    });
  }

  test("a line begun just before the button is pressed is not taken for sending", async (scene) => {
    const notes = await scene.listen();
    const page = await ownPage(scene, BOX.replaceAll("div>", "form>"), `go.onclick = ${PUBLISH}`);
    await write(page, CLEAN);
    await page.keyboard.press("Enter");
    await page.click("#go");
    assert.deepEqual(await scene.posted(page, 1), [`${CLEAN}\n`]);
    await write(page, RISKY);
    await page.keyboard.press("Enter");
    await until("the new line", async () => ((await linesOf(page)) === 2 ? true : null));
    assert.ok(!(await notes.has("unread")));
    await scene.noPanel(page);
  });

  test("a line begun after a word or two is not taken for sending", async (scene) => {
    const page = await ownPage(scene, BOX.replaceAll("div>", "form>"), "0");
    await write(page, "Hi");
    await page.keyboard.press("Enter");
    await page.keyboard.type(RISKY);
    await page.keyboard.press("Enter");
    await until("both new lines", async () => ((await linesOf(page)) === 3 ? true : null));
    await scene.noPanel(page);
  });

  test("a reply button of another post opens its box, whatever stands in this one", async (scene) => {
    const page = await ownPage(
      scene,
      '<article><p>One</p><button type="button" id="go">Reply</button></article><form method="post" action="/posts"><textarea name="text" id="composer" rows="6"></textarea><button>Post reply</button></form>',
      "globalThis.opened = 0; go.onclick = () => (opened += 1)",
    );
    await write(page, RISKY);
    await page.click("#go");
    assert.equal(await page.evaluate("opened"), 1);
    await scene.noPanel(page);
  });
});

/** Loads the extension anew, as an update does, and comes back to the page. */
async function updateUnder(scene: Scene, page: Page): Promise<void> {
  const options = await scene.browser.openExtensionPage("options.html");
  const gone = new Promise((resolve) => options.once("close", resolve));
  await options.evaluate(() => chrome.runtime.reload()).catch(() => undefined);
  await gone;
  await page.bringToFront();
}

const plainDialog = (page: Page) =>
  until("the dialog to have the keyboard", async () =>
    (await page.evaluate(() => document.activeElement?.id)) === "" ? true : null,
  );

/** A page with a risky draft that was written and sent after the extension was updated under it. */
async function heldAfterUpdate(scene: Scene): Promise<Page> {
  const page = await scene.open("fetch");
  await write(page, "A beginning. ");
  await updateUnder(scene, page);
  await write(page, RISKY);
  await page.click("#send");
  await plainDialog(page);
  return page;
}

// Firefox ends the scripts of an extension that it updates; no guard is left behind there. Each suite has a browser of
// its own, since an extension is updated but once in one.
inEachBrowser(
  "An extension updated under an open page",
  (test) => {
    test("holds a draft once, says so in plain words, and posts it when told to", async (scene) => {
      const page = await heldAfterUpdate(scene);
      assert.deepEqual(scene.posts(), []);
      await page.keyboard.press("Escape");
      assert.equal(await page.evaluate(() => document.activeElement?.id), "composer");
      await page.click("#send");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      assert.equal((await scene.fixtures.posted(scene.site, 1)).length, 1);
    });
  },
  { only: ["chromium"] },
);

inEachBrowser(
  "An extension updated under a page that makes itself anew",
  (test) => {
    test("asks again where the page took the question away with all there was", async (scene) => {
      const page = await heldAfterUpdate(scene);
      await page.evaluate(() => {
        const root = document.documentElement;
        root.replaceWith(root.cloneNode(true));
      });
      await write(page, RISKY);
      await page.click("#send");
      await plainDialog(page);
      await page.keyboard.press("Escape");
    });
  },
  { only: ["chromium"] },
);

inEachBrowser(
  "An extension updated under an open page, where warned posts may only be edited",
  (test, name) => {
    test("offers to go back, and nothing else", async (scene) => {
      const page = await heldAfterUpdate(scene);
      const offered = await page.accessibility.snapshot({ interestingOnly: false });
      const said = JSON.stringify(offered);
      assert.ok(said.includes(words("plain_back", name)), said);
      assert.ok(!said.includes(words("plain_post", name)), said);
      await page.keyboard.press("Escape");
      await scene.settled(page);
      assert.deepEqual(scene.posts(), []);
    });
  },
  { only: ["chromium"], managed: () => ({ allowPostAnyway: false }) },
);
