// The moments before the background has said whether the site is on: it may have to start first, which takes a slow
// computer a second or two. An act that would publish is kept from the page meanwhile, so that a draft which the page
// brought back and the person sent at once is read all the same. Nothing is told to anyone, and where the site is not on,
// or no answer comes in time, the act is made again as if nothing had been. An Enter is dropped where the person wrote on.

import type { Composer } from "./composers.js";
import { Gesture, isPointerPart, take } from "./gesture.js";
import { isWrittenOn, read } from "./reading.js";
import { Acts, fromKey, fromPointer, fromSubmit, type Submission, type Surroundings } from "./submission.js";

/** How long an act is kept at most. */
const KEPT_MS = 2000;

const UNKNOWN: Surroundings = { learnt: [], framesDraft: false };

interface Kept {
  readonly submission: Submission;
  /** What an Enter was pressed on. */
  readonly entered: { readonly composer: Composer; readonly text: string } | null;
}

export class Early {
  readonly acts: Acts;
  readonly gesture: Gesture;
  #kept: Kept | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `late` is called where an act was kept for too long; `before` is what kept acts until then. */
  constructor(
    readonly late: () => void,
    before?: Early,
  ) {
    this.acts = before?.acts ?? new Acts();
    // A key may still be down.
    this.gesture = before?.gesture ?? new Gesture();
  }

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
    const { act } = submission;
    const entered = act.kind === "enter" ? { composer: act.composer, text: read(act.composer).text } : null;
    this.#kept = { submission, entered };
    this.#timer = setTimeout(this.late, KEPT_MS);
  }

  /** What was kept, if anything was and may be made again. */
  end(): Submission | null {
    clearTimeout(this.#timer);
    const kept = this.#kept;
    this.#kept = null;
    if (kept === null) return null;
    const { submission, entered } = kept;
    // It would send the beginning of what comes next.
    const isOver = entered?.composer.isConnected && isWrittenOn(read(entered.composer).text, entered.text);
    return isOver ? null : submission;
  }

  /** The page goes: what was kept is not made again when the person comes back. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#kept = null;
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
