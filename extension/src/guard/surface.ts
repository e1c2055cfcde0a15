// What kind of place a composer posts to, from what stands around it. It knows no site by name and guesses nothing
// where the signs are weak.

import type { Surface } from "../shared/review.js";
import { type Composer, formOf, labelOf } from "./composers.js";
import { boxOf } from "./controls.js";

export function surfaceOf(composer: Composer): Surface | null {
  const box = formOf(composer) ?? boxOf(composer);
  const label = labelOf(composer);
  const fields = [...box.querySelectorAll<HTMLElement>("input, textarea, [contenteditable]")]
    .map(labelOf)
    .join(" | ");
  if (/(^|\| )(to|cc|bcc|recipients?|at)\b/u.test(fields) && /\b(subject|pwnc)\b/u.test(fields))
    return "email";
  if (
    /\b(what s happening|what s on your mind|what is happening|what s up|status|tweet|toot|microblog)\b/u.test(
      label,
    )
  ) {
    return "social";
  }
  if (document.querySelector("[role=log]") !== null || /\b(message|chat|neges)\b/u.test(label)) return "chat";
  if (/\b(title|subject|topic|thread|teitl|pwnc)\b/u.test(fields)) return "forum";
  if (/\b(topic|thread|forum)\b/iu.test(`${document.body?.className ?? ""} ${box.className}`)) return "forum";
  if (/\b(comment|sylw)\b/u.test(`${label} ${fields}`) && document.querySelector("article") !== null)
    return "blog";
  return null;
}
