// Runs parts of the guard in a real browser's page, without the extension: they read pages, so a page is what they are
// tried on. Each case gives the page's body and says what must be read from it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { build } from "esbuild";
import type { Page } from "puppeteer-core";
import { type BrowserName, startBrowser, type TestBrowser } from "../support/browser.js";
import { type Fixtures, startFixtures } from "../support/fixture-server.js";

const GUARD = join(import.meta.dirname, "..", "..", "extension", "src", "guard");

/** What the page can call: each takes nothing and looks at the page. */
const ENTRY = `
import { composersBelow } from "./composers.js";
import { controlAt, pressedAt, publishedBy } from "./controls.js";
import { enterSends } from "./enter.js";
import { Frames } from "./frames.js";
import { Grants } from "./grants.js";
import { rangesOf, read } from "./reading.js";
import { release } from "./release.js";
import { controlSignatureOf, enterSignatureOf } from "./signature.js";
import { fromKey, fromPointer } from "./submission.js";
import { surfaceOf } from "./surface.js";
import { below } from "./tree.js";
import { Underlines } from "./underlines.js";
import { readsAsOther, readsAsPublishing } from "./wording.js";
import { writerOf } from "./writer.js";
const composer = () => document.querySelector("[data-composer]") ?? composersBelow(document)[0];
const press = () => [...below(document, "[data-press]")][0] ?? null;
globalThis.guard = {
  composers: () => composersBelow(document).map((found) => found.id),
  text: () => read(composer()).text,
  places: (start, end) => rangesOf(read(composer()), start, end).map((range) => range.toString()).join(""),
  published: (learnt) => {
    const control = controlAt(press(), learnt);
    return control === null ? [] : publishedBy(control, learnt).map((found) => found.id);
  },
  publishedByKey: (key, learnt) => {
    let made = null;
    addEventListener("keydown", (event) => (made = fromKey(event, { learnt, framesDraft: false })), { once: true, capture: true });
    press().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
    return made?.composers().map((found) => found.id) ?? [];
  },
  watched: () => pressedAt(document.querySelector("[data-press]")) !== null,
  signature: () => controlSignatureOf(document.querySelector("[data-press]")),
  enterSignature: () => enterSignatureOf(composer()),
  enterSends: () => enterSends(composer(), []),
  surface: () => surfaceOf(composer()),
  writer: () => {
    const { displayName, handle } = writerOf(composer());
    return { name: displayName?.value ?? null, handle: handle?.value ?? null };
  },
  stillGranted: async (...later) => {
    const grants = new Grants();
    const found = composer();
    const act = { kind: "click", control: document.querySelector("[data-press]"), pointer: null };
    await release({ act, standing: () => act.control, composers: () => [found], frames: false }, new Map(), grants, new AbortController().signal, { beganLine: () => {}, sent: () => {} });
    const begun = performance.now();
    const covers = (ms) => {
      performance.now = () => begun + ms;
      return grants.covers(found, read(found).text);
    };
    const answers = later.map(covers);
    delete performance.now;
    return answers;
  },
  asksAgainAfterEnter: async () => {
    const grants = new Grants();
    const found = composer();
    const act = { kind: "enter", composer: found, target: found, key: { key: "Enter", code: "Enter", ctrlKey: false, metaKey: false, altKey: false } };
    await release({ act, standing: () => found, composers: () => [found], frames: false }, new Map(), grants, new AbortController().signal, { beganLine: () => {}, sent: () => {} });
    const begun = performance.now();
    // Longer than leave that nobody is asked to press for.
    performance.now = () => begun + 50000;
    const asks = grants.covers(found, read(found).text);
    delete performance.now;
    return asks;
  },
  standsAfter: (type, change) => {
    const press = document.querySelector("[data-press]");
    const around = { learnt: [], framesDraft: false };
    let made = null;
    const make = (event) => {
      made = type === "click" ? fromPointer(event, around) : fromKey(event, around);
    };
    addEventListener(type, make, { once: true, capture: true });
    press.dispatchEvent(
      type === "click"
        ? new MouseEvent("click", { bubbles: true, composed: true })
        : new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true }),
    );
    change();
    return { standing: made.standing()?.id ?? null, composers: made.composers().map((found) => found.id) };
  },
  frameGrants: async (told, by) => {
    const frames = new Frames(false, new Grants());
    const known = (verdict) => (verdict === null ? null : { verdict });
    let review = known(told);
    const reviews = {
      settled: async () => (review === null ? { kind: "failed" } : { kind: "review" }),
      found: () => ({ review, complete: false }),
    };
    const draftOf = (found) => ({ text: read(found).text });
    const [draft] = await frames.review(reviews, draftOf, new AbortController().signal);
    review = known(by);
    return [draft.review?.verdict ?? null, frames.grant(reviews)];
  },
  underlined: async (...steps) => {
    const attach = Element.prototype.attachShadow;
    let root = null;
    Element.prototype.attachShadow = function (given) { return (root = attach.call(this, given)); };
    const over = new AbortController();
    const underlines = new Underlines(over.signal);
    Element.prototype.attachShadow = attach;
    const box = composer();
    underlines.enter(box);
    const finding = ([words, severity]) => {
      const start = box.value.indexOf(words);
      return { severity, spans: [{ start, end: start + words.length, text: words }] };
    };
    const seen = [];
    for (const { types, answer, complete } of steps) {
      if (types !== undefined) {
        box.value = types;
        underlines.changed(box, types);
      }
      if (answer !== undefined) {
        underlines.show(box, box.value, { findings: answer.map(finding) }, complete);
      }
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const isDotted = (stroke) => stroke.querySelector("[stroke-dasharray]") !== null;
      seen.push([...root.children].map((stroke) => (isDotted(stroke) ? "." : "~")).join(""));
    }
    over.abort();
    return seen;
  },
  publishes: (name) => readsAsPublishing(name),
  other: (name) => readsAsOther(name),
};`;

async function bundled(): Promise<string> {
  const result = await build({
    stdin: { contents: ENTRY, resolveDir: GUARD, loader: "ts" },
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    // A page of no extension has no such interface.
    banner: { js: "globalThis.chrome ??= {};" },
  });
  return result.outputFiles[0]?.text ?? "";
}

/** Started when the file's first suite asks for it, and closed behind the last one. */
const browsers = new Map<BrowserName, Promise<TestBrowser>>();

function shared(name: BrowserName): Promise<TestBrowser> {
  const started =
    browsers.get(name) ??
    startBrowser(name, {
      extension: null,
      headless: true,
      binary: null,
      proxy: null,
      viewport: { width: 1000, height: 700 },
    });
  browsers.set(name, started);
  return started;
}

after(async () => {
  // One that did not start has failed its suites by now.
  for (const started of await Promise.allSettled(browsers.values())) {
    if (started.status === "fulfilled") await started.value.close();
  }
});

export type Ask = <T>(body: string, question: string) => Promise<T>;

/** Defines cases that must hold in each browser; `ask` evaluates a question (JavaScript) on a page with that body. */
export function onPages(title: string, define: (ask: Ask) => void): void {
  const asked = process.env["BROWSER"];
  const names: readonly BrowserName[] =
    asked === "chromium" || asked === "firefox" ? [asked] : ["chromium", "firefox"];
  for (const name of names) {
    describe(`${title} (${name})`, () => {
      let page: Page;
      let script: string;
      let fixtures: Fixtures;
      before(async () => {
        script = await bundled();
        const browser = await shared(name);
        // What a page shows of a person may lie in its links, so the page has an address.
        fixtures = await startFixtures();
        page = await browser.newPage();
        await page.goto(`${fixtures.origin("guard")}/posts`);
      });
      after(async () => {
        await page?.close();
        await fixtures?.close();
      });
      define(async <T>(body: string, question: string): Promise<T> => {
        await page.setContent(`<!doctype html><title>A page</title>${body}`);
        await page.evaluate(script);
        return (await page.evaluate(`guard.${question}`)) as T;
      });
    });
  }
}

/** One test for each case, named by the case. */
export function check<T>(ask: Ask, question: string, cases: readonly (readonly [string, string, T])[]): void {
  for (const [name, body, expected] of cases) {
    it(name, async () => assert.deepEqual(await ask<T>(body, question), expected));
  }
}
