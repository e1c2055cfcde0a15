// What the council set for the computers that it manages (storage.managed). It is written by whoever administers the
// browser and read here entry by entry: one that is not of the shape stated counts for nothing and is named. Nothing
// else in the extension reads that storage.

import type { TrustedKey } from "../../generated/engine.js";
import { openOrigin } from "../shared/origin.js";
import type { IdentitySetting } from "../shared/review.js";
import type { Officer } from "../shared/rules.js";
import { sha256OfText } from "./sha256.js";

export interface ElectionPeriod {
  readonly notice: string;
  readonly poll: string;
}

export interface Policy {
  /** Null where the person decides whom to trust. */
  readonly trustedKeys: readonly TrustedKey[] | null;
  /** A signed file as base64. */
  readonly bundle: string | null;
  readonly sites: readonly string[];
  readonly monitoringOfficer: Officer | null;
  readonly identity: IdentitySetting | null;
  readonly allowPostAnyway: boolean;
  readonly elections: readonly ElectionPeriod[] | null;
  /** Whether drafts are read for their meaning too; null where the person decides. */
  readonly semanticReviewer: boolean | null;
  readonly locale: string | null;
  readonly unreadable: readonly string[];
  /** Nothing at all is set. */
  readonly nothing: boolean;
  /** A hash of it all: another text for another policy. Guards are told this and no entry. */
  readonly stamp: string;
}

type Entries = Readonly<Record<string, unknown>>;

const isEntries = (value: unknown): value is Entries =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** A day that the calendar has: some browsers read 30 February as 2 March. It knows no year 0. */
function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/u.test(value)) return false;
  const read = new Date(value);
  return !value.startsWith("0000") && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value);
}

/** A list whose every part can be read, or null. */
function list<T>(value: unknown, part: (value: unknown) => T | null): readonly T[] | null {
  if (!Array.isArray(value)) return null;
  const parts = value.map(part);
  return parts.every((one) => one !== null) ? parts : null;
}

function asKey(value: unknown): TrustedKey | null {
  if (!isEntries(value) || !isText(value["key"])) return null;
  const bundles = list(value["bundles"], (id) => (isText(id) ? id : null));
  return bundles === null ? null : { key: value["key"].trim(), bundles };
}

function asOrigin(value: unknown): string | null {
  return typeof value === "string" ? openOrigin(value) : null;
}

function asOfficer(value: unknown): Officer | null {
  if (!isEntries(value) || !isText(value["name"]) || !isText(value["email"])) return null;
  return { name: value["name"].trim(), email: value["email"].trim() };
}

function asIdentity(value: unknown): IdentitySetting | null {
  return value === "councillor" || value === "detect" || value === "private" ? value : null;
}

function asElection(value: unknown): ElectionPeriod | null {
  if (!isEntries(value) || !isDay(value["notice"]) || !isDay(value["poll"])) return null;
  return value["notice"] <= value["poll"] ? { notice: value["notice"], poll: value["poll"] } : null;
}

function asLocale(value: unknown): string | null {
  try {
    return isText(value) ? (Intl.getCanonicalLocales(value)[0] ?? null) : null;
  } catch {
    return null;
  }
}

/** The policy in what a browser hands over. Browsers that check it against the schema drop what does not fit. */
export function policyOf(stored: Entries): Omit<Policy, "nothing" | "stamp"> {
  const unreadable: string[] = [];
  const entry = <T>(name: string, read: (value: unknown) => T | null): T | null => {
    const value = stored[name];
    if (value === undefined || value === null) return null;
    const found = read(value);
    if (found === null) unreadable.push(name);
    return found;
  };
  return {
    trustedKeys: entry("trustedKeys", (value) => list(value, asKey)),
    bundle: entry("bundle", (value) => (isText(value) ? value : null)),
    sites: entry("sites", (value) => list(value, asOrigin)) ?? [],
    monitoringOfficer: entry("monitoringOfficer", asOfficer),
    identity: entry("identity", asIdentity),
    allowPostAnyway: entry("allowPostAnyway", (value) => (typeof value === "boolean" ? value : null)) ?? true,
    elections: entry("elections", (value) => list(value, asElection)),
    semanticReviewer: entry("semanticReviewer", (value) => (typeof value === "boolean" ? value : null)),
    locale: entry("locale", asLocale),
    unreadable,
  };
}

/**
 * How long the answer that nothing is set counts, in milliseconds: a browser that has just started may not have its
 * policy yet.
 */
const NOTHING_COUNTS_MS = 10_000;

interface Known {
  readonly policy: Promise<Policy>;
  until: number;
}

let known: Known | null = null;
let arrived: () => void = () => {};

async function stored(): Promise<Entries> {
  try {
    return await chrome.storage.managed.get(null);
  } catch {
    // Firefox rejects where nothing is managed.
    return {};
  }
}

async function read(): Promise<Policy> {
  const entries = await stored();
  const nothing = Object.keys(entries).length === 0;
  return { ...policyOf(entries), nothing, stamp: await sha256OfText(JSON.stringify(entries)) };
}

async function settle(asked: Known, before: Known | null): Promise<void> {
  if ((await asked.policy).nothing) asked.until = Date.now() + NOTHING_COUNTS_MS;
  // Only where nothing was set is an answer that came before asked for anew.
  else if (before !== null) arrived();
}

export function policy(): Promise<Policy> {
  if (known !== null && Date.now() < known.until) return known.policy;
  const asked: Known = { policy: read(), until: Number.POSITIVE_INFINITY };
  void settle(asked, known);
  known = asked;
  return asked.policy;
}

/** What is done when a policy is found where there was none before. */
export function whenPolicyArrives(act: () => void): void {
  arrived = act;
}

/** The administrator changed it: the next question reads it anew. */
export function forgetPolicy(): void {
  known = null;
}
