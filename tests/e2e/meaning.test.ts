// Drafts read for their meaning: what no rule catches is held, with its words marked; what was mended passes; and the
// person, the rules and the package itself each can leave it to the rules alone.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after } from "node:test";
import { build } from "esbuild";
import type { Page } from "puppeteer-core";
import { Workshop } from "../support/bundles.js";
import { ROOT, words } from "../support/extension.js";
import { bring, goBack, openOptions, said, trustKey, use } from "../support/options.js";
import { inEachBrowser, type Scene } from "../support/suite.js";
import { until } from "../support/wait.js";

const workshop = new Workshop();
after(() => workshop.clear());
const key = workshop.newKey();

/** No rule finds anything in it. */
const MEANT =
  "She smiles at you in the corridor and then reads from a script somebody else wrote. We all know whose hand is up the back.";
const MENDED = "She read her answer from a prepared script, and it left three of our questions open.";

/** Harmless sentences of which no two are alike, so that none is remembered: seconds of reading, however the page lags. */
const LONG = Array.from(
  { length: 900 },
  (_, at) => `On day ${at} the library on Park Road opens at nine and closes at five.`,
).join(" ");

/** What the command finds in a text. */
function reviewed(text: string, reviewers: string): readonly unknown[] {
  const command = join(ROOT, "target/release/second-reading");
  const asked = ["check", "--input", "jsonl", "--format", "jsonl", "--reviewers", reviewers, "-"];
  const input = `${JSON.stringify({ id: "1", text })}\n`;
  const said = JSON.parse(execFileSync(command, asked, { encoding: "utf8", input })) as {
    readonly findings: readonly unknown[];
  };
  return said.findings;
}

/** The glue that drives both modules, as a script that leaves it under a name. */
async function glue(name: string): Promise<string> {
  const entry = 'export { default as init, Memory, SemanticReader } from "./semantic.js";';
  const made = await build({
    stdin: { contents: entry, resolveDir: join(ROOT, "extension/generated") },
    bundle: true,
    write: false,
    format: "iife",
    globalName: name,
    target: "es2022",
    logOverride: { "empty-import-meta": "silent" },
  });
  return `${made.outputFiles[0]?.text ?? ""}; globalThis.${name} = ${name};`;
}

/** What a module of the package, driven by the glue of that name, reads in these texts. */
async function readings(
  page: Page,
  glueName: string,
  path: string,
  texts: readonly string[],
): Promise<string> {
  await page.evaluate(await glue(glueName));
  return page.evaluate(
    async (name, module, drafts) => {
      const { init, Memory, SemanticReader } = Reflect.get(globalThis, name) as {
        readonly init: typeof import("../../extension/generated/semantic.js").default;
        readonly Memory: typeof import("../../extension/generated/semantic.js").Memory;
        readonly SemanticReader: typeof import("../../extension/generated/semantic.js").SemanticReader;
      };
      const [code, weights] = await Promise.all(
        [module, "reviewer.bin"].map(async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer())),
      );
      if (code === undefined || weights === undefined) return "no such files";
      if (!WebAssembly.validate(code)) return "this browser cannot run it";
      await init({ module_or_path: code });
      const reader = new SemanticReader(weights);
      const memory = new Memory();
      return JSON.stringify(
        drafts.map((draft) => {
          const passage = reader.begin(draft, true, Uint32Array.of(0, draft.length), memory);
          while (!passage.isRead) passage.step(reader, memory);
          return passage.readings();
        }),
      );
    },
    glueName,
    path,
    texts,
  );
}

/** The switch of the options page, pressed as a person would. */
async function turn(scene: Scene, on: boolean): Promise<void> {
  const options = await openOptions(scene.browser);
  const toggle = await until("the switch", () => options.$("#semantic-switch"));
  const isOn = () => toggle.evaluate((button) => button.getAttribute("aria-checked") === "true");
  await options.bringToFront();
  if ((await isOn()) !== on) await toggle.click();
  await until(on ? "it is on" : "it is off", async () => ((await isOn()) === on ? true : null));
  await options.close();
}

const ANGRY = ["You're a lying crook and everybody knows it.", "Get your nose out of the trough, you clown."];

/** A mail that answers an angry one, as webmail lays it out: room to write above the quoted block, and below it. */
async function answerTo(page: Page): Promise<void> {
  await page.evaluate(
    (quoted) => {
      document.body.innerHTML = `<div><label>To <input></label><label>Subject <input></label>
      <div contenteditable id="composer" aria-label="Message" style="min-height:6em"><p id="above"><br></p>
      <div>On Mon, 3 Mar 2025 at 14:05, Jim Hale &lt;jim@example.co.uk&gt; wrote:</div>
      <blockquote>${quoted}</blockquote><p id="below"><br></p></div><button type="button" id="send">Send</button></div>`;
      const [composer, send] = ["composer", "send"].map((id) => document.getElementById(id));
      send?.addEventListener("click", () => {
        const body = composer?.innerText ?? "";
        composer?.replaceChildren();
        void fetch("/posts", { method: "POST", headers: { "content-type": "text/plain" }, body });
      });
    },
    ANGRY.map((words) => `<p>${words}</p>`).join(""),
  );
}

async function replaceWith(page: Page, text: string): Promise<void> {
  await page.$eval("#composer", (area) => (area as HTMLTextAreaElement).select());
  await page.type("#composer", text);
}

inEachBrowser("Reading for meaning", (test, name) => {
  test("a post that no rule catches is held, its words marked; mended, it passes", async (scene) => {
    assert.deepEqual(reviewed(MEANT, "rules"), []);
    const page = await scene.open("form");
    await page.type("#composer", MEANT);
    await page.click("#send");
    const panel = await scene.panel(page);
    const said = await panel.text();
    assert.match(said, /12\.3/);
    assert.match(said, /could be read as/);
    assert.ok((await panel.marked()).length > 0, "no words are marked");
    assert.deepEqual(scene.posts(), []);
    await panel.edit();
    await replaceWith(page, MENDED);
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [MENDED]);
  });

  test("a calm answer above an angry mail passes, and one below it is read", async (scene) => {
    assert.ok(reviewed(ANGRY.join("\n"), "semantic").length > 0, "nothing to leave out");
    const page = await scene.open("form");
    await answerTo(page);
    await page.click("#above");
    await page.keyboard.type("Dear Mr Hale, I'm sorry that you are upset. I'll ring you on Thursday.");
    await page.click("#send");
    assert.match((await scene.posted(page, 1))[0] ?? "", /Thursday.*trough/su);
    await answerTo(page);
    await page.click("#below");
    await page.keyboard.type(MEANT);
    await page.click("#send");
    const panel = await scene.panel(page);
    const marked = await panel.marked();
    assert.ok(marked.length > 0 && marked.every((words) => MEANT.includes(words)), marked.join(" | "));
    await panel.edit();
  });

  test("the faster module runs in this browser, and reads exactly as the other one does", async (scene) => {
    const options = await openOptions(scene.browser);
    const texts = [MEANT, MENDED, LONG.slice(0, 1500), "Vote!", "🌹".repeat(200)];
    const fast = await readings(options, "fast", "semantic-relaxed.wasm", texts);
    assert.match(fast, /"judged"/);
    assert.equal(fast, await readings(options, "plain", "semantic.wasm", texts));
    await options.close();
  });

  test("rules that do without it leave the post alone, and the options page says so", async (scene) => {
    const file = workshop.bundle({
      id: "by-words",
      serial: 1,
      word: "kumquat",
      key,
      alter: (payload) => {
        payload["reviewers"] = ["rules"];
      },
    });
    const options = await openOptions(scene.browser);
    await trustKey(scene.browser, options, key.line, "by-words");
    assert.equal(await bring(options, file), null);
    await use(scene.browser, options);
    await options.close();
    const page = await scene.open("form");
    await page.type("#composer", MEANT);
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [MEANT]);
    const again = await openOptions(scene.browser);
    assert.match(await said(again, "#semantic"), new RegExp(words("semantic_off_by_rules", name)));
    assert.equal(
      await again.$eval("#semantic-switch", (toggle) => (toggle as HTMLButtonElement).disabled),
      true,
    );
    await goBack(scene.browser, again, "rules_back");
    await again.close();
  });

  test("the person may leave reading to the rules, in a composer that is already open, and take it back", async (scene) => {
    const page = await scene.open("form");
    await page.type("#composer", MEANT);
    await turn(scene, false);
    await page.bringToFront();
    await page.click("#send");
    assert.deepEqual(await scene.posted(page, 1), [MEANT]);
    await turn(scene, true);
    const next = await scene.visit("form");
    await next.type("#composer", MEANT);
    await next.click("#send");
    await (await scene.panel(next)).edit();
    assert.deepEqual(scene.posts(), [MEANT]);
  });

  test("a draft too long to be read in time passes, and that is counted", async (scene) => {
    const page = await scene.open("form");
    await page.$eval(
      "#composer",
      (area, text) => {
        (area as HTMLTextAreaElement).value = text;
      },
      LONG,
    );
    await page.type("#composer", " ");
    await page.click("#send");
    await scene.posted(page, 1);
    const options = await openOptions(scene.browser);
    assert.match(await said(options, "#counts"), new RegExp(words("counts_partly_one", name)));
    await options.close();
  });
});
