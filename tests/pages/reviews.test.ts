// What the guard asks the background, and who is told of the answers.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Composer } from "../../extension/src/guard/composers.js";
import type { DraftReading, GuardRequest } from "../../extension/src/shared/messages.js";
import { within } from "../support/wait.js";

/** What was asked of the background, which answers nothing by itself. */
const asked: GuardRequest[] = [];
const nobody = { addListener: () => undefined };
Object.assign(globalThis, {
  chrome: {
    runtime: {
      id: "abcdefghijklmnopabcdefghijklmnop",
      connect: () => ({
        onMessage: nobody,
        onDisconnect: nobody,
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
