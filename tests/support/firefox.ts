// Firefox under test, over WebDriver BiDi.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer, { type Browser, type Frame, type Page } from "puppeteer-core";
import { navigate, pressInFrame, runInBrowser } from "./bidi.js";
import { askForTab, findProgram, keptPage, type StartOptions, type TestBrowser } from "./browser.js";
import { freshProfile } from "./firefox-profile.js";
import { ANSWERS_WITHIN } from "./wait.js";

/** Firefox draws a new address for an extension in each profile; here it is fixed, so that tests can open its pages. */
const UUID = "8a5c2f6e-3d1b-4c7a-9e40-5b2d7f1c6a93";

const PREFERENCES = {
  // The browser's question about a permission answers itself with yes; the test of a refusal turns it back on.
  "extensions.webextOptionalPermissionPrompts": false,
  // Keys reach iframes in a window that is not in front.
  "focusmanager.testmode": true,
  // The buttons of the browser's question count at once.
  "security.notification_enable_delay": 0,
  "browser.shell.checkDefaultBrowser": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

/** The name that an unpacked extension gives itself. */
export function firefoxId(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
    browser_specific_settings: { gecko: { id: string } };
  };
  return manifest.browser_specific_settings.gecko.id;
}

export async function startFirefox(options: StartOptions): Promise<TestBrowser> {
  const extension = options.extension === null ? "" : firefoxId(options.extension);
  const program = options.binary ?? findProgram("firefox");
  const profile = await freshProfile(program);
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: program,
    userDataDir: profile.folder,
    headless: options.headless,
    protocolTimeout: ANSWERS_WITHIN,
    defaultViewport: options.viewport,
    handleSIGINT: options.leaveSignals !== true,
    handleSIGTERM: options.leaveSignals !== true,
    handleSIGHUP: options.leaveSignals !== true,
    // Needed for the extension's own pages and for the browser's own settings.
    args: ["--remote-allow-system-access"],
    extraPrefsFirefox: {
      ...PREFERENCES,
      "extensions.webextensions.uuids": JSON.stringify({ [extension]: UUID }),
      ...proxyPreferences(options.proxy),
    },
  });
  if (options.extension !== null) await browser.installExtension(options.extension);
  const extensionOrigin = `moz-extension://${UUID}`;

  async function openExtensionPage(path: string): Promise<Page> {
    const page = await browser.newPage();
    await navigate(browser, page.mainFrame(), `${extensionOrigin}/${path}`);
    return page;
  }
  // Any document of the extension may ask the browser about tabs; this one runs none of its scripts.
  const askingAnew = () => keptPage(() => openExtensionPage("manifest.json"));
  let asking = askingAnew();

  return {
    name: "firefox",
    browser,
    extensionOrigin,
    newPage: () => browser.newPage(),
    tabOf: async (page) => askForTab(await asking(), page),
    openExtensionPage,
    // What the press does first; the popup that follows it is out of the driver's reach and opened in a tab instead.
    async pressToolbarButton(page: Page) {
      await page.bringToFront();
      await runInBrowser(browser, String(showTab), { extension });
    },
    // The preference above says yes for every origin.
    allow: async () => undefined,
    async withdraw(origin: string) {
      await runInBrowser(browser, String(removeOrigin), {
        extension,
        host: new URL(origin).hostname,
      });
    },
    async preferColours(_, scheme) {
      await runInBrowser(browser, String(setColours), { scheme });
    },
    async stopBackground() {
      await runInBrowser(browser, String(terminateBackground), { extension });
    },
    async chooseCheckSelection(selected: string) {
      await runInBrowser(browser, String(chooseFromMenu), { extension, selected });
    },
    async reloadExtension() {
      await runInBrowser(browser, String(reload), { extension });
      // The extension's open pages went with it, of which the driver does not hear.
      asking = askingAnew();
    },
    press: (frame: Frame, ...keys: string[]) => pressInFrame(browser, frame, keys),
    async close() {
      try {
        await browser.close();
      } finally {
        profile.remove();
      }
    },
  };
}

/** Has the browser really ask about the next permission, and answers it by the question's own buttons. */
export async function answerPermissionQuestion(browser: Browser, answer: "yes" | "no"): Promise<void> {
  await runInBrowser(browser, String(answerQuestion), { answer });
}

function proxyPreferences(proxy: string | null): Record<string, unknown> {
  if (proxy === null) return {};
  const { hostname, port } = new URL(proxy);
  return {
    "network.proxy.type": 1,
    "network.proxy.http": hostname,
    "network.proxy.http_port": Number(port),
    "network.proxy.ssl": hostname,
    "network.proxy.ssl_port": Number(port),
    "network.proxy.allow_hijacking_localhost": true,
  };
}

// The functions below run inside Firefox, with its own rights. They are sent as source, so they close over nothing.

interface FirefoxExtension {
  readonly id: string;
  emit(event: string, ...given: readonly unknown[]): void;
  readonly backgroundState: string;
  readonly tabManager: { addActiveTabPermission(tab: unknown): void };
  terminateBackground(options: Record<string, boolean>): Promise<void>;
}
interface Question {
  readonly button: HTMLElement;
  readonly secondaryButton: HTMLElement;
}
interface FirefoxGlobals {
  readonly Services: {
    readonly prefs: {
      setBoolPref(name: string, value: boolean): void;
      setIntPref(name: string, value: number): void;
    };
  };
  readonly PopupNotifications: { readonly panel: HTMLElement };
  readonly gBrowser: { readonly selectedTab: unknown };
  readonly WebExtensionPolicy: {
    getByID(id: string): {
      readonly extension: FirefoxExtension;
      readonly allowedOrigins: { readonly patterns: readonly { readonly pattern: string }[] };
    };
  };
  readonly ChromeUtils: {
    importESModule(path: string): {
      readonly AddonManager: { getAddonByID(id: string): Promise<{ reload(): Promise<void> }> };
      readonly ExtensionPermissions: {
        remove(
          id: string,
          permissions: { origins: string[]; permissions: string[] },
          extension: FirefoxExtension,
        ): Promise<void>;
      };
    };
  };
}

async function answerQuestion({ answer }: { answer: "yes" | "no" }): Promise<void> {
  const firefox = globalThis as unknown as FirefoxGlobals;
  const { panel } = firefox.PopupNotifications;
  firefox.Services.prefs.setBoolPref("extensions.webextOptionalPermissionPrompts", true);
  await new Promise((resolve) => panel.addEventListener("popupshown", resolve, { once: true }));
  const question = panel.firstElementChild as unknown as Question;
  (answer === "yes" ? question.button : question.secondaryButton).click();
  firefox.Services.prefs.setBoolPref("extensions.webextOptionalPermissionPrompts", false);
}

function setColours({ scheme }: { scheme: "light" | "dark" }): void {
  const firefox = globalThis as unknown as FirefoxGlobals;
  firefox.Services.prefs.setIntPref(
    "layout.css.prefers-color-scheme.content-override",
    scheme === "dark" ? 0 : 1,
  );
}

function showTab({ extension }: { extension: string }): void {
  const firefox = globalThis as unknown as FirefoxGlobals;
  const { tabManager } = firefox.WebExtensionPolicy.getByID(extension).extension;
  tabManager.addActiveTabPermission(firefox.gBrowser.selectedTab);
}

async function removeOrigin({ extension, host }: { extension: string; host: string }): Promise<void> {
  const firefox = globalThis as unknown as FirefoxGlobals;
  const policy = firefox.WebExtensionPolicy.getByID(extension);
  const origins = policy.allowedOrigins.patterns
    .map(({ pattern }) => pattern)
    .filter((pattern) => pattern.includes(`//${host}/`) || pattern.includes(`//${host}:`));
  const { ExtensionPermissions } = firefox.ChromeUtils.importESModule(
    "resource://gre/modules/ExtensionPermissions.sys.mjs",
  );
  await ExtensionPermissions.remove(extension, { origins, permissions: [] }, policy.extension);
}

function chooseFromMenu({ extension, selected }: { extension: string; selected: string }): void {
  const firefox = globalThis as unknown as FirefoxGlobals;
  const info = { menuItemId: "check-selection", selectionText: selected, editable: false, modifiers: [] };
  firefox.WebExtensionPolicy.getByID(extension).extension.emit(
    "webext-menu-menuitem-click",
    info,
    firefox.gBrowser.selectedTab,
  );
}

async function reload({ extension }: { extension: string }): Promise<void> {
  const firefox = globalThis as unknown as FirefoxGlobals;
  const { AddonManager } = firefox.ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
  await (await AddonManager.getAddonByID(extension)).reload();
}

async function terminateBackground({ extension }: { extension: string }): Promise<void> {
  const firefox = globalThis as unknown as FirefoxGlobals;
  const running = firefox.WebExtensionPolicy.getByID(extension).extension;
  await running.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
  if (running.backgroundState === "running") throw new Error("the background is still running");
}
