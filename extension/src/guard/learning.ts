// Learns from what a site does: which unnamed controls publish, and what Enter does in a composer. It watches for a
// moment after the person's own act, keeps signatures and never words, and tells the background when a draft went
// without having been recognised as published. What was once seen to publish counts as publishing from then on: an
// Enter that sends may begin a line at times, in a list or in code. Only a control that leaves a draft standing is
// forgotten again.

import { type LearntControl, teaches } from "../shared/messages.js";
import { beganWork } from "./at-work.js";
import { tell } from "./channel.js";
import type { Composer } from "./composers.js";
import { isSubmitButton, publishedBy } from "./controls.js";
import { departure, hasLeft, standWhole } from "./departure.js";
import { beganLine, type Entered, entered } from "./new-line.js";
import { isBlank, read } from "./reading.js";
import { textsOf } from "./release.js";
import { controlSignatureOf, enterSignatureOf } from "./signature.js";

const LEAVES_WITHIN_MS = 2000;
/**
 * A draft that stands so long after a press was not published by it. Twice as long as it took at most when that was
 * learnt: a site that is slow to answer unlearns nothing.
 */
const STANDS_FOR_MS = 2 * LEAVES_WITHIN_MS;
/** Fewer words than these are no draft worth a word about. */
const LEAST_WORDS = 3;

/** A draft that a line was begun in: whether it is a new line or the beginning of sending shows a moment later. */
interface Begun {
  readonly composer: Composer;
  readonly signature: string;
  readonly text: string;
  readonly over: AbortController;
}

const writtenIn = (composers: readonly Composer[]) =>
  new Map([...textsOf(composers)].filter(([, text]) => !isBlank(text)));

const isSlight = (text: string) => text.trim().split(/\s+/u).length < LEAST_WORDS;

export class Learning {
  #watching: AbortController | null = null;
  #begun: Begun | null = null;
  #entered: Entered | null = null;

  constructor(
    readonly signal: AbortSignal,
    readonly learnt: () => readonly LearntControl[],
    readonly onLearnt: (learnt: readonly LearntControl[]) => void,
  ) {}

  /** The person pressed something that was not recognised as publishing, with drafts in these composers. */
  afterPress(control: HTMLElement, composers: readonly Composer[]): void {
    // Taken now: by the time a draft has left, the page may have taken the control away too.
    const signature = controlSignatureOf(control);
    void this.#watch(signature, composers, { byEnter: false, recognised: false });
  }

  /** The person's own press of a control passed as publishing. One known by a lesson alone may turn out not to. */
  afterPassed(control: HTMLElement, composers: readonly Composer[]): void {
    const signature = controlSignatureOf(control);
    if (this.#known(signature)?.publishes !== true) return;
    // A form may take long, and what says that it publishes needs no lesson.
    if (isSubmitButton(control) || publishedBy(control, []).length > 0) return;
    void this.#doubt(signature, control, composers);
  }

  /** The person did something else: a draft that leaves from now on leaves by that, not by what they did before. */
  acts(): void {
    this.#watching?.abort();
  }

  /** Before a plain Enter is judged: with the draft still there and more words in it, the one before did not send. */
  beforeEnter(composer: Composer): void {
    const begun = this.#begun;
    if (begun === null || begun.composer !== composer || hasLeft(composer, begun.text)) return;
    if (read(composer).text.trim().length > begun.text.trim().length) this.#beginsLines(begun);
  }

  /** A plain Enter passed in `composer`, taken for a new line or, with nothing wrong in the draft, for sending. */
  afterEnter(composer: Composer, takenForSending: boolean): void {
    if (composer instanceof HTMLInputElement) return;
    const signature = enterSignatureOf(composer);
    // Nothing to begin a line after, and what is in the box next was put there by something else; or nothing to learn.
    const isOver = isBlank(read(composer).text) || this.#known(signature) !== undefined;
    this.#entered = isOver ? null : entered(composer);
    void this.#watch(signature, [composer], { byEnter: true, recognised: takenForSending });
  }

  /** An Enter that was made again sent the draft of a composer with this signature. */
  sent(signature: string): void {
    this.#learn({ signature, publishes: true });
  }

  /**
   * A composer's text changed, or it has the keyboard now: one more line, or box, just after a plain Enter is what a
   * site without sending makes of it.
   */
  edited(composer: Composer, text: string): void {
    const enter = this.#entered;
    if (enter === null || (enter.composer === composer && enter.text === text)) return;
    this.#entered = null;
    if (beganLine(enter)) this.beganLine(enter.composer);
  }

  /** Enter began a new line in `composer`. A site may still send when the key comes up: only what stays tells. */
  beganLine(composer: Composer): void {
    const { text } = read(composer);
    const signature = enterSignatureOf(composer);
    if (isBlank(text) || this.#known(signature) !== undefined) return;
    this.#begun?.over.abort();
    const begun = { composer, signature, text, over: new AbortController() };
    this.#begun = begun;
    void this.#staysThere(begun);
  }

  async #staysThere(begun: Begun): Promise<void> {
    const signal = AbortSignal.any([begun.over.signal, this.signal]);
    const what = await departure(new Map([[begun.composer, begun.text]]), LEAVES_WITHIN_MS, signal, "none");
    if (what === "stayed") this.#beginsLines(begun);
    else if (this.#begun === begun) this.#begun = null;
  }

  #beginsLines(begun: Begun): void {
    this.#begun = null;
    begun.over.abort();
    this.#learn({ signature: begun.signature, publishes: false });
  }

  /** What was recognised is learnt too: a chat's box that grows looks like one in which Enter begins a line. */
  async #watch(
    signature: string,
    composers: readonly Composer[],
    { byEnter, recognised }: { readonly byEnter: boolean; readonly recognised: boolean },
  ): Promise<void> {
    const texts = writtenIn(composers);
    if (texts.size === 0) return;
    const what = await departure(texts, LEAVES_WITHIN_MS, this.#beginWatch(), byEnter ? "words" : "any");
    if (what !== "left" && what !== "navigated") return;
    if (byEnter) this.#entered = null;
    this.#learn({ signature, publishes: true });
    if (recognised || [...texts.values()].every(isSlight)) return;
    await tell<"guard/unread">({ kind: "guard/unread", why: "control" });
  }

  /** Forgets that a control publishes where its press leaves the drafts, and the page, as they were. */
  async #doubt(signature: string, control: HTMLElement, composers: readonly Composer[]): Promise<void> {
    const texts = writtenIn(composers);
    if (texts.size === 0) return;
    const isAtWork = beganWork(control, [...texts.keys()], true);
    const what = await departure(texts, STANDS_FOR_MS, this.#beginWatch(), "none");
    if (what !== "stayed" || !standWhole(texts) || isAtWork()) return;
    this.onLearnt(this.#except(signature));
    await tell<"guard/unlearn">({ kind: "guard/unlearn", signature });
  }

  /** One at a time: whatever goes now goes by the latest act. */
  #beginWatch(): AbortSignal {
    this.#watching?.abort();
    const watching = new AbortController();
    this.#watching = watching;
    return AbortSignal.any([watching.signal, this.signal]);
  }

  #except(signature: string): LearntControl[] {
    return this.learnt().filter((known) => known.signature !== signature);
  }

  #known(signature: string): LearntControl | undefined {
    return this.learnt().find((known) => known.signature === signature);
  }

  #learn(control: LearntControl): void {
    if (!teaches(control, this.#known(control.signature))) return;
    this.onLearnt([...this.#except(control.signature), control]);
    void tell<"guard/learn">({ kind: "guard/learn", control });
  }
}
