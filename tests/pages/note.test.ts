// The note for the monitoring officer: what was pointed out, that it could not be read, or neither.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { HoldDescription } from "../../extension/src/shared/messages.js";

Object.assign(globalThis, {
  chrome: {
    i18n: {
      getMessage: (key: string, filling: readonly string[]) => [key, ...filling].join(" "),
    },
  },
});
const { noteFor } = await import("../../extension/src/panel/note.js");
const { readingOf } = await import("../../extension/src/shared/points.js");

const HELD: HoldDescription = {
  hold: "0.1",
  origin: "https://forum.example.org",
  why: "warn",
  identity: "private",
  drafts: [{ text: "The words of the draft.", review: null, complete: true }],
  bundle: null,
  mayPost: true,
  mayAnswer: true,
  officer: null,
};

const { points } = readingOf([
  [
    {
      category: "respect",
      clause: "12.3",
      quote: "the council's words",
      rule: "respect.rule",
      reviewer: "rules",
      severity: "warn",
      confidence: 0.9,
      spans: [{ start: 0, end: 9, text: "The words" }],
      message: "why",
      advice: "advice",
    },
  ],
]);

describe("the note", () => {
  it("says what was pointed out", () => {
    const note = noteFor(HELD, points);
    assert.match(note, /The words of the draft\.\n\nnote_points\n\n1\. category_respect\n/u);
    assert.ok(!note.includes("note_unread"), note);
  });

  it("says that the draft could not be read where it could not", () => {
    assert.match(
      noteFor({ ...HELD, why: "unread" }, []),
      /The words of the draft\.\n\nnote_unread\n\nnote_question/u,
    );
  });

  it("says neither where it was read and nothing was left to point out", () => {
    assert.match(noteFor(HELD, []), /The words of the draft\.\n\nnote_question/u);
  });
});
