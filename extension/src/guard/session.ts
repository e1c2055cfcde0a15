// The guard at work in one frame of a site that is switched on: hears the page's events first, decides at the first
// event of each gesture whether it is held, and joins the parts. It ends with its signal, and leaves nothing behind.

import type { DraftReading, GuardState, LearntControl } from "../shared/messages.js";
import { isOrphaned } from "./channel.js";
import { type Composer, composerAt, formOf } from "./composers.js";
import { controlAt, pressedAt } from "./controls.js";
import { Frames } from "./frames.js";
import { Gesture, isPointerPart, take } from "./gesture.js";
import { Grants } from "./grants.js";
import { Holds } from "./hold.js";
import { Learning } from "./learning.js";
import { PanelHost } from "./panel-host.js";
import { isPlainDialog, type PlainWords } from "./plain-dialog.js";
import { isBlank, read, withWords } from "./reading.js";
import { leadIn, release } from "./release.js";
import { Reviews } from "./reviews.js";
import {
  Acts,
  fromKey,
  fromPointer,
  fromSubmit,
  isPlainEnter,
  type PointerPress,
  type Submission,
  type Surroundings,
} from "./submission.js";
import { surfaceOf } from "./surface.js";
import { activeElement, originOf } from "./tree.js";
import { Underlines } from "./underlines.js";
import { writerOf } from "./writer.js";

type Decided = "pass" | "hold";

/** How many composers the person last wrote in are remembered, to notice drafts that go unread. */
const MOST_RECENT = 4;

export interface Heard {
  readonly acts: Acts;
  readonly gesture: Gesture;
}

export class Session {
  readonly acts: Acts;
  readonly gesture: Gesture;
  readonly grants = new Grants();
  readonly reviews: Reviews;
  readonly holds: Holds;
  readonly frames: Frames;
  readonly panel: PanelHost;
  readonly #learning: Learning;
  readonly #underlines: Underlines;
  #learnt: readonly LearntControl[];
  #focused: Composer | null = null;
  #recent: Composer[] = [];
  readonly #edits = new MutationObserver(() => this.#edited());
  readonly #signals = new WeakMap<Composer, Omit<DraftReading, "text">>();

  constructor(
    public state: GuardState,
    readonly signal: AbortSignal,
    words: { readonly orphaned: PlainWords; readonly unshown: PlainWords },
    /** What went on before the session began. */
    { acts, gesture }: Heard = { acts: new Acts(), gesture: new Gesture() },
  ) {
    this.acts = acts;
    this.gesture = gesture;
    this.#learnt = state.learnt;
    this.reviews = new Reviews(signal, (composer, draft, review, complete) =>
      this.#underlines.show(composer, draft.text, review, complete),
    );
    this.frames = new Frames(state.top, this.grants);
    this.holds = new Holds({
      reviews: this.reviews,
      signal,
      words,
      state: () => this.state,
      draftOf: (composer) => this.draftOf(composer),
      release: (submission, decided) =>
        release(submission, decided, this.grants, signal, {
          beganLine: (composer) => {
            this.#learning.beganLine(composer);
            this.#edited();
          },
          sent: (signature) => this.#learning.sent(signature),
        }),
      dim: (hold) => this.panel.dim(hold),
      hidePanel: (hold) => this.panel.hide(hold),
    });
    this.panel = new PanelHost(signal);
    this.#learning = new Learning(
      signal,
      () => this.#learnt,
      (learnt) => {
        this.#learnt = learnt;
      },
    );
    this.#underlines = new Underlines(signal);
    signal.addEventListener("abort", () => this.#edits.disconnect());
    if (state.below) this.frames.nowBelow(true);
    this.#focusMoved();
    this.frames.look();
  }

  /** The background said something new of this site. */
  update(state: GuardState): void {
    const before = this.state;
    this.state = state;
    this.#learnt = state.learnt;
    if (state.below && !this.frames.below) this.frames.nowBelow(true);
    if (before.identity !== state.identity || before.rules !== state.rules) {
      this.reviews.forget();
      this.#edited();
    }
  }

  draftOf(composer: Composer): DraftReading {
    const writer = writerOf(composer);
    return {
      text: read(composer).text,
      surface: surfaceOf(composer),
      displayName: writer.displayName?.value ?? null,
      handle: writer.handle?.value ?? null,
    };
  }

  /** Every event the guard hears comes here, before any handler of the page. */
  hear(event: Event): void {
    if (this.panel.takes(event)) {
      event.stopImmediatePropagation();
      return;
    }
    if (this.grants.replaying || isPlainDialog(event.target)) return;
    switch (event.type) {
      case "focusin":
      case "focusout":
        this.#focusMoved();
        return;
      case "input":
        this.#input(event);
        return;
      case "submit":
        this.#submit(event as SubmitEvent);
        return;
      case "click":
        this.#click(event as MouseEvent);
        return;
      case "keydown":
      case "keypress":
      case "keyup":
        this.#key(event as KeyboardEvent);
        return;
      case "pagehide":
        this.frames.leave();
        this.holds.abandon();
        this.panel.leave();
        return;
      case "load":
        this.frames.look();
        return;
      default:
        if (isPointerPart(event)) this.#pointer(event);
    }
  }

  get #around(): Surroundings {
    return { learnt: this.#learnt, framesDraft: this.frames.below };
  }

  // ---------------------------------------------------------------- writing

  #focusMoved(): void {
    const composer = composerAt(activeElement());
    if (composer === this.#focused) return;
    this.#edits.disconnect();
    this.#focused = composer;
    this.reviews.want(composer !== null);
    if (composer === null) {
      this.#underlines.leave();
      return;
    }
    this.#recent = [
      composer,
      ...this.#recent.filter((other) => other !== composer && other.isConnected),
    ].slice(0, MOST_RECENT);
    this.#signals.set(composer, this.draftOf(composer));
    this.#underlines.enter(composer);
    // Editors often change their text without any `input` event.
    if (composer.isContentEditable) {
      this.#edits.observe(composer, { subtree: true, childList: true, characterData: true });
    }
    this.#edited();
  }

  #input(event: Event): void {
    const origin = originOf(event);
    const composer = composerAt(origin);
    if (composer === null) {
      this.#besideEdited(origin);
      return;
    }
    if (composer !== this.#focused) this.#focusMoved();
    if (composer === this.#focused && !composer.isContentEditable) this.#edited();
  }

  /** A field beside a composer may name the writer: its drafts are read again, so that the answer is here in time. */
  #besideEdited(field: Element | null): void {
    const form = field === null ? null : formOf(field);
    if (form === null) return;
    for (const composer of this.#recent) {
      if (formOf(composer) !== form) continue;
      const draft = this.draftOf(composer);
      this.#signals.set(composer, draft);
      if (!isBlank(draft.text)) this.reviews.need(composer, draft);
    }
  }

  /** Asks for the review of what now stands in the composer in use. */
  #edited(): void {
    const composer = this.#focused;
    if (composer === null) return;
    const { text } = read(composer);
    this.#learning.edited(composer, text);
    const signals = this.#signals.get(composer);
    if (signals === undefined) return;
    this.#underlines.changed(composer, text);
    this.frames.changed(text);
    if (isBlank(text)) return;
    const draft = { ...signals, text };
    this.reviews.need(composer, draft);
    const { review, complete } = this.reviews.found(composer, draft);
    if (review !== null) this.#underlines.show(composer, text, review, complete);
  }

  // ---------------------------------------------------------------- deciding

  #decide(submission: Submission): Decided {
    if (this.holds.waivesReading) return "pass";
    let passes = !submission.frames || this.grants.coversFrames;
    for (const composer of submission.composers()) {
      const draft = this.draftOf(composer);
      if (this.grants.covers(composer, draft.text)) continue;
      const review = this.reviews.complete(composer, draft);
      if (review === null && !isOrphaned()) this.reviews.need(composer, draft);
      if (review === null || review.verdict === "warn") passes = false;
    }
    return passes ? "pass" : "hold";
  }

  #pointer(event: Event): void {
    this.acts.note(event);
    if (!event.isTrusted) return;
    if (event.type === "pointerdown" && event instanceof PointerEvent) {
      this.#learning.acts();
      this.gesture.end();
      if (event.button !== 0 || !event.isPrimary) return;
      const submission = fromPointer(event, this.#around);
      if (submission === null || submission.act.kind !== "click" || this.#decide(submission) === "pass")
        return;
      this.gesture.holdPress(submission.act.control, event);
    }
    if (this.gesture.holdsPress) take(event);
  }

  #click(event: MouseEvent): void {
    this.acts.note(event);
    if (!this.acts.isPersons(event) || event.button !== 0) return;
    const control = controlAt(originOf(event), this.#learnt);
    const press = event.isTrusted ? this.gesture.completePress(control) : null;
    const submission = fromPointer(event, this.#around);
    if (submission === null || submission.act.kind !== "click") {
      if (event.isTrusted) this.#noticeUnrecognised(event);
      return;
    }
    if (this.holds.busy) {
      take(event);
      if (event.isTrusted) this.holds.remind();
      return;
    }
    if (this.#decide(submission) === "hold") {
      take(event);
      this.holds.begin({ ...submission, act: { ...submission.act, pointer: press } });
    } else if (press !== null) {
      this.#catchUp(submission.act.control, press);
    } else if (event.isTrusted) {
      this.#learning.afterPassed(submission.act.control, submission.composers());
    }
  }

  /** The review came while the press was under way: the page gets what it missed, then the person's own click. */
  #catchUp(control: HTMLElement, press: PointerPress): void {
    this.grants.replay(() => leadIn(control, press));
  }

  #key(event: KeyboardEvent): void {
    if (!event.isTrusted) return;
    if (this.gesture.takesKey(event)) {
      take(event);
      return;
    }
    if (event.type !== "keydown") return;
    this.acts.note(event);
    if (!event.repeat && this.#mayAct(event)) this.#learning.acts();
    if (event.key !== "Enter" && event.key !== " ") return;
    const composer = composerAt(originOf(event));
    if (composer !== null && isPlainEnter(event) && !event.repeat) this.#learning.beforeEnter(composer);
    const submission = fromKey(event, this.#around);
    if (event.repeat) {
      // No try of its own, but a page may take it for one: another key was let go, or the focus moved, meanwhile.
      if (submission !== null && (this.holds.busy || this.#decide(submission) === "hold")) take(event);
      return;
    }
    if (submission === null || (!this.holds.busy && this.#decide(submission) === "pass")) {
      this.#noticeEnter(event, composer, submission !== null);
      return;
    }
    take(event);
    this.gesture.holdKey(event);
    if (this.holds.busy) this.holds.remind();
    else this.holds.begin(submission);
  }

  /** Whether a key may do more than write. */
  #mayAct(event: KeyboardEvent): boolean {
    return (
      this.#focused === null ||
      event.key === "Enter" ||
      event.key === "Escape" ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    );
  }

  #submit(event: SubmitEvent): void {
    if (!this.acts.isPersons(event)) return;
    const submission = fromSubmit(event, this.#around);
    if (submission === null) return;
    if (!this.holds.busy && this.#decide(submission) === "pass") return;
    take(event);
    this.holds.begin(submission);
  }

  // ---------------------------------------------------------------- noticing

  #noticeUnrecognised(event: Event): void {
    const pressed = pressedAt(originOf(event));
    if (pressed !== null) this.#learning.afterPress(pressed, this.#drafting());
  }

  #noticeEnter(event: KeyboardEvent, composer: Composer | null, takenForSending: boolean): void {
    if (composer !== null && isPlainEnter(event)) {
      this.#learning.afterEnter(composer, takenForSending);
    } else if (composer === null && !takenForSending) {
      this.#noticeUnrecognised(event);
    }
  }

  #drafting(): Composer[] {
    this.#recent = this.#recent.filter((composer) => composer.isConnected);
    return withWords(this.#recent);
  }
}
