// "Check selection" in the context menu: opens the check page in a small window, which asks back for the words. They
// wait here in memory for that one question and are written nowhere.

import { t } from "../shared/words.js";

const MENU_ITEM = "check-selection";

let waiting: { readonly token: string; readonly text: string } | null = null;

/** Browsers keep menu items from one start to the next: made once, at installation and after an update. */
export async function makeMenu(): Promise<void> {
  await chrome.contextMenus.removeAll();
  chrome.contextMenus.create({ id: MENU_ITEM, title: t("menu_check_selection"), contexts: ["selection"] });
}

export async function menuClicked(info: chrome.contextMenus.OnClickData): Promise<void> {
  if (info.menuItemId !== MENU_ITEM || info.selectionText === undefined) return;
  const token = crypto.randomUUID();
  waiting = { token, text: info.selectionText };
  await chrome.windows.create({
    type: "popup",
    url: `${chrome.runtime.getURL("popup.html")}?selection=${token}`,
    width: 480,
    height: 720,
  });
}

/** The selected words, once. */
export function takeSelection(token: string): string | null {
  if (waiting?.token !== token) return null;
  const { text } = waiting;
  waiting = null;
  return text;
}
