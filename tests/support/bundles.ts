// Bundles as a council makes them: a source from the command, a rule of one's own in it, built by the command, and signed
// with the real minisign, whose keys every run makes for itself.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./extension.js";

const COMMAND = join(ROOT, "target/release/second-reading");

export interface Key {
  /** The line of the public key. */
  readonly line: string;
  /** The .pub file. */
  readonly file: string;
  readonly secret: string;
}

export interface BundleOptions {
  readonly id?: string;
  readonly serial: number;
  /** A word that no other bundle looks for: a post with it is held. */
  readonly word: string;
  readonly key: Key;
  readonly issued?: string;
  readonly expires?: string;
  /** The id of the built-in bundle that this one is an overlay on; none for a whole bundle. */
  readonly on?: string;
  /** Changes the payload between building and signing, as somebody with the key could. */
  readonly alter?: (payload: Record<string, unknown>) => void;
}

const ruleFor = (word: string) => `
[[rule]]
id = "respect.word"
severity = "warn"
confidence = 0.9
match = ["${word}"]
reason = "This word could be seen as failing to treat others with respect."
advice = "Leave it out."
fires = ["The ${word} parade begins at nine."]
spares = ["The parade begins at nine."]
`;

/** A council's workshop, in a folder of its own. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), "second-reading-bundles-"));
  #made = 0;

  path(name: string): string {
    return join(this.#folder, name);
  }

  newKey(): Key {
    this.#made += 1;
    const [file, secret] = [this.path(`${this.#made}.pub`), this.path(`${this.#made}.key`)];
    execFileSync("minisign", ["-G", "-W", "-p", file, "-s", secret], { stdio: "pipe" });
    return { line: readFileSync(file, "utf8").trim().split("\n").at(-1) ?? "", file, secret };
  }

  /** The path of a signed file. */
  bundle(options: BundleOptions): string {
    const { id = "north-wold", serial, word, key } = options;
    this.#made += 1;
    const source = this.path(`source-${this.#made}/${id}`);
    const base = options.on === undefined ? [] : ["--on", options.on];
    execFileSync(COMMAND, ["bundle", "new", source, ...base], { stdio: "pipe" });
    this.#edit(join(source, "bundle.toml"), (text) => {
      const { issued, expires } = options;
      const dated = issued === undefined ? text : text.replace(/^issued = .*$/mu, `issued = "${issued}"`);
      const end = expires === undefined ? "" : `expires = "${expires}"\n`;
      return dated.replace(/^serial = .*\n/mu, `serial = ${serial}\n${end}# Edited.\n`);
    });
    this.#edit(join(source, "rules.toml"), (text) => `${text}${ruleFor(word)}`);
    const payload = this.path(`${this.#made}.json`);
    execFileSync(COMMAND, ["bundle", "build", source, "-o", payload], { stdio: "pipe" });
    if (options.alter !== undefined) {
      const parsed = JSON.parse(readFileSync(payload, "utf8")) as Record<string, unknown>;
      options.alter(parsed);
      writeFileSync(payload, `${JSON.stringify(parsed)}\n`);
    }
    return this.sign(payload, key);
  }

  /** Signs a payload with the real minisign and puts signature and payload into one file. */
  sign(payload: string, key: Key): string {
    this.#made += 1;
    const signature = this.path(`${this.#made}.minisig`);
    execFileSync("minisign", ["-S", "-s", key.secret, "-m", payload, "-x", signature], { stdio: "pipe" });
    const file = this.path(`${this.#made}.srb`);
    writeFileSync(file, `${readFileSync(signature, "utf8")}\n${readFileSync(payload, "utf8")}`);
    return file;
  }

  /** A copy of a file with other bytes. */
  copy(file: string, change: (bytes: Buffer) => Buffer): string {
    this.#made += 1;
    const copy = this.path(`${this.#made}.srb`);
    writeFileSync(copy, change(readFileSync(file)));
    return copy;
  }

  #edit(file: string, change: (text: string) => string): void {
    const before = readFileSync(file, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`nothing was changed in ${file}`);
    writeFileSync(file, after);
  }

  clear(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
