// The shapes of a review as the engine's WebAssembly face returns it. They mirror crate/engine/src/review.rs;
// spans count UTF-16 code units, as JavaScript does.

export const CATEGORIES = [
  "respect",
  "disrepute",
  "confidentiality",
  "bullying",
  "advantage",
  "candidacy",
  "party",
  "campaigning",
  "adverse",
  "offensive",
  "business",
] as const;

export type Category = (typeof CATEGORIES)[number];
export type Severity = "notice" | "warn";
export type Verdict = "clear" | Severity;
export type Surface = "social" | "forum" | "blog" | "chat" | "email";

export const RECIPIENTS = ["same-group", "other-members", "officer", "public", "mixed"] as const;
/** Who will receive a message, where the person says so. */
export type Recipients = (typeof RECIPIENTS)[number];

/** How the person says they appear on a site: the setting. `detect` is the default. */
export type IdentitySetting = "councillor" | "detect" | "private";

/** A half-open range of UTF-16 code units of the draft, with the words themselves. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Finding {
  readonly category: Category;
  /** The clause's number, such as "12.3". */
  readonly clause: string;
  /** The council's own words for it. */
  readonly quote: string;
  readonly rule: string;
  readonly reviewer: "rules" | "semantic";
  readonly severity: Severity;
  /** From 0 to 1; never shown to the person. */
  readonly confidence: number;
  readonly spans: readonly Span[];
  readonly message: string;
  readonly advice: string;
}

/** What weighs for (4.10) or against (4.11) a message, in words. */
export interface MailFactor {
  readonly paragraph: string;
  readonly factor: string;
  readonly text: string;
}

export interface MailReview {
  readonly political: boolean;
  readonly acceptable: boolean;
  readonly factors: readonly MailFactor[];
}

export interface Review {
  readonly verdict: Verdict;
  /** Whether the writer identifies as a councillor here; null is unknown, which counts as yes. */
  readonly identified: boolean | null;
  /** The words or the setting that decided. */
  readonly evidence: string | null;
  readonly findings: readonly Finding[];
  /** Null where nobody said who receives it, or where the rules in force weigh no messages. */
  readonly mail: MailReview | null;
}

/** Where something was found: starts and ends by turns, as the semantic reviewer's module takes them. */
export function placesIn({ findings }: Review): Uint32Array {
  return Uint32Array.from(findings.flatMap(({ spans }) => spans.flatMap(({ start, end }) => [start, end])));
}

/** What the engine is given. */
export interface Draft {
  readonly text: string;
  readonly surface: Surface | null;
  readonly identity: IdentitySetting;
  readonly displayName: string | null;
  readonly handle: string | null;
  /** Today, as YYYY-MM-DD in the person's own calendar. */
  readonly on: string | null;
  readonly recipients: Recipients | null;
}
