// A profile in which Firefox finds what it works out on its first start: without it each start takes a second longer, and
// the tests start it some fifty times. Nothing of what was visited, installed or set is in it.

import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { ROOT } from "./extension.js";

/** Of the first start's profile: compiled scripts of the browser's own, and the list of its built-in parts. */
const WORKED_OUT = ["startupCache", "compatibility.ini", "addonStartup.json.lz4", "extensions.json"];

const folders = new Set<string>();
// A test that ends all at once leaves no profile behind either.
process.once("exit", () => {
  for (const folder of folders) remove(folder);
});

/** A fresh profile for this program, and what takes it away again. */
export async function freshProfile(program: string): Promise<{ folder: string; remove: () => void }> {
  const kept = await workedOut(program);
  const folder = newFolder(join(tmpdir(), "second-reading-firefox-"));
  cpSync(kept, folder, { recursive: true });
  return { folder, remove: () => remove(folder) };
}

/** Where it is kept: by the program's date, since another version works it out anew. */
async function workedOut(program: string): Promise<string> {
  const kept = join(ROOT, "target", `firefox-profile-${Math.round(statSync(program).mtimeMs)}`);
  if (existsSync(kept)) return kept;
  const first = newFolder(join(tmpdir(), "second-reading-firefox-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: program,
    headless: true,
    userDataDir: first,
  });
  await browser.close();
  mkdirSync(join(ROOT, "target"), { recursive: true });
  const made = newFolder(`${kept}-`);
  for (const name of WORKED_OUT) {
    if (existsSync(join(first, name))) cpSync(join(first, name), join(made, name), { recursive: true });
  }
  remove(first);
  try {
    renameSync(made, kept);
  } catch {
    // Another process was as quick.
    remove(made);
  }
  return kept;
}

function newFolder(prefix: string): string {
  const folder = mkdtempSync(prefix);
  folders.add(folder);
  return folder;
}

/** Takes a folder away. One into which a browser that ends still writes is left where it is: no test fails for it. */
function remove(folder: string): void {
  folders.delete(folder);
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch (error) {
    console.log(error);
  }
}
