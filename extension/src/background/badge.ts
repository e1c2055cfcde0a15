// The toolbar button, quietly: whether this site is read, and whether something went unread. Browsers clear both when
// the tab moves on, and the next page's guard has it drawn again.

import { t, type WordsKey } from "../shared/words.js";

export type Badge = "off" | "on" | "unread" | "press-again";

const TITLES = {
  off: "name",
  on: "badge_title_on",
  unread: "badge_title_unread",
  "press-again": "site_press_again",
} as const satisfies Record<Badge, WordsKey>;

/** A tab may close at any time: one that is gone needs no badge. */
export async function showBadge(tabId: number, badge: Badge): Promise<void> {
  const text = badge === "off" ? "" : t(badge === "on" ? "badge_on" : "badge_unread");
  const title = t(TITLES[badge]);
  try {
    await Promise.all([
      chrome.action.setBadgeText({ tabId, text }),
      chrome.action.setBadgeBackgroundColor({ tabId, color: badge === "on" ? "#1f5c46" : "#8a5a00" }),
      chrome.action.setBadgeTextColor({ tabId, color: "#ffffff" }),
      chrome.action.setTitle({ tabId, title }),
    ]);
  } catch {
    // The tab closed meanwhile.
  }
}
