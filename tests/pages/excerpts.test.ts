// What the panel shows of a draft: nothing is lost, nothing is moved, and marks stand exactly at their words.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Excerpt, excerptsOf } from "../../extension/src/shared/excerpts.js";
import type { Mark } from "../../extension/src/shared/points.js";

function mark(text: string, words: string, point: number): Mark {
  const start = text.indexOf(words);
  assert.ok(start >= 0, `"${words}" is in the draft`);
  return { start, end: start + words.length, point };
}

const textOf = (excerpts: readonly Excerpt[]) =>
  excerpts.flatMap((excerpt) => excerpt.stretches.map((stretch) => stretch.text)).join("");

/** The excerpts as a line: `[1:words]` is marked, `{1}` is where point 1 ends, `…` is cut. */
function drawn(excerpts: readonly Excerpt[]): string {
  return excerpts
    .map(({ stretches, cutBefore, cutAfter }) => {
      const inner = stretches.map(({ text, points, ends }) => {
        const shown = points.length > 0 ? `[${points.join("+")}:${text}]` : text;
        return shown + ends.map((point) => `{${point}}`).join("");
      });
      return `${cutBefore ? "…" : ""}${inner.join("")}${cutAfter ? "…" : ""}`;
    })
    .join(" / ");
}

describe("excerpts", () => {
  const short = "The lying clown said so.";
  const cases: readonly [string, string, readonly Mark[], string][] = [
    ["a draft without marks", short, [], short],
    ["one mark", short, [mark(short, "lying clown", 1)], "The [1:lying clown]{1} said so."],
    [
      "marks of two points that overlap",
      short,
      [mark(short, "lying clown", 1), mark(short, "clown said", 2)],
      "The [1:lying ][1+2:clown]{1}[2: said]{2} so.",
    ],
    [
      "marks of one point that overlap become one",
      short,
      [mark(short, "lying clown", 1), mark(short, "clown said", 1)],
      "The [1:lying clown said]{1} so.",
    ],
    ["a mark beyond the end of the draft", "short", [{ start: 3, end: 90, point: 1 }], "sho[1:rt]{1}"],
    ["an empty mark", "short", [{ start: 2, end: 2, point: 1 }], "short"],
    ["an empty draft", "", [], ""],
  ];
  for (const [name, text, marks, expected] of cases) {
    it(name, () => {
      assert.equal(drawn(excerptsOf(text, marks, false)), expected);
      assert.equal(textOf(excerptsOf(text, marks, true)), text);
    });
  }

  const filler = "Bins and roads and the weather. ".repeat(60);
  const long = `${filler}The lying clown.${filler}Vote for me.${filler}`;
  const marks = [mark(long, "lying clown", 1), mark(long, "Vote for me", 2)];

  it("a long draft is shown around its marks, and says where it is cut", () => {
    const excerpts = excerptsOf(long, marks, false);
    assert.deepEqual(
      excerpts.map(({ cutBefore, cutAfter }) => [cutBefore, cutAfter]),
      [
        [true, true],
        [true, true],
      ],
    );
    assert.ok(textOf(excerpts).length < 700);
    assert.match(drawn(excerpts), /\[1:lying clown\]\{1\}.*\[2:Vote for me\]\{2\}/u);
  });

  it("a long draft asked for whole is whole", () => {
    assert.equal(textOf(excerptsOf(long, marks, true)), long);
  });

  it("a long draft is never cut within a character", () => {
    const emoji = "🙂".repeat(900);
    for (const start of [0, 2, 600, 602, 1000]) {
      const shown = textOf(excerptsOf(emoji, [{ start, end: start + 2, point: 1 }], false));
      assert.doesNotMatch(shown, /\p{Surrogate}/u, `marked at ${start}`);
    }
  });
});
