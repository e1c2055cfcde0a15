// Panels in windows of their own, for pages that can show none. Which window belongs to which hold is kept for the
// session, so that closing one counts as "go back and edit" even after the background was stopped.

import type { HoldId } from "../shared/messages.js";
import { line } from "./queue.js";

export interface PanelWindow {
  readonly tabId: number;
  readonly hold: HoldId;
}

const KEY = "panel windows";
const WIDTH = 560;
const HEIGHT = 760;

const inLine = line();

type Windows = Readonly<Record<string, PanelWindow>>;

async function read(): Promise<Windows> {
  const stored = await chrome.storage.session.get<Record<string, Windows>>(KEY);
  return stored[KEY] ?? {};
}

/** Over the middle of the window that it speaks for. */
async function placeOver(tabId: number): Promise<{ left?: number; top?: number }> {
  const tab = await chrome.tabs.get(tabId);
  const { left, top, width, height } = await chrome.windows.get(tab.windowId);
  if (left === undefined || top === undefined || width === undefined || height === undefined) return {};
  return {
    left: Math.max(0, Math.round(left + (width - WIDTH) / 2)),
    top: Math.max(0, Math.round(top + (height - HEIGHT) / 3)),
  };
}

/** Resolves to whether a window with the hold's panel is open. */
export function openPanelWindow(tabId: number, hold: HoldId): Promise<boolean> {
  return inLine(async () => {
    const already = Object.entries(await read()).find(
      ([, shown]) => shown.tabId === tabId && shown.hold === hold,
    );
    try {
      if (already !== undefined) {
        await chrome.windows.update(Number(already[0]), { focused: true });
        return true;
      }
      const opened = await chrome.windows.create({
        type: "popup",
        url: `${chrome.runtime.getURL("panel-window.html")}#${hold}@${String(tabId)}`,
        width: WIDTH,
        height: HEIGHT,
        ...(await placeOver(tabId)),
      });
      if (opened?.id === undefined) return false;
      await chrome.storage.session.set({ [KEY]: { ...(await read()), [opened.id]: { tabId, hold } } });
      return true;
    } catch {
      // The tab is gone, or the browser opens no windows here.
      return false;
    }
  });
}

/** Takes a window off the list; resolves to what it showed, or null where it was no panel. */
export function takePanelWindow(windowId: number): Promise<PanelWindow | null> {
  return inLine(async () => {
    const { [String(windowId)]: taken, ...others } = await read();
    if (taken === undefined) return null;
    await chrome.storage.session.set({ [KEY]: others });
    return taken;
  });
}

/** Brings the tab that was spoken for to the front again. */
async function returnTo(tabId: number): Promise<void> {
  try {
    const tab = await chrome.tabs.get(tabId);
    await chrome.windows.update(tab.windowId, { focused: true });
  } catch {
    // The tab closed meanwhile.
  }
}

/** Closes the windows of holds that are over, without this counting as a decision. */
export async function closePanelWindows(over: (shown: PanelWindow) => boolean): Promise<void> {
  for (const [id, shown] of Object.entries(await read())) {
    if (!over(shown) || (await takePanelWindow(Number(id))) === null) continue;
    try {
      await chrome.windows.remove(Number(id));
    } catch {
      // The person closed it in the same moment.
    }
    await returnTo(shown.tabId);
  }
}
