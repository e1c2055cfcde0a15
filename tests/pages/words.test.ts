// The extension's own words: complete, used, and in the tone that people were promised.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");

interface Message {
  readonly message: string;
  readonly description?: string;
  readonly placeholders?: Record<string, { readonly content: string }>;
}

const messages: Record<string, Message> = JSON.parse(
  readFileSync(join(ROOT, "extension/_locales/en/messages.json"), "utf8"),
);

const sources = readdirSync(join(ROOT, "extension/src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(ROOT, "extension/src", file), "utf8"))
  .concat(readFileSync(join(ROOT, "manifest.json"), "utf8"))
  .join("\n");

/** Keys that are put together from a prefix and one of a closed set of ids. */
const COMPOSED = ["category_", "identity_", "ground_"];

describe("words", () => {
  for (const [key, { message, description, placeholders }] of Object.entries(messages)) {
    it(key, () => {
      assert.ok(description !== undefined && description.length > 5, "says where it stands");
      assert.doesNotMatch(message, /[!%]/u, "is calm, and counts no percentages");
      const named = [...message.matchAll(/\$([A-Z]+)\$/gu)].map((match) => match[1]?.toLowerCase());
      assert.deepEqual(named.sort(), Object.keys(placeholders ?? {}).sort(), "fills in what it declares");
      const used =
        sources.includes(`"${key}"`) ||
        sources.includes(`__MSG_${key}__`) ||
        COMPOSED.some((prefix) => key.startsWith(prefix) && sources.includes(`\`${prefix}\${`));
      assert.ok(used, "is said somewhere");
    });
  }

  it("the description fits the browsers' lists", () => {
    assert.ok((messages["description"]?.message.length ?? 999) <= 132);
  });
});
