// Learns from what a site does: which unnamed controls publish, and what Enter does in a composer. It watches for a
// moment after the person's own act, keeps signatures and never words, and tells the background when a draft went
// without having been recognised as published.

import type { LearntControl } from "../shared/messages.js";
import { tell } from "./channel.js";
import type { Composer } from "./composers.js";
import { departure } from "./departure.js";
import { isBlank, read } from "./reading.js";
import { textsOf } from "./release.js";
import { controlSignatureOf, enterSignatureOf } from "./signature.js";

const LEAVES_WITHIN_MS = 2000;
/** Fewer words than these are no draft worth a word about. */
const LEAST_WORDS = 3;

const lines = (text: string) => text.split("\n").length;
const isSlight = (text: string) => text.trim().split(/\s+/u).length < LEAST_WORDS;

export class Learning {
  #watching: AbortController | null = null;
  #entered: { readonly composer: Composer; readonly text: string } | null = null;

  constructor(
    readonly signal: AbortSignal,
    readonly learnt: () => readonly LearntControl[],
    readonly onLearnt: (control: LearntControl) => void,
  ) {}

  /** The person pressed something that was not recognised as publishing, with drafts in these composers. */
  afterPress(control: HTMLElement, composers: readonly Composer[]): void {
    // Taken now: by the time a draft has left, the page may have taken the control away too.
    const signature = controlSignatureOf(control);
    void this.#unrecognised(signature, composers);
  }

  /** A plain Enter passed in `composer`, taken for a new line or, with nothing wrong in the draft, for sending. */
  afterEnter(composer: Composer, takenForSending: boolean): void {
    if (composer instanceof HTMLInputElement) return;
    this.#entered = { composer, text: read(composer).text };
    if (!takenForSending) void this.#unrecognised(enterSignatureOf(composer), [composer]);
  }

  /** The composer's text changed: one more line just after a plain Enter shows that Enter does not send here. */
  edited(composer: Composer, text: string): void {
    const entered = this.#entered;
    if (entered === null || entered.composer !== composer || entered.text === text) return;
    this.#entered = null;
    if (lines(text) > lines(entered.text)) this.beganLine(composer);
  }

  /** Enter began a new line in `composer`. */
  beganLine(composer: Composer): void {
    this.#learn({ signature: enterSignatureOf(composer), publishes: false });
  }

  async #unrecognised(signature: string, composers: readonly Composer[]): Promise<void> {
    const texts = new Map([...textsOf(composers)].filter(([, text]) => !isBlank(text)));
    if (texts.size === 0) return;
    this.#watching?.abort();
    const watching = new AbortController();
    this.#watching = watching;
    const what = await departure(texts, LEAVES_WITHIN_MS, AbortSignal.any([watching.signal, this.signal]));
    if (what !== "left" && what !== "navigated") return;
    this.#learn({ signature, publishes: true });
    if ([...texts.values()].every(isSlight)) return;
    await tell<"guard/unread">({ kind: "guard/unread" });
  }

  #learn(control: LearntControl): void {
    const known = this.learnt().find(({ signature }) => signature === control.signature);
    if (known?.publishes === control.publishes) return;
    this.onLearnt(control);
    void tell<"guard/learn">({ kind: "guard/learn", control });
  }
}
