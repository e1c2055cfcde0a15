// How often drafts were held and what became of them: numbers only, so that the person can see what this does for
// them. No text, no site and no time is kept.

import type { Counts } from "../shared/messages.js";
import { line } from "./queue.js";

const KEY = "counts";
const inLine = line();

const asCount = (value: unknown) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0);

async function read(): Promise<Counts> {
  const stored: unknown = (await chrome.storage.local.get(KEY))[KEY];
  const of = (name: keyof Counts) =>
    asCount(typeof stored === "object" && stored !== null ? Reflect.get(stored, name) : 0);
  return {
    edited: of("edited"),
    posted: of("posted"),
    unread: of("unread"),
    partly: of("partly"),
  };
}

/** What was counted, with what is being counted now. */
export function counts(): Promise<Counts> {
  return inLine(read);
}

export function count(name: keyof Counts): Promise<void> {
  return inLine(async () => {
    const now = await read();
    await chrome.storage.local.set({ [KEY]: { ...now, [name]: now[name] + 1 } });
  });
}
