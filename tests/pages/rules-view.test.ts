// What the options page is told of rules and keys, also while other rules come into force.

import assert from "node:assert/strict";
import { createHash, generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, it } from "node:test";
import type { Held, RulesState } from "../../extension/src/background/rules/state.js";
import { until } from "../support/wait.js";

const PACKAGE = join(import.meta.dirname, "..", "..", "dist/chromium");
const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");
const builtin = ["middlesbrough", "lga-model-code"].map((id) => {
  const payload = readFileSync(join(PACKAGE, `bundles/${id}.json`));
  const { serial } = JSON.parse(payload.toString()) as { serial: number };
  return { id, serial, path: `bundles/${id}.json`, sha256: sha256(payload) };
});
const wanted = (keys: string | string[] | null, items: object) =>
  keys === null ? Object.keys(items) : [keys].flat();
function area(items: Record<string, unknown>) {
  return {
    get: async (keys: string | string[] | null) => {
      const waits = held;
      held = null;
      await waits;
      return Object.fromEntries(wanted(keys, items).map((key) => [key, items[key]]));
    },
    set: (more: object) => Promise.resolve(Object.assign(items, more)),
    remove: (keys: string[]) => Promise.resolve(keys.map((key) => delete items[key])),
    onChanged: { addListener: () => undefined },
  };
}
const local: Record<string, unknown> = {};
/** The next question to storage waits for it. */
let held: Promise<void> | null = null;
Object.assign(globalThis, {
  ENGINE_WASM_PATH: "engine.wasm",
  BUILTIN_BUNDLES: builtin,
  chrome: {
    runtime: { getURL: (path: string) => path },
    storage: { local: area(local), session: area({}), managed: { get: () => Promise.resolve({}) } },
  },
  fetch: (path: string) => Promise.resolve(new Response(readFileSync(join(PACKAGE, path)))),
});
const { choosing, installing, NOTHING_INSTALLED, trusting } = await import(
  "../../extension/src/background/rules/state.js"
);
const { store } = await import("../../extension/src/background/rules/in-force.js");
const { inForce, swapRules } = await import("../../extension/src/background/engine.js");
const { rulesView } = await import("../../extension/src/background/rules/view.js");

/** A key's line as minisign writes it. */
function newKey(): string {
  const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const number = Buffer.from(sha256(x).slice(0, 16), "hex");
  return Buffer.concat([Buffer.from("Ed"), number, Buffer.from(x, "base64url")]).toString("base64");
}

const [first, second, third, stranger] = [newKey(), newKey(), newKey(), newKey()];
const file = (id: string, serial: number, key: string): Held => ({
  file: sha256(`${id} ${serial}`),
  id,
  serial,
  key,
  base: null,
});
const NONE = { seen: [], trust: [], retire: [] };
const succeeds = (key: string, before: string) => ({ key, bundles: ["wold"], succeeds: before });

/** Two keys, the first of which named a second, and that a third. The last one's rules are in force. */
function signedBySuccessors(): RulesState {
  const trusted = trusting(trusting(NOTHING_INSTALLED, first, ["wold"]), stranger, ["mere"]);
  const other = installing(trusted, file("mere", 1, stranger), NONE);
  const named = installing(other, file("wold", 1, second), { ...NONE, trust: [succeeds(second, first)] });
  return installing(named, file("wold", 2, third), { ...NONE, trust: [succeeds(third, second)] });
}

beforeEach(async () => {
  for (const key of Object.keys(local)) delete local[key];
  await swapRules();
});

describe("the question whether to remove a key", () => {
  it("names all that would go: what its successors signed, and these themselves", async () => {
    const state = signedBySuccessors();
    await store.write(state, null);
    const { keys } = await rulesView();
    const told = (line: string) => keys.find(({ key }) => key === line);
    const wordsOf = (line: string) => told(line)?.words ?? "";
    const both = [
      { id: "wold", serial: 1 },
      { id: "wold", serial: 2 },
    ];
    assert.deepEqual(told(first)?.signed, both);
    assert.deepEqual(told(first)?.successors, [wordsOf(second), wordsOf(third)]);
    assert.deepEqual(told(second)?.signed, both);
    assert.deepEqual(told(second)?.successors, [wordsOf(third)]);
    assert.deepEqual(told(third)?.signed, [{ id: "wold", serial: 2 }]);
    assert.deepEqual(told(third)?.successors, []);
    assert.deepEqual(told(stranger)?.signed, [{ id: "mere", serial: 1 }]);
  });
});

describe("the rules in force", () => {
  it("are told of also where others come into force meanwhile", async () => {
    await inForce();
    let goOn = () => {};
    held = new Promise((resolve) => {
      goOn = resolve;
    });
    const told = rulesView();
    await until("storage to be asked", () => (held === null ? true : null));
    await swapRules();
    goOn();
    assert.equal((await told).inForce?.facts.id, "middlesbrough");
  });
});

describe("rules that the package has a newer issue of", () => {
  const packaged = (id: string) => ({ kind: "builtin" as const, id });
  /** The package's own payload stands for the older issue: what is told of it is not looked at. */
  const older = readFileSync(join(PACKAGE, "bundles/middlesbrough.json"));
  const installed = { ...file("middlesbrough", 1, first), file: sha256(older) };
  const trusted = trusting(NOTHING_INSTALLED, first, ["middlesbrough"]);

  async function offered(state: RulesState) {
    await store.write(state, new Uint8Array(older));
    await swapRules();
    const view = await rulesView();
    return {
      inForce: view.inForce?.choice,
      others: view.others.map(({ choice }) => choice),
      before: view.before?.entry.choice ?? null,
    };
  }

  it("are offered neither among others nor by a step back, which would do nothing", async () => {
    assert.deepEqual(await offered(installing(trusted, installed, NONE)), {
      inForce: packaged("middlesbrough"),
      others: [packaged("lga-model-code")],
      before: null,
    });
  });

  it("are gone back to as the newer issue, where others are in force", async () => {
    const other = choosing(installing(trusted, installed, NONE), packaged("lga-model-code"));
    assert.deepEqual(await offered(other), {
      inForce: packaged("lga-model-code"),
      others: [packaged("middlesbrough")],
      before: packaged("middlesbrough"),
    });
  });
});
