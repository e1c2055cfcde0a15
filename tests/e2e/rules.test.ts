// Rules that arrive as a signed file: made with the command, signed with the real minisign, installed by the options
// page, in force in a composer that is already open, and taken back. Whatever is wrong with a file leaves the present
// rules in force and says why.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { after } from "node:test";
import type { Page } from "puppeteer-core";
import { violations } from "../support/axe.js";
import { type BundleOptions, Workshop } from "../support/bundles.js";
import { words } from "../support/extension.js";
import { bring, goBack, openOptions, pressIn, said, trustKey, use } from "../support/options.js";
import { openPopup } from "../support/popup.js";
import { inEachBrowser, RISKY, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

const workshop = new Workshop();
after(() => workshop.clear());
const [key, stranger, another] = [workshop.newKey(), workshop.newKey(), workshop.newKey()];

const WORD = "kumquat";
const DRAFT = `The ${WORD} parade begins at nine.`;

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

type Payload = Parameters<NonNullable<BundleOptions["alter"]>>[0];
const rulesOf = (payload: Payload) => payload["rules"] as Record<string, unknown>[];
const testsOf = (payload: Payload) => payload["self_tests"] as Record<string, unknown>[];

/** Each way in which a file can be wrong, by the refusal's id; `serial` 1 of north-wold is installed by then. */
const REFUSED: readonly (readonly [string, () => string])[] = [
  ["unsigned", () => workshop.copy(good(2), (bytes) => bytes.subarray(bytes.indexOf("\n\n") + 2))],
  ["unknown-key", () => workshop.bundle({ id: "south-wold", serial: 2, word: WORD, key: stranger })],
  ["wrong-key", () => workshop.bundle({ serial: 2, word: WORD, key: stranger })],
  [
    "altered",
    () => workshop.copy(good(2), (bytes) => Buffer.from(bytes.toString().replaceAll(WORD, "lumquat"))),
  ],
  ["old-serial", () => good(1)],
  ["not-for-this-bundle", () => workshop.bundle({ id: "south-wold", serial: 2, word: WORD, key: another })],
  [
    "expired",
    () => workshop.bundle({ serial: 2, word: WORD, key, issued: "2024-01-01", expires: "2024-12-31" }),
  ],
  ["not-yet-valid", () => workshop.bundle({ serial: 2, word: WORD, key, issued: day(3) })],
  [
    "newer-schema",
    () =>
      altered((payload) => {
        payload["schema"] = 99;
      }),
  ],
  [
    "failing-self-tests",
    () =>
      altered((payload) => {
        for (const one of testsOf(payload)) one["fires"] = one["fires"] !== true;
      }),
  ],
  [
    "too-large",
    () => workshop.copy(good(2), (bytes) => Buffer.concat([bytes, Buffer.alloc(4 * 1024 * 1024, " ")])),
  ],
  [
    "slow-patterns",
    () =>
      altered((payload) => {
        const [rule] = rulesOf(payload);
        if (rule !== undefined) rule["match"] = [Array(40).fill("(a ..20 b|c)").join(" ")];
      }),
  ],
  ["truncated", () => workshop.copy(good(2), (bytes) => bytes.subarray(0, bytes.length / 2))],
  ["not-utf8", () => workshop.copy(good(2), () => Buffer.from([0xff, 0xfe, 0x00, 0x41]))],
  [
    "no-base",
    () =>
      workshop.bundle({
        id: "east-mere",
        serial: 1,
        word: WORD,
        key: another,
        on: "middlesbrough",
        alter: (payload) => {
          payload["base"] = { id: "nowhere", serial: 1 };
        },
      }),
  ],
  [
    "malformed",
    () => workshop.copy(good(2), (bytes) => Buffer.from(bytes.toString().replaceAll("\n", "\r\n"))),
  ],
];

const made = new Map<number, string>();
function good(serial: number): string {
  const file = made.get(serial) ?? workshop.bundle({ serial, word: WORD, key });
  made.set(serial, file);
  return file;
}

const altered = (alter: (payload: Payload) => void) => workshop.bundle({ serial: 2, word: WORD, key, alter });

/** Trusts the keys and installs serial 1, unless an earlier test of this browser did. */
async function installed(scene: Scene): Promise<Page> {
  const options = await openOptions(scene.browser);
  if (!(await said(options, "#keys")).includes("north-wold")) {
    await trustKey(scene.browser, options, key.line, "north-wold");
    await trustKey(scene.browser, options, another.line, "east-mere, west-mere");
    assert.equal(await bring(options, good(1)), null);
    assert.match(await use(scene.browser, options), /north-wold/);
  }
  return options;
}

/** Which rules the page says are in force: authority, id and serial. */
const inForce = (options: Page) => options.$eval("#rules dl", (list) => (list as HTMLElement).innerText);

inEachBrowser("Signed rules", (test, name) => {
  test("are installed from a file, hold in a composer that is open, and are gone back from", async (scene) => {
    const page = await scene.open("fetch");
    await page.type("#composer", DRAFT);
    const options = await installed(scene);
    await page.bringToFront();
    await page.click("#send");
    const panel = await scene.panel(page);
    assert.ok((await panel.marked()).some((marked) => marked.includes(WORD)));
    await panel.edit();
    await panel.gone();
    assert.match(await goBack(scene.browser, options, "rules_back"), /middlesbrough/);
    await page.bringToFront();
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [DRAFT]);
    assert.match(await goBack(scene.browser, options, "rules_undo"), /north-wold/);
    await options.close();
  });

  test("stay in force when the background was stopped", async (scene) => {
    const options = await installed(scene);
    await options.close();
    await scene.browser.stopBackground();
    const page = await scene.open("fetch");
    await page.type("#composer", DRAFT);
    await page.click("#send");
    await (await scene.panel(page)).edit();
  });

  test("are refused in plain words, whatever is wrong, and the present ones stay", async (scene) => {
    const options = await installed(scene);
    const before = await inForce(options);
    for (const [id, file] of REFUSED) {
      assert.equal(await bring(options, file()), id);
      const told = await said(options, "#rules .looked");
      assert.ok(told.includes(words(`refused_${id.replaceAll("-", "_")}`, name)), told);
      assert.match(told, /North Wold, serial 1, stay in force/);
      await pressIn(scene.browser, options, "#rules .looked", "rules_close");
      assert.equal(await inForce(options), before);
    }
    await options.close();
  });

  test("say so where only the words around a match would read otherwise", async (scene) => {
    const options = await installed(scene);
    const file = altered((payload) => {
      const readings = payload["readings"] as Record<string, unknown>[];
      readings.push({ reads: "reported", place: "near", within: 6, match: ["cllr quillfeather"] });
      payload["thresholds"] = { warn: 0.79, notice: 0.4 };
    });
    assert.equal(await bring(options, file), null);
    const told = await said(options, "#rules .looked");
    assert.ok(told.includes(words("change_readings", name)), told);
    assert.ok(told.includes(words("change_thresholds", name)), told);
    assert.ok(!told.includes(words("change_nothing", name)), told);
    await pressIn(scene.browser, options, "#rules .looked", "rules_keep");
    await options.close();
  });

  test("can be dropped on the page, and left", async (scene) => {
    const options = await installed(scene);
    const before = await inForce(options);
    assert.equal(await bring(options, good(2), "drop"), null);
    assert.ok(await options.evaluate(() => document.activeElement?.id === "looked-title"));
    await pressIn(scene.browser, options, "#rules .looked", "rules_keep");
    assert.equal(await inForce(options), before);
    await options.close();
  });

  test("are left, or taken, by keyboard alone", async (scene) => {
    const options = await installed(scene);
    const before = await inForce(options);
    await options.bringToFront();
    assert.equal(await bring(options, good(2)), null);
    const focused = () => options.evaluate(() => document.activeElement?.textContent ?? "");
    const seen: string[] = [];
    while (seen.at(-1) !== words("rules_keep", name) && seen.length < 20) {
      await scene.browser.press(options.mainFrame(), "Tab");
      seen.push(await focused());
    }
    assert.ok(seen.includes(words("rules_use", name)), seen.join(" | "));
    await scene.browser.press(options.mainFrame(), "Enter");
    await until("the rules to be left", async () =>
      (await options.$("#rules .looked .sheet")) === null ? true : null,
    );
    assert.equal(await inForce(options), before);
    await options.close();
  });

  test("of several councils: one is active, the others can be chosen", async (scene) => {
    const options = await installed(scene);
    const others = await said(options, "#rules .others");
    assert.match(others, /Middlesbrough Council/);
    const use = await options.$("#rules .others button");
    await options.bringToFront();
    await use?.click();
    await until("other rules in force", async () =>
      (await inForce(options)).includes("north-wold") ? null : true,
    );
    assert.match(await goBack(scene.browser, options, "rules_back"), /north-wold/);
    await options.close();
  });

  test("the page holds nothing that a screen reader stumbles over, whatever it asks", async (scene) => {
    const options = await installed(scene);
    await options.bringToFront();
    assert.deepEqual(await violations(options.mainFrame()), []);
    await bring(options, good(2));
    assert.deepEqual(await violations(options.mainFrame()), []);
    await bring(options, good(1));
    await until("the refusal", () => options.$("#rules .refused"));
    assert.deepEqual(await violations(options.mainFrame()), []);
    await options.click("#keys .keys .link");
    await until("the question", () => options.$("#keys .looked .sheet"));
    assert.deepEqual(await violations(options.mainFrame()), []);
    await options.close();
  });

  test("a key that is trusted already is offered with what it may sign, no less and no more", async (scene) => {
    const options = await installed(scene);
    await options.bringToFront();
    await options.$eval(
      "#key-words",
      (input, line) => {
        (input as HTMLInputElement).value = line;
      },
      another.line,
    );
    await pressIn(scene.browser, options, "#keys form", "keys_read");
    const ids = await until("the question about the key", () => options.$("#key-bundles"));
    const offered = await ids.evaluate((input) => (input as HTMLInputElement).value);
    assert.equal(offered, "east-mere, west-mere");
    await pressIn(scene.browser, options, "#keys .looked", "keys_no_match");
    await options.close();
  });

  test("half-written storage leaves the rules before in force, and the popup says so", async (scene) => {
    const options = await installed(scene);
    await options.evaluate(async () => {
      const stored: Record<string, unknown> = await chrome.storage.local.get(null);
      const file = Object.keys(stored).find((one) => one.startsWith("rules file ")) ?? "";
      await chrome.storage.local.set({ [file]: String(stored[file]).slice(0, 1000) });
    });
    await options.close();
    await scene.browser.stopBackground();
    const page = await scene.open("fetch");
    await page.type("#composer", DRAFT);
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [DRAFT]);
    const popup = await openPopup(scene.browser, page);
    const notice = await until("what the popup says", () => popup.$("#rules-notice"));
    assert.match(await notice.evaluate((line) => line.textContent ?? ""), /no longer whole/);
    assert.deepEqual(await violations(popup.mainFrame()), []);
    await popup.close();
    // The way out: the next file is taken as ever.
    const again = await openOptions(scene.browser);
    assert.ok((await said(again, "#rules .notice")).includes("no longer whole"));
    assert.equal(await bring(again, good(2)), null);
    assert.match(await use(scene.browser, again), /north-wold, serial 2/);
    assert.equal(await again.$("#rules .notice"), null);
    await again.close();
  });

  test("a key goes with what it signed, asked once on the page", async (scene) => {
    const options = await installed(scene);
    await options.bringToFront();
    await options.click("#keys .keys .link");
    await until("the question", () => options.$("#keys .looked .sheet"));
    assert.match(await said(options, "#keys .looked"), /north-wold, serial 2/);
    await pressIn(scene.browser, options, "#keys .looked", "keys_remove_yes");
    await until("the package’s own rules", async () =>
      (await inForce(options)).includes("middlesbrough") ? true : null,
    );
    assert.match(await said(options, "#keys-status"), /In force now: .*middlesbrough/);
    assert.equal(await bring(options, good(3)), "unknown-key");
    await options.close();
  });

  test("that only add to the package’s rules hold by both", async (scene) => {
    const options = await openOptions(scene.browser);
    if (!(await said(options, "#keys")).includes("west-mere"))
      await trustKey(scene.browser, options, another.line, "east-mere, west-mere");
    const before = await inForce(options);
    const overlay = workshop.bundle({
      id: "west-mere",
      serial: 1,
      word: WORD,
      key: another,
      on: "middlesbrough",
    });
    assert.equal(await bring(options, overlay), null);
    assert.match(await use(scene.browser, options), /west-mere/);
    await scene.browser.stopBackground();
    const page = await scene.open("fetch");
    await page.type("#composer", `${RISKY} ${DRAFT}`);
    await page.click("#send");
    const panel = await scene.panel(page);
    const marked = await panel.marked();
    assert.ok(marked.length > 1 && marked.some((words) => words.includes(WORD)), marked.join(" | "));
    await panel.edit();
    await goBack(scene.browser, options, "rules_back");
    assert.equal(await inForce(options), before);
    await options.close();
  });

  test("a key file is read, and what is none is told", async (scene) => {
    const options = await openOptions(scene.browser);
    const wrong = workshop.path("wrong.pub");
    writeFileSync(wrong, "RWnot a key\n");
    await options.bringToFront();
    await options.evaluate(
      (text) => {
        const input = document.querySelector("#key-words");
        if (input instanceof HTMLInputElement) input.value = text;
      },
      readFileSync(wrong, "utf8"),
    );
    await pressIn(scene.browser, options, "#keys form", "keys_read");
    await until("what is wrong with it", async () =>
      (await said(options, "#keys-status")).length > 0 ? true : null,
    );
    assert.equal(await options.$("#keys .looked .sheet"), null);
    await options.close();
  });
});
