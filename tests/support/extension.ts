// Where the built extension lies, and its own words as the person reads them, so that tests press buttons by name.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserName } from "./browser.js";

export const ROOT = join(import.meta.dirname, "..", "..");
export const OUTPUT = join(ROOT, "tests", "output");

/** The unpacked extension for a browser: DIST names another place than the build's. */
export function extensionFolder(name: BrowserName): string {
  const folder = join(process.env["DIST"] ?? join(ROOT, "dist"), name);
  if (!existsSync(join(folder, "manifest.json"))) {
    throw new Error(`${folder} holds no extension; run \`cargo xtask build\` first`);
  }
  return folder;
}

/** The extension's words for a key of its messages. */
export function words(key: string, name: BrowserName): string {
  const file = join(extensionFolder(name), "_locales", "en", "messages.json");
  const messages = JSON.parse(readFileSync(file, "utf8")) as Record<
    string,
    { readonly message: string } | undefined
  >;
  const message = messages[key]?.message;
  if (message === undefined) throw new Error(`the extension has no words for "${key}"`);
  return message;
}
