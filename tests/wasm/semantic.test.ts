// The semantic reviewer's module as it ships, with the weights that ship: it reads as the native command does, one
// segment a step, and costs little for what it remembers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { initSync, Memory, SemanticReader } from "../../extension/generated/semantic.js";
import type { Draft, Review } from "../../extension/src/shared/review.js";
import { builtin, corpus, type NativeReview, native, ROOT } from "./module.js";

initSync({ module: readFileSync(`${ROOT}/extension/generated/semantic_bg.wasm`) });
const weights = new Uint8Array(readFileSync(`${ROOT}/model/reviewer.bin`));
const reader = new SemanticReader(weights);
const engine = builtin();

function readings(text: string, memory: Memory): { read: ReturnType<typeof JSON.parse>; steps: number } {
  const passage = reader.begin(text);
  let steps = 1;
  while (passage.step(reader, memory)) steps += 1;
  const read = passage.readings();
  passage.free();
  return { read, steps };
}

const draft = (text: string): Draft => ({
  text,
  surface: null,
  identity: "councillor",
  displayName: null,
  handle: null,
  on: null,
});

function reviewed(text: string): Review {
  const memory = new Memory();
  const review = engine.review(draft(text), readings(text, memory).read);
  memory.free();
  return review;
}

/** What a person would notice of a finding. */
const shown = (finding: {
  category?: unknown;
  reviewer?: unknown;
  severity?: unknown;
  spans: readonly { text: string }[];
}) => ({
  category: finding.category,
  reviewer: finding.reviewer,
  severity: finding.severity,
  spans: finding.spans.map(({ text }) => text),
});

describe("the semantic reviewer's module", () => {
  it("comes to the review that the native command prints", () => {
    const posts = corpus().filter((_, at) => at % 150 === 7);
    assert.ok(posts.length > 50);
    const expected = native<NativeReview>(["check", "--reviewers", "all"], posts);
    let semantic = 0;
    for (const [at, { text }] of posts.entries()) {
      const review = reviewed(text);
      assert.equal(review.verdict, expected[at]?.verdict, text);
      assert.deepEqual(review.findings.map(shown), expected[at]?.findings.map(shown), text);
      semantic += review.findings.filter(({ reviewer }) => reviewer === "semantic").length;
    }
    assert.ok(semantic > 0, "nothing was found by meaning");
  });

  it("reads a long draft in steps, and after an edit only what stands around it", () => {
    const sentences = Array.from(
      { length: 60 },
      (_, at) => `On day ${at} the library opens at nine and closes at five.`,
    );
    const memory = new Memory();
    const whole = readings(sentences.join(" "), memory);
    assert.ok(whole.steps > 5, `${whole.steps} steps`);
    assert.equal(readings(sentences.join(" "), memory).steps, 1);
    const edited = readings([...sentences, "It is closed on Monday."].join(" "), memory);
    assert.ok(edited.steps <= 3, `${edited.steps} steps after an edit`);
    memory.free();
  });

  it("counts places in bytes of what the engine reads, also where a character is broken", () => {
    for (const text of ["", "   ", "\ud800", "🌹 \udc00 well", "é".repeat(300), "‏\u0000\n"]) {
      const { verdict } = reviewed(text);
      assert.ok(["clear", "notice", "warn"].includes(verdict), JSON.stringify(text));
    }
  });

  it("refuses weights that are not whole", () => {
    for (const bytes of [new Uint8Array(0), weights.slice(0, 1000), new Uint8Array(64)]) {
      assert.throws(
        () => new SemanticReader(bytes),
        (error) =>
          error instanceof Error && error.name === "WeightsError" && error.message.includes("weights"),
      );
    }
  });

  it("refuses readings of another shape", () => {
    const bent: never = JSON.parse('[{"judged": 3}]') as never;
    assert.throws(
      () => engine.review(draft("Good day"), bent),
      (error) => error instanceof Error && error.name === "DraftError",
    );
  });
});
