// Reads drafts for guards and for the pages: adds the person's setting and the day, asks the engine, and notes how the
// writer was read. The rules' answer goes out at once; where the draft is read for its meaning too, the whole answer
// follows, and before it one in which the words beside an edit still count as they were read before it. The draft is
// dropped with the last answer.

import type { ReadDraft } from "../../generated/engine.js";
import { Memory, type Reading } from "../../generated/semantic.js";
import { today } from "../shared/day.js";
import type { DraftReading, GuardReply, GuardRequest, IdentityReading } from "../shared/messages.js";
import type { Draft, IdentitySetting, Recipients, Review } from "../shared/review.js";
import { forget, readByRules, review } from "./engine.js";
import { activeSite } from "./guards.js";
import { isOn, readMeaning, semantic } from "./semantic.js";
import type { GuardSender } from "./senders.js";
import { changeTab } from "./tabs.js";

function draftOf(
  draft: DraftReading,
  identity: IdentitySetting,
  recipients: Recipients | null = null,
): Draft {
  return {
    text: draft.text,
    surface: draft.surface,
    displayName: draft.displayName,
    handle: draft.handle,
    identity,
    on: today(),
    recipients,
  };
}

/** Whether reading for meaning could add anything: not where no finding would be shown. */
async function wantsMeaning(draft: DraftReading, identity: IdentitySetting): Promise<boolean> {
  return identity !== "private" && draft.text.trim() !== "" && (await isOn());
}

/** The whole review of one draft, for a page that waits for it. */
export async function read(
  reading: DraftReading,
  identity: IdentitySetting,
  recipients: Recipients | null,
): Promise<Review> {
  const draft = await readByRules(draftOf(reading, identity, recipients));
  try {
    const byRules = await review(draft, null);
    if (!(await wantsMeaning(reading, identity))) return byRules;
    return await review(draft, await readAlone(reading, byRules));
  } finally {
    forget(draft);
  }
}

/** The readings of a text that nobody goes on writing; null without the semantic reviewer. */
async function readAlone(reading: DraftReading, byRules: Review): Promise<readonly Reading[] | null> {
  try {
    await semantic();
  } catch {
    return null;
  }
  const memory = new Memory();
  try {
    return await readMeaning(reading, byRules, memory, () => false);
  } finally {
    memory.free();
  }
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

/** The drafts of one guard, for as long as its port is open. */
export class GuardReviews {
  /** The latest request of each composer: an earlier one is no longer read on. */
  readonly #latest = new Map<number, number>();
  /** What was read of a composer, so that an edit costs the sentences around it. It holds numbers, no text. */
  readonly #memories = new Map<number, Memory>();
  #open = true;
  /** Readings under way. */
  #reading = 0;

  constructor(
    readonly sender: GuardSender,
    readonly reply: (reply: GuardReply) => void,
  ) {}

  close(): void {
    this.#open = false;
    // A reading under way still holds its memory; it stops at its next step and lets go of it there.
    if (this.#reading === 0) this.#free();
  }

  #free(): void {
    for (const memory of this.#memories.values()) memory.free();
    this.#memories.clear();
  }

  #memory(composer: number): Memory {
    const known = this.#memories.get(composer);
    if (known !== undefined) return known;
    const memory = new Memory();
    this.#memories.set(composer, memory);
    return memory;
  }

  /** Answers one request, in one to three replies; never rejects. */
  async answer(request: GuardRequest): Promise<void> {
    const { seq, composer, draft: reading } = request;
    const { tabId, topOrigin } = this.sender;
    this.#latest.set(composer, seq);
    try {
      const site = await activeSite(topOrigin);
      if (site === null) {
        this.reply({ kind: "failed", seq, why: "off" });
        return;
      }
      const { identity } = site;
      const draft = await readByRules(draftOf(reading, identity));
      try {
        const byRules = await review(draft, null);
        const more = await wantsMeaning(reading, identity);
        this.reply({ kind: "review", seq, review: byRules, complete: !more });
        // For the popup, which otherwise goes on saying what it said before.
        const ground = groundOf(reading, identity, byRules);
        noteReading(tabId, { identified: byRules.identified, ground }).catch(() => {});
        if (more) await this.#readOn(request, draft, byRules);
      } finally {
        forget(draft);
      }
    } catch {
      this.reply({ kind: "failed", seq, why: "engine" });
    }
  }

  async #readOn(request: GuardRequest, draft: ReadDraft, byRules: Review): Promise<void> {
    const { seq, composer } = request;
    const stale = () => !this.#open || this.#latest.get(composer) !== seq;
    this.#reading += 1;
    try {
      await semantic();
      if (stale()) return;
      const answer = async (readings: readonly Reading[], complete: boolean) => {
        this.reply({ kind: "review", seq, review: await review(draft, readings), complete });
      };
      const early = (readings: readonly Reading[]) => answer(readings, false);
      const readings = await readMeaning(request.draft, byRules, this.#memory(composer), stale, early);
      if (readings !== null) await answer(readings, true);
      // The weights were let go meanwhile.
      else if (!stale()) this.reply({ kind: "review", seq, review: byRules, complete: true });
    } catch {
      // Without the semantic reviewer the rules' review is all there is.
      this.reply({ kind: "review", seq, review: byRules, complete: true });
    } finally {
      this.#reading -= 1;
      if (!this.#open && this.#reading === 0) this.#free();
    }
  }
}
