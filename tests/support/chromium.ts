// Chromium under test, over the DevTools protocol.

import puppeteer, { type Browser, type Frame, type KeyInput, type Page } from "puppeteer-core";
import { findProgram, type StartOptions, type TestBrowser } from "./browser.js";
import { within } from "./wait.js";

const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/** The part of the browser's own extensions page that gives and takes permissions. */
interface DeveloperPrivate {
  addHostPermission(id: string, pattern: string): Promise<void>;
  removeHostPermission(id: string, pattern: string): Promise<void>;
}
declare global {
  namespace chrome {
    const developerPrivate: DeveloperPrivate;
  }
}

export async function startChromium(options: StartOptions): Promise<TestBrowser> {
  // The sandbox cannot be had as root, which is what containers run as.
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  // Without the second switch, requests to loopback would go past the proxy.
  const proxy =
    options.proxy === null ? [] : [`--proxy-server=${options.proxy}`, "--proxy-bypass-list=<-loopback>"];
  const browser = await puppeteer.launch({
    browser: "chrome",
    executablePath: options.binary ?? findProgram("chromium"),
    headless: options.headless,
    pipe: true,
    enableExtensions: options.extension === null ? false : [options.extension],
    defaultViewport: options.viewport,
    args: [...QUIET, ...root, ...proxy],
  });
  const extensionOrigin = options.extension === null ? "" : await originOfExtension(browser);
  const id = extensionOrigin.replace("chrome-extension://", "");

  async function inSettings(
    change: "addHostPermission" | "removeHostPermission",
    origin: string,
  ): Promise<void> {
    const settings = await browser.newPage();
    await settings.goto("chrome://extensions/");
    await settings.evaluate(
      (name, extension, pattern) => chrome.developerPrivate[name](extension, pattern),
      change,
      id,
      // What is granted and asked for knows no ports.
      `${new URL(origin).protocol}//${new URL(origin).hostname}/*`,
    );
    await settings.close();
  }

  async function openExtensionPage(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${extensionOrigin}/${path}`);
    return page;
  }

  return {
    name: "chromium",
    browser,
    extensionOrigin,
    newPage: () => browser.newPage(),
    openExtensionPage,
    async pressToolbarButton(page: Page) {
      const extension = (await browser.extensions()).get(id);
      if (extension === undefined) throw new Error("the browser does not know the extension");
      await page.bringToFront();
      await page.triggerExtensionAction(extension);
    },
    allow: (origin) => inSettings("addHostPermission", origin),
    withdraw: (origin) => inSettings("removeHostPermission", origin),
    async stopBackground() {
      const page = await openExtensionPage("manifest.json");
      const session = await page.createCDPSession();
      await session.send("ServiceWorker.enable");
      await session.send("ServiceWorker.stopAllWorkers");
      await page.close();
    },
    async press(frame: Frame, ...keys: string[]) {
      const { keyboard } = frame.page();
      const held = keys.slice(0, -1) as KeyInput[];
      for (const key of held) await keyboard.down(key);
      await keyboard.press((keys.at(-1) ?? "") as KeyInput);
      for (const key of held.reverse()) await keyboard.up(key);
    },
    close: () => browser.close(),
  };
}

async function originOfExtension(browser: Browser): Promise<string> {
  const worker = await within(
    "the extension's background",
    browser.waitForTarget((target) => target.url().startsWith("chrome-extension://")),
  );
  return worker.url().split("/").slice(0, 3).join("/");
}
