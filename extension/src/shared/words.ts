// The extension's own words, by key. A key that the messages do not hold does not compile.

import type messages from "../../_locales/en/messages.json";

export type WordsKey = keyof typeof messages;

/** The words for a key, with `$1$`, `$2$` … filled in. */
export function t(key: WordsKey, ...filling: (string | number)[]): string {
  return chrome.i18n.getMessage(key, filling.map(String));
}

/** The words for a number of things: one form for exactly one, another for any other number. */
export function tCount(one: WordsKey, other: WordsKey, n: number): string {
  return n === 1 ? t(one) : t(other, n);
}
