// A held submission and the reviews that it waits for, both real: what is decided when answers come late, in parts, or
// for words that have changed meanwhile.

import assert from "node:assert/strict";
import { afterEach, describe, it, type TestContext } from "node:test";
import type { FromGuard } from "../../extension/src/background/senders.js";
import type { HoldsNeed } from "../../extension/src/guard/hold.js";
import type { Submission } from "../../extension/src/guard/submission.js";
import type {
  FrameDraft,
  GuardReply,
  GuardRequest,
  GuardState,
  HoldId,
} from "../../extension/src/shared/messages.js";
import type { Review } from "../../extension/src/shared/review.js";
import { draftOf, NO_WORDS, newBox, settled, standForPage } from "../support/held-page.js";

/** What was asked of the background, which answers nothing by itself. */
let asked: GuardRequest[] = [];
let told: FromGuard[] = [];
let answer: (reply: GuardReply) => void = () => undefined;
let answerFrames: (drafts: readonly FrameDraft[]) => void = () => undefined;
/** What a frame says when it may let go; one that hangs says nothing. */
let granted: Promise<{ readonly granted: boolean }> = Promise.resolve({ granted: true });
const PORT = {
  onMessage: {
    addListener: (listener: typeof answer) => {
      answer = listener;
    },
  },
  onDisconnect: { addListener: () => undefined },
  postMessage: (request: GuardRequest) => asked.push(request),
  disconnect: () => undefined,
};
function sendMessage(message: FromGuard): Promise<unknown> {
  told.push(message);
  if (message.kind === "guard/grant-frames") return granted;
  if (message.kind !== "guard/ask-frames") return Promise.resolve({ shown: true });
  return new Promise((resolve) => {
    answerFrames = (drafts) => resolve({ drafts });
  });
}
standForPage({ connect: () => PORT, sendMessage });
const { Holds } = await import("../../extension/src/guard/hold.js");
const { Reviews } = await import("../../extension/src/guard/reviews.js");

const review = (verdict: Review["verdict"]): Review => ({
  verdict,
  identified: true,
  evidence: null,
  findings: [],
  mail: null,
});

let over = new AbortController();
afterEach(() => over.abort());

/** A submission of these texts, held; time stands still until it is told to pass. */
function hold(context: TestContext, texts: readonly string[], frames = false) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const tooLate = new AbortController();
  context.mock.method(AbortSignal, "timeout", () => tooLate.signal);
  asked = [];
  told = [];
  over = new AbortController();
  const boxes = new Map(texts.map((text) => [newBox(), text]));
  const composers = [...boxes.keys()];
  const reviews = new Reviews(over.signal, () => undefined);
  const released: string[][] = [];
  const need: HoldsNeed = {
    reviews,
    signal: over.signal,
    words: { orphaned: NO_WORDS, unshown: NO_WORDS },
    state: () => ({ frameId: 0, top: true, identity: "detect", allowPostAnyway: true }) as GuardState,
    draftOf: (composer) => draftOf(boxes.get(composer) ?? ""),
    release: async () => {
      released.push([...boxes.values()]);
    },
    dim: () => undefined,
    hidePanel: () => undefined,
  };
  const holds = new Holds(need);
  const act = { kind: "click", control: composers[0] };
  holds.begin({ act, composers: () => composers, frames } as unknown as Submission);
  return {
    holds,
    released,
    /** The page, or the person, sets other words. */
    rewrite: (text: string) => {
      const [first] = composers;
      if (first === undefined) throw new Error("no composer");
      boxes.set(first, text);
      reviews.need(first, draftOf(text));
    },
    pass: async (ms: number) => {
      context.mock.timers.tick(ms);
      await settled();
    },
    /** Nobody waits for answers any more. */
    endWait: async () => {
      tooLate.abort();
      await settled();
    },
  };
}

async function answerTo(text: string, verdict: Review["verdict"], complete: boolean): Promise<void> {
  const request = asked.findLast((one) => one.draft.text === text) ?? assert.fail(`not asked: ${text}`);
  answer({ kind: "review", seq: request.seq, review: review(verdict), complete });
  await settled();
}

const shown = (): HoldId | undefined =>
  told.flatMap((message) => (message.kind === "guard/hold" ? [message.hold] : []))[0];

describe("a draft that is warned about while something else is still waited for", () => {
  it("is held, where that is a frame below", async (context) => {
    const { released, pass } = hold(context, ["One"], true);
    await answerTo("One", "clear", false);
    await pass(300);
    await answerTo("One", "warn", true);
    answerFrames([{ text: "Below", review: review("clear"), complete: true }]);
    await settled();
    assert.deepEqual(released, []);
    assert.ok(shown() !== undefined, "nobody is told");
  });

  it("is held, where that is another draft", async (context) => {
    const { released, pass } = hold(context, ["One", "Two"]);
    await answerTo("One", "clear", false);
    await pass(100);
    await answerTo("Two", "clear", false);
    await pass(200);
    await answerTo("One", "warn", true);
    await pass(100);
    assert.deepEqual(released, []);
    assert.ok(shown() !== undefined, "nobody is told");
  });
});

describe("a held submission", () => {
  it("goes by the review of the words that stand there, where they changed while it was waited for", async (context) => {
    const { holds, released, rewrite } = hold(context, ["One "]);
    rewrite("One");
    await answerTo("One ", "clear", false);
    await answerTo("One", "clear", false);
    await answerTo("One", "clear", true);
    assert.deepEqual([released, holds.busy], [[["One"]], false]);
  });

  it("does not go with words that were read after the person decided on others", async (context) => {
    let grant: (answer: { readonly granted: boolean }) => void = () => undefined;
    granted = new Promise((resolve) => {
      grant = resolve;
    });
    const { holds, released, rewrite } = hold(context, ["One"], true);
    await answerTo("One", "warn", true);
    answerFrames([]);
    await settled();
    const panel = shown() ?? assert.fail("nobody is told");
    void holds.reviewAgain(panel);
    await settled();
    assert.ok(holds.decide(panel, "post"));
    rewrite("Two");
    await answerTo("One", "warn", true);
    answerFrames([]);
    await settled();
    await answerTo("Two", "warn", true);
    grant({ granted: true });
    await settled();
    assert.deepEqual(released, []);
  });

  it("goes, once the person said so, past a frame that hangs", async (context) => {
    granted = new Promise(() => undefined);
    const { holds, released, endWait, pass } = hold(context, ["One"], true);
    await answerTo("One", "warn", true);
    await endWait();
    assert.ok(holds.decide(shown() ?? assert.fail("nobody is told"), "post"));
    await pass(2000);
    assert.deepEqual([released, holds.busy], [[["One"]], false]);
  });
});
