// The engine, once for the whole browser: made when first needed from the bundle in force, gone when the background
// stops, and replaced in one step when other rules come into force.

import type { ReadDraft } from "../../generated/engine.js";
import type { Reading } from "../../generated/semantic.js";
import type { BundleLabel } from "../shared/messages.js";
import type { Draft, Review } from "../shared/review.js";
import { line } from "./queue.js";
import { findInForce, type InForce } from "./rules/in-force.js";

let loading: Promise<InForce> | null = null;

/** What is in force. Rejects where not even the package's own rules can be loaded. */
export function inForce(): Promise<InForce> {
  // A failed load is forgotten, so that the next draft tries again.
  loading ??= findInForce().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

const inLine = line();
let swapped = 0;

/** How often other rules came into force since the background began. */
export const swaps = () => swapped;

/**
 * Other rules were chosen: what reviews until now does so until they are ready. The latest choice is the last to be made
 * ready.
 */
export function swapRules(): Promise<void> {
  return inLine(async () => {
    const before = loading;
    const next = await findInForce();
    loading = Promise.resolve(next);
    swapped += 1;
    const old = await before?.catch(() => null);
    old?.engine.free();
  });
}

/** Starts loading, so that the first draft finds the engine ready. A failure shows at the first review. */
export function warm(): void {
  inForce().catch(() => {});
}

/** Lets the engine in force do something. Rejects where it can't be loaded or breaks down over it. */
async function ask<T>(what: (engine: InForce["engine"]) => T): Promise<T> {
  const { engine } = await inForce();
  try {
    return what(engine);
  } catch (error) {
    // What broke down once can't be trusted with the next draft.
    loading = null;
    throw error;
  }
}

/** A draft as the rules read it, to be reviewed as its meaning becomes known. Whoever asks frees it. */
export function readByRules(draft: Draft): Promise<ReadDraft> {
  return ask((engine) => engine.read(draft));
}

/** Lets a draft go. What broke down over it can't be asked to, and holds no other. */
export function forget(draft: ReadDraft): void {
  try {
    draft.free();
  } catch {}
}

/**
 * The review by the rules and, where this very draft was read for its meaning too, by both. Where other rules have come
 * into force meanwhile, by these.
 */
export function review(draft: ReadDraft, readings: readonly Reading[] | null): Promise<Review> {
  return ask((engine) => engine.weigh(draft, readings));
}

/** Whether the rules in force want drafts read for their meaning. */
export async function wantsSemantic(): Promise<boolean> {
  return (await inForce()).engine.wantsSemantic();
}

/** The bundle in force, or null where the engine can't be loaded. */
export async function bundle(): Promise<BundleLabel | null> {
  try {
    return (await inForce()).engine.bundle();
  } catch {
    return null;
  }
}
