// Drafts and the button that publishes them may stand in different frames. A guard tells the guards above it whether
// its frame holds a draft; one above asks for what they hold when its own page is about to publish it. It passes
// texts through the background only, never through the page's own messages, which the page could read. In the same way
// the popup is told what is known of the drafts here.

import type { DraftReading, FrameDraft } from "../shared/messages.js";
import type { Review } from "../shared/review.js";
import { tell } from "./channel.js";
import { type Composer, composersBelow } from "./composers.js";
import type { Grants } from "./grants.js";
import { asSeen, isBlank, withWords } from "./reading.js";
import { textsOf } from "./release.js";
import type { Reviews } from "./reviews.js";

/** Shorter than the wait of the guard that asks. */
const ANSWER_WITHIN_MS = 1700;

interface Reviewed {
  readonly composer: Composer;
  readonly draft: DraftReading;
  readonly review: Review | null;
  readonly complete: boolean;
}

export class Frames {
  #told = false;
  #below = false;
  /** A guard above released the texts here, and none of them has changed since. */
  #released = false;
  /** What a guard above was last told of, until it is released. */
  #reviewed: readonly Reviewed[] = [];

  constructor(
    readonly top: boolean,
    readonly grants: Grants,
  ) {}

  /** Whether frames below hold drafts now. */
  get below(): boolean {
    return this.#below;
  }

  nowBelow(drafting: boolean): void {
    this.#below = drafting;
    this.grants.revokeFrames();
  }

  /** To be called when a draft here changed. Tells only what is news to the frames above. */
  changed(text: string): void {
    if (!this.top) this.#say(!isBlank(text) || this.#drafts().length > 0);
  }

  /** A draft may stand here already when the frame loads. */
  look(): void {
    if (!this.top) this.#say(this.#drafts().length > 0);
  }

  #say(drafting: boolean): void {
    if (drafting === this.#told && !this.#released) return;
    this.#told = drafting;
    if (this.#released) this.grants.revoke();
    this.#released = false;
    void tell<"guard/drafting">({ kind: "guard/drafting", drafting });
  }

  /** The frame goes: so do its drafts. */
  leave(): void {
    if (this.top || !this.#told) return;
    this.#told = false;
    void tell<"guard/drafting">({ kind: "guard/drafting", drafting: false });
  }

  #drafts(): Composer[] {
    return withWords(composersBelow(document));
  }

  /** Reviews of exactly what stands in this frame now. */
  async review(
    reviews: Reviews,
    draftOf: (composer: Composer) => DraftReading,
    signal: AbortSignal,
  ): Promise<readonly FrameDraft[]> {
    const over = AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), signal]);
    const late = new Promise<null>((resolve) =>
      over.addEventListener("abort", () => resolve(null), { once: true }),
    );
    const asked = this.#drafts().map((composer) => ({ composer, draft: draftOf(composer) }));
    this.#reviewed = [];
    const outcomes = await Promise.all(
      asked.map(({ composer, draft }) => Promise.race([reviews.settled(composer, draft, over), late])),
    );
    this.#reviewed = asked.map((one, at) => {
      // Of one draft more may have become known while the others were waited for, or no more than a warning at first.
      const found = reviews.found(one.composer, one.draft);
      const isKnown = outcomes[at]?.kind === "review" || found.review?.verdict === "warn";
      return { ...one, ...(isKnown ? found : { review: null, complete: false }) };
    });
    return this.#reviewed.map(({ draft, review, complete }) => ({
      text: asSeen(draft.text),
      review,
      complete,
    }));
  }

  /**
   * What is known of the drafts here, for the person to see: nothing is asked for, and nothing let go by it. Those that
   * were never read are told of as such: where one stands, nobody can say that there is nothing to point out.
   */
  known(reviews: Reviews, draftOf: (composer: Composer) => DraftReading): readonly FrameDraft[] {
    return this.#drafts().map((composer) => {
      const draft = draftOf(composer);
      return { text: asSeen(draft.text), ...reviews.found(composer, draft) };
    });
  }

  /**
   * The guard above lets go what it was told of: its own submission here passes as well. False where other words stand
   * here by now, or these came to be warned about or are read by other rules: those were not read, or not decided upon.
   */
  grant(reviews: Reviews): boolean {
    const texts = textsOf(this.#drafts());
    const stands = ({ composer, draft, review }: Reviewed) => {
      if (texts.get(composer) !== draft.text) return false;
      if (review === null || review.verdict === "warn") return true;
      const now = reviews.found(composer, draft).review;
      return now !== null && now.verdict !== "warn";
    };
    const same = texts.size === this.#reviewed.length && this.#reviewed.every(stands);
    this.#reviewed = [];
    if (!same) return false;
    this.grants.give(texts, false);
    this.#released = true;
    return true;
  }
}
