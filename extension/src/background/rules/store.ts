// Installed bundles in the browser's storage, kept so that a write which breaks off anywhere leaves the old state or the
// new one whole. A file goes first, under a key of its own; then the state, into the older of two slots, with its hash.
// The newest slot that is whole counts. Every write is read back before it is believed. What a file says is proved by
// its signature when it is opened; this knows nothing of that.

import { sha256Of, sha256OfText } from "../sha256.js";
import { isState, NOTHING_INSTALLED, type RulesState } from "./state.js";

/** The part of chrome.storage that is needed. */
export interface Area {
  get(keys: string | string[] | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

interface Kept {
  /** Counts the writes: the higher is the newer. */
  readonly turn: number;
  readonly state: RulesState;
}

const SLOTS = ["rules a", "rules b"] as const;
const FILE = "rules file ";

/** Rules are mostly words that repeat: packed, two of the largest files fit into what a browser lets an extension keep. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  turn: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(turn);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function toText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

/** The bytes of a base64 text; throws where it is none. */
export function fromText(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** What a slot holds, or null where it is empty, half-written or changed by anything else. */
async function asKept(value: unknown): Promise<Kept | null> {
  if (typeof value !== "object" || value === null || !("body" in value) || !("sha256" in value)) return null;
  const { body, sha256 } = value;
  if (typeof body !== "string" || (await sha256OfText(body)) !== sha256) return null;
  const { turn, state }: Partial<Kept> = JSON.parse(body);
  return Number.isSafeInteger(turn) && isState(state) ? { turn: Number(turn), state } : null;
}

export class RulesStore {
  readonly #area: Area;

  constructor(area: Area) {
    this.#area = area;
  }

  async #slots(): Promise<readonly (Kept | null)[]> {
    const stored = await this.#area.get([...SLOTS]);
    return Promise.all(SLOTS.map((slot) => asKept(stored[slot])));
  }

  /** The state as it was last wholly written, and the number of that write. */
  async read(): Promise<Kept> {
    const [newest] = (await this.#slots()).filter((kept) => kept !== null).sort((a, b) => b.turn - a.turn);
    return newest ?? { turn: 0, state: NOTHING_INSTALLED };
  }

  /** An installed file, or null where it is not there whole. */
  async file(sha256: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const packed = (await this.#area.get(FILE + sha256))[FILE + sha256];
    if (typeof packed !== "string") return null;
    try {
      const bytes = await through(fromText(packed), new DecompressionStream("gzip"));
      return (await sha256Of(bytes)) === sha256 ? bytes : null;
    } catch {
      return null;
    }
  }

  /** Keeps a state, with the one file that it has and the state before had not. Rejects where either was not kept. */
  async write(state: RulesState, file: Uint8Array<ArrayBuffer> | null): Promise<void> {
    if (file !== null) {
      const sha256 = await sha256Of(file);
      const packed = toText(await through(file, new CompressionStream("gzip")));
      await this.#area.set({ [FILE + sha256]: packed });
      if ((await this.file(sha256)) === null) throw new Error("the file was not kept");
    }
    const slots = await this.#slots();
    const turns = slots.map((kept) => kept?.turn ?? 0);
    const turn = Math.max(...turns) + 1;
    const at = (turns[0] ?? 0) <= (turns[1] ?? 0) ? 0 : 1;
    const body = JSON.stringify({ turn, state });
    await this.#area.set({ [SLOTS[at]]: { body, sha256: await sha256OfText(body) } });
    // Also where an earlier read was wrong: what was written must be what counts from now on.
    const newest = await this.read();
    if (newest.turn !== turn || JSON.stringify(newest.state.chosen) !== JSON.stringify(state.chosen))
      throw new Error("the state was not kept");
    await this.#tidy(state).catch(() => {
      // What is left over takes room and nothing else; the next write tidies again.
    });
  }

  async #tidy({ held }: RulesState): Promise<void> {
    const wanted = new Set(held.map(({ file }) => FILE + file));
    const stored = Object.keys(await this.#area.get(null));
    const surplus = stored.filter((key) => key.startsWith(FILE) && !wanted.has(key));
    if (surplus.length > 0) await this.#area.remove(surplus);
  }
}
