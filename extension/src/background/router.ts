// Every one-shot message to the background, told apart by the compiler: a kind without a case does not build.

import type { Answers } from "../shared/messages.js";
import { openOrigin } from "../shared/origin.js";
import { count, counts } from "./counts.js";
import { askFrames, draftsIn, grantFrames, noteDrafting } from "./drafting.js";
import { bundle, inForce } from "./engine.js";
import { greet, notePressAgain, noteTold, noteUnread, refreshGuards } from "./guards.js";
import { answerIdentity, decideHold, describeHold, hideHold, showHold } from "./holds.js";
import { closePanelWindows } from "./panel-windows.js";
import { policy } from "./policy.js";
import { read } from "./reviews.js";
import { choose, consider, distrust, goBack, install, readKey, trust } from "./rules/installing.js";
import { policyView, rulesLabel, rulesView } from "./rules/view.js";
import { takeSelection } from "./selection.js";
import * as semantic from "./semantic.js";
import type { FromGuard, FromPage, GuardSender, PageSender } from "./senders.js";
import { learn, unlearn } from "./sites.js";
import { allEntries, forget, intend, setIdentity, switchOff, switchOn } from "./switching.js";
import { tabState } from "./tab-state.js";
import { tellFrame } from "./tell.js";

type Answer = Answers[keyof Answers];

function unknownKind(message: never): never {
  throw new Error(`a message of no known kind: ${JSON.stringify(message)}`);
}

export async function answerGuard(message: FromGuard, sender: GuardSender): Promise<Answer> {
  const { tabId, frameId, topOrigin } = sender;
  switch (message.kind) {
    case "guard/hello":
      // A new page: whatever the old one held is gone, and so is a window that asks about it.
      if (frameId === 0) await closePanelWindows((shown) => shown.tabId === tabId);
      return greet(sender, message.since);
    case "guard/hold":
      return { shown: await showHold(tabId, frameId, message.hold, message.inPage) };
    case "guard/unhold":
      await hideHold(tabId, message.hold);
      return null;
    case "guard/drafting":
      await noteDrafting(tabId, frameId, message.drafting);
      return null;
    case "guard/ask-frames":
      return { drafts: await askFrames(tabId, frameId) };
    case "guard/grant-frames":
      return { granted: await grantFrames(tabId, frameId) };
    case "guard/learn":
      if (topOrigin !== null) await learn(topOrigin, message.control);
      return null;
    case "guard/unlearn":
      if (topOrigin !== null) await unlearn(topOrigin, message.signature);
      return null;
    case "guard/unread":
      await noteUnread(sender, message.why);
      await count("unread");
      return null;
    case "guard/edit":
      await decideHold(tabId, message.hold, "edit");
      return null;
    case "guard/partly-read":
      await count("partly");
      return null;
    case "guard/press-again":
      await notePressAgain(sender);
      return null;
    default:
      return unknownKind(message);
  }
}

/** The tab that a panel speaks for: its own, or, for one in a window of its own, the one it names. */
function heldTab(named: number | null, sender: PageSender): number {
  const tabId = named !== null && sender.whole ? named : named === null ? sender.tabId : null;
  if (tabId === null) throw new Error("a panel outside the tab that it speaks for");
  return tabId;
}

/** An origin as the pages name it; anything else is refused before it reaches storage or the browser. */
function site(origin: string): string {
  if (openOrigin(origin) !== origin) throw new Error(`not a site: ${origin}`);
  return origin;
}

export async function answerPage(message: FromPage, sender: PageSender): Promise<Answer> {
  switch (message.kind) {
    case "panel/open":
      return describeHold(heldTab(message.tabId, sender), message.hold, message.tabId === null);
    case "panel/decide":
      await decideHold(heldTab(message.tabId, sender), message.hold, message.decision);
      return null;
    case "panel/identity":
      return answerIdentity(heldTab(message.tabId, sender), message.hold, message.identity);
    case "panel/size":
      await tellFrame(heldTab(message.tabId, sender), 0, {
        kind: "panel/size",
        hold: message.hold,
        height: message.height,
      });
      return null;
    case "site/state":
      return tabState(message.tabId, message.origin);
    case "site/told":
      await noteTold(message.tabId, site(message.origin));
      return null;
    case "rules/label":
      return rulesLabel();
    case "site/intend":
      await intend(site(message.origin), message.tabId);
      return null;
    case "site/switch":
      return message.on ? switchOn(site(message.origin), message.tabId) : switchOff(site(message.origin));
    case "site/identity":
      return setIdentity(site(message.origin), message.identity);
    case "site/forget":
      await forget(site(message.origin));
      return null;
    case "site/drafts":
      // A page of ours that stands in somebody else's page has no business with what is written there.
      if (!sender.whole) throw new Error("not asked by a page of its own");
      return { drafts: await draftsIn(message.tabId) };
    case "sites/list":
      return {
        sites: await allEntries(),
        bundle: await bundle(),
        counts: await counts(),
        policy: policyView(await policy(), await inForce().catch(() => null)),
        semantic: await semantic.state(),
      };
    case "rules/view":
      return rulesView();
    case "rules/consider":
      return consider(message.file);
    case "rules/install":
      return install(message.file);
    case "rules/choose":
      await choose(message.choice);
      return null;
    case "rules/go-back":
      await goBack();
      return null;
    case "keys/read":
      return readKey(message.words);
    case "keys/trust":
      await trust(message.key, message.bundles);
      return null;
    case "keys/distrust":
      await distrust(message.key);
      return null;
    case "semantic/choose":
      await semantic.choose(message.on);
      await refreshGuards();
      return semantic.state();
    case "check":
      try {
        return await read(message.draft, message.identity, message.recipients);
      } catch {
        return { failed: "engine" };
      }
    case "check/selection":
      return { text: takeSelection(message.token) };
    default:
      return unknownKind(message);
  }
}
