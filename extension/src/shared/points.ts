// Turns the findings of one or more drafts into numbered points: what a person reads. Findings of one kind under one
// clause are one point, however often they occur, so that a draft with many findings stays readable.

import type { Category, Finding, Severity } from "./review.js";

/** One reason within a point, with the words that gave rise to it. */
export interface Note {
  readonly message: string;
  readonly advice: string;
  readonly words: readonly string[];
}

export interface Point {
  /** From 1, as shown beside the marked words. */
  readonly number: number;
  readonly category: Category;
  readonly clause: string;
  readonly quote: string;
  readonly severity: Severity;
  readonly notes: readonly Note[];
}

/** A range of UTF-16 code units of a draft that belongs to a point. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly point: number;
}

export interface Reading {
  readonly points: readonly Point[];
  /** For each draft, its marks in order of their first words. */
  readonly marks: readonly (readonly Mark[])[];
}

const WORDS_SHOWN = 4;

const keyOf = (finding: Finding) => `${finding.category} ${finding.clause}`;

function notesOf(findings: readonly Finding[]): Note[] {
  const notes = new Map<string, { message: string; advice: string; words: Set<string> }>();
  for (const { message, advice, spans } of findings) {
    const key = `${message}\n${advice}`;
    const note = notes.get(key) ?? { message, advice, words: new Set() };
    notes.set(key, note);
    for (const span of spans) if (note.words.size < WORDS_SHOWN) note.words.add(span.text.trim());
  }
  return [...notes.values()].map((note) => ({
    ...note,
    words: [...note.words].filter((text) => text !== ""),
  }));
}

/**
 * How many things are said to have been noticed: those that hold the submission. Others are only also worth a look, and
 * count where there is nothing else.
 */
export function counted(points: readonly Point[]): number {
  const held = points.filter((point) => point.severity === "warn").length;
  return held > 0 ? held : points.length;
}

/** Numbers the points: those that hold a submission first, then in the order of the drafts' words. */
export function readingOf(drafts: readonly (readonly Finding[])[]): Reading {
  const groups = new Map<string, Finding[]>();
  for (const finding of drafts.flat()) {
    const key = keyOf(finding);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const holds = (findings: readonly Finding[]) => findings.some((finding) => finding.severity === "warn");
  const entries = [...groups.entries()];
  const ordered = [
    ...entries.filter(([, findings]) => holds(findings)),
    ...entries.filter(([, findings]) => !holds(findings)),
  ];
  const numbers = new Map(ordered.map(([key], i) => [key, i + 1]));
  return {
    points: ordered.flatMap(([, findings], i) => {
      const [first] = findings;
      if (first === undefined) return [];
      const { category, clause, quote } = first;
      const severity = holds(findings) ? "warn" : "notice";
      return [{ number: i + 1, category, clause, quote, severity, notes: notesOf(findings) }];
    }),
    marks: drafts.map((findings) =>
      findings
        .flatMap((finding) =>
          finding.spans.map(({ start, end }) => ({ start, end, point: numbers.get(keyOf(finding)) ?? 0 })),
        )
        .sort((a, b) => a.start - b.start || a.end - b.end),
    ),
  };
}
