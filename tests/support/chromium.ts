// Chromium under test, over the DevTools protocol.

import puppeteer, { type Browser, type Frame, type KeyInput, type Page } from "puppeteer-core";
import { askForTab, findProgram, keptPage, type StartOptions, type TestBrowser } from "./browser.js";
import { ANSWERS_WITHIN, within } from "./wait.js";

const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
  // The screen of a browser without a window is smaller than a page under test: in fullscreen, presses would go astray.
  "--screen-info={1280x900}",
];

/** The part of the browser's own extensions page that gives and takes permissions. */
interface DeveloperPrivate {
  addHostPermission(id: string, pattern: string): Promise<void>;
  removeHostPermission(id: string, pattern: string): Promise<void>;
  updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void>;
  reload(id: string, options: { failQuietly: boolean }): Promise<void>;
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
    protocolTimeout: ANSWERS_WITHIN,
    enableExtensions: options.extension === null ? false : [options.extension],
    defaultViewport: options.viewport,
    handleSIGINT: options.leaveSignals !== true,
    handleSIGTERM: options.leaveSignals !== true,
    handleSIGHUP: options.leaveSignals !== true,
    args: [...QUIET, ...root, ...proxy],
  });
  const extensionOrigin = options.extension === null ? "" : await originOfExtension(browser);
  const id = extensionOrigin.replace("chrome-extension://", "");

  const settings = keptPage(async () => {
    const page = await browser.newPage();
    await page.goto("chrome://extensions/");
    return page;
  });
  async function inSettings(
    change: "addHostPermission" | "removeHostPermission",
    origin: string,
  ): Promise<void> {
    const { protocol, hostname } = new URL(origin);
    await (await settings()).evaluate(
      (name, extension, pattern) => chrome.developerPrivate[name](extension, pattern),
      change,
      id,
      `${protocol}//${hostname}/*`,
    );
  }

  async function openExtensionPage(path: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${extensionOrigin}/${path}`);
    return page;
  }

  // Any document of the extension may ask the browser about tabs; this one runs none of its scripts.
  const asking = keptPage(() => openExtensionPage("manifest.json"));

  return {
    name: "chromium",
    browser,
    extensionOrigin,
    newPage: () => browser.newPage(),
    tabOf: async (page) => askForTab(await asking(), page),
    openExtensionPage,
    async pressToolbarButton(page: Page) {
      const extension = (await browser.extensions()).get(id);
      if (extension === undefined) throw new Error("the browser does not know the extension");
      await page.bringToFront();
      await page.triggerExtensionAction(extension);
    },
    allow: (origin) => inSettings("addHostPermission", origin),
    withdraw: (origin) => inSettings("removeHostPermission", origin),
    preferColours: (page, scheme) =>
      page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]),
    async stopBackground() {
      const worker = browser.targets().find((target) => target.type() === "service_worker");
      if (worker === undefined) return;
      const stopped = new Promise<void>((resolve) => {
        browser.on("targetdestroyed", (target) => {
          if (target === worker) resolve();
        });
      });
      const session = await (await asking()).createCDPSession();
      await session.send("ServiceWorker.enable");
      await session.send("ServiceWorker.stopAllWorkers");
      await within("the background to stop", stopped);
      await session.detach();
    },
    async chooseCheckSelection(selected: string) {
      const background = await browser.waitForTarget(
        (target) => target.type() === "service_worker" && target.url().startsWith(extensionOrigin),
      );
      const worker = await background.worker();
      if (worker === null) throw new Error("the background cannot be reached");
      await worker.evaluate((selectionText) => {
        const clicked = chrome.contextMenus.onClicked as unknown as { dispatch(info: object): void };
        clicked.dispatch({ menuItemId: "check-selection", selectionText, editable: false });
      }, selected);
    },
    async reloadExtension() {
      await (await settings()).evaluate(async (extension) => {
        // Only in this mode does Chromium let an unpacked extension run on after it was loaded anew.
        await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
        await chrome.developerPrivate.reload(extension, { failQuietly: true });
      }, id);
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
