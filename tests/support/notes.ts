// What the background notes of its tabs, kept as it comes: a note is taken back once the person was told, which a look
// at what is stored now may come too late for.

import type { Page } from "puppeteer-core";
import { until } from "./wait.js";

/** What a tab's notes say, by their names in the background. */
export type Note = "unread" | "pressAgain";

export interface Notes {
  /** Whether it was ever noted since this listens. */
  has(note: Note): Promise<boolean>;
  /** Waits until it was. */
  until(what: string, note: Note): Promise<void>;
  /** Whether one of the extension's own pages says this now, in its popup or in a window of its own. */
  isSaid(words: string): Promise<boolean>;
}

/** Listens in a document of the extension, which may be behind others. */
export async function listen(page: Page): Promise<Notes> {
  await page.evaluate(() => {
    const noted: unknown[] = [];
    chrome.storage.session.onChanged.addListener((changes) => {
      for (const { newValue } of Object.values(changes)) noted.push(newValue);
    });
    Reflect.set(globalThis, "noted", noted);
  });
  const notes: Notes = {
    async has(note) {
      const said = await page.evaluate(async () => {
        // What was stored before this is heard of before its answer.
        await chrome.storage.session.get(null);
        return JSON.stringify(Reflect.get(globalThis, "noted"));
      });
      return said.includes(`"${note}":true`);
    },
    isSaid: (words) =>
      page.evaluate(
        (words) =>
          chrome.extension
            .getViews()
            .some(({ document }) => (document.body?.innerText ?? "").includes(words)),
        words,
      ),
    until: async (what, note) => {
      await until(what, async () => ((await notes.has(note)) ? true : null));
    },
  };
  return notes;
}
