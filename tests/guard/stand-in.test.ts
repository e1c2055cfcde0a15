// What stands in the place of a button or box that the page made anew: the only one like it with the very same words.

import assert from "node:assert/strict";
import { it } from "node:test";
import { onPages } from "./in-page.js";

const reply = (number: string, words: string, press = "") =>
  `<div id="${number}"><textarea id="box-${number}" rows="4" aria-label="Your reply">${words}</textarea>` +
  `<button type="button" id="go-${number}" ${press}>Post</button></div>`;
const PRESSED = reply("one", "Words of one.", "data-press") + reply("two", "Words of two.");
const chat = (number: string, words: string, press = "") =>
  `<div id="${number}"><input id="box-${number}" aria-label="Message" value="${words}" ${press}></div>`;
const ENTERED = chat("one", "Words of one.", "data-press") + chat("two", "Words of two.");

/** Other elements with the same markup, under other ids. */
const anew = (number: string) => `(() => {
  const old = document.getElementById("${number}");
  const next = old.cloneNode(true);
  for (const found of next.querySelectorAll("[id]")) found.id += "-anew";
  old.replaceWith(next);
})()`;

onPages("What stands for a control or a box", (ask) => {
  for (const [kind, type, body] of [
    ["a button", "click", PRESSED],
    ["an Enter", "keydown", ENTERED],
  ] as const) {
    const standing = (id: string) => (kind === "a button" ? `go-${id}` : `box-${id}`);
    const after = (change: string) => ask(body, `standsAfter("${type}", () => { ${change} })`);

    it(`${kind}: itself, while it is there`, async () => {
      assert.deepEqual(await after(anew("two")), { standing: standing("one"), composers: ["box-one"] });
    });

    it(`${kind}: the one made anew, also beside one with other words`, async () => {
      assert.deepEqual(await after(`${anew("one")}; ${anew("two")}`), {
        standing: standing("one-anew"),
        composers: ["box-one-anew"],
      });
    });

    it(`${kind}: not another draft's, where its own was taken away`, async () => {
      assert.deepEqual(await after('document.getElementById("one").remove()'), {
        standing: null,
        composers: [],
      });
    });

    it(`${kind}: not its own, where other words stand in the one made anew`, async () => {
      const written = `${anew("one")}; document.getElementById("box-one-anew").value += " And more."`;
      assert.deepEqual(await after(written), { standing: null, composers: [] });
    });
  }
});
