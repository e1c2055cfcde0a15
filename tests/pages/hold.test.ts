// A held submission between what was read of it and what becomes of it: a warning wins over what could not be read, and
// an Enter is never made again on words that were written after it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Composer } from "../../extension/src/guard/composers.js";
import type { HoldsNeed } from "../../extension/src/guard/hold.js";
import type { Outcome, Reviews } from "../../extension/src/guard/reviews.js";
import type { Submission } from "../../extension/src/guard/submission.js";
import type { FrameDraft, GuardState, HoldId } from "../../extension/src/shared/messages.js";
import type { Review } from "../../extension/src/shared/review.js";
import { draftOf, NO_WORDS, newBox, standForPage } from "../support/held-page.js";
import { until } from "../support/wait.js";

/** What the guard said to the background. */
let told: { readonly kind: string; readonly hold?: HoldId }[] = [];
let below: readonly FrameDraft[] = [];
standForPage({
  sendMessage: async (message: { readonly kind: string; readonly hold?: HoldId }) => {
    told.push(message);
    return message.kind === "guard/ask-frames" ? { drafts: below } : { shown: true };
  },
});
const { Holds } = await import("../../extension/src/guard/hold.js");

const review = (verdict: "clear" | "warn") => ({ verdict, findings: [] }) as unknown as Review;
const reviewed = (verdict: "clear" | "warn"): Outcome => ({
  kind: "review",
  review: review(verdict),
  complete: true,
});
const UNREAD: Outcome = { kind: "failed", why: "engine" };

/** A box with words in it, and what becomes of their reading. */
interface Box {
  text: string;
  readonly outcome: Promise<Outcome>;
  known: Review | null;
}

function hold(boxes: readonly Box[], act: "click" | "enter", frames = false) {
  told = [];
  const composers = new Map(boxes.map((box) => [newBox(), box]));
  const all = new Map(composers);
  const boxOf = (composer: Composer) => all.get(composer) as Box;
  const released: string[][] = [];
  const reviews = {
    settled: async (composer: Composer) => {
      const outcome = await boxOf(composer).outcome;
      if (outcome.kind === "review") boxOf(composer).known = outcome.review;
      return outcome;
    },
    found: (composer: Composer) => ({
      review: boxOf(composer).known,
      complete: boxOf(composer).known !== null,
    }),
  } as unknown as Reviews;
  const [first] = composers.keys();
  const submission = {
    act: { kind: act, composer: first, control: first },
    composers: () => [...composers.keys()],
    frames,
  } as unknown as Submission;
  const need: HoldsNeed = {
    reviews,
    signal: new AbortController().signal,
    words: { orphaned: NO_WORDS, unshown: NO_WORDS },
    state: () => ({ frameId: 0, top: true, identity: "detect", allowPostAnyway: false }) as GuardState,
    draftOf: (composer) => draftOf(boxOf(composer).text),
    release: async (held) => {
      released.push(held.composers().map((composer) => boxOf(composer).text));
    },
    dim: () => undefined,
    hidePanel: () => undefined,
  };
  const holds = new Holds(need);
  holds.begin(submission);
  return { holds, released, takeAway: () => composers.clear() };
}

/** Why the panel says that it holds. */
async function shownWhy(holds: InstanceType<typeof Holds>): Promise<string | undefined> {
  const { hold } = await until("the panel", () => told.find(({ kind }) => kind === "guard/hold") ?? null);
  return holds.describe(hold as HoldId)?.why;
}

const box = (outcome: Outcome): Box => ({
  text: "Some words.",
  outcome: Promise.resolve(outcome),
  known: null,
});
const WARNED = () => box(reviewed("warn"));
const NOT_READ = () => box(UNREAD);

describe("a submission of which one part is warned about and another could not be read", () => {
  it("is held for the warning", async () => {
    assert.equal(await shownWhy(hold([NOT_READ(), WARNED()], "click").holds), "warn");
  });

  it("is held for the warning in a frame below", async () => {
    below = [{ text: "Some words.", review: review("warn"), complete: true }];
    assert.equal(await shownWhy(hold([NOT_READ()], "click", true).holds), "warn");
  });

  it("is held for the warning where the time ran out", async (t) => {
    t.mock.method(AbortSignal, "timeout", () => {
      const soon = new AbortController();
      setImmediate(() => soon.abort());
      return soon.signal;
    });
    const never = new Promise<Outcome>(() => undefined);
    const boxes = [
      { text: "Some words.", outcome: never, known: null },
      { text: "Other words.", outcome: never, known: review("warn") },
    ];
    assert.equal(await shownWhy(hold(boxes, "click").holds), "warn");
  });

  it("is held for a warning of its first answer, where its reading broke down then", async () => {
    assert.equal(await shownWhy(hold([{ ...NOT_READ(), known: review("warn") }], "click").holds), "warn");
  });

  it("is held as unread where nothing was warned about", async () => {
    assert.equal(await shownWhy(hold([NOT_READ(), box(reviewed("clear"))], "click").holds), "unread");
  });
});

/** A box of which nothing is known until the reading comes. */
function waiting(text: string): { readonly box: Box; readonly answer: (outcome: Outcome) => void } {
  let answer: (outcome: Outcome) => void = () => undefined;
  const outcome = new Promise<Outcome>((resolve) => {
    answer = resolve;
  });
  return { box: { text, outcome, known: null }, answer };
}

const over = (holds: InstanceType<typeof Holds>) =>
  until("the hold to be over", () => (holds.busy ? null : true));

describe("an Enter that waits for the reading of its draft", () => {
  for (const [verdict, what] of [
    ["clear", "clean"],
    ["warn", "risky"],
  ] as const) {
    it(`goes no further where the person has written on, ${what} as the words are`, async () => {
      const { box, answer } = waiting("yes");
      const { holds, released } = hold([box], "enter");
      box.text = "yesI thi";
      answer(reviewed(verdict));
      await over(holds);
      assert.deepEqual(released, []);
      assert.ok(!told.some(({ kind }) => kind === "guard/hold"));
    });
  }

  it("goes no further where the page took its box away, whatever is found of the words", async () => {
    const { box, answer } = waiting("yes");
    const { holds, released, takeAway } = hold([box], "enter");
    takeAway();
    answer(reviewed("warn"));
    await over(holds);
    assert.deepEqual(released, []);
    assert.ok(!told.some(({ kind }) => kind === "guard/hold"));
  });

  it("is made again on the words that it was pressed on", async () => {
    const { box, answer } = waiting("yes");
    const { holds, released } = hold([box], "enter");
    answer(reviewed("clear"));
    await over(holds);
    assert.deepEqual(released, [["yes"]]);
  });

  it("is made again where the page only set the lines otherwise", async () => {
    const { box, answer } = waiting("yes");
    const { holds, released } = hold([box], "enter");
    box.text = "yes\n";
    answer(reviewed("clear"));
    await over(holds);
    assert.deepEqual(released, [["yes\n"]]);
  });

  it("asks once more where the page changed the words under the panel", async () => {
    const { box, answer } = waiting("yes");
    const { holds } = hold([box], "enter");
    answer(reviewed("warn"));
    await shownWhy(holds);
    const { hold: id } = told.find(({ kind }) => kind === "guard/hold") ?? {};
    told = [];
    box.text = "yes and no";
    assert.ok(holds.decide(id as HoldId, "post"));
    assert.equal(await shownWhy(holds), "warn");
  });

  it("a press of a button on words that grew is read anew, and goes", async () => {
    const { box, answer } = waiting("yes");
    const { holds, released } = hold([box], "click");
    box.text = "yes and no";
    answer(reviewed("clear"));
    await over(holds);
    assert.deepEqual(released, [["yes and no"]]);
  });
});
