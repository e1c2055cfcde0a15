// The moments before the background has said whether the site is on: it may have to start first, which takes a slow
// computer a second or two. An act that would publish is kept from the page meanwhile, so that a draft which the page
// brought back and the person sent at once is read all the same. Nothing is told to anyone, and where the site is not on,
// or no answer comes in time, the act is made again as if nothing had been.

import { Gesture, isPointerPart, take } from "./gesture.js";
import { Acts, fromKey, fromPointer, fromSubmit, type Submission, type Surroundings } from "./submission.js";

/** How long an act is kept at most. */
const KEPT_MS = 2000;

const UNKNOWN: Surroundings = { learnt: [], framesDraft: false };

export class Early {
  readonly acts = new Acts();
  readonly gesture = new Gesture();
  #kept: Submission | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `late` is called where an act was kept for too long. */
  constructor(readonly late: () => void) {}

  hear(event: Event): void {
    if (event instanceof KeyboardEvent && event.isTrusted && this.gesture.takesKey(event)) {
      take(event);
      return;
    }
    if (isPointerPart(event) || event.type === "click" || event.type === "keydown") this.acts.note(event);
    const submission = this.#submission(event);
    if (submission === null) return;
    take(event);
    if (event instanceof KeyboardEvent) this.gesture.holdKey(event);
    // A second try belongs to the first.
    if (this.#kept !== null) return;
    this.#kept = submission;
    this.#timer = setTimeout(this.late, KEPT_MS);
  }

  /** The answer is here: what was kept, if anything was. */
  end(): Submission | null {
    clearTimeout(this.#timer);
    const kept = this.#kept;
    this.#kept = null;
    return kept;
  }

  #submission(event: Event): Submission | null {
    switch (event.type) {
      case "keydown":
        return event.isTrusted ? fromKey(event as KeyboardEvent, UNKNOWN) : null;
      case "click":
        return this.acts.isPersons(event) && (event as MouseEvent).button === 0
          ? fromPointer(event as MouseEvent, UNKNOWN)
          : null;
      case "submit":
        return this.acts.isPersons(event) ? fromSubmit(event as SubmitEvent, UNKNOWN) : null;
      default:
        return null;
    }
  }
}
