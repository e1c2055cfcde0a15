// What Enter does in a composer: sends the draft or begins a new line. Judged from the composer's kind and looks,
// unless this site's own earlier behaviour has shown it. It decides nothing about holding.

import type { LearntControl } from "../shared/messages.js";
import { type Composer, isField, labelOf } from "./composers.js";
import { hasPublishingControl } from "./controls.js";
import { enterSignatureOf } from "./signature.js";
import { isShown } from "./tree.js";

/** Boxes up to this height, about three lines, look like chat boxes. CSS pixels. */
const CHAT_HEIGHT_PX = 84;
/** A single line's height, with room. */
const LINE_HEIGHT_PX = 48;
const CHAT_WORDS = /\b(message|messages|chat|neges|negeseuon)\b/u;
/** A letter calls its text so. */
const LETTER_WORDS = /\b(body|corff)\b/u;
/** A text box made for more lines than these is for longer messages from the start. */
const MOST_CHAT_ROWS = 2;

/** A list of suggestions is open: Enter chooses from it. */
function choosesSuggestion(composer: Composer): boolean {
  if (composer.getAttribute("aria-expanded") === "true") return true;
  const active = composer.getAttribute("aria-activedescendant");
  const root = composer.getRootNode();
  if (active === null || !(root instanceof Document || root instanceof ShadowRoot)) return false;
  const option = root.getElementById(active);
  return option !== null && isShown(option);
}

/** Whether a box calls itself a chat's. Those grow with what is written, so their height says nothing against it. */
function saysChat(composer: Composer, small: boolean): boolean {
  const label = labelOf(composer);
  if (!CHAT_WORDS.test(label)) return false;
  if (small) return true;
  return (
    !LETTER_WORDS.test(label) &&
    !(composer instanceof HTMLTextAreaElement && composer.form !== null && composer.rows > MOST_CHAT_ROWS)
  );
}

/** Whether a plain Enter in `composer` would publish its draft. */
export function enterSends(composer: Composer, learnt: readonly LearntControl[]): boolean {
  if (choosesSuggestion(composer)) return false;
  if (composer instanceof HTMLInputElement) return true;
  const signature = enterSignatureOf(composer);
  const known = learnt.find((entry) => entry.signature === signature);
  if (known !== undefined) return known.publishes;
  const hint = composer.getAttribute("enterkeyhint");
  if (hint === "send" || hint === "go" || hint === "done") return true;
  if (hint === "enter") return false;
  if (composer.getAttribute("aria-multiline") === "false") return true;
  const small = composer.offsetHeight <= CHAT_HEIGHT_PX;
  if (saysChat(composer, small)) return true;
  // A small editor is taken for a chat box until an Enter in it has begun a line: held once too often is the lesser harm.
  if (!isField(composer)) return small || !hasPublishingControl(composer);
  // A textarea of a form with a button of its own makes new lines, unless it is but one line high.
  if (composer.form !== null && hasPublishingControl(composer))
    return composer.offsetHeight <= LINE_HEIGHT_PX;
  return small || !hasPublishingControl(composer);
}
