// Held submissions: brings up the panel where the person can see it, carries its questions to the guard that holds and
// the person's decision back. Knows which guard holds from the hold's own name; keeps nothing of what is held.

import type { Decision, HoldDescription, HoldId } from "../shared/messages.js";
import type { IdentitySetting } from "../shared/review.js";
import { count } from "./counts.js";
import { bundle } from "./engine.js";
import { closePanelWindows, openPanelWindow } from "./panel-windows.js";
import { policy } from "./policy.js";
import { setIdentity } from "./switching.js";
import { topOriginOf } from "./tabs.js";
import { tellFrame } from "./tell.js";

/**
 * How long a panel inside the page may take to speak up. Normally it is there in a twentieth of a second; a page that
 * keeps it from loading altogether must not keep the person waiting for ever.
 */
const PANEL_SPEAKS_UP_MS = 4000;

/** Panels that were put into a page and have not spoken up yet. */
const awaited = new Map<HoldId, () => void>();

/** The frame whose guard holds, or null where this is no hold's name. */
function frameOf(hold: HoldId): number | null {
  const named = /^(\d{1,15})\.[0-9a-f]{32}$/u.exec(hold);
  return named?.[1] === undefined ? null : Number(named[1]);
}

async function showInPage(tabId: number, hold: HoldId): Promise<boolean> {
  const spoke = new Promise<boolean>((resolve) => {
    const late = setTimeout(() => resolve(false), PANEL_SPEAKS_UP_MS);
    awaited.set(hold, () => {
      clearTimeout(late);
      resolve(true);
    });
  });
  const answer = await tellFrame(tabId, 0, { kind: "panel/show", hold });
  const shown = answer?.shown === true && (await spoke);
  awaited.delete(hold);
  if (!shown) await tellFrame(tabId, 0, { kind: "panel/hide", hold });
  return shown;
}

/** Shows the panel of a hold, in the page or in a window. Resolves to whether the person can see it. */
export async function showHold(
  tabId: number,
  frameId: number,
  hold: HoldId,
  inPage: boolean,
): Promise<boolean> {
  // Another frame's hold comes from the top frame alone, whose page took the panel away.
  const holder = frameOf(hold);
  if (holder === null || (holder !== frameId && frameId !== 0)) return false;
  if (inPage && (await showInPage(tabId, hold))) return true;
  // Where the frame went away with what it held, there is nothing to ask about.
  const isHeld = (await tellFrame(tabId, holder, { kind: "hold/describe", hold })) !== null;
  return isHeld && openPanelWindow(tabId, hold);
}

/** Takes the panel of a hold away, wherever it is shown. */
export async function hideHold(tabId: number, hold: HoldId): Promise<void> {
  await Promise.all([
    tellFrame(tabId, 0, { kind: "panel/hide", hold }),
    closePanelWindows((shown) => shown.tabId === tabId && shown.hold === hold),
  ]);
}

async function complete(description: HoldDescription | null): Promise<HoldDescription | null> {
  if (description === null) return null;
  const [label, { allowPostAnyway, monitoringOfficer, identity }] = await Promise.all([bundle(), policy()]);
  // Only what was read and warned about can be kept back for good: anything else would be a trap.
  const warned = description.drafts.some(({ review }) => review?.verdict === "warn");
  const mayPost = allowPostAnyway || !warned;
  return { ...description, bundle: label, mayPost, mayAnswer: identity === null, officer: monitoringOfficer };
}

/** What a panel that just opened shows; null where nothing is held under that name any more. */
export async function describeHold(
  tabId: number,
  hold: HoldId,
  inPage: boolean,
): Promise<HoldDescription | null> {
  const frameId = frameOf(hold);
  if (frameId === null) return null;
  const description = await tellFrame(tabId, frameId, { kind: "hold/describe", hold });
  if (description !== null) {
    awaited.get(hold)?.();
    if (inPage) await tellFrame(tabId, 0, { kind: "panel/ready", hold });
  }
  return complete(description);
}

/** Carries the person's decision to the guard. The panel goes first, so that the page has the focus when it acts. */
export async function decideHold(tabId: number, hold: HoldId, decision: Decision): Promise<void> {
  const frameId = frameOf(hold);
  if (frameId === null) return;
  if (decision === "post" && !(await policy()).allowPostAnyway) {
    const description = await complete(await tellFrame(tabId, frameId, { kind: "hold/describe", hold }));
    if (description?.mayPost === false) throw new Error("the council's policy lets this post only be edited");
  }
  await hideHold(tabId, hold);
  const answer = await tellFrame(tabId, frameId, { kind: "hold/decide", hold, decision });
  if (answer?.held === true) await count(decision === "post" ? "posted" : "edited");
}

/** The person said how they appear on this site while something was held: kept for the site, and read again. */
export async function answerIdentity(
  tabId: number,
  hold: HoldId,
  identity: IdentitySetting,
): Promise<HoldDescription | null> {
  const frameId = frameOf(hold);
  const origin = await topOriginOf(tabId);
  if (frameId === null || origin === null) return null;
  await setIdentity(origin, identity);
  return complete(await tellFrame(tabId, frameId, { kind: "hold/review-again", hold }));
}
