// What the guard asks the background, and who is told of the answers.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Composer } from "../../extension/src/guard/composers.js";
import type { DraftReading, GuardReply, GuardRequest } from "../../extension/src/shared/messages.js";
import type { Review } from "../../extension/src/shared/review.js";
import { within } from "../support/wait.js";

/** What was asked of the background, which answers nothing by itself. */
const asked: GuardRequest[] = [];
let answer: (reply: GuardReply) => void = () => undefined;
/** Stops the background. */
let drop: () => void = () => undefined;
Object.assign(globalThis, {
  chrome: {
    runtime: {
      id: "abcdefghijklmnopabcdefghijklmnop",
      connect: () => ({
        onMessage: {
          addListener: (listener: typeof answer) => {
            answer = listener;
          },
        },
        onDisconnect: {
          addListener: (listener: typeof drop) => {
            drop = listener;
          },
        },
        postMessage: (request: GuardRequest) => asked.push(request),
        disconnect: () => undefined,
      }),
    },
  },
});
const { Reviews } = await import("../../extension/src/guard/reviews.js");

const draft = (text: string): DraftReading => ({ text, surface: null, displayName: null, handle: null });

describe("a draft that waits to be read", () => {
  it("is settled as superseded where the draft under way stands there again", async () => {
    const over = new AbortController();
    const reviews = new Reviews(over.signal, () => undefined);
    const composer = {} as Composer;
    reviews.need(composer, draft("One"));
    assert.deepEqual(
      asked.map((request) => request.draft.text),
      ["One"],
    );
    const second = reviews.settled(composer, draft("One and two"), over.signal);
    reviews.need(composer, draft("One"));
    assert.deepEqual(await within("the second draft to be settled", second, 1000), { kind: "superseded" });
    over.abort();
  });
});

describe("a draft that is read on after its first answer", () => {
  const review = (verdict: Review["verdict"]): Review => ({
    verdict,
    identified: true,
    evidence: null,
    findings: [],
    mail: null,
  });

  /** A draft that somebody waits for, when the rules have answered. */
  function waitedFor() {
    const over = new AbortController();
    const reviews = new Reviews(over.signal, () => undefined);
    const composer = {} as Composer;
    reviews.need(composer, draft("One"));
    const settled = reviews.settled(composer, draft("One"), over.signal);
    answer({ kind: "review", seq: asked.at(-1)?.seq ?? 0, review: review("clear"), complete: false });
    return { over, reviews, composer, settled };
  }

  it("is told of each answer, waits for the whole one, and is settled with the latest where that stays out", async () => {
    const over = new AbortController();
    const told: (readonly [Review["verdict"], boolean])[] = [];
    const reviews = new Reviews(over.signal, (_, __, { verdict }, complete) =>
      told.push([verdict, complete]),
    );
    const composer = {} as Composer;
    const begin = (text: string) => {
      reviews.need(composer, draft(text));
      const seq = asked.at(-1)?.seq ?? 0;
      return {
        settled: reviews.settled(composer, draft(text), over.signal),
        say: (verdict: Review["verdict"], complete: boolean) =>
          answer({ kind: "review", seq, review: review(verdict), complete }),
      };
    };
    const first = begin("One");
    first.say("clear", false);
    first.say("notice", false);
    assert.equal(reviews.complete(composer, draft("One")), null);
    first.say("warn", true);
    assert.deepEqual(told, [
      ["clear", false],
      ["notice", false],
      ["warn", true],
    ]);
    const whole = await within("the whole answer", first.settled, 1000);
    assert.ok(whole.kind === "review" && whole.complete && whole.review.verdict === "warn");

    const second = begin("One and two");
    second.say("clear", false);
    second.say("notice", false);
    const soon = await within("what is known by then", second.settled, 1000);
    assert.ok(soon.kind === "review" && !soon.complete && soon.review.verdict === "notice");
    over.abort();
  });

  it("is asked for again where a later draft ended its reading and was then undone", async () => {
    const over = new AbortController();
    const reviews = new Reviews(over.signal, () => undefined);
    const composer = {} as Composer;
    const last = () => asked.at(-1) ?? assert.fail("nothing was asked");
    const answerLast = (complete: boolean) =>
      answer({ kind: "review", seq: last().seq, review: review("clear"), complete });
    reviews.need(composer, draft("One"));
    answerLast(false);
    reviews.need(composer, draft("One!"));
    reviews.need(composer, draft("One"));
    assert.equal(last().draft.text, "One!");
    answerLast(false);
    assert.equal(last().draft.text, "One");
    answerLast(true);
    assert.ok(reviews.complete(composer, draft("One")) !== null, "it was not read");
    over.abort();
  });

  it("is not settled by what was forgotten, and is read anew for whoever waits", async () => {
    const { over, reviews, settled } = waitedFor();
    const before = asked.length;
    reviews.forget();
    assert.equal(asked.length, before + 1, "it was not asked for again");
    answer({ kind: "review", seq: asked.at(-1)?.seq ?? 0, review: review("warn"), complete: true });
    const outcome = await within("the new answer", settled, 1000);
    assert.ok(outcome.kind === "review" && outcome.review.verdict === "warn");
    over.abort();
  });

  it("gives way to the later draft that is under way when what was known is forgotten", async () => {
    const { over, reviews, composer, settled } = waitedFor();
    reviews.need(composer, draft("One!"));
    reviews.forget();
    assert.equal(asked.at(-1)?.draft.text, "One!");
    assert.deepEqual(await within("the earlier draft to be settled", settled, 1000), { kind: "superseded" });
    over.abort();
  });

  it("gives way to the later draft that is under way when the background stops", async () => {
    const { over, reviews, composer } = waitedFor();
    reviews.want(true);
    const later = reviews.settled(composer, draft("One!"), over.signal);
    drop();
    const { seq, draft: again } = asked.at(-1) ?? assert.fail("nothing was asked");
    assert.equal(again.text, "One!");
    answer({ kind: "review", seq, review: review("warn"), complete: true });
    const outcome = await within("the later draft to be settled", later, 1000);
    assert.ok(outcome.kind === "review" && outcome.review.verdict === "warn");
    over.abort();
  });

  it("is not taken for whole where its reading broke down", () => {
    const over = new AbortController();
    const reviews = new Reviews(over.signal, () => undefined);
    const composer = {} as Composer;
    reviews.need(composer, draft("One"));
    const { seq } = asked.at(-1) ?? assert.fail("nothing was asked");
    answer({ kind: "review", seq, review: review("clear"), complete: false });
    answer({ kind: "failed", seq, why: "engine" });
    assert.equal(reviews.complete(composer, draft("One")), null);
    over.abort();
  });
});
