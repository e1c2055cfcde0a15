// Who may say what. A message counts only from this extension itself: from a guard in a tab, or from one of its
// own pages. A web page can reach neither, and a guard can't speak as a page.

import type { ToBackground } from "../shared/messages.js";
import { webOrigin } from "../shared/origin.js";

export interface GuardSender {
  readonly tabId: number;
  readonly frameId: number;
  /** The frame's own origin, null for an opaque one. */
  readonly origin: string | null;
  /** The origin of the tab's top document; null where this extension has no access to it. */
  readonly topOrigin: string | null;
}

export interface PageSender {
  /** The tab that the page stands in; null in a popup. */
  readonly tabId: number | null;
  /** True where the page is a tab's or window's own document, not a frame inside a web page. */
  readonly whole: boolean;
}

type Sender = chrome.runtime.MessageSender;

const isOwnPage = (sender: Sender) => sender.url?.startsWith(chrome.runtime.getURL("")) ?? false;

/** The guard behind a message or port, or null where it is none. */
export function guardSender(sender: Sender | undefined): GuardSender | null {
  if (sender === undefined || sender.id !== chrome.runtime.id || isOwnPage(sender)) return null;
  const tabId = sender.tab?.id;
  if (tabId === undefined || sender.frameId === undefined) return null;
  // A frame without an address of its own (about:blank, srcdoc) may still have its maker's origin.
  const origin = webOrigin(sender.url) ?? webOrigin(sender.origin);
  // A new document speaks up before the tab's address has settled: for the top frame its own address is surer.
  const topOrigin = sender.frameId === 0 ? origin : webOrigin(sender.tab?.url);
  return { tabId, frameId: sender.frameId, origin, topOrigin };
}

/** The extension's own page behind a message, or null where it is none. */
export function pageSender(sender: Sender): PageSender | null {
  if (sender.id !== chrome.runtime.id || !isOwnPage(sender)) return null;
  return { tabId: sender.tab?.id ?? null, whole: sender.tab === undefined || sender.frameId === 0 };
}

export type FromGuard = Extract<ToBackground, { kind: `guard/${string}` }>;
export type FromPage = Exclude<ToBackground, FromGuard>;

/** Whether something received has the outline of a message at all; the kinds are told apart by the router. */
export function isMessage(received: unknown): received is ToBackground {
  return typeof received === "object" && received !== null && "kind" in received
    ? typeof received.kind === "string"
    : false;
}

export function isFromGuard(message: ToBackground): message is FromGuard {
  return message.kind.startsWith("guard/");
}
