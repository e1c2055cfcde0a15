// Random orders of what can befall drafts while they are read: written on, waited for, answered in part, answered with a
// failure, the background stopped, the rules changed. Whoever waits must hear of exactly their draft, and what was written
// last must be read in the end. A failure names what happened, in the order in which it did, shortest orders first.

import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import type { Composer } from "../../extension/src/guard/composers.js";
import type { Outcome } from "../../extension/src/guard/reviews.js";
import type { DraftReading, GuardReply, GuardRequest } from "../../extension/src/shared/messages.js";
import type { Review } from "../../extension/src/shared/review.js";
import { numbersFrom } from "../support/random.js";

const LONGEST = 14;
const ORDERS_OF_EACH_LENGTH = 1000;
const TEXTS = ["One", "Two", "Three"];
/** How long somebody waits on after the first answer, in milliseconds. */
const MEANING_WITHIN = 300;
/** The guard gives a background up that stops this often without a last answer. */
const MOST_DROPS = 3;

interface Asked {
  readonly request: GuardRequest;
  /** How often everything had been forgotten when it was asked. */
  readonly era: number;
}

/** The other end of a port: what was asked through it and has had no last answer. */
class Line {
  readonly open = new Set<Asked>();
  reply: (reply: GuardReply) => void = () => undefined;
  drop: () => void = () => undefined;
}

class Background {
  line: Line | null = null;
  era = 0;
  asked = 0;
  refusesPorts = false;
  /** How many requests to come find their port gone. */
  breaks = 0;
  /** Somebody writes. */
  wanted = false;
  /** Since the last whole answer. */
  drops = 0;
  /** Something was given up, as it may be: what was written last need not be read until it is asked for again. */
  gaveUp = false;

  /** Where nobody writes, what was being read on is left until it is asked for. */
  stops(): void {
    this.drops += 1;
    this.gaveUp ||= !this.wanted || this.drops >= MOST_DROPS;
  }
}
let background = new Background();

function connect() {
  if (background.refusesPorts) throw new Error("no background");
  const line = new Line();
  background.line = line;
  return {
    onMessage: { addListener: (listener: Line["reply"]) => Object.assign(line, { reply: listener }) },
    onDisconnect: { addListener: (listener: Line["drop"]) => Object.assign(line, { drop: listener }) },
    postMessage: (request: GuardRequest) => {
      if (background.breaks > 0) {
        background.breaks -= 1;
        background.stops();
        throw new Error("the port went");
      }
      background.asked += 1;
      line.open.add({ request, era: background.era });
    },
    disconnect: () => {
      if (background.line === line) background.line = null;
    },
  };
}
Object.assign(globalThis, { chrome: { runtime: { id: "abcdefghijklmnopabcdefghijklmnop", connect } } });
const { Reviews } = await import("../../extension/src/guard/reviews.js");

const draft = (text: string): DraftReading => ({ text, surface: null, displayName: null, handle: null });

/** A review that says of which text, and since which change of the rules. */
const reviewOf = ({ request, era }: Asked): Review => ({
  verdict: "clear",
  identified: true,
  evidence: `${request.draft.text} ${era}`,
  findings: [],
  mail: null,
});

class Order {
  readonly #log: string[] = [];
  readonly #next: (below: number) => number;
  readonly #over = new AbortController();
  readonly #composers = [{} as Composer, {} as Composer, {} as Composer];
  readonly #latest = new Map<Composer, string>();
  /** Where what was written last is to be read in the end. */
  readonly #due = new Set<Composer>();
  readonly #pending = new Set<string>();
  readonly #reviews = new Reviews(this.#over.signal, (_, { text }, { evidence }) =>
    this.#check(evidence === `${text} ${background.era}`, `it is told of ${evidence} for ${text}`),
  );

  constructor(seed: number) {
    this.#next = numbersFrom(seed);
    background = new Background();
  }

  async run(length: number): Promise<void> {
    for (let step = 0; step < length; step += 1) {
      this.#step();
      await settled();
    }
    await this.#answerEverything();
    this.#check(this.#pending.size === 0, `nobody told who waits for ${[...this.#pending].join(", ")}`);
    for (const composer of background.gaveUp ? [] : this.#due) {
      const whole = this.#reviews.complete(composer, this.#latestIn(composer));
      this.#check(
        whole !== null,
        `what was written last in ${this.#composers.indexOf(composer)} is not read`,
      );
    }
    this.#over.abort();
  }

  #check(holds: boolean, complaint: string): void {
    assert.ok(holds, `${complaint}, after: ${this.#log.join("; ")}`);
  }

  #named(composer: Composer, text: string): string {
    return `${text} in ${this.#composers.indexOf(composer)}`;
  }

  #one<T>(of: readonly T[]): T | undefined {
    return of[this.#next(of.length)];
  }

  #step(): void {
    const composer = this.#one(this.#composers.slice(0, 1 + this.#next(3)));
    const text = this.#one(TEXTS);
    const asked = this.#one([...(background.line?.open ?? [])]);
    if (composer === undefined || text === undefined) return;
    const turn = this.#next(20);
    if (turn < 5) this.#need(composer, text);
    else if (turn < 9) this.#wait(composer, text);
    else if (turn < 11 && asked !== undefined) this.#answer(asked, false);
    else if (turn < 13 && asked !== undefined) this.#answer(asked, true);
    else if (turn === 13 && asked !== undefined) this.#fail(asked);
    else if (turn === 14) this.#drop();
    else if (turn === 15) this.#break();
    else if (turn === 16) this.#forget();
    else if (turn === 17) this.#want();
    else if (turn === 18) this.#refusePorts();
    else this.#pass(MEANING_WITHIN / 2);
  }

  #write(composer: Composer, text: string): void {
    this.#latest.set(composer, text);
    this.#due.add(composer);
  }

  #latestIn(composer: Composer): DraftReading {
    return draft(this.#latest.get(composer) ?? "");
  }

  #need(composer: Composer, text: string): void {
    this.#log.push(`need ${this.#named(composer, text)}`);
    this.#write(composer, text);
    this.#reviews.need(composer, draft(text));
  }

  #wait(composer: Composer, text: string): void {
    const name = `${this.#named(composer, text)} (${this.#log.length})`;
    this.#log.push(`wait for ${name}`);
    // What is known in full is given, and asks for nothing.
    if (this.#reviews.complete(composer, draft(text)) === null) this.#write(composer, text);
    this.#pending.add(name);
    void this.#reviews.settled(composer, draft(text), this.#over.signal).then((outcome) => {
      if (this.#over.signal.aborted) return;
      this.#pending.delete(name);
      this.#log.push(`${name} hears ${outcome.kind}`);
      this.#hears(composer, text, outcome);
    });
  }

  #hears(composer: Composer, text: string, outcome: Outcome): void {
    if (outcome.kind === "review") {
      const { evidence } = outcome.review;
      this.#check(evidence === `${text} ${background.era}`, `${evidence} was heard for ${text}`);
    } else if (outcome.kind === "superseded") {
      this.#check(this.#latest.get(composer) !== text, `${text} gave way to an earlier draft`);
    } else this.#check(background.gaveUp, "a failure was heard of where there was none");
  }

  #answer(asked: Asked, complete: boolean): void {
    this.#log.push(`${asked.request.draft.text} is ${complete ? "read" : "read in part"}`);
    const { seq, composer } = asked.request;
    for (const earlier of background.line?.open ?? []) {
      // The last answer to an earlier draft may have been on its way, but not behind this one.
      const { request } = earlier;
      if (request.composer === composer && request.seq < seq) background.line?.open.delete(earlier);
    }
    if (complete) {
      if (asked.era === background.era) background.drops = 0;
      background.line?.open.delete(asked);
    }
    background.line?.reply({
      kind: "review",
      seq,
      review: reviewOf(asked),
      complete,
    });
  }

  #fail(asked: Asked): void {
    this.#log.push(`${asked.request.draft.text} cannot be read`);
    background.gaveUp = true;
    background.line?.open.delete(asked);
    background.line?.reply({ kind: "failed", seq: asked.request.seq, why: "engine" });
  }

  #drop(): void {
    const { line } = background;
    if (line === null) return;
    const isKept = this.#next(2) === 0;
    this.#log.push(isKept ? "the page goes and comes back" : "the background stops");
    background.line = null;
    background.stops();
    if (isKept) this.#reviews.comeBack();
    else line.drop();
  }

  #break(): void {
    background.breaks = this.#next(2) === 0 ? 1 : Number.POSITIVE_INFINITY;
    this.#log.push(`${background.breaks} requests find no port`);
  }

  #forget(): void {
    this.#log.push("forget");
    background.era += 1;
    // What was known is read anew when somebody needs it; what is still asked for goes on being asked for.
    for (const composer of this.#due) {
      if (this.#reviews.known(composer, this.#latestIn(composer)) !== null) this.#due.delete(composer);
    }
    this.#reviews.forget();
  }

  #want(): void {
    background.wanted = !background.wanted;
    this.#log.push(background.wanted ? "somebody writes" : "nobody writes");
    this.#reviews.want(background.wanted);
  }

  #refusePorts(): void {
    background.refusesPorts = !background.refusesPorts;
    this.#log.push(background.refusesPorts ? "no ports" : "ports");
    background.gaveUp = true;
  }

  #pass(ms: number): void {
    this.#log.push(`${ms} ms`);
    mock.timers.tick(ms);
  }

  async #answerEverything(): Promise<void> {
    this.#log.push("all is answered");
    background.refusesPorts = false;
    background.breaks = 0;
    const before = background.asked;
    for (let asked = nextAsked(); asked !== undefined; asked = nextAsked()) {
      this.#answer(asked, false);
      if (background.line?.open.has(asked)) this.#answer(asked, true);
      await settled();
      this.#check(background.asked - before < 20, "it goes on asking");
    }
    this.#pass(MEANING_WITHIN);
    await settled();
  }
}

const nextAsked = () => [...(background.line?.open ?? [])].at(-1);

/** Whoever waited has heard by then. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("drafts, whatever befalls them", () => {
  it("are read in the end, and whoever waits for one hears of it", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    for (let length = 1; length <= LONGEST; length += 1) {
      for (let at = 0; at < ORDERS_OF_EACH_LENGTH; at += 1) {
        await new Order(length * ORDERS_OF_EACH_LENGTH + at).run(length);
      }
    }
    mock.timers.reset();
  });
});
