// How findings become the numbered points that a person reads.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { counted, readingOf } from "../../extension/src/shared/points.js";
import type { Category, Finding, Severity } from "../../extension/src/shared/review.js";

function finding(category: Category, severity: Severity, start: number, message: string = category): Finding {
  const words = `words at ${start}`;
  return {
    category,
    clause: "12.3",
    quote: "the council's words",
    rule: `${category}.rule`,
    reviewer: "rules",
    severity,
    confidence: 0.9,
    spans: [{ start, end: start + 5, text: words }],
    message,
    advice: "advice",
  };
}

describe("points", () => {
  it("findings of one kind under one clause are one point, with each reason once", () => {
    const { points, marks } = readingOf([
      [
        finding("respect", "warn", 0),
        finding("respect", "warn", 20),
        finding("respect", "warn", 40, "another"),
      ],
    ]);
    assert.equal(points.length, 1);
    assert.deepEqual(
      points[0]?.notes.map((note) => [note.message, note.words]),
      [
        ["respect", ["words at 0", "words at 20"]],
        ["another", ["words at 40"]],
      ],
    );
    assert.deepEqual(
      marks[0]?.map(({ start, point }) => [start, point]),
      [
        [0, 1],
        [20, 1],
        [40, 1],
      ],
    );
  });

  it("what holds the post is numbered first, then in the order of the words", () => {
    const { points, marks } = readingOf([
      [finding("business", "notice", 0), finding("party", "warn", 10), finding("respect", "warn", 20)],
    ]);
    assert.deepEqual(
      points.map(({ number, category, severity }) => [number, category, severity]),
      [
        [1, "party", "warn"],
        [2, "respect", "warn"],
        [3, "business", "notice"],
      ],
    );
    assert.deepEqual(
      marks[0]?.map(({ point }) => point),
      [3, 1, 2],
    );
  });

  it("those that hold the post are counted; others only where none holds it", () => {
    const count = (...findings: readonly Finding[]) => counted(readingOf([findings]).points);
    assert.equal(count(finding("party", "warn", 0), finding("business", "notice", 10)), 1);
    assert.equal(count(finding("party", "notice", 0), finding("business", "notice", 10)), 2);
    assert.equal(count(), 0);
  });

  it("a title and a body share their numbers", () => {
    const { points, marks } = readingOf([[finding("party", "warn", 0)], [finding("party", "notice", 7)]]);
    assert.equal(points.length, 1);
    assert.equal(points[0]?.severity, "warn");
    assert.deepEqual(
      marks.map((draft) => draft.map(({ start, point }) => [start, point])),
      [[[0, 1]], [[7, 1]]],
    );
  });

  it("no findings, no points", () => {
    assert.deepEqual(readingOf([[], []]), { points: [], marks: [[], []] });
  });
});
