// What the browser granted. The grant decides: a site that is switched on without one is off.

import { patternOf } from "../shared/origin.js";

// Every review asks, and the browser takes a millisecond to say: a grant holds until it tells that one is gone.
const granted = new Set<string>();
let turn = 0;
chrome.permissions.onRemoved.addListener(() => {
  granted.clear();
  turn += 1;
});

export async function isGranted(origin: string): Promise<boolean> {
  if (granted.has(origin)) return true;
  const asked = turn;
  const found = await contains(origin);
  if (found && asked === turn) granted.add(origin);
  return found;
}

async function contains(origin: string): Promise<boolean> {
  try {
    return await chrome.permissions.contains({ origins: [patternOf(origin)] });
  } catch {
    // An origin that the browser takes for no site at all can't be granted.
    return false;
  }
}

/** Gives the grant for a pattern back. Where it is part of a wider one, the browser keeps that: nothing to do here. */
export async function giveBack(pattern: string): Promise<void> {
  try {
    await chrome.permissions.remove({ origins: [pattern] });
  } catch {
    // Required by nothing, but not removable either (a wider grant, or one of the browser's own policy).
  }
}
