// Gets drafts reviewed and keeps, for each composer, the review of the text it was last asked about. One request is
// under way at a time and the latest draft of a composer replaces an earlier one that waits. The rules' answer comes
// first; where the background reads on, the whole one follows, at times after one that is nearly whole, and whoever waits
// for a draft is given a moment for it. The port is open only while it is wanted; when the background was stopped
// meanwhile, what was not answered is asked again.

import type { DraftReading, GuardReply, GuardRequest } from "../shared/messages.js";
import type { Review } from "../shared/review.js";
import { isOrphaned } from "./channel.js";
import type { Composer } from "./composers.js";

export type Outcome =
  /** `complete` is false where it was not read to the end, in most cases only by the rules, in the time there was. */
  | { readonly kind: "review"; readonly review: Review; readonly complete: boolean }
  /** A later draft of the same composer took its place before it was read. */
  | { readonly kind: "superseded" }
  | { readonly kind: "failed"; readonly why: "engine" | "off" };

interface Asked {
  readonly composer: Composer;
  readonly draft: DraftReading;
}

interface Known {
  readonly draft: DraftReading;
  readonly review: Review;
  readonly complete: boolean;
}

interface Waiter {
  readonly asked: Asked;
  readonly settle: (outcome: Outcome) => void;
}

/** A port that drops this often without an answer leads nowhere. */
const MOST_DROPS = 3;
/** How long whoever waits for a draft waits on, after the rules' answer, for its meaning to be read. */
const MEANING_WITHIN_MS = 300;

const same = (a: DraftReading, b: DraftReading) =>
  a.text === b.text && a.displayName === b.displayName && a.handle === b.handle && a.surface === b.surface;

export class Reviews {
  readonly #known = new WeakMap<Composer, Known>();
  /** Requests that were answered, and that the background reads on. */
  readonly #readOn = new Map<number, Asked>();
  readonly #numbers = new WeakMap<Composer, number>();
  #number = 0;
  readonly #waiting = new Map<Composer, DraftReading>();
  readonly #settling = new Set<Waiter>();
  #underWay: (Asked & { readonly seq: number }) | null = null;
  #port: chrome.runtime.Port | null = null;
  #drops = 0;
  #seq = 0;
  #wanted = false;
  /** What was known before the identity or the rules changed is no longer known. */
  #era = {};
  readonly #eras = new WeakMap<Review, object>();

  constructor(
    signal: AbortSignal,
    /** Told of each answer; where it is not `complete`, another follows. */
    readonly onReview: (composer: Composer, draft: DraftReading, review: Review, complete: boolean) => void,
  ) {
    signal.addEventListener("abort", () => {
      this.#waiting.clear();
      for (const { settle } of this.#settling) settle({ kind: "failed", why: "off" });
      this.#settling.clear();
      this.#readOn.clear();
      this.#underWay = null;
      this.#close();
    });
  }

  /** The review of exactly this draft, where it is here, whole or not. */
  known(composer: Composer, draft: DraftReading): Review | null {
    return this.#entry(composer, draft)?.review ?? null;
  }

  /** The whole review of exactly this draft, where it is here. */
  complete(composer: Composer, draft: DraftReading): Review | null {
    const known = this.#entry(composer, draft);
    return known?.complete === true ? known.review : null;
  }

  /** What is known of exactly this draft, for who looks at several at once. */
  found(
    composer: Composer,
    draft: DraftReading,
  ): { readonly review: Review | null; readonly complete: boolean } {
    const { review = null, complete = false } = this.#entry(composer, draft) ?? {};
    return { review, complete };
  }

  #entry(composer: Composer, draft: DraftReading): Known | null {
    const known = this.#known.get(composer);
    if (known === undefined || !same(known.draft, draft) || this.#eras.get(known.review) !== this.#era)
      return null;
    return known;
  }

  /** Whether exactly this draft has been read in full, or is being read, and will be known when all is read. */
  #isInHand(composer: Composer, draft: DraftReading): boolean {
    const isIt = (asked: Asked) => asked.composer === composer && same(asked.draft, draft);
    // What is under way is what is known next: it ends the reading of any other, and takes its place.
    if (this.#underWay?.composer === composer) return isIt(this.#underWay);
    const known = this.#entry(composer, draft);
    return known !== null && (known.complete || [...this.#readOn.values()].some(isIt));
  }

  /** Asks for a draft's review unless it is here or already asked for. */
  need(composer: Composer, draft: DraftReading): void {
    const earlier = this.#waiting.get(composer);
    const inHand = this.#isInHand(composer, draft);
    if (inHand) this.#waiting.delete(composer);
    else this.#waiting.set(composer, draft);
    if (earlier !== undefined && !same(earlier, draft)) {
      this.#settle({ composer, draft: earlier }, { kind: "superseded" });
    }
    if (!inHand) this.#next();
  }

  /**
   * Resolves when exactly this draft has been reviewed or could not be: with the whole review, or with what is known a
   * moment after the rules' answer came. The caller bounds the wait.
   */
  settled(composer: Composer, draft: DraftReading, signal: AbortSignal): Promise<Outcome> {
    const known = this.#entry(composer, draft);
    if (known?.complete === true)
      return Promise.resolve({ kind: "review", review: known.review, complete: true });
    return new Promise((resolve) => {
      const entry: Waiter = {
        asked: { composer, draft },
        settle: (outcome: Outcome) => {
          this.#settling.delete(entry);
          resolve(outcome);
        },
      };
      this.#settling.add(entry);
      signal.addEventListener("abort", () => this.#settling.delete(entry), { once: true });
      if (known !== null) this.#settleSoon(entry);
      this.need(composer, draft);
    });
  }

  /** Whoever appears differently from now on, or is read by other rules, has everything read anew. */
  forget(): void {
    this.#era = {};
    this.#readOn.clear();
    const current = this.#underWay;
    this.#underWay = null;
    // What is under way is later than what anybody waits for.
    if (current !== null && !this.#waiting.has(current.composer))
      this.#waiting.set(current.composer, current.draft);
    for (const { asked, settle } of this.#settling) {
      const later = this.#waiting.get(asked.composer);
      if (later === undefined) this.#waiting.set(asked.composer, asked.draft);
      else if (!same(later, asked.draft)) settle({ kind: "superseded" });
    }
    this.#next();
  }

  /** Opens the line while the person writes, so that the background is awake when the first word comes. */
  want(wanted: boolean): void {
    this.#wanted = wanted;
    if (wanted) this.#connect();
    else this.#closeIfIdle();
  }

  /** The browser kept the page and brings it back, without saying that the port was closed: what it took is asked again. */
  comeBack(): void {
    const port = this.#port;
    if (port === null) return;
    port.disconnect();
    this.#dropped(port);
  }

  #next(): void {
    if (this.#underWay !== null) return;
    const first = this.#waiting.entries().next();
    if (first.done === true) {
      this.#closeIfIdle();
      return;
    }
    const [composer, draft] = first.value;
    const port = this.#connect();
    if (port === null) {
      this.#fail("engine");
      return;
    }
    this.#waiting.delete(composer);
    this.#seq += 1;
    this.#underWay = { composer, draft, seq: this.#seq };
    const request: GuardRequest = {
      kind: "review",
      seq: this.#seq,
      composer: this.#numberOf(composer),
      draft,
    };
    try {
      port.postMessage(request);
    } catch {
      // The port went just now; its disconnection may have been told already, so it is handled here.
      this.#dropped(port);
    }
  }

  #numberOf(composer: Composer): number {
    const known = this.#numbers.get(composer);
    if (known !== undefined) return known;
    this.#number += 1;
    this.#numbers.set(composer, this.#number);
    return this.#number;
  }

  #connect(): chrome.runtime.Port | null {
    if (this.#port !== null) return this.#port;
    if (isOrphaned()) return null;
    let port: chrome.runtime.Port;
    try {
      port = chrome.runtime.connect({ name: "guard" });
    } catch {
      return null;
    }
    this.#port = port;
    port.onMessage.addListener((reply: GuardReply) => {
      if (this.#port === port) this.#answered(reply);
    });
    port.onDisconnect.addListener(() => {
      // Read, so that the browser does not log it as unhandled.
      void chrome.runtime?.lastError;
      this.#dropped(port);
    });
    return port;
  }

  #answered(reply: GuardReply): void {
    const current = this.#underWay;
    if (current === null || reply.seq !== current.seq) {
      this.#answeredAgain(reply);
      return;
    }
    this.#underWay = null;
    // A later request of the same composer ends the reading of an earlier one.
    for (const [seq, { composer }] of this.#readOn) {
      if (composer === current.composer) this.#readOn.delete(seq);
    }
    if (reply.kind === "review") {
      // A background that breaks down while it reads on is no better than one that never answers.
      if (reply.complete) this.#drops = 0;
      else this.#readOn.set(reply.seq, current);
      this.#learn(current, reply.review, reply.complete);
    } else {
      this.#drops = 0;
      this.#settle(current, { kind: "failed", why: reply.why });
    }
    this.#next();
  }

  /** A further answer to a request that the rules answered before. */
  #answeredAgain(reply: GuardReply): void {
    const asked = this.#readOn.get(reply.seq);
    if (asked === undefined) return;
    const isLast = reply.kind !== "review" || reply.complete;
    if (isLast) {
      this.#readOn.delete(reply.seq);
      this.#drops = 0;
    }
    const isKnown = this.#entry(asked.composer, asked.draft) !== null;
    if (isKnown && reply.kind === "review") this.#learn(asked, reply.review, reply.complete);
    this.#closeIfIdle();
  }

  #learn(asked: Asked, review: Review, complete: boolean): void {
    const isFirst = this.#entry(asked.composer, asked.draft) === null;
    this.#known.set(asked.composer, { draft: asked.draft, review, complete });
    this.#eras.set(review, this.#era);
    if (complete) this.#settle(asked, { kind: "review", review, complete });
    else if (isFirst) for (const entry of this.#waitersOf(asked)) this.#settleSoon(entry);
    this.#settleOutdated();
    this.onReview(asked.composer, asked.draft, review, complete);
  }

  /** Gives the background a moment to read on; then what is known must do, unless it was forgotten and is read anew. */
  #settleSoon(entry: Waiter): void {
    setTimeout(() => {
      const review = this.known(entry.asked.composer, entry.asked.draft);
      if (review !== null && this.#settling.has(entry))
        entry.settle({ kind: "review", review, complete: false });
    }, MEANING_WITHIN_MS);
  }

  #waitersOf(asked: Asked): Waiter[] {
    return [...this.#settling].filter(
      (entry) => entry.asked.composer === asked.composer && same(entry.asked.draft, asked.draft),
    );
  }

  #settle(asked: Asked, outcome: Outcome): void {
    for (const entry of this.#waitersOf(asked)) entry.settle(outcome);
  }

  /** Whoever waits for a draft that is neither known nor asked for any more: a later one took its place. */
  #settleOutdated(): void {
    for (const { asked, settle } of this.#settling) {
      const { composer, draft } = asked;
      const waiting = this.#waiting.get(composer);
      const isAsked = (waiting !== undefined && same(waiting, draft)) || this.#isInHand(composer, draft);
      if (!isAsked && this.#entry(composer, draft) === null) settle({ kind: "superseded" });
    }
  }

  #dropped(port: chrome.runtime.Port): void {
    if (this.#port !== port) return;
    this.#port = null;
    const unread = [...this.#readOn.values()];
    this.#readOn.clear();
    const current = this.#underWay;
    this.#underWay = null;
    if (current !== null && !this.#waiting.has(current.composer))
      this.#waiting.set(current.composer, current.draft);
    // What was being read on is asked again while somebody writes, where nothing later is asked; who waits for it has its
    // first answer, and a moment for more.
    for (const { composer, draft } of unread) {
      if (this.#wanted && this.#entry(composer, draft) !== null && !this.#waiting.has(composer))
        this.#waiting.set(composer, draft);
    }
    this.#settleOutdated();
    if (current !== null || unread.length > 0) this.#drops += 1;
    if (this.#drops >= MOST_DROPS) this.#fail("engine");
    else this.#next();
  }

  #fail(why: "engine" | "off"): void {
    this.#drops = 0;
    const failed = [...this.#waiting];
    this.#waiting.clear();
    for (const [composer, draft] of failed) this.#settle({ composer, draft }, { kind: "failed", why });
  }

  #closeIfIdle(): void {
    const idle = this.#underWay === null && this.#waiting.size === 0 && this.#readOn.size === 0;
    if (!this.#wanted && idle) this.#close();
  }

  #close(): void {
    this.#port?.disconnect();
    this.#port = null;
  }
}
