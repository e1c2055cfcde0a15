// What stands for a page and its line to the background where holds are tried without a browser.

import type { Composer } from "../../extension/src/guard/composers.js";
import type { PlainWords } from "../../extension/src/guard/plain-dialog.js";
import type { DraftReading } from "../../extension/src/shared/messages.js";

const ORIGIN = "https://forum.example.org";

/** How a guard's messages travel; `sendMessage` gives the bare answer. */
interface Line {
  readonly connect?: () => unknown;
  readonly sendMessage: (message: never) => Promise<unknown>;
}

/** Must be called before the guard's modules are loaded. */
export function standForPage({ sendMessage, ...line }: Line): void {
  const reply = async (message: never) => ({ answer: await sendMessage(message) });
  Object.assign(globalThis, {
    window: { origin: ORIGIN },
    document: { activeElement: null },
    location: { href: `${ORIGIN}/thread` },
    chrome: { runtime: { id: "abcdefghijklmnopabcdefghijklmnop", ...line, sendMessage: reply } },
  });
}

export const NO_WORDS: PlainWords = { title: "", text: "", textNoPost: "", back: "", post: "" };

export const newBox = () => ({ isConnected: true, focus: () => undefined }) as Composer;

export const draftOf = (text: string): DraftReading => ({
  text,
  surface: null,
  displayName: null,
  handle: null,
});

/** Whoever waited has heard by then. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
