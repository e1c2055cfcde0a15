// What the browser granted. The grant decides: a site that is switched on without one is off.

import { patternOf } from "../shared/origin.js";

// Every review asks, and the browser takes a millisecond to say: its word holds until it tells of a change.
const known = new Map<string, Promise<boolean>>();
const forget = () => known.clear();
chrome.permissions.onAdded.addListener(forget);
chrome.permissions.onRemoved.addListener(forget);

export function isGranted(origin: string): Promise<boolean> {
  const asked = known.get(origin) ?? contains(origin);
  known.set(origin, asked);
  return asked;
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
