// The background: woken by a guard's port, a message or the browser, and free to be stopped at any moment. All listeners
// are in place before anything else happens, as a background that is woken for an event must find; what they need is read
// from storage each time.

import type { GuardRequest, Reply } from "../shared/messages.js";
import { warm } from "./engine.js";
import { refreshGuards } from "./guards.js";
import { decideHold } from "./holds.js";
import { closePanelWindows, takePanelWindow } from "./panel-windows.js";
import { forgetPolicy, whenPolicyArrives } from "./policy.js";
import { reconcile } from "./registration.js";
import { GuardReviews } from "./reviews.js";
import { answerGuard, answerPage } from "./router.js";
import { renew } from "./rules/installing.js";
import { makeMenu, menuClicked } from "./selection.js";
import { warmUp } from "./semantic.js";
import { guardSender, isFromGuard, isMessage, pageSender } from "./senders.js";
import { grantsAdded, grantsRemoved } from "./switching.js";
import { forgetTab } from "./tabs.js";

chrome.runtime.onMessage.addListener((received: unknown, sender, respond) => {
  if (!isMessage(received)) return false;
  const answering = (() => {
    if (isFromGuard(received)) {
      const guard = guardSender(sender);
      return guard === null ? null : answerGuard(received, guard);
    }
    const page = pageSender(sender);
    return page === null ? null : answerPage(received, page);
  })();
  if (answering === null) return false;
  const reply = (said: Reply<unknown>) => respond(said);
  answering.then(
    (answer) => reply({ answer }),
    () => reply({ failed: true }),
  );
  return true;
});

chrome.runtime.onConnect.addListener((port) => {
  const sender = guardSender(port.sender);
  if (port.name !== "guard" || sender === null) {
    port.disconnect();
    return;
  }
  let open = true;
  const reviews = new GuardReviews(sender, (reply) => {
    if (open) port.postMessage(reply);
  });
  port.onDisconnect.addListener(() => {
    open = false;
    reviews.close();
  });
  port.onMessage.addListener((request: GuardRequest) => {
    reviews.answer(request);
  });
  // A composer has the focus: by the first key both reviewers are ready.
  warm();
  warmUp();
});

chrome.permissions.onAdded.addListener(() => grantsAdded());
chrome.permissions.onRemoved.addListener(() => grantsRemoved());

// The council changed its policy: sites, settings and rules follow at once.
async function followPolicy(): Promise<void> {
  await reconcile();
  // With no rules to be had at all, the guards still follow the other settings.
  await renew().catch(refreshGuards);
}
chrome.storage.onChanged.addListener(async (_, area) => {
  if (area !== "managed") return;
  forgetPolicy();
  await followPolicy();
});
whenPolicyArrives(followPolicy);

chrome.runtime.onStartup.addListener(() => {
  reconcile("starting");
});
chrome.runtime.onInstalled.addListener(() => {
  reconcile();
  makeMenu();
});

chrome.contextMenus.onClicked.addListener((info) => {
  menuClicked(info);
});

chrome.tabs.onRemoved.addListener((tabId) => {
  forgetTab(tabId);
  closePanelWindows((shown) => shown.tabId === tabId);
});

// Closing the panel's window is the same as going back to edit.
chrome.windows.onRemoved.addListener(async (windowId) => {
  const shown = await takePanelWindow(windowId);
  if (shown !== null) await decideHold(shown.tabId, shown.hold, "edit");
});
