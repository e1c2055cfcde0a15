// Installed rules in storage: whatever breaks off, wherever, leaves the old state or the new one whole, with its file.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Area } from "../../extension/src/background/rules/store.js";

Object.assign(globalThis, { BUILTIN_BUNDLES: [{ id: "middlesbrough", serial: 3, path: "", sha256: "" }] });
const { NOTHING_INSTALLED, installing } = await import("../../extension/src/background/rules/state.js");
const { RulesStore } = await import("../../extension/src/background/rules/store.js");
const { sha256Of } = await import("../../extension/src/background/sha256.js");

/** How an operation of the storage goes wrong. */
const FAULTS = ["refused", "done and refused", "half done and refused", "half done", "not done"] as const;
type Fault = (typeof FAULTS)[number];

/** A storage whose operation of this number goes wrong, counted from 1. */
class FaultyArea implements Area {
  operations = 0;

  constructor(
    readonly items: Record<string, unknown>,
    readonly faultAt = 0,
    readonly fault: Fault = "refused",
  ) {}

  /** Does the change as far as the fault lets it be done. */
  #change<T>(whole: () => T, half: () => T): Promise<T> {
    this.operations += 1;
    if (this.operations !== this.faultAt) return Promise.resolve(whole());
    const refusal = () => Promise.reject<T>(new Error("the storage failed"));
    switch (this.fault) {
      case "refused":
        return refusal();
      case "done and refused":
        whole();
        return refusal();
      case "half done and refused":
        half();
        return refusal();
      case "half done":
        return Promise.resolve(half());
      case "not done":
        return Promise.resolve(undefined as T);
    }
  }

  get(keys: string | string[] | null): Promise<Record<string, unknown>> {
    const wanted = keys === null ? Object.keys(this.items) : [keys].flat();
    const found = wanted.filter((key) => key in this.items).map((key) => [key, this.items[key]] as const);
    const copy = () => structuredClone(Object.fromEntries(found)) as Record<string, unknown>;
    return this.#change(copy, () => ({})).then((answer) => answer ?? {});
  }

  set(items: Record<string, unknown>): Promise<void> {
    const write = (shorten: (value: unknown) => unknown) => {
      for (const [key, value] of Object.entries(items)) this.items[key] = structuredClone(shorten(value));
    };
    return this.#change(
      () => write((value) => value),
      () => write(halved),
    );
  }

  remove(keys: string[]): Promise<void> {
    const drop = (some: string[]) => {
      for (const key of some) delete this.items[key];
    };
    return this.#change(
      () => drop(keys),
      () => drop(keys.slice(0, 1)),
    );
  }
}

function halved(value: unknown): unknown {
  if (typeof value === "string") return value.slice(0, value.length / 2);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, halved(part)]));
}

const KEY = "RWkey";
const bytesOf = (words: string) => new TextEncoder().encode(words.repeat(500));
const [OLD, NEW] = [bytesOf("old rules "), bytesOf("new rules ")];

async function withFile(state: typeof NOTHING_INSTALLED, file: typeof OLD, serial: number) {
  const held = { file: await sha256Of(file), id: "north-wold", serial, key: KEY, base: null };
  const seen = [{ key: KEY, bundle: "north-wold", serial }];
  return installing(state, held, { seen, trust: [], retire: [] });
}

const oldState = await withFile(NOTHING_INSTALLED, OLD, 1);
const newState = await withFile(oldState, NEW, 2);

/** Storage in which the old file is installed; twice, so that both slots are in use. */
async function installedOnce(): Promise<Record<string, unknown>> {
  const area = new FaultyArea({});
  const store = new RulesStore(area);
  await store.write(oldState, OLD);
  await store.write(oldState, null);
  return area.items;
}

const chosenFile = (state: typeof oldState) => (state.chosen.kind === "installed" ? state.chosen.file : "");

describe("installed rules in storage", async () => {
  const counting = new FaultyArea(await installedOnce());
  await new RulesStore(counting).write(newState, NEW);
  const steps = counting.operations;

  it("an update takes several steps, and afterwards the new state is there with both files", async () => {
    assert.ok(steps >= 6, `${steps} steps`);
    const store = new RulesStore(counting);
    assert.deepEqual((await store.read()).state, newState);
    assert.deepEqual(await store.file(chosenFile(newState)), NEW);
    assert.deepEqual(await store.file(chosenFile(oldState)), OLD);
  });

  for (let step = 1; step <= steps; step += 1) {
    for (const fault of FAULTS) {
      it(`step ${step} ${fault}: the old rules or the new ones are whole, and the next update works`, async () => {
        const area = new FaultyArea(await installedOnce(), step, fault);
        const kept = await new RulesStore(area).write(newState, NEW).then(
          () => true,
          () => false,
        );
        const after = new RulesStore(new FaultyArea(area.items));
        const { state } = await after.read();
        const expected = chosenFile(state) === chosenFile(newState) ? newState : oldState;
        assert.deepEqual(state, expected);
        if (kept) assert.deepEqual(state, newState);
        assert.deepEqual(await after.file(chosenFile(state)), expected === newState ? NEW : OLD);
        await after.write(newState, NEW);
        assert.deepEqual((await after.read()).state, newState);
        assert.deepEqual(await after.file(chosenFile(newState)), NEW);
      });
    }
  }

  it("a slot or a file that was changed by anything else does not count", async () => {
    const area = new FaultyArea(await installedOnce());
    const store = new RulesStore(area);
    await store.write(newState, NEW);
    const slots = Object.keys(area.items).filter((key) => /^rules [ab]$/.test(key));
    assert.equal(slots.length, 2);
    const whole = structuredClone(area.items);
    for (const damage of [
      null,
      7,
      "",
      {},
      { body: "{}", sha256: await sha256Of(new TextEncoder().encode("{}")) },
    ]) {
      Object.assign(
        area.items,
        structuredClone(whole),
        Object.fromEntries(slots.map((key) => [key, damage])),
      );
      assert.deepEqual((await store.read()).state, NOTHING_INSTALLED);
    }
    const file = `rules file ${chosenFile(newState)}`;
    for (const damage of [
      null,
      7,
      "",
      "not base64",
      btoa("not packed"),
      whole[`rules file ${chosenFile(oldState)}`],
    ]) {
      area.items[file] = damage;
      assert.equal(await store.file(chosenFile(newState)), null);
    }
  });

  it("files that nothing needs any more are cleared away", async () => {
    const area = new FaultyArea(await installedOnce());
    const store = new RulesStore(area);
    await store.write(newState, NEW);
    const third = bytesOf("third rules ");
    await store.write(await withFile(newState, third, 3), third);
    const files = Object.keys(area.items).filter((key) => key.startsWith("rules file "));
    assert.equal(files.length, 2, "what is in force and what was before");
    assert.equal(await store.file(chosenFile(oldState)), null);
  });

  it("two files of the largest size fit into what a browser lets an extension keep", async () => {
    const rule = (n: number) =>
      JSON.stringify({ id: `rule.${n}`, match: [`word${n * 7919} (is|was) ${(n * 104_729).toString(36)}`] });
    let words = "";
    for (let n = 0; words.length < 4 * 1024 * 1024; n += 1) words += rule(n);
    const area = new FaultyArea({});
    const store = new RulesStore(area);
    const [one, other] = [bytesOf("")].flatMap(() => [
      new TextEncoder().encode(words),
      new TextEncoder().encode(words.replaceAll("word", "term")),
    ]);
    assert.ok(one !== undefined && other !== undefined);
    const first = await withFile(NOTHING_INSTALLED, one, 1);
    await store.write(first, one);
    await store.write(await withFile(first, other, 2), other);
    const size = JSON.stringify(area.items).length;
    assert.ok(size < 10_000_000, `${size} bytes`);
  });
});
