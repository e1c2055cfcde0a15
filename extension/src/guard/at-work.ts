// Whether a page took an act and is at work on it, seen by what it switches off meanwhile: the draft goes when it is done.

import type { Composer } from "./composers.js";
import { upwards } from "./tree.js";

function isBusy(element: Element): boolean {
  for (const outer of upwards(element)) if (outer.matches("[aria-busy=true]")) return true;
  return false;
}

const isControlAtWork = (control: Element) =>
  !control.isConnected || control.matches(":disabled, [aria-disabled=true]") || isBusy(control);

/** One that the page took away tells nothing: its words stand in another by now. */
const isComposerAtWork = (composer: Composer) =>
  composer.isConnected &&
  (composer.matches(":disabled, :read-only, [aria-disabled=true], [aria-readonly=true]") || isBusy(composer));

/**
 * To be asked before an act is made again; what it returns tells whether the page has set to work since. What was off
 * before was pressed in vain, unless `anyway`.
 */
export function beganWork(
  control: Element | null,
  composers: readonly Composer[],
  anyway: boolean,
): () => boolean {
  const atWork = () => [
    control !== null && isControlAtWork(control),
    ...composers.map((composer) => isComposerAtWork(composer)),
  ];
  const before = atWork();
  return () => atWork().some((is, at) => is && (anyway || !before[at]));
}
