// The rules in force, those that could be, and the keys that are trusted, as the options page and the popup show them.
// What a bundle says of itself and what it changes come from the engine's face and keep its shapes.

import type { BundleChanges, BundleFacts, KeyFacts, Refusal } from "../../generated/engine.js";
import type { IdentitySetting } from "./review.js";

/** A bundle that the person may choose: one of the package, or an installed file by its SHA-256. */
export type RulesChoice =
  | { readonly kind: "builtin"; readonly id: string }
  | { readonly kind: "installed"; readonly file: string };

/** One bundle, for people. */
export interface RulesEntry {
  /** Null where the council's policy brings it: then there is nothing to choose. */
  readonly choice: RulesChoice | null;
  readonly facts: BundleFacts;
  /** Who signed it; null for a bundle of the package. */
  readonly key: KeyFacts | null;
  readonly expired: boolean;
}

/** What the popup says quietly: the rules in force are past their last day, or a bundle could not be used. */
export type RulesNotice =
  | { readonly kind: "expired"; readonly authority: string; readonly expires: string }
  | { readonly kind: "refused"; readonly byPolicy: boolean; readonly reason: string };

export interface TrustedKeyEntry extends KeyFacts {
  readonly bundles: readonly string[];
  /** True for a key that the key before it named as its successor. */
  readonly successor: boolean;
  readonly byPolicy: boolean;
  /** The words of the keys that would go with it, since it named them, or one of them did. */
  readonly successors: readonly string[];
  /** The installed bundles that would go with it, those that its successors signed among them. */
  readonly signed: readonly { readonly id: string; readonly serial: number }[];
}

export interface Officer {
  readonly name: string;
  readonly email: string;
}

/** What the council's policy decides, as the pages tell of it. */
export interface PolicyView {
  readonly keys: boolean;
  readonly bundle: boolean;
  readonly sites: readonly string[];
  readonly identity: IdentitySetting | null;
  readonly allowPostAnyway: boolean;
  readonly officer: Officer | null;
  readonly elections: readonly { readonly notice: string; readonly poll: string }[] | null;
  /** Whether drafts are read for their meaning too; null where the person decides. */
  readonly semanticReviewer: boolean | null;
  readonly locale: string | null;
  /** Entries of the policy that are not of the shape stated, by name. They count for nothing. */
  readonly unreadable: readonly string[];
}

export interface RulesView {
  /** Null where not even the package's own bundle can be loaded. */
  readonly inForce: RulesEntry | null;
  readonly notice: RulesNotice | null;
  /** What one press brings back; `undone` where that press would undo an earlier one. */
  readonly before: { readonly entry: RulesEntry; readonly undone: boolean } | null;
  readonly others: readonly RulesEntry[];
  readonly keys: readonly TrustedKeyEntry[];
  /** The largest file that is read, in bytes. */
  readonly limitBytes: number;
  readonly policy: PolicyView;
}

/** What became of a file that the person brought. A refusal changed nothing. */
export type Considered =
  | {
      readonly accepted: true;
      readonly facts: BundleFacts;
      readonly key: KeyFacts;
      readonly changes: BundleChanges;
    }
  | { readonly accepted: false; readonly refusal: Refusal };

export type KeyReading =
  | { readonly readable: true; readonly key: KeyFacts }
  | { readonly readable: false; readonly reason: string };
