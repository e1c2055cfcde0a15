// Cuts a draft into stretches of plain and marked words, and a long draft down to the places that are marked.

import type { Mark } from "./points.js";

/** A stretch of a draft under the same points; `ends` are the points whose words end with it. */
export interface Stretch {
  readonly text: string;
  readonly points: readonly number[];
  readonly ends: readonly number[];
}

/** A part of a draft; `cutBefore` and `cutAfter` say that the draft goes on there. */
export interface Excerpt {
  readonly stretches: readonly Stretch[];
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** A draft up to this many UTF-16 code units is shown whole. */
const WHOLE = 700;
const AROUND = 120;
const SNAP = 30;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Marks of one point that touch or overlap become one; those outside the draft are dropped. */
function tidy(text: string, marks: readonly Mark[]): Mark[] {
  const tidied: Mark[] = [];
  for (const { start, end, point } of marks) {
    const mark = { start: Math.max(0, start), end: Math.min(text.length, end), point };
    if (mark.start >= mark.end) continue;
    const at = tidied.findLastIndex((known) => known.point === point);
    const last = tidied[at];
    if (last !== undefined && mark.start <= last.end) {
      tidied[at] = { ...last, end: Math.max(last.end, mark.end) };
    } else {
      tidied.push(mark);
    }
  }
  return tidied;
}

function stretchesOf(text: string, marks: readonly Mark[], { start, end }: Range): Stretch[] {
  const inside = marks.filter((mark) => mark.end > start && mark.start < end);
  const cuts = [...new Set([start, end, ...inside.flatMap((mark) => [mark.start, mark.end])])]
    .filter((cut) => cut >= start && cut <= end)
    .sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => {
    const to = cuts[i + 1] ?? end;
    return {
      text: text.slice(from, to),
      points: inside.filter((mark) => mark.start <= from && mark.end >= to).map((mark) => mark.point),
      ends: inside.filter((mark) => mark.end === to).map((mark) => mark.point),
    };
  });
}

/** The next place between words at or after `from`, and failing that one that cuts no character in two. */
function snap(text: string, from: number, step: 1 | -1): number {
  for (let at = from; Math.abs(at - from) <= SNAP && at > 0 && at < text.length; at += step) {
    if (/\s/u.test(text.charAt(at))) return at;
  }
  const splits = /[\udc00-\udfff]/u.test(text.charAt(from)) && /[\ud800-\udbff]/u.test(text.charAt(from - 1));
  return splits ? from + step : from;
}

function rangesOf(text: string, marks: readonly Mark[]): Range[] {
  const ranges: Range[] = [];
  for (const mark of marks) {
    const start = mark.start > AROUND ? snap(text, mark.start - AROUND, -1) : 0;
    const end = mark.end + AROUND < text.length ? snap(text, mark.end + AROUND, 1) : text.length;
    const last = ranges.at(-1);
    if (last !== undefined && start <= last.end) {
      ranges[ranges.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    } else {
      ranges.push({ start, end });
    }
  }
  return ranges;
}

/** The draft whole where it is short or `whole` asks for it; otherwise the places around its marks. */
export function excerptsOf(text: string, marks: readonly Mark[], whole: boolean): Excerpt[] {
  const tidied = tidy(text, marks);
  const ranges =
    whole || text.length <= WHOLE
      ? [{ start: 0, end: text.length }]
      : tidied.length > 0
        ? rangesOf(text, tidied)
        : [{ start: 0, end: snap(text, WHOLE, -1) }];
  return ranges.map((range) => ({
    stretches: stretchesOf(text, tidied, range),
    cutBefore: range.start > 0,
    cutAfter: range.end < text.length,
  }));
}
