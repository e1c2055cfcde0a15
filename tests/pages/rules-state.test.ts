// What installing, going back, trusting and distrusting make of the state, and whose signatures count after that.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

Object.assign(globalThis, { BUILTIN_BUNDLES: [{ id: "middlesbrough", serial: 3, path: "", sha256: "" }] });
const {
  choosing,
  DEFAULT,
  distrusting,
  goingBack,
  goingWith,
  installing,
  isState,
  NOTHING_INSTALLED,
  trusting,
} = await import("../../extension/src/background/rules/state.js");
const { acceptingKeys, openingKeys } = await import("../../extension/src/background/rules/trust.js");

const held = (file: string, id: string, serial: number, key: string) => ({
  file,
  id,
  serial,
  key,
  base: null,
});
const seen = (key: string, bundle: string, serial: number) => ({ key, bundle, serial });
const NONE = { seen: [], trust: [], retire: [] };
const own = { trustedKeys: null };
type State = typeof NOTHING_INSTALLED;
/** The keys that may sign rules of Wold. */
const signing = (state: State, policy: Parameters<typeof acceptingKeys>[1] = own) => [
  ...new Set(
    acceptingKeys(state, policy)
      .filter(({ bundles }) => bundles.includes("wold"))
      .map(({ key }) => key),
  ),
];

const trusted = trusting(NOTHING_INSTALLED, "K", ["wold"]);
const one = installing(trusted, held("f1", "wold", 1, "K"), { ...NONE, seen: [seen("K", "wold", 1)] });
const two = installing(one, held("f2", "wold", 2, "K"), { ...NONE, seen: [seen("K", "wold", 2)] });
const three = installing(two, held("f3", "wold", 3, "K"), { ...NONE, seen: [seen("K", "wold", 3)] });

describe("the state of installed rules", () => {
  it("keeps what is in force and what was before, and no older ones", () => {
    assert.deepEqual(
      three.held.map(({ file }) => file),
      ["f2", "f3"],
    );
    assert.deepEqual(three.seen, [seen("K", "wold", 3)]);
    assert.ok(isState(JSON.parse(JSON.stringify(three))));
  });

  it("goes back by one step, and the same step undoes that", () => {
    const back = goingBack(three);
    assert.deepEqual(back.chosen, { kind: "installed", file: "f2" });
    assert.ok(back.undone);
    assert.deepEqual(goingBack(back), three);
    assert.equal(goingBack(NOTHING_INSTALLED), NOTHING_INSTALLED);
  });

  it("keeps the newest of each council while another is active", () => {
    const other = installing(trusting(three, "L", ["mere"]), held("g1", "mere", 1, "L"), NONE);
    const wold = choosing(other, { kind: "installed", file: "f3" });
    assert.deepEqual(wold.held.map(({ file }) => file).sort(), ["f3", "g1"]);
    assert.deepEqual(wold.before, { kind: "installed", file: "g1" });
  });

  it("forgets a key with what it signed, but no serial that was seen", () => {
    const gone = distrusting(three, "K");
    assert.deepEqual([gone.held, gone.keys, gone.chosen, gone.before], [[], [], DEFAULT, null]);
    assert.deepEqual(gone.seen, three.seen);
  });

  it("a key's successor opens and signs, and goes with the key that named it", () => {
    const named = installing(three, held("f4", "wold", 4, "K"), {
      seen: [seen("K", "wold", 4), seen("S", "wold", 4)],
      trust: [{ key: "S", bundles: ["wold"], succeeds: "K" }],
      retire: [],
    });
    assert.deepEqual(signing(named), ["K", "S"]);
    const taken = installing(named, held("f5", "wold", 5, "S"), {
      ...NONE,
      retire: [{ key: "K", bundle: "wold" }],
    });
    assert.deepEqual(signing(taken), ["S"]);
    assert.deepEqual(
      openingKeys(taken, own).map(({ key }) => key),
      ["K", "S"],
    );
    assert.deepEqual([...goingWith(taken, "K").keys], ["K", "S"]);
    assert.deepEqual(goingWith(taken, "K").held, taken.held);
    assert.deepEqual(
      goingWith(taken, "S").held.map(({ file }) => file),
      ["f5"],
    );
    assert.deepEqual(distrusting(taken, "K").keys, []);
    assert.deepEqual(distrusting(taken, "S").chosen, { kind: "installed", file: "f4" });
  });

  it("keeps the place in the succession of a key that may sign nothing any more", () => {
    const lost = installing(three, held("f4", "wold", 4, "K"), {
      ...NONE,
      trust: [{ key: "L", bundles: ["wold"], succeeds: "K" }],
    });
    const named = installing(lost, held("f5", "wold", 5, "K"), {
      ...NONE,
      trust: [{ key: "S", bundles: ["wold"], succeeds: "K" }],
      retire: [{ key: "L", bundle: "wold" }],
    });
    assert.deepEqual(signing(named), ["K", "S"]);
    assert.deepEqual(acceptingKeys(named, own), [
      { key: "K", bundles: ["wold"] },
      { key: "L", bundles: [], succeeds: "K" },
      { key: "S", bundles: ["wold"], succeeds: "K" },
    ]);
  });

  it("a key that is trusted by itself and named by another stands once for each", () => {
    const both = trusting(trusting(NOTHING_INSTALLED, "K", ["wold"]), "S", ["mere"]);
    const named = installing(both, held("f1", "wold", 1, "K"), {
      ...NONE,
      trust: [{ key: "S", bundles: ["wold"], succeeds: "K" }],
    });
    assert.deepEqual(acceptingKeys(named, own), [
      { key: "K", bundles: ["wold"] },
      { key: "S", bundles: ["mere"] },
      { key: "S", bundles: ["wold"], succeeds: "K" },
    ]);
    assert.deepEqual(openingKeys(named, own), [
      { key: "K", bundles: ["wold"] },
      { key: "S", bundles: ["mere", "wold"] },
    ]);
  });

  it("what is named as a successor may sign again", () => {
    const next = (key: string, by: string) => [{ key, bundles: ["wold"], succeeds: by }];
    const named = installing(trusted, held("f1", "wold", 1, "K"), { ...NONE, trust: next("S", "K") });
    const taken = installing(named, held("f2", "wold", 2, "S"), {
      ...NONE,
      retire: [{ key: "K", bundle: "wold" }],
    });
    assert.deepEqual(signing(taken), ["S"]);
    const back = installing(taken, held("f3", "wold", 3, "S"), { ...NONE, trust: next("K", "S") });
    assert.deepEqual(signing(back), ["K", "S"]);
    // It is known who named it, though it was trusted before: when it signs, that one goes.
    assert.ok(acceptingKeys(back, own).some(({ key, succeeds }) => key === "K" && succeeds === "S"));
    assert.deepEqual(back.retired, []);
    const mere = installing(
      { ...taken, retired: [...taken.retired, { key: "K", bundle: "mere" }] },
      held("f3", "wold", 3, "S"),
      { ...NONE, trust: next("K", "S") },
    );
    assert.deepEqual(mere.retired, [{ key: "K", bundle: "mere" }]);
    const again = installing(back, held("f4", "wold", 4, "S"), { ...NONE, trust: next("K", "S") });
    assert.deepEqual(again.keys, back.keys);
    // The person compared this one: it does not go with the one that named it later.
    assert.deepEqual(distrusting(back, "S").keys, [{ key: "K", bundles: ["wold"] }]);
    assert.deepEqual(distrusting(back, "K").keys, []);
  });

  it("keys that name each other in a circle go with the one that they came from", () => {
    const next = (key: string, by: string) => ({ key, bundles: ["wold"], succeeds: by });
    const state = { ...trusted, keys: [...trusted.keys, next("S", "K"), next("T", "S"), next("S", "T")] };
    assert.deepEqual(distrusting(state, "K").keys, []);
    assert.deepEqual(distrusting(state, "S").keys, trusted.keys);
    // What a key of the council's policy named is nobody's here to take along.
    const ofPolicy = { ...state, keys: [...state.keys, next("Q", "P"), next("R", "Q")] };
    assert.deepEqual(distrusting(ofPolicy, "K").keys, [next("Q", "P"), next("R", "Q")]);
    assert.deepEqual(distrusting(ofPolicy, "P").keys, state.keys);
  });

  it("a key of the policy that is a whole file is the key in it", () => {
    for (const end of ["\n", "\r\n"]) {
      const key = `untrusted comment: minisign public key${end}RWkey${end}`;
      const policy = { trustedKeys: [{ key, bundles: ["wold"] }] };
      const state = {
        ...NOTHING_INSTALLED,
        keys: [{ key: "RWnext", bundles: ["wold"], succeeds: "RWkey" }],
      };
      assert.deepEqual(signing(state, policy), ["RWkey", "RWnext"]);
      const retired = [{ key: "RWkey", bundle: "wold" }];
      assert.deepEqual(signing({ ...state, retired }, policy), ["RWnext"]);
    }
  });

  it("only the council's keys count where it names any, with the successors that they named", () => {
    const policy = { trustedKeys: [{ key: "P", bundles: ["wold"] }] };
    const state = {
      ...three,
      keys: [
        ...three.keys,
        { key: "Q", bundles: ["wold"], succeeds: "P" },
        { key: "R", bundles: ["mere"], succeeds: "K" },
      ],
    };
    assert.deepEqual(
      openingKeys(state, policy).map(({ key }) => key),
      ["P", "Q"],
    );
    assert.deepEqual(openingKeys(state, { trustedKeys: [] }), []);
  });

  it("is nothing at all where a part is of another shape", () => {
    for (const part of Object.keys(three)) {
      for (const value of [undefined, 7, "x", [7], [{}], {}]) {
        assert.ok(!isState({ ...three, [part]: value }), `${part}: ${JSON.stringify(value)}`);
      }
    }
  });
});
