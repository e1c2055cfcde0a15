// Leave to publish exact texts: given when the person posts anyway or a wait ended well, bound to this document, the
// composers and their texts, and gone after a few seconds, a minute where the person is asked to press again, or once the
// draft has left.

import type { Composer } from "./composers.js";
import { isBlank, read } from "./reading.js";

const GRANT_MS = 10_000;
/** Somebody asked to press again has to see that first, and find the control. */
const PRESS_AGAIN_MS = 60_000;

export class Grants {
  #texts = new Map<Composer, string>();
  #frames = false;
  #until = 0;
  #replaying = false;

  /** Whether an act is being made again right now: then its events are ours. */
  get replaying(): boolean {
    return this.#replaying;
  }

  /** Makes an act again; every event that it causes at once passes. */
  replay<Outcome>(act: () => Outcome): Outcome {
    this.#replaying = true;
    try {
      return act();
    } finally {
      this.#replaying = false;
    }
  }

  give(texts: ReadonlyMap<Composer, string>, frames: boolean): void {
    this.#texts = new Map(texts);
    this.#frames = frames;
    this.#until = performance.now() + GRANT_MS;
  }

  /** The site took no notice of the act made again: the person's own press has a while to come. */
  awaitPress(): void {
    this.#until = performance.now() + PRESS_AGAIN_MS;
  }

  revoke(): void {
    this.#texts.clear();
    this.#frames = false;
    this.#until = 0;
  }

  /** Drafts in frames below changed: leave for them is gone. */
  revokeFrames(): void {
    this.#frames = false;
  }

  /** A box that the page put in a composer's place, with the same words, stands for it. */
  covers(composer: Composer, text: string): boolean {
    if (performance.now() >= this.#until) return false;
    if (this.#texts.has(composer)) return this.#texts.get(composer) === text;
    return [...this.#texts].some(([gone, granted]) => granted === text && !gone.isConnected);
  }

  get coversFrames(): boolean {
    return this.#frames && performance.now() < this.#until;
  }

  /** Whether a granted draft still stands in its composer. */
  standing(): boolean {
    for (const [composer, text] of this.#texts) {
      if (!isBlank(text) && composer.isConnected && read(composer).text === text) return true;
    }
    return false;
  }
}
