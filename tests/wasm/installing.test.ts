// Signed bundles as the extension meets them: looked into, decided on, made into an engine. Keys are each run's own.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  type Acceptance,
  acceptBundle,
  bundleLimitBytes,
  bytesOfBlob,
  type Circumstances,
  Engine,
  inspectBundle,
  inspectKey,
  type RefusalId,
} from "../../extension/generated/engine.js";
import type { Draft } from "../../extension/src/shared/review.js";
import { payload as builtinPayload, COMMAND, reviewOf, sha256 } from "./module.js";

const folder = mkdtempSync(join(tmpdir(), "second-reading-"));
after(() => rmSync(folder, { recursive: true }));

const path = (name: string): string => join(folder, name);

function bundle(...words: readonly string[]): void {
  execFileSync(COMMAND, ["bundle", ...words]);
}

/** A source whose rule fires on the word, built and signed. */
function signed(serial: number, word: string, successor?: string): Uint8Array<ArrayBuffer> {
  const name = `${serial}-${word}`;
  const rules = path(`source/north-wold/rules.toml`);
  const head = path(`source/north-wold/bundle.toml`);
  writeFileSync(rules, pristine.rules.replace('"clown"', `"clown", "${word}"`));
  const line = successor === undefined ? "" : `\nsuccessor = "${successor}"`;
  writeFileSync(head, pristine.head.replace("serial = 1", `serial = ${serial}${line}`));
  bundle("build", path("source/north-wold"), "-o", path(`${name}.json`));
  bundle("sign", path(`${name}.json`), "--key", path("ours.key"), "-o", path(`${name}.srb`));
  return new Uint8Array(readFileSync(path(`${name}.srb`)));
}

bundle("new", path("source/north-wold"));
bundle("keygen", "-o", path("ours"), "--no-password");
bundle("keygen", "-o", path("next"), "--no-password");
const pristine = {
  rules: readFileSync(path("source/north-wold/rules.toml"), "utf8"),
  head: readFileSync(path("source/north-wold/bundle.toml"), "utf8"),
};
const ours = inspectKey(readFileSync(path("ours.pub"), "utf8"));
const next = inspectKey(readFileSync(path("next.pub"), "utf8"));

function circumstances(more: Partial<Circumstances> = {}): Circumstances {
  return {
    trust: { keys: [{ key: ours.key, bundles: ["north-wold"] }], seen: [], builtIn: [] },
    today: "2999-01-01",
    bases: [],
    current: null,
    ...more,
  };
}

function accepted(bytes: Uint8Array, given = circumstances()): Extract<Acceptance, { accepted: true }> {
  const decided = acceptBundle(bytes, given);
  assert.ok(decided.accepted, JSON.stringify(decided).slice(0, 300));
  return decided;
}

function refused(id: RefusalId, bytes: Uint8Array, given = circumstances()): string {
  const decided = acceptBundle(bytes, given);
  assert.ok(!decided.accepted, "it should have been refused");
  assert.equal(decided.refusal.id, id);
  return decided.refusal.reason;
}

function verdict(engine: Engine, text: string, on: string | null = null): string {
  const draft: Draft = {
    text,
    surface: null,
    identity: "councillor",
    displayName: null,
    recipients: null,
    handle: null,
    on,
  };
  return reviewOf(engine, draft).verdict;
}

test("a key is shown by its number and eight words, from its file or its line", () => {
  assert.equal(ours.words.split(" ").length, 8);
  assert.notEqual(ours.words, next.words);
  assert.deepEqual(inspectKey(ours.key), ours);
  for (const words of ["", "RW", "hello", readFileSync(path("ours.key"), "utf8")]) {
    assert.throws(() => inspectKey(words), { name: "KeyError" });
  }
});

test("a dropped file goes all the way to a verdict by its new rule", async () => {
  const file = new File([signed(2, "wretch")], "north-wold.srb");
  const bytes = await bytesOfBlob(file, bundleLimitBytes());
  const inspected = inspectBundle(bytes);
  assert.ok(inspected.readable);
  assert.equal(inspected.facts.signature?.keyId, ours.keyId);
  const decided = accepted(bytes);
  assert.deepEqual(decided.facts, inspected.facts);
  assert.deepEqual(decided.key, ours);
  assert.equal(decided.base, null);
  assert.equal(decided.facts.payloadSha256, sha256(new TextEncoder().encode(decided.payload)));
  assert.deepEqual(
    decided.changes.rules.map((change) => [change.rule, change.change]),
    [["respect.insult", "added"]],
  );
  assert.deepEqual(decided.consequences, {
    seen: [{ key: ours.key, bundle: "north-wold", serial: 2 }],
    trust: [],
    retire: [],
  });
  const engine = Engine.reopened(bytes, circumstances().trust.keys, []);
  assert.equal(engine.bundle().serial, 2);
  assert.equal(verdict(engine, "Cllr Hartley is a wretch."), "warn");
  assert.equal(verdict(engine, "Cllr Hartley is a baker."), "clear");
});

test("what a newer bundle changes for somebody who has an older one is told", () => {
  const before = accepted(signed(2, "wretch"));
  const trust = { ...circumstances().trust, seen: before.consequences.seen };
  const given = circumstances({ trust, current: { payload: before.payload } });
  const after = accepted(signed(3, "knave"), given);
  assert.deepEqual(
    after.changes.rules.map((change) => change.change),
    ["rewritten"],
  );
  assert.match(refused("old-serial", signed(2, "wretch"), given), /serial 2/);
});

test("a bundle is refused with its reason, and nothing is thrown", () => {
  const bytes = signed(2, "wretch");
  const words = new TextDecoder().decode(bytes);
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  refused("unsigned", encode(words.slice(words.indexOf("\n\n") + 2)));
  refused("unknown-key", bytes, circumstances({ trust: { keys: [], seen: [], builtIn: [] } }));
  const other = { keys: [{ key: next.key, bundles: ["north-wold"] }], seen: [], builtIn: [] };
  refused("wrong-key", bytes, circumstances({ trust: other }));
  const elsewhere = { keys: [{ key: ours.key, bundles: ["elsewhere"] }], seen: [], builtIn: [] };
  refused("not-for-this-bundle", bytes, circumstances({ trust: elsewhere }));
  refused("altered", encode(words.replace("wretch", "wrench")));
  refused("truncated", bytes.slice(0, 500));
  refused("not-utf8", Uint8Array.of(0xff, 0xfe));
  refused("malformed", encode(words.replaceAll("\n", "\r\n")));
  refused("too-large", new Uint8Array(bundleLimitBytes() + 1));
  refused("not-yet-valid", bytes, circumstances({ today: "2020-01-01" }));
  const newer = { ...circumstances().trust, builtIn: [{ bundle: "north-wold", serial: 2 }] };
  refused("old-serial", bytes, circumstances({ trust: newer }));
  const unread = inspectBundle(encode("hello\n"));
  assert.ok(!unread.readable && unread.refusal.id === "malformed");
});

test("circumstances of another shape are the caller's fault and are thrown", () => {
  const bytes = signed(2, "wretch");
  const wrong: unknown[] = [
    undefined,
    {},
    { ...circumstances(), today: "1 May" },
    { ...circumstances(), trust: { keys: "none" } },
    { ...circumstances(), bases: [1] },
  ];
  for (const given of wrong) {
    assert.throws(() => Reflect.apply(acceptBundle, null, [bytes, given]), { name: "CircumstancesError" });
  }
  const damaged = circumstances({ bases: ["{"] });
  assert.throws(() => acceptBundle(bytes, damaged), { name: "BundleError" });
});

test("a successor is trusted for that bundle, and takes over once it has signed", () => {
  const named = accepted(signed(4, "knave", next.key));
  assert.deepEqual(named.facts.successor, next);
  assert.deepEqual(named.consequences.trust, [
    { key: next.key, bundles: ["north-wold"], succeeds: ours.key },
  ]);
  const trust = {
    ...circumstances().trust,
    keys: [...circumstances().trust.keys, ...named.consequences.trust],
    seen: named.consequences.seen,
  };
  signed(5, "cad");
  bundle("sign", path("5-cad.json"), "--key", path("next.key"), "-o", path("next.srb"));
  const taken = accepted(new Uint8Array(readFileSync(path("next.srb"))), circumstances({ trust }));
  assert.deepEqual(taken.consequences.retire, [{ key: ours.key, bundle: "north-wold" }]);
});

test("an overlay reads with its base, and not without", () => {
  bundle("new", path("source/east-mere"), "--on", "middlesbrough");
  bundle("build", path("source/east-mere"), "-o", path("overlay.json"));
  bundle("sign", path("overlay.json"), "--key", path("ours.key"), "-o", path("overlay.srb"));
  const bytes = new Uint8Array(readFileSync(path("overlay.srb")));
  const trust = { keys: [{ key: ours.key, bundles: ["east-mere"] }], seen: [], builtIn: [] };
  assert.match(refused("no-base", bytes, circumstances({ trust })), /middlesbrough/);
  const base = new TextDecoder().decode(builtinPayload);
  const current = { payload: base };
  const decided = accepted(bytes, circumstances({ trust, bases: [base], current }));
  assert.equal(decided.base, base);
  assert.deepEqual(
    decided.changes.rules.map((change) => [change.rule, change.change]),
    [["east-mere.example", "added"]],
  );
  const engine = Engine.reopened(bytes, trust.keys, [base]);
  assert.equal(engine.bundle().id, "east-mere");
  assert.equal(verdict(engine, "The draft budget says the pool will close."), "notice");
  assert.equal(verdict(engine, "Vote for me on Thursday."), "warn");
  assert.throws(() => Engine.reopened(bytes, trust.keys, []), { name: "BundleError" });
});

test("a file that was taken before opens again by its signature, whatever day it is", () => {
  const bytes = signed(2, "wretch");
  const engine = Engine.reopened(bytes, circumstances().trust.keys, []);
  assert.equal(verdict(engine, "Cllr Hartley is a wretch."), "warn");
  assert.deepEqual(engine.facts(), accepted(bytes).facts);
  const keys = [
    [],
    [{ key: next.key, bundles: ["north-wold"] }],
    [{ key: ours.key, bundles: ["elsewhere"] }],
  ];
  for (const given of keys) assert.throws(() => Engine.reopened(bytes, given, []), { name: "BundleError" });
  for (let at = 0; at < bytes.length; at += 97) {
    const flipped = bytes.slice();
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    assert.throws(() => Engine.reopened(flipped, circumstances().trust.keys, []), { name: "BundleError" });
  }
  assert.throws(() => Reflect.apply(Engine.reopened, null, [bytes, "none", []]), {
    name: "CircumstancesError",
  });
});

test("election periods of a council's policy take the place of the bundle's", () => {
  const engine = Engine.builtin(builtinPayload, sha256(builtinPayload));
  const post = "Selfie with the shadow minister on the pier.";
  const [within, after] = ["2030-04-01", "2030-05-03"];
  const quiet = verdict(engine, post, within);
  engine.setElections([{ notice: "2030-03-20", poll: "2030-05-02" }]);
  assert.notEqual(verdict(engine, post, within), quiet);
  assert.equal(verdict(engine, post, after), quiet);
  engine.setElections([]);
  assert.equal(verdict(engine, post, within), quiet);
  const draft: Draft = {
    text: post,
    surface: null,
    identity: "councillor",
    displayName: null,
    recipients: null,
    handle: null,
    on: within,
  };
  const read = engine.read(draft);
  assert.equal(engine.weigh(read, null).verdict, quiet);
  engine.setElections([{ notice: "2030-03-20", poll: "2030-05-02" }]);
  assert.notEqual(engine.weigh(read, null).verdict, quiet, "what was read before is read again");
  const other = Engine.builtin(builtinPayload, sha256(builtinPayload));
  assert.equal(other.weigh(read, null).verdict, quiet, "what another engine read is read again");
  read.free();
  engine.setElections([]);
  for (const wrong of [null, [{}], [{ notice: "soon", poll: "2030-05-02" }]]) {
    assert.throws(() => Reflect.apply(engine.setElections, engine, [wrong]), { name: "CircumstancesError" });
  }
});
