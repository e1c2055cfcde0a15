// The semantic reviewer's module as it ships, with the weights that ship: it reads as the native command does, one
// segment a step, and costs little for what it remembers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { initSync, Memory, type Reading, SemanticReader } from "../../extension/generated/semantic.js";
import { type Draft, placesIn, type Review, type Surface } from "../../extension/src/shared/review.js";
import { builtin, corpus, type NativeReview, native, ROOT, reviewOf } from "./module.js";

initSync({ module: readFileSync(`${ROOT}/extension/generated/semantic_bg.wasm`) });
const weights = new Uint8Array(readFileSync(`${ROOT}/model/reviewer.bin`));
const reader = new SemanticReader(weights);
const engine = builtin();

interface Told {
  /** What was known when every segment was, if some with other words around them. */
  readonly early: readonly Reading[];
  readonly read: readonly Reading[];
  readonly steps: { readonly known: number; readonly read: number };
}

function readings(
  text: string,
  memory: Memory,
  surface: Surface | null = null,
  suspected = placesIn(reviewOf(engine, draft(text, surface), null)),
): Told {
  const passage = reader.begin(text, surface !== "email", suspected, memory);
  const steps = { known: 0, read: 0 };
  while (!passage.isKnown) {
    passage.step(reader, memory);
    steps.known += 1;
  }
  const early = passage.readings();
  while (!passage.isRead) {
    passage.step(reader, memory);
    steps.read += 1;
  }
  const read = passage.readings();
  passage.free();
  return { early, read, steps };
}

const draft = (text: string, surface: Surface | null = null): Draft => ({
  text,
  surface,
  identity: "councillor",
  displayName: null,
  recipients: null,
  handle: null,
  on: null,
});

function reviewed(text: string, surface: Surface | null = null): Review {
  const memory = new Memory();
  const review = reviewOf(engine, draft(text, surface), readings(text, memory, surface).read);
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
  it("is weighed with a draft that was read once as with one read anew", () => {
    for (const { text } of corpus().filter((_, at) => at % 900 === 3)) {
      const memory = new Memory();
      const { early, read } = readings(text, memory);
      memory.free();
      const held = engine.read(draft(text));
      for (const known of [null, early, read, null]) {
        assert.deepEqual(engine.weigh(held, known), reviewOf(engine, draft(text), known), text);
      }
      held.free();
    }
  });

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
    const suspected = (text: string) => [text.indexOf("day 31"), text.indexOf("day 33")];
    const read = (text: string) => readings(text, memory, null, Uint32Array.from(suspected(text)));
    const whole = read(sentences.join(" "));
    assert.ok(whole.steps.known > 5, `${whole.steps.known} steps`);
    assert.ok(whole.steps.read > 0, "it is read once more in parts");
    assert.deepEqual(read(sentences.join(" ")).steps, { known: 0, read: 0 });
    const edited = read([...sentences, "It is closed on Monday."].join(" "));
    assert.equal(edited.steps.known, 1, "only what was edited is read before it is shown");
    assert.ok(edited.steps.read <= 4, `${edited.steps.read} steps for what stands around an edit`);
    memory.free();
  });

  it("reads a risk among other matters, in which it goes under when all is read at once", () => {
    const calm =
      "Thanks to everybody who came to the litter pick. The bollards by the school are rubber now, because the metal ones were flattened twice.";
    const risk =
      "The new family at number nine are the reason nobody leaves a bike out any more, their sort never change.";
    const text = `${calm} ${risk}`;
    const memory = new Memory();
    const { early, read } = readings(text, memory);
    memory.free();
    const [whole, ...more] = early;
    assert.ok(whole !== undefined && more.length === 0 && whole.any < 0.5, `${whole?.any} as a whole`);
    const apart = read.slice(early.length).filter(({ judged }) => judged.start >= calm.length);
    assert.ok(
      apart.some(({ any, cut }) => cut !== "run" && any > 0.94),
      `${apart.map(({ any }) => any).join(" and ")} in parts`,
    );
    assert.equal(reviewed(calm).verdict, "clear");
    assert.notEqual(reviewed(text).verdict, "clear");
  });

  it("reads what is clear as a whole once more only where rules found something", () => {
    const text =
      "The library opens at nine on Monday and closes at five. On Tuesday it opens at ten, and the reading group meets upstairs. On Friday there is a story time for the little ones, with tea for whoever brings them.";
    const count = (suspected: readonly number[]) => {
      const memory = new Memory();
      const passage = reader.begin(text, true, Uint32Array.from(suspected), memory);
      let steps = 0;
      for (; !passage.isRead; steps += 1) passage.step(reader, memory);
      const readings = passage.readings();
      passage.free();
      memory.free();
      assert.equal(readings.length, steps);
      assert.ok(readings.every(({ any }) => any < 0.1));
      const parts = readings.filter(({ cut }) => cut !== "run");
      return parts.map(({ judged }) => text.slice(judged.start, judged.end));
    };
    assert.deepEqual(count([]), []);
    const group = text.indexOf("group");
    const [part, sentence, ...others] = count([group, group + 5]).sort((a, b) => b.length - a.length);
    assert.equal(sentence, "On Tuesday it opens at ten, and the reading group meets upstairs.");
    assert.ok(part?.includes(sentence) && part.length < text.length && others.length === 0, part);
    assert.equal(
      count([0, 5, group, group + 5]).length,
      count([0, text.length]).length - 2,
      "the last, twice",
    );
  });

  it("holds no calm answer for the angry mail below it, and a confidence that is put before the public", () => {
    const heading = "On Mon, 3 Mar 2025 at 14:05, Jim Hale <jim@example.co.uk> wrote:";
    const mail = (words: string) => `I'm sorry that you are upset.\n\n${heading}\n\n${words}\n\nJim`;
    const angry = "You're a lying crook and everybody knows it. Get your nose out of the trough, you clown.";
    const told =
      "The preferred bidder is Halton Estates at £2.1 million. This stays in the private part of the meeting, so please keep it to yourself.";
    for (const surface of ["email", "forum"] as const) {
      assert.notEqual(reviewed(angry, surface).verdict, "clear");
      assert.equal(reviewed(mail(angry), surface).verdict, "clear", surface);
    }
    const { findings } = reviewed(mail(told), "forum");
    assert.ok(findings.some(({ severity }) => severity === "warn"));
    assert.deepEqual([...new Set(findings.map(({ category }) => category))], ["confidentiality"]);
    // The one who sent it may be answered.
    assert.ok(reviewed(mail(told), "email").findings.length < findings.length);
  });

  it("says of words beside an edit what it said of them before, until they are read again", () => {
    const sentences = Array.from(
      { length: 40 },
      (_, at) => `On day ${at} we met at the hall to talk of paths.`,
    );
    let beside = 0;
    for (const edited of [20, 21, 22, 23]) {
      const draft = sentences.with(edited, sentences[edited]?.replace("hall", "pub") ?? "").join(" ");
      const memory = new Memory();
      const before = readings(sentences.join(" "), memory);
      const after = readings(draft, memory);
      assert.equal(after.steps.known, 1, "only what was edited is read before it is shown");
      const other = after.early.filter((reading, at) => reading.any !== before.read[at]?.any);
      assert.ok(other.length <= 1, `${other.length} segments are read otherwise at once`);
      const alone = new Memory();
      assert.deepEqual(after.read, readings(draft, alone).read);
      beside += after.steps.read;
      memory.free();
      alone.free();
    }
    assert.ok(beside > 0, "nothing stood beside an edit");
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
      () => reviewOf(engine, draft("Good day"), bent),
      (error) => error instanceof Error && error.name === "DraftError",
    );
  });
});
