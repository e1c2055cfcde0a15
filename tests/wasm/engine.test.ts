// The engine's WebAssembly face: it reads as the native command does, in the shapes that the extension is typed by.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine, type IdentityText } from "../../extension/generated/engine.js";
import { type Draft, RECIPIENTS, type Recipients, type Review } from "../../extension/src/shared/review.js";
import { builtin, corpus, type NativeReview, native, reviewOf, sha256 } from "./module.js";

const engine = builtin();

function draft(text: string, more: Partial<Draft> = {}): Draft {
  return {
    text,
    surface: null,
    identity: "councillor",
    displayName: null,
    handle: null,
    on: null,
    recipients: null,
    ...more,
  };
}

/** The review as the command would print it: its spans in bytes, without what only one of both is given. */
function inBytes(text: string, review: Review): Omit<NativeReview, "id"> {
  const bytes = (units: number): number => Buffer.byteLength(text.slice(0, units), "utf8");
  return {
    verdict: review.verdict,
    identified: review.identified,
    findings: review.findings.map(({ quote, spans, ...finding }) => ({
      ...finding,
      spans: spans.map((span) => ({ start: bytes(span.start), end: bytes(span.end), text: span.text })),
    })),
    ...(review.mail === null ? {} : { mail: review.mail }),
  };
}

function assertAgrees(
  texts: readonly string[],
  more: Partial<Draft> = {},
  words: readonly string[] = [],
): number {
  const line = (text: string, index: number) => ({
    id: String(index),
    text,
    ...(more.surface ? { surface: more.surface } : {}),
    ...(more.displayName ? { display_name: more.displayName } : {}),
    ...(more.handle ? { handle: more.handle } : {}),
    ...(more.recipients ? { recipients: more.recipients } : {}),
  });
  const reviews = native<NativeReview>(["check", "--reviewers", "rules", ...words], texts.map(line));
  assert.equal(reviews.length, texts.length);
  let findings = 0;
  for (const [index, text] of texts.entries()) {
    const { id, ...expected } = reviews[index] ?? assert.fail();
    assert.equal(id, String(index));
    assert.deepEqual(inBytes(text, reviewOf(engine, draft(text, more))), expected, text);
    findings += expected.findings.length;
  }
  return findings;
}

/** Whether calling throws an `Error` of this name; returns its message. */
function refusal(name: string, call: () => unknown): string {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof Error, "errors are Error objects");
    assert.equal(error.name, name);
    assert.ok(error.message.length > 10);
    return error.message;
  }
  return assert.fail("nothing was refused");
}

test("every post of the corpus is read as the native command reads it", () => {
  assert.ok(assertAgrees(corpus().map((post) => post.text)) > 0);
});

test("spans hold where characters take more than one code unit or byte", () => {
  const risky = "Vote for me on Thursday!";
  const findings = assertAgrees([
    `🐉🐉 Diolch 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ${risky}`,
    `Cafe\u0301 na\u0308ive — ${risky}`,
    `\u200b\u2060${risky}\r\n\r\n\u{1f1ec}\u{1f1e7}${risky}`,
    `𝐕𝐨𝐭𝐞 𝐟𝐨𝐫 𝐦𝐞 on Thursday`,
    `${"漢字 ".repeat(50)}${risky}`,
    "",
    "\u0000",
  ]);
  assert.ok(findings >= 5);
});

test("a lone surrogate moves no span and stays in its words", () => {
  const text = "\ud83d Vote for me \udc09 on Thursday";
  const review = reviewOf(engine, draft(text));
  assert.equal(review.verdict, "warn");
  for (const span of review.findings.flatMap((finding) => finding.spans)) {
    assert.equal(span.text, text.slice(span.start, span.end));
  }
});

test("identity, names, surface and date reach the engine", () => {
  const texts = corpus()
    .slice(0, 50)
    .map((post) => post.text);
  assertAgrees(texts, { identity: "detect", displayName: "Cllr Sam Oduya" }, ["--as", "detect"]);
  assertAgrees(texts, { identity: "detect", handle: "@cllr_sam" }, ["--as", "detect"]);
  assertAgrees(texts, { identity: "detect" }, ["--as", "detect"]);
  assertAgrees(texts, { identity: "private" }, ["--as", "private"]);
  assertAgrees(texts, { surface: "email", on: "2027-04-20" }, ["--on", "2027-04-20"]);
});

test("who receives a message reaches the engine, and how it was weighed comes back", () => {
  const texts = [
    "Group meeting moved to six on Monday.",
    "The Tories are liars, tell everyone.",
    "The lamp is out.",
  ];
  for (const recipients of RECIPIENTS) assertAgrees(texts, { recipients });
  const { mail } = reviewOf(engine, draft(texts[1] ?? "", { recipients: "public" }));
  assert.ok(mail?.political && !mail.acceptable);
  assert.equal(mail.factors.length, 5);
  assert.equal(reviewOf(engine, draft(texts[1] ?? "")).mail, null);
  refusal("DraftError", () => engine.read({ ...draft("x"), recipients: "everyone" as Recipients }));
});

test("a review has the fields that the extension is typed by, and no others", () => {
  const review = reviewOf(engine, draft("Vote for me on Thursday."));
  assert.deepEqual(Object.keys(review).sort(), ["evidence", "findings", "identified", "mail", "verdict"]);
  assert.equal(Object.getPrototypeOf(review), Object.prototype, "a plain object, which messages can carry");
  const finding = review.findings[0] ?? assert.fail("it is risky");
  assert.deepEqual(Object.keys(finding).sort(), [
    "advice",
    "category",
    "clause",
    "confidence",
    "message",
    "quote",
    "reviewer",
    "rule",
    "severity",
    "spans",
  ]);
  assert.ok(finding.quote.length > 0, "the council's own words");
  assert.deepEqual(structuredClone(review), review);
  assert.deepEqual(JSON.parse(JSON.stringify(review)), review);
});

test("identify answers as the native command does", () => {
  const places: readonly IdentityText["where"][] = ["text", "handle", "display_name", "bio", "signature"];
  const lines = places.flatMap((where) =>
    ["Cllr Sam Oduya", "@CllrSamOduya", "Baker and father", "As your councillor I will be there", ""].map(
      (text, index) => ({ id: `${where}-${index}`, where, text }),
    ),
  );
  const answers = native<{ id: string; identifies: boolean; evidence: string | null }>(["identify"], lines);
  assert.equal(answers.length, lines.length);
  assert.deepEqual(
    lines.map(({ id, ...words }) => ({ id, ...engine.identify(words) })),
    answers,
  );
});

test("the bundle says which it is", () => {
  const label = engine.bundle();
  assert.equal(label.id, "middlesbrough");
  assert.ok(Number.isInteger(label.serial) && label.serial >= 1);
  assert.ok(label.authority.includes("Middlesbrough"));
});

test("a payload that does not load is refused, whoever vouches for it", () => {
  for (const words of ["", "{", "[]", '{"schema":1}', '{"schema":999}']) {
    const bytes = new TextEncoder().encode(words);
    refusal("BundleError", () => Engine.builtin(bytes, sha256(bytes)));
  }
});

test("a draft of another shape is refused and the engine reads on", () => {
  const wrong: unknown[] = [
    undefined,
    null,
    "Vote for me",
    {},
    { ...draft("x"), text: 7 },
    { ...draft("x"), text: null },
    { ...draft("x"), surface: "fax" },
    { ...draft("x"), identity: "mayor" },
    { ...draft("x"), on: "6 May" },
    { ...draft("x"), on: "2027-02-29" },
  ];
  for (const value of wrong) {
    refusal("DraftError", () => Reflect.apply(engine.read, engine, [value]));
  }
  refusal("DraftError", () => Reflect.apply(engine.identify, engine, [{ where: "hat", text: "x" }]));
  assert.equal(reviewOf(engine, draft("Good morning.")).verdict, "clear");
});

test("how long the last review took is told", () => {
  const fresh = builtin();
  assert.equal(fresh.lastReviewMs(), undefined);
  reviewOf(fresh, draft("Good morning."));
  const took = fresh.lastReviewMs() ?? assert.fail("a review was made");
  assert.ok(took >= 0 && took < 1000, `${took}`);
});

test("a draft of a hundred thousand characters is read", () => {
  const text = `${"The library is open again on Saturday. ".repeat(2600)}Vote for me on Thursday.`;
  assert.ok(text.length > 100_000);
  const review = reviewOf(engine, draft(text));
  assert.equal(review.verdict, "warn");
});
