// Who may say what to the background: a web page nothing, a guard only as a guard, a page of ours only as a page.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

const ID = "abcdefghijklmnopabcdefghijklmnop";
Object.assign(globalThis, {
  chrome: { runtime: { id: ID, getURL: (path: string) => `chrome-extension://${ID}/${path}` } },
});
const { guardSender, isMessage, pageSender } = await import("../../extension/src/background/senders.js");

type Sender = chrome.runtime.MessageSender;

function tab(url: string | undefined): chrome.tabs.Tab {
  return { id: 7, ...(url === undefined ? {} : { url }) } as chrome.tabs.Tab;
}
const OURS = `chrome-extension://${ID}`;
const SITE = "https://forum.example.org";

function sender(rest: Partial<Sender>): Sender {
  return { id: ID, ...rest };
}

const cases: readonly {
  readonly name: string;
  readonly from: Sender;
  readonly guard: ReturnType<typeof guardSender>;
  readonly page: ReturnType<typeof pageSender>;
}[] = [
  {
    name: "a guard in a top frame",
    from: sender({ frameId: 0, url: `${SITE}/thread`, tab: tab("https://other.example/") }),
    guard: { tabId: 7, frameId: 0, origin: SITE, topOrigin: SITE },
    page: null,
  },
  {
    name: "a guard in a frame of another site",
    from: sender({ frameId: 3, url: "https://comments.example/x", tab: tab(`${SITE}/thread`) }),
    guard: { tabId: 7, frameId: 3, origin: "https://comments.example", topOrigin: SITE },
    page: null,
  },
  {
    name: "a guard in a frame of a tab that this extension has no access to",
    from: sender({ frameId: 3, url: "https://comments.example/x", tab: tab(undefined) }),
    guard: { tabId: 7, frameId: 3, origin: "https://comments.example", topOrigin: null },
    page: null,
  },
  {
    name: "a guard in an empty frame that its page made",
    from: sender({ frameId: 3, url: "about:blank", origin: SITE, tab: tab(`${SITE}/thread`) }),
    guard: { tabId: 7, frameId: 3, origin: SITE, topOrigin: SITE },
    page: null,
  },
  {
    name: "a guard in a sandboxed frame",
    from: sender({ frameId: 3, url: "about:srcdoc", origin: "null", tab: tab(`${SITE}/thread`) }),
    guard: { tabId: 7, frameId: 3, origin: null, topOrigin: SITE },
    page: null,
  },
  {
    name: "the panel inside a page",
    from: sender({ frameId: 5, url: `${OURS}/panel.html#0.aa`, tab: tab(`${SITE}/thread`) }),
    guard: null,
    page: { tabId: 7, whole: false },
  },
  {
    name: "the panel in a window of its own",
    from: sender({
      frameId: 0,
      url: `${OURS}/panel-window.html#0.aa@9`,
      tab: tab(`${OURS}/panel-window.html`),
    }),
    guard: null,
    page: { tabId: 7, whole: true },
  },
  {
    name: "the popup",
    from: sender({ url: `${OURS}/popup.html` }),
    guard: null,
    page: { tabId: null, whole: true },
  },
  {
    name: "another extension",
    from: { id: "p".repeat(32), frameId: 0, url: `${SITE}/thread`, tab: tab(SITE) },
    guard: null,
    page: null,
  },
  {
    name: "a site whose address only begins like ours",
    from: sender({ frameId: 0, url: `https://${ID}/popup.html`, tab: tab(`https://${ID}/popup.html`) }),
    guard: { tabId: 7, frameId: 0, origin: `https://${ID}`, topOrigin: `https://${ID}` },
    page: null,
  },
  { name: "nobody in particular", from: sender({}), guard: null, page: null },
];

describe("senders", () => {
  for (const { name, from, guard, page } of cases) {
    it(name, () => {
      assert.deepEqual(guardSender(from), guard);
      assert.deepEqual(pageSender(from), page);
    });
  }

  for (const received of [null, undefined, 3, "guard/hello", {}, { kind: 1 }, []]) {
    it(`${JSON.stringify(received) ?? "nothing"} is no message`, () =>
      assert.equal(isMessage(received), false));
  }
});
