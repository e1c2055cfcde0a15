// Random orders of what can befall a held submission: its drafts read in part, read, or not at all, written on, put anew by
// the page, forgotten; frames below that answer, hang or hold other words; the panel up, asked again, decided upon. Nothing
// goes that is known to be warned about, or was not read, unless the person said so of exactly these words; and nobody is
// left with a hold that has no panel. A failure names what happened, in the order in which it did, shortest orders first.

import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import type { FromGuard } from "../../extension/src/background/senders.js";
import type { Composer } from "../../extension/src/guard/composers.js";
import type { HoldsNeed } from "../../extension/src/guard/hold.js";
import type { Submission } from "../../extension/src/guard/submission.js";
import type {
  Decision,
  FrameDraft,
  GuardReply,
  GuardRequest,
  GuardState,
  HoldId,
} from "../../extension/src/shared/messages.js";
import type { Review } from "../../extension/src/shared/review.js";
import { draftOf, NO_WORDS, newBox, settled, standForPage } from "../support/held-page.js";
import { numbersFrom } from "../support/random.js";

const LONGEST = 14;
const ORDERS_OF_EACH_LENGTH = 1000;
/** As long as the guard waits at the most. */
const LONG_MS = 2000;

type Verdict = Review["verdict"];

/** What is under way between the guard and the background. */
interface Asked {
  readonly request: GuardRequest;
  readonly era: number;
}
interface Told {
  readonly message: FromGuard;
  readonly answer: (answer: unknown) => void;
}

class Background {
  readonly open = new Set<Asked>();
  readonly told = new Set<Told>();
  era = 0;
  /** The box in which each text was last asked about: one that the page put anew is a box of its own. */
  readonly boxOf = new Map<string, number>();
  reply: (reply: GuardReply) => void = () => undefined;
  drop: () => void = () => undefined;
}
let background = new Background();
let clock = 0;

standForPage({
  connect: () => ({
    onMessage: {
      addListener: (listener: Background["reply"]) => Object.assign(background, { reply: listener }),
    },
    onDisconnect: {
      addListener: (listener: Background["drop"]) => Object.assign(background, { drop: listener }),
    },
    postMessage: (request: GuardRequest) => {
      background.open.add({ request, era: background.era });
      background.boxOf.set(request.draft.text, request.composer);
    },
    disconnect: () => background.open.clear(),
  }),
  sendMessage: (message: FromGuard) =>
    new Promise((answer) => {
      background.told.add({ message, answer });
    }),
});
const { Holds } = await import("../../extension/src/guard/hold.js");
const { Reviews } = await import("../../extension/src/guard/reviews.js");

/** What a text is, once read to its end. */
const truth = (text: string): Verdict => (text.startsWith("risky") ? "warn" : "clear");
const reviewOf = (verdict: Verdict): Review => ({
  verdict,
  identified: true,
  evidence: null,
  findings: [],
  mail: null,
});

class Order {
  readonly #log: string[] = [];
  readonly #next: (below: number) => number;
  readonly #over = new AbortController();
  /** The page's boxes as they stand, with their words. */
  readonly #boxes = new Map<Composer, string>();
  readonly #frames: boolean;
  /** What stands in a frame below, what stood there when it was last asked, and what it was last given leave for. */
  readonly #below: { now: string; asked: string; granted: string | null } = {
    now: "fine below",
    asked: "",
    granted: null,
  };
  /** The latest verdict on each text that the guard was told of, since the last change of the rules. */
  readonly #said = new Map<string, Verdict>();
  /** What the person said might go. */
  #allowed: readonly string[] = [];
  /** A panel that the person can act on. */
  #panel: HoldId | null = null;
  #written = 0;
  /** What the latest change replaced. */
  #undone: string | null = null;
  #isLeft = false;
  #isReadAgain = false;
  /** Something was given up, so that a panel may say that it could not be read. */
  #gaveUp = false;
  /** What an Enter was pressed on, until a panel takes the keyboard. */
  #entered: { readonly composer: Composer; readonly text: string } | null = null;
  readonly #reviews = new Reviews(this.#over.signal, () => undefined);
  readonly #holds: InstanceType<typeof Holds>;

  constructor(seed: number) {
    this.#next = numbersFrom(seed);
    background = new Background();
    this.#frames = this.#next(3) === 0;
    for (let box = 0; box <= this.#next(2); box += 1) this.#boxes.set(newBox(), this.#newText());
    const need: HoldsNeed = {
      reviews: this.#reviews,
      signal: this.#over.signal,
      words: { orphaned: NO_WORDS, unshown: NO_WORDS },
      state: () => ({ frameId: 0, top: true, identity: "detect", allowPostAnyway: true }) as GuardState,
      draftOf: (composer) => draftOf(this.#boxes.get(composer) ?? ""),
      release: async (submission) => this.#released(submission.composers()),
      dim: () => undefined,
      hidePanel: () => undefined,
    };
    this.#holds = new Holds(need);
  }

  async run(length: number): Promise<void> {
    this.#begin();
    for (let step = 0; step < length; step += 1) {
      this.#step();
      await settled();
    }
    await this.#answerEverything();
    this.#check(!this.#holds.busy || this.#panel !== null, "it is held without a panel");
    this.#check(this.#holds.busy || this.#panel === null, "a panel is left of what is over");
    this.#over.abort();
  }

  #check(holds: boolean, complaint: string): void {
    assert.ok(holds, `${complaint}, after: ${this.#log.join("; ")}`);
  }

  #one<T>(of: readonly T[]): T | undefined {
    return of[this.#next(of.length)];
  }

  #newText(): string {
    this.#written += 1;
    return `${this.#next(2) === 0 ? "risky" : "fine"} ${this.#written}`;
  }

  #begin(): void {
    // A box that the page put anew stands for one of these while it holds the very words.
    const pressed = new Map(this.#boxes);
    const words = new Set(pressed.values());
    const composers = () =>
      [...this.#boxes].flatMap(([box, text]) => (pressed.has(box) || words.has(text) ? [box] : []));
    const [[composer, text] = []] = this.#boxes;
    if (composer === undefined || text === undefined) return;
    // An Enter sends no frame's drafts.
    this.#entered = this.#frames || this.#next(2) === 0 ? null : { composer, text };
    const act =
      this.#entered === null ? { kind: "click", control: {} } : { kind: "enter", composer, target: {} };
    this.#log.push(
      `${act.kind} on ${[...this.#boxes.values()].join(", ")}${this.#frames ? " with a frame" : ""}`,
    );
    this.#holds.begin({ act, composers, frames: this.#frames } as unknown as Submission);
  }

  #released(boxes: readonly Composer[]): void {
    const texts = boxes.map((box) => this.#boxes.get(box) ?? "");
    this.#log.push(`${texts.join(", ")} goes`);
    this.#check(!this.#isLeft, "it goes though the page has gone");
    this.#check(this.#panel === null || this.#isTakenAway(this.#panel), "it goes from under its panel");
    if (this.#entered !== null && boxes.includes(this.#entered.composer)) {
      const { composer, text } = this.#entered;
      this.#check(
        !isLonger(this.#boxes.get(composer) ?? "", text),
        "it goes with words written after its Enter",
      );
    }
    const isAllowed = (text: string) => this.#allowed.includes(text);
    const { granted } = this.#below;
    // Where the frame could not be asked in time, the person said that it may go unread.
    const isWaived = this.#allowed.length > 0 && !this.#allowed.some((text) => text.endsWith("below"));
    const isFine =
      granted === null ? this.#allowed.length > 0 : truth(granted) === "clear" || isAllowed(granted);
    this.#check(!this.#frames || isWaived || isFine, "it goes though a frame is warned about");
    if (texts.every(isAllowed)) return;
    for (const text of texts)
      this.#check(this.#said.get(text) === "clear", `it goes though ${text} is ${this.#said.get(text)}`);
  }

  #isTakenAway(panel: HoldId): boolean {
    return [...background.told].some(
      ({ message }) => message.kind === "guard/unhold" && message.hold === panel,
    );
  }

  #step(): void {
    const asked = this.#one([...background.open]);
    const told = this.#one([...background.told]);
    const turn = this.#next(25);
    if (turn < 4 && asked !== undefined) this.#read(asked, false);
    else if (turn < 8 && asked !== undefined) this.#read(asked, true);
    else if (turn === 8 && asked !== undefined) this.#fail(asked);
    else if (turn < 13 && told !== undefined) this.#answer(told);
    else if (turn === 13) this.#write();
    else if (turn === 14) this.#putAnew();
    else if (turn === 15) this.#forget();
    else if (turn === 16) this.#drop();
    else if (turn === 17) this.#decide();
    else if (turn === 18) this.#reviewAgain();
    else if (turn === 19) this.#tryAgain();
    else if (turn === 20) this.#pass(LONG_MS);
    else if (turn === 21) this.#leave();
    else if (turn > 21 && this.#frames) this.#writeBelow();
    else this.#pass(150);
  }

  #read(asked: Asked, complete: boolean): void {
    const { composer, draft } = asked.request;
    const { text } = draft;
    const verdict = complete || this.#next(3) === 0 ? truth(text) : "clear";
    this.#log.push(`${text} is ${complete ? "read" : "read in part"}: ${verdict}`);
    if (complete) background.open.delete(asked);
    const counts = asked.era === background.era && background.boxOf.get(text) === composer;
    if (counts) this.#said.set(text, verdict);
    background.reply({ kind: "review", seq: asked.request.seq, review: reviewOf(verdict), complete });
  }

  #fail(asked: Asked): void {
    this.#log.push(`${asked.request.draft.text} cannot be read`);
    this.#gaveUp = true;
    background.open.delete(asked);
    background.reply({ kind: "failed", seq: asked.request.seq, why: "engine" });
  }

  #answer(told: Told): void {
    const { message, answer } = told;
    background.told.delete(told);
    this.#log.push(`answered: ${message.kind}`);
    if (message.kind === "guard/hold") {
      this.#entered = null;
      this.#show(message.hold);
      answer({ shown: true });
    } else if (message.kind === "guard/ask-frames") {
      const text = this.#below.now;
      const below: FrameDraft = { text, review: reviewOf(truth(text)), complete: true };
      const isThere = this.#next(4) > 0;
      this.#gaveUp ||= !isThere;
      if (isThere) this.#below.asked = text;
      answer(isThere ? { drafts: [below] } : null);
    } else if (message.kind === "guard/grant-frames") {
      const isThere = this.#next(4) > 0;
      this.#below.granted = isThere ? this.#below.now : null;
      answer(isThere ? { granted: this.#below.now === this.#below.asked } : null);
    } else {
      if (message.kind === "guard/unhold" && message.hold === this.#panel) this.#panel = null;
      answer(null);
    }
  }

  #show(hold: HoldId): void {
    const shown = this.#holds.describe(hold);
    if (shown === null) return;
    this.#panel = hold;
    // Read again, there may be nothing left to warn about: then it says that.
    if (this.#isReadAgain) return;
    const warned = shown.drafts.some(({ review }) => review?.verdict === "warn");
    this.#check(warned === (shown.why === "warn"), `the panel says ${shown.why}`);
    this.#check(warned || this.#gaveUp, "the panel says that it could not be read, and nothing hindered it");
  }

  #write(): void {
    const [composer] = this.#boxes.keys();
    if (composer === undefined) return;
    const before = this.#boxes.get(composer) ?? "";
    const text = this.#next(3) === 0 && this.#undone !== null ? this.#undone : this.#newText();
    this.#log.push(`${before} becomes ${text}`);
    this.#undone = before;
    this.#boxes.set(composer, text);
    this.#reviews.need(composer, draftOf(text));
  }

  #writeBelow(): void {
    this.#below.now = `${this.#newText()} below`;
    this.#log.push(`the frame holds ${this.#below.now}`);
  }

  /** As frameworks do: another box with the same words. */
  #putAnew(): void {
    const [old, text] = [...this.#boxes][0] ?? [];
    if (old === undefined || text === undefined) return;
    this.#log.push(`the box of ${text} is put anew`);
    Object.assign(old, { isConnected: false });
    this.#boxes.delete(old);
    const box = newBox();
    this.#boxes.set(box, text);
    if (this.#entered?.composer === old) this.#entered = { composer: box, text: this.#entered.text };
  }

  #forget(): void {
    this.#log.push("the rules change");
    background.era += 1;
    this.#said.clear();
    this.#reviews.forget();
  }

  #drop(): void {
    this.#log.push("the background stops");
    this.#gaveUp = true;
    background.open.clear();
    background.drop();
  }

  #decide(): void {
    const panel = this.#panel;
    if (panel === null) return;
    const decision: Decision = this.#next(3) === 0 ? "edit" : "post";
    const shown = this.#holds.describe(panel);
    this.#log.push(`the person decides: ${decision}`);
    this.#panel = null;
    this.#allowed = decision === "post" ? (shown?.drafts.map(({ text }) => text) ?? []) : [];
    this.#holds.decide(panel, decision);
    if (decision === "edit") this.#check(!this.#holds.busy, "it is held after the person went back");
  }

  #reviewAgain(): void {
    if (this.#panel === null) return;
    this.#log.push("read again");
    this.#isReadAgain = true;
    background.era += 1;
    this.#said.clear();
    void this.#holds.reviewAgain(this.#panel);
  }

  #tryAgain(): void {
    if (this.#holds.busy) {
      this.#log.push("another try");
      this.#holds.remind();
    } else {
      this.#allowed = [];
      this.#isLeft = false;
      this.#isReadAgain = false;
      this.#begin();
    }
  }

  #leave(): void {
    this.#log.push("the page goes");
    this.#panel = null;
    this.#allowed = [];
    this.#holds.abandon();
    // Nobody hears an answer any more.
    background.told.clear();
    this.#isLeft = true;
  }

  #pass(ms: number): void {
    this.#log.push(`${ms} ms`);
    this.#gaveUp ||= ms === LONG_MS;
    clock += ms;
    mock.timers.tick(ms);
  }

  async #answerEverything(): Promise<void> {
    this.#log.push("all is answered");
    for (let round = 0; round < 40; round += 1) {
      const [asked] = background.open;
      const [told] = background.told;
      if (asked !== undefined) this.#read(asked, true);
      else if (told !== undefined) this.#answer(told);
      else if (this.#panel === null && this.#holds.busy) this.#pass(LONG_MS);
      else return;
      await settled();
    }
  }
}

const isLonger = (text: string, than: string) =>
  text.replaceAll(" ", "").length > than.replaceAll(" ", "").length;

describe("a held submission, whatever befalls it", () => {
  it("goes only as read or as the person said, and is never left without a panel", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    mock.method(performance, "now", () => clock);
    mock.method(AbortSignal, "timeout", (ms: number) => {
      const late = new AbortController();
      setTimeout(() => late.abort(), ms);
      return late.signal;
    });
    for (let length = 1; length <= LONGEST; length += 1) {
      for (let at = 0; at < ORDERS_OF_EACH_LENGTH; at += 1) {
        await new Order(length * ORDERS_OF_EACH_LENGTH + at).run(length);
      }
    }
    mock.restoreAll();
    mock.timers.reset();
  });
});
