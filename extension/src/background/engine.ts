// The engine, once for the whole browser: made when first needed from the bundle in force, gone when the background
// stops, and replaced in one step when other rules come into force.

import type { Reading } from "../../generated/semantic.js";
import type { BundleLabel } from "../shared/messages.js";
import type { Draft, Review } from "../shared/review.js";
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

/** Other rules were chosen: what reviews until now does so until they are ready. */
export async function swapRules(): Promise<void> {
  const before = loading;
  const next = await findInForce();
  loading = Promise.resolve(next);
  const old = await before?.catch(() => null);
  old?.engine.free();
}

/** Starts loading, so that the first draft finds the engine ready. A failure shows at the first review. */
export function warm(): void {
  inForce().catch(() => {});
}

/**
 * By the rules and, where this very draft was read for its meaning too, by both. Rejects where the engine can't be
 * loaded or broke down on this draft.
 */
export async function review(draft: Draft, readings: readonly Reading[] | null): Promise<Review> {
  const { engine } = await inForce();
  try {
    return engine.review(draft, readings);
  } catch (error) {
    // What broke down once can't be trusted with the next draft.
    loading = null;
    throw error;
  }
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
