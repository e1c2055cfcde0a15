// Gets drafts reviewed and keeps, for each composer, the review of the text it was last asked about. One request is
// under way at a time and the latest draft of a composer replaces an earlier one that waits. The port is open only
// while it is wanted; when the background was stopped meanwhile, what was not answered is asked again.

import type { DraftReading, GuardReply, GuardRequest } from "../shared/messages.js";
import type { Review } from "../shared/review.js";
import { isOrphaned } from "./channel.js";
import type { Composer } from "./composers.js";

export type Outcome =
  | { readonly kind: "review"; readonly review: Review }
  /** A later draft of the same composer took its place before it was read. */
  | { readonly kind: "superseded" }
  | { readonly kind: "failed"; readonly why: "engine" | "off" };

interface Asked {
  readonly composer: Composer;
  readonly draft: DraftReading;
}

/** A port that drops this often without an answer leads nowhere. */
const MOST_DROPS = 3;

const same = (a: DraftReading, b: DraftReading) =>
  a.text === b.text && a.displayName === b.displayName && a.handle === b.handle && a.surface === b.surface;

export class Reviews {
  readonly #known = new WeakMap<Composer, { readonly draft: DraftReading; readonly review: Review }>();
  readonly #waiting = new Map<Composer, DraftReading>();
  readonly #settling = new Set<{ readonly asked: Asked; readonly settle: (outcome: Outcome) => void }>();
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
    readonly onReview: (composer: Composer, draft: DraftReading, review: Review) => void,
  ) {
    signal.addEventListener("abort", () => {
      this.#waiting.clear();
      for (const { settle } of this.#settling) settle({ kind: "failed", why: "off" });
      this.#settling.clear();
      this.#underWay = null;
      this.#close();
    });
  }

  /** The review of exactly this draft, where it is here. */
  known(composer: Composer, draft: DraftReading): Review | null {
    const known = this.#known.get(composer);
    if (known === undefined || !same(known.draft, draft) || this.#eras.get(known.review) !== this.#era)
      return null;
    return known.review;
  }

  /** Asks for a draft's review unless it is here or already asked for. */
  need(composer: Composer, draft: DraftReading): void {
    if (this.known(composer, draft) !== null) {
      this.#waiting.delete(composer);
      return;
    }
    const current = this.#underWay;
    if (current !== null && current.composer === composer && same(current.draft, draft)) {
      this.#waiting.delete(composer);
      return;
    }
    const earlier = this.#waiting.get(composer);
    this.#waiting.set(composer, draft);
    if (earlier !== undefined && !same(earlier, draft)) {
      this.#settle({ composer, draft: earlier }, { kind: "superseded" });
    }
    this.#next();
  }

  /** Resolves when exactly this draft has been reviewed or could not be. The caller bounds the wait. */
  settled(composer: Composer, draft: DraftReading, signal: AbortSignal): Promise<Outcome> {
    const review = this.known(composer, draft);
    if (review !== null) return Promise.resolve({ kind: "review", review });
    return new Promise((resolve) => {
      const entry = {
        asked: { composer, draft },
        settle: (outcome: Outcome) => {
          this.#settling.delete(entry);
          resolve(outcome);
        },
      };
      this.#settling.add(entry);
      signal.addEventListener("abort", () => this.#settling.delete(entry), { once: true });
      this.need(composer, draft);
    });
  }

  /** Whoever appears differently from now on, or is read by other rules, has everything read anew. */
  forget(): void {
    this.#era = {};
    const current = this.#underWay;
    this.#underWay = null;
    if (current !== null && !this.#waiting.has(current.composer))
      this.#waiting.set(current.composer, current.draft);
    this.#next();
  }

  /** Opens the line while the person writes, so that the background is awake when the first word comes. */
  want(wanted: boolean): void {
    this.#wanted = wanted;
    if (wanted) this.#connect();
    else this.#closeIfIdle();
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
    const request: GuardRequest = { kind: "review", seq: this.#seq, draft };
    try {
      port.postMessage(request);
    } catch {
      // The port went just now; its disconnection may have been told already, so it is handled here.
      this.#dropped(port);
    }
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
    if (current === null || reply.seq !== current.seq) return;
    this.#underWay = null;
    this.#drops = 0;
    if (reply.kind === "review") {
      this.#known.set(current.composer, { draft: current.draft, review: reply.review });
      this.#eras.set(reply.review, this.#era);
      this.#settle(current, { kind: "review", review: reply.review });
      this.onReview(current.composer, current.draft, reply.review);
    } else {
      this.#settle(current, { kind: "failed", why: reply.why });
    }
    this.#next();
  }

  #settle(asked: Asked, outcome: Outcome): void {
    for (const entry of [...this.#settling]) {
      if (entry.asked.composer === asked.composer && same(entry.asked.draft, asked.draft))
        entry.settle(outcome);
    }
  }

  #dropped(port: chrome.runtime.Port): void {
    if (this.#port !== port) return;
    this.#port = null;
    const current = this.#underWay;
    this.#underWay = null;
    if (current !== null) {
      this.#drops += 1;
      if (!this.#waiting.has(current.composer)) this.#waiting.set(current.composer, current.draft);
    }
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
    if (!this.#wanted && this.#underWay === null && this.#waiting.size === 0) this.#close();
  }

  #close(): void {
    this.#port?.disconnect();
    this.#port = null;
  }
}
