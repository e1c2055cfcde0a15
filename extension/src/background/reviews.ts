// Reads drafts for guards and for the pages: adds the person's setting and the day, asks the engine, and notes how the
// writer was read. The draft is dropped with the answer.

import { today } from "../shared/day.js";
import type { DraftReading, GuardReply, GuardRequest, IdentityReading } from "../shared/messages.js";
import type { IdentitySetting, Review } from "../shared/review.js";
import { review } from "./engine.js";
import { isActive } from "./guards.js";
import type { GuardSender } from "./senders.js";
import { siteOf } from "./sites.js";
import { changeTab } from "./tabs.js";

export function read(draft: DraftReading, identity: IdentitySetting): Promise<Review> {
  return review({
    text: draft.text,
    surface: draft.surface,
    displayName: draft.displayName,
    handle: draft.handle,
    identity,
    on: today(),
  });
}

/** Where the deciding words stood. The words themselves may be the person's own and are not kept. */
function groundOf(draft: DraftReading, identity: IdentitySetting, review: Review): IdentityReading["ground"] {
  if (identity !== "detect") return "setting";
  const { evidence } = review;
  if (review.identified === null || evidence === null) return "nothing";
  if (draft.displayName?.includes(evidence)) return "name";
  if (draft.handle?.includes(evidence)) return "handle";
  return "draft";
}

function noteReading(tabId: number, reading: IdentityReading): Promise<unknown> {
  return changeTab(tabId, (facts) =>
    facts.reading?.identified === reading.identified && facts.reading.ground === reading.ground
      ? facts
      : { ...facts, reading },
  );
}

/** Answers one request of a guard; never rejects. */
export async function answer(request: GuardRequest, sender: GuardSender): Promise<GuardReply> {
  const { seq, draft } = request;
  const { tabId, topOrigin } = sender;
  try {
    if (topOrigin === null || !(await isActive(topOrigin))) return { kind: "failed", seq, why: "off" };
    const { identity } = await siteOf(topOrigin);
    const review = await read(draft, identity);
    await noteReading(tabId, { identified: review.identified, ground: groundOf(draft, identity, review) });
    return { kind: "review", seq, review };
  } catch {
    return { kind: "failed", seq, why: "engine" };
  }
}
