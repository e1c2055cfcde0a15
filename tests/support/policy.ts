// Policies as a council's IT writes them: real files in the browsers' own folders, for a copy of the extension under a
// name of its own, so that no other run on this machine is managed by them.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { BrowserName, TestBrowser } from "./browser.js";
import { firefoxId } from "./firefox.js";
import { until } from "./wait.js";

/** Gives a copy of the extension a name of its own. */
function rename(name: BrowserName, folder: string): string {
  const file = join(folder, "manifest.json");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  if (name === "firefox") {
    manifest["browser_specific_settings"] = {
      gecko: { ...gecko(manifest), id: "managed@second-reading.example" },
    };
  } else {
    // Without a key, Chromium names an extension after the folder it lies in.
    delete manifest["key"];
  }
  writeFileSync(file, JSON.stringify(manifest));
  return name === "firefox" ? firefoxId(folder) : chromiumId(folder);
}

function gecko(manifest: Record<string, unknown>): object {
  return (manifest["browser_specific_settings"] as { gecko: object }).gecko;
}

function chromiumId(folder: string): string {
  const digest = createHash("sha256").update(realpathSync(folder)).digest("hex").slice(0, 32);
  return [...digest].map((digit) => "abcdefghijklmnop"[Number.parseInt(digit, 16)]).join("");
}

const FILES: Readonly<Record<BrowserName, string>> = {
  chromium: `/etc/chromium/policies/managed/second-reading-test-${process.pid}.json`,
  // Firefox reads this one file alone.
  firefox: "/etc/firefox/policies/policies.json",
};

const root = process.getuid?.() === 0;

/** Runs a command as the administrator that a policy folder belongs to. */
function asAdministrator(...command: string[]): void {
  const [program = "", ...words] = root ? command : ["sudo", "-n", ...command];
  try {
    execFileSync(program, words, { stdio: "pipe" });
  } catch (error) {
    throw new Error(
      `the policy folders belong to the administrator: run these tests as root, or let sudo ask nothing (${String(error)})`,
    );
  }
}

/** Has the browser manage the copied extension with these settings; resolves to what takes that back. */
export function writePolicy(name: BrowserName, folder: string, settings: object): () => void {
  const id = rename(name, folder);
  const policy =
    name === "chromium"
      ? { "3rdparty": { extensions: { [id]: settings } } }
      : { policies: { "3rdparty": { Extensions: { [id]: settings } } } };
  const file = FILES[name];
  if (existsSync(file))
    throw new Error(`${file} is there already; it is left as it is: move it away for these tests`);
  const written = join(tmpdir(), `second-reading-policy-${process.pid}.json`);
  writeFileSync(written, JSON.stringify(policy, null, 2));
  asAdministrator("install", "-D", "-m", "644", written, file);
  rmSync(written);
  return () => {
    // Of the folders above only those go that are empty, such as those made for this.
    const takeBack = 'rm -f "$1"; rmdir -p --ignore-fail-on-non-empty "$2"';
    asAdministrator("sh", "-c", takeBack, "sh", file, dirname(file));
  };
}

/** Waits until the policy has reached the extension: Chromium hands it over some seconds after its start. */
export async function arrival(browser: TestBrowser): Promise<void> {
  const page = await browser.openExtensionPage("manifest.json");
  await until("the policy to reach the extension", () =>
    page.evaluate(async () => {
      const managed: object = await chrome.storage.managed.get(null).catch(() => ({}));
      return Object.keys(managed).length > 0 ? true : null;
    }),
  );
  await page.close();
}
