// Pieces that the options page's sections share: a headed section, a paragraph by its key, days and keys in words, and
// the bytes of a file as text that a message can carry.

import type { KeyFacts } from "../../generated/engine.js";
import { element } from "../shared/element.js";
import { t, type WordsKey } from "../shared/words.js";

export function section(id: string, title: WordsKey, ...content: readonly (Node | null)[]): HTMLElement {
  const heading = element("h2", { id: `${id}-title`, tabindex: "-1" }, t(title));
  return element("section", { id, "aria-labelledby": `${id}-title` }, heading, ...content);
}

export const paragraph = (key: WordsKey) => element("p", {}, t(key));

/** Terms with what they mean here; a null pair is left out. */
export function facts(...pairs: readonly (readonly [WordsKey, string | Node] | null)[]): HTMLElement {
  return element(
    "dl",
    {},
    ...pairs
      .filter((pair) => pair !== null)
      .flatMap(([term, value]) => [element("dt", {}, t(term)), element("dd", {}, value)]),
  );
}

/** A key as two people compare it: its words, and the number that `minisign` prints. */
export function keyView({ words, keyId }: KeyFacts): HTMLElement {
  return element(
    "span",
    { class: "key" },
    element("span", { class: "key-words" }, words),
    element("span", { class: "small" }, t("key_number", keyId)),
  );
}

/** Base64 of a file's bytes. Rejects where the browser cannot read it. */
export async function fileAsText(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}
