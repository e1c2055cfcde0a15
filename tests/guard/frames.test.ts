// What a frame lets go when the guard above it releases: what that was told of, while nothing worse is known of it.

import assert from "node:assert/strict";
import { it } from "node:test";
import { onPages } from "./in-page.js";

const BOX = "<textarea rows=4>Some words.</textarea>";

type Verdict = "clear" | "warn" | null;

onPages("A frame's drafts", (ask) => {
  for (const [name, told, by, granted] of [
    ["found clear go", "clear", "clear", true],
    ["found clear at first and warned about by now stay", "clear", "warn", false],
    ["found clear by other rules stay", "clear", null, false],
    ["warned about go as the person decided", "warn", "warn", true],
    ["that could not be read go as the person decided", null, null, true],
  ] as const satisfies readonly (readonly [string, Verdict, Verdict, boolean])[]) {
    it(name, async () => {
      const question = `frameGrants(${JSON.stringify(told)}, ${JSON.stringify(by)})`;
      assert.deepEqual(await ask(BOX, question), [told, granted]);
    });
  }
});
