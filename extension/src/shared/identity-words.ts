// How a person may appear on a site, in words: the choices, and the current reading with what decided it.

import type { IdentityReading } from "./messages.js";
import type { IdentitySetting } from "./review.js";
import { t, type WordsKey } from "./words.js";

export const IDENTITIES = ["councillor", "detect", "private"] as const satisfies readonly IdentitySetting[];

export function identityName(identity: IdentitySetting): string {
  const key: WordsKey = `identity_${identity}`;
  return t(key);
}

/** Only the found-out reading needs words: a setting speaks for itself. */
export function readingWords(reading: IdentityReading | null): string {
  if (reading === null || reading.ground === "setting") return t("reading_none");
  if (reading.identified === null || reading.ground === "nothing") return t("reading_unsure");
  const ground: WordsKey = `ground_${reading.ground}`;
  return t(reading.identified ? "reading_yes" : "reading_no", t(ground));
}
