// The engine's module as it ships, its built-in bundle, and the native command that it must agree with.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Engine, initSync } from "../../extension/generated/engine.js";
import type { Reading } from "../../extension/generated/semantic.js";
import type { Draft, Review } from "../../extension/src/shared/review.js";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const COMMAND = join(ROOT, "target/release/second-reading");

initSync({ module: readFileSync(join(ROOT, "extension/generated/engine_bg.wasm")) });

/** The built-in bundle's payload, as the command builds it. */
export const payload: Uint8Array = (() => {
  const folder = mkdtempSync(join(tmpdir(), "second-reading-"));
  try {
    const file = join(folder, "bundle.json");
    execFileSync(COMMAND, ["bundle", "build", join(ROOT, "rules/middlesbrough"), "-o", file]);
    return new Uint8Array(readFileSync(file));
  } finally {
    rmSync(folder, { recursive: true });
  }
})();

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function builtin(): Engine {
  return Engine.builtin(payload, sha256(payload));
}

/** What the command answers to a line, as its schemas have it. */
export interface NativeSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface NativeReview {
  readonly id: string;
  readonly verdict: string;
  readonly identified: boolean | null;
  readonly findings: readonly (Record<string, unknown> & { readonly spans: readonly NativeSpan[] })[];
  readonly mail?: unknown;
}

/** Runs the command from JSON Lines to JSON Lines. */
export function native<Answer>(
  words: readonly string[],
  lines: readonly Readonly<Record<string, unknown>>[],
): Answer[] {
  const input = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const output = execFileSync(COMMAND, [...words, "--input", "jsonl", "--format", "jsonl", "-"], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Answer => JSON.parse(line));
}

/** Every labelled post of the corpus. */
export function corpus(): { readonly id: string; readonly text: string }[] {
  const folder = join(ROOT, "tests/corpus");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .filter((line) => line !== "")
    .map((line): { id: string; text: string } => JSON.parse(line));
}

/** The review of one draft, read for that alone. */
export function reviewOf(engine: Engine, draft: Draft, readings: readonly Reading[] | null = null): Review {
  const read = engine.read(draft);
  try {
    return engine.weigh(read, readings);
  } finally {
    read.free();
  }
}
