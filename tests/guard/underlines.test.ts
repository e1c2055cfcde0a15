// What is underlined while a draft is read on: no answer but the last takes a stroke away. Waves hold, dots are worth a
// look.

import { check, onPages } from "./in-page.js";

interface Step {
  readonly types?: string;
  /** The words of each finding. */
  readonly answer?: readonly (readonly [words: string, severity: "warn" | "notice"])[];
  readonly complete?: boolean;
}

const BOX = `<textarea data-composer rows="4" cols="60"></textarea>`;
const begun: Step = {
  types: "Four hundred doors done",
  answer: [["Four hundred doors", "warn"]],
  complete: true,
};

onPages("Underlining", (ask) => {
  const cases: readonly (readonly [name: string, steps: readonly Step[], seen: readonly string[]])[] = [
    [
      "what was read for its meaning stays while the rules alone have answered",
      [
        begun,
        { types: "Four hundred doors done." },
        { answer: [], complete: false },
        { answer: [], complete: true },
      ],
      ["~", "~", "~", ""],
    ],
    [
      "what the rules find is there at once",
      [
        begun,
        { types: "Four hundred doors done, you idiot" },
        { answer: [["idiot", "warn"]], complete: false },
        {
          answer: [
            ["Four hundred doors", "warn"],
            ["idiot", "warn"],
          ],
          complete: true,
        },
      ],
      ["~", "~", "~~", "~~"],
    ],
    [
      "what another one marks already, and as gravely, is drawn once",
      [
        begun,
        { answer: [["hundred", "notice"]], complete: false },
        { answer: [["doors", "warn"]], complete: false },
      ],
      ["~", "~", "~"],
    ],
    [
      "a graver mark takes the place of what it covers, and of no more",
      [
        { types: "Four hundred doors done", answer: [["hundred", "notice"]], complete: true },
        { answer: [["hundred doors", "warn"]], complete: false },
        { answer: [["Four hundred doors done", "notice"]], complete: false },
      ],
      [".", "~", ".~"],
    ],
    [
      "what the rules find and the whole review refuses does not come back at each key",
      [
        { types: "An idiot in the play", answer: [["idiot", "notice"]], complete: false },
        { answer: [], complete: true },
        { types: "An idiot in the play t" },
        { answer: [["An idiot in the play t", "notice"]], complete: false },
        { answer: [], complete: true },
        { types: "Oh. An idiot in the play t", answer: [["idiot", "notice"]], complete: false },
        { answer: [["idiot", "warn"]], complete: true },
        { types: "Oh. An idiot in the play to", answer: [["idiot", "warn"]], complete: false },
      ],
      [".", "", "", "", "", "", "~", "~"],
    ],
    [
      "what weighs more than what was refused is drawn at once, and so is what stands in its place",
      [
        { types: "An idiot in the play", answer: [["An idiot in the play", "notice"]], complete: false },
        { answer: [], complete: true },
        { types: "An idiot in the play, liar", answer: [["liar", "notice"]], complete: false },
        { types: "An idiot in the play, liars", answer: [["play, liars", "warn"]], complete: false },
        { answer: [], complete: true },
        { types: "Four hundred doors", answer: [["Four hundred doors", "notice"]], complete: false },
      ],
      [".", "", ".", "~", "", "."],
    ],
    [
      "what was edited goes at once",
      [begun, { types: "Four dozen doors done" }, { answer: [], complete: false }],
      ["~", "", ""],
    ],
  ];
  for (const [name, steps, seen] of cases) {
    const question = `underlined(${steps.map((step) => JSON.stringify(step)).join(", ")})`;
    check(ask, question, [[name, BOX, seen]]);
  }
});
