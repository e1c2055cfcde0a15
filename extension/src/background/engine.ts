// The engine, once for the whole browser: loaded when first needed, gone when the background stops, and fetched from
// nowhere but the package. The payload of the bundle counts only with the SHA-256 that the build fixed.

import init, { Engine } from "../../generated/engine.js";
import type { BundleLabel } from "../shared/messages.js";
import type { Draft, Review } from "../shared/review.js";

let loading: Promise<Engine> | null = null;

async function packaged(path: string): Promise<ArrayBuffer> {
  const response = await fetch(chrome.runtime.getURL(path));
  if (!response.ok) throw new Error(`${path} is not in the package`);
  return response.arrayBuffer();
}

async function load(): Promise<Engine> {
  const bundle = BUILTIN_BUNDLES[0];
  if (bundle === undefined) throw new Error("the package holds no bundle");
  const [code, payload] = await Promise.all([packaged(ENGINE_WASM_PATH), packaged(bundle.path)]);
  await init({ module_or_path: code });
  return Engine.builtin(new Uint8Array(payload), bundle.sha256);
}

function engine(): Promise<Engine> {
  // A failed load is forgotten, so that the next draft tries again.
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

/** Starts loading, so that the first draft finds the engine ready. A failure shows at the first review. */
export function warm(): void {
  engine().catch(() => {});
}

/** Rejects where the engine can't be loaded or broke down on this draft. */
export async function review(draft: Draft): Promise<Review> {
  const loaded = await engine();
  try {
    return loaded.review(draft);
  } catch (error) {
    // What broke down once can't be trusted with the next draft.
    loading = null;
    throw error;
  }
}

/** The bundle in force, or null where the engine can't be loaded. */
export async function bundle(): Promise<BundleLabel | null> {
  try {
    return (await engine()).bundle();
  } catch {
    return null;
  }
}
