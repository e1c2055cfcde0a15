// Asks the browser for one site, or for several at once. Must be called in the person's own press: browsers refuse otherwise.

import { ask } from "./ask.js";
import { patternOf } from "./origin.js";

/**
 * Resolves to whether the browser granted the sites. What is meant is told to the background first, since a popup may
 * close while the browser asks; then the background completes it.
 */
export function requestGrant(origins: readonly string[], tabId: number | null): Promise<boolean> {
  // Unheard, it only means that a popup which closes meanwhile leaves them off.
  for (const origin of origins) ask({ kind: "site/intend", origin, tabId }).catch(() => undefined);
  // Nothing may be awaited before this line: the press would no longer count.
  return chrome.permissions.request({ origins: origins.map(patternOf) }).catch(() => false);
}
