// Opens a browser on the demo with the extension loaded and the demo's sites switched on: what `cargo xtask run` starts.
// With --screenshot it writes a risky reply on the forum, presses Post, waits for the warning, keeps a picture and ends.
// Otherwise it stays until the browser is closed or Ctrl+C is pressed.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "puppeteer-core";
import { type Demo, startDemo } from "../../demo/server.js";
import { startBrowser, type TestBrowser } from "./browser.js";
import { ROOT } from "./extension.js";
import { panelIn } from "./panel.js";
import { switchOn } from "./popup.js";

const SITES = ["forum", "blog", "chat"] as const;
const RISKY_REPLY =
  "The new opening hours are a good start and I’ll ask about Saturdays on Monday. But let’s be honest: Cllr Hartley is a liar and a disgrace. Vote for me on 7 May.";

const { values } = parseArgs({
  options: {
    browser: { type: "string", default: "chromium" },
    headless: { type: "boolean", default: false },
    screenshot: { type: "string" },
    dist: { type: "string" },
    binary: { type: "string" },
    /** Which of the demo's sites a picture is taken of. */
    site: { type: "string", default: "forum" },
  },
});
const { browser: name, headless, screenshot } = values;
if (name !== "chromium" && name !== "firefox")
  throw new Error(`no browser called ${name}: chromium or firefox`);
const site = SITES.find((one) => one === values.site);
if (site === undefined) throw new Error(`no site called ${values.site}: ${SITES.join(", ")}`);

const folder = mkdtempSync(join(tmpdir(), "second-reading-demo-"));
const demo = await startDemo(folder);
const browser = await startBrowser(name, {
  extension: values.dist ?? join(ROOT, "dist", name),
  headless,
  binary: values.binary ?? null,
  proxy: null,
  leaveSignals: true,
  viewport: headless || screenshot !== undefined ? { width: 1200, height: 860 } : null,
});
try {
  const pages = await openSites(browser, demo);
  if (screenshot === undefined) await stay(browser, demo);
  else await picture(browser, site, pages[site], screenshot);
} finally {
  await browser.close().catch(() => undefined);
  await demo.close();
  rmSync(folder, { recursive: true, force: true });
}

async function openSites(
  open: TestBrowser,
  { origins }: Demo,
): Promise<Record<(typeof SITES)[number], Page>> {
  const [start] = await open.browser.pages();
  const pages: Partial<Record<(typeof SITES)[number], Page>> = {};
  for (const one of SITES) {
    const page = await open.newPage();
    await page.goto(`${origins[one]}/`);
    await switchOn(open, page);
    pages[one] = page;
  }
  await start?.close();
  await pages.forum?.bringToFront();
  return pages as Record<(typeof SITES)[number], Page>;
}

async function stay(open: TestBrowser, { origins }: Demo): Promise<void> {
  console.log("The demo is open, with Second Reading switched on for its three sites:");
  for (const one of SITES) console.log(`  ${one.padEnd(6)} ${origins[one]}/`);
  console.log('Write something such as "Cllr Hartley is a liar and a disgrace." and post it.');
  console.log("Close the browser or press Ctrl+C to end.");
  await new Promise<void>((resolve) => {
    open.browser.once("disconnected", resolve);
    // Under a driver Chromium runs on without a window: the last page's going is the end.
    open.browser.on("targetdestroyed", () => {
      if (!open.browser.targets().some((target) => target.type() === "page")) resolve();
    });
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

async function picture(
  open: TestBrowser,
  of: (typeof SITES)[number],
  page: Page,
  file: string,
): Promise<void> {
  const composer = { forum: "#message", blog: "#comment", chat: "#box" }[of];
  const send = { forum: "form button", blog: "#send", chat: "#send" }[of];
  await page.bringToFront();
  await page.type(composer, RISKY_REPLY);
  await page.click(send);
  const panel = await panelIn(open, page);
  await panel.frame.evaluate(() => document.fonts.ready.then(() => undefined));
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  console.log(`Wrote ${file}: the warning as it stands over the ${of}.`);
}
