// Drafts in frames whose Publish button stands in a frame above. Each guard says when its frame starts and stops
// holding a draft; the frames that enclose it are told, ask for the reviews when their button is pressed, and have the
// drafts let through when the person decides. The popup is told of the drafts of all frames. Which frames hold drafts is
// kept for the tab; what they hold is not.

import type { FrameDraft } from "../shared/messages.js";
import { encloses, type Frame, framesOf } from "./frames.js";
import { soon } from "./soon.js";
import { changeTab, tabFacts } from "./tabs.js";
import { tellFrame } from "./tell.js";

/** Of a frame that takes too long nobody knows what stands there: it counts as a draft that was not read. */
const LATE: { readonly drafts: readonly FrameDraft[] } = {
  drafts: [{ text: "", review: null, complete: false }],
};

/** The drafting frames below one frame. Only a frame within frames needs the tab's tree for that. */
async function draftingBelow(tabId: number, above: number): Promise<readonly number[]> {
  const { drafting } = await tabFacts(tabId);
  const frames = above === 0 || drafting.length === 0 ? [] : await framesOf(tabId);
  return drafting.filter((below) => encloses(frames, above, below));
}

async function tellAbove(tabId: number, frames: readonly Frame[], below: number): Promise<void> {
  const { drafting } = await tabFacts(tabId);
  const above = [0, ...frames.map((frame) => frame.frameId).filter((id) => id !== 0)].filter((id) =>
    encloses(frames, id, below),
  );
  await Promise.all(
    above.map((id) =>
      tellFrame(tabId, id, {
        kind: "frames/drafting",
        drafting: drafting.some((drafter) => encloses(frames, id, drafter)),
      }),
    ),
  );
}

async function mark(tabId: number, frameId: number, drafting: boolean): Promise<boolean> {
  let changed = false;
  await changeTab(tabId, (facts) => {
    changed = facts.drafting.includes(frameId) !== drafting;
    if (!changed) return facts;
    const others = facts.drafting.filter((id) => id !== frameId);
    return { ...facts, drafting: drafting ? [...others, frameId] : others };
  });
  return changed;
}

/** A frame has, or no longer has, a draft. */
export async function noteDrafting(tabId: number, frameId: number, drafting: boolean): Promise<void> {
  const changed = await mark(tabId, frameId, drafting);
  if ((changed || drafting) && frameId !== 0) {
    await tellAbove(tabId, await framesOf(tabId), frameId);
  }
}

/** The drafts, with reviews, of all frames below one. Frames that are gone are forgotten. */
export async function askFrames(tabId: number, above: number): Promise<FrameDraft[]> {
  const below = await draftingBelow(tabId, above);
  const answers = await Promise.all(
    below.map(async (frameId) => {
      const answer = await tellFrame(tabId, frameId, { kind: "frames/review" });
      if (answer === null) await noteDrafting(tabId, frameId, false);
      return answer?.drafts ?? [];
    }),
  );
  return answers.flat();
}

/** What is known of the drafts in a tab, for the popup. A frame that hangs keeps nobody waiting. */
export async function draftsIn(tabId: number): Promise<FrameDraft[]> {
  const { guards } = await tabFacts(tabId);
  const answers = await Promise.all(
    guards.map(({ frameId }) => soon(tellFrame(tabId, frameId, { kind: "drafts" }), LATE)),
  );
  return answers.flatMap((answer) => answer?.drafts ?? []);
}

/** Lets the frames' drafts go, exactly as they were read; false where one of them is no longer that. */
export async function grantFrames(tabId: number, above: number): Promise<boolean> {
  const below = await draftingBelow(tabId, above);
  const answers = await Promise.all(
    below.map((frameId) => tellFrame(tabId, frameId, { kind: "frames/grant" })),
  );
  return answers.every((answer) => answer?.granted === true);
}
