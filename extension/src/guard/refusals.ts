// What the rules find in a draft and the whole review of it then refuses. At the next key the rules find it again, a
// moment before the whole review refuses it again: until then it is not to be drawn.

import type { Severity } from "../shared/review.js";
import type { Stretch } from "./measuring.js";

export interface Graded extends Stretch {
  readonly severity: Severity;
}

const touch = (one: Stretch, other: Stretch) => one.start < other.end && other.start < one.end;

/** Where two texts begin to differ. */
function firstChange(before: string, after: string): number {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at += 1;
  return at;
}

/** Where the first of two texts that differ from `at` on ends to differ from the second. */
function lastChange(before: string, after: string, at: number): number {
  let end = before.length;
  const grown = after.length - before.length;
  while (end > at && end + grown > at && before[end - 1] === after[end + grown - 1]) end -= 1;
  return end;
}

/** A stretch after an edit: it grows with what is typed into it, and is gone where any of it was taken out. */
function edited<S extends Stretch>(stretch: S, at: number, end: number, grown: number): S | null {
  if (end <= stretch.start) return { ...stretch, start: stretch.start + grown, end: stretch.end + grown };
  if (at >= stretch.end) return stretch;
  return at === end ? { ...stretch, end: stretch.end + grown } : null;
}

export class Refusals {
  /** What was found in the text at hand by answers that were not the last. */
  #early: readonly Graded[] = [];
  #refused: readonly Graded[] = [];

  /** The text that was read is now another one. */
  changed(before: string, after: string): void {
    const at = firstChange(before, after);
    const end = lastChange(before, after, at);
    const grown = after.length - before.length;
    this.#early = [];
    this.#refused = this.#refused
      .map((stretch) => edited(stretch, at, end, grown))
      .filter((stretch) => stretch !== null);
  }

  /** What is to be drawn of an answer that is not the last: what was not refused, or weighs more than what was. */
  drawn<G extends Graded>(found: readonly G[]): G[] {
    this.#early = [...this.#early, ...found];
    const refuses = (mark: G) => (refused: Graded) =>
      touch(refused, mark) && (refused.severity === "warn" || mark.severity === "notice");
    return found.filter((mark) => !this.#refused.some(refuses(mark)));
  }

  /** The last answer: what it does not find is refused. */
  settle(found: readonly Graded[]): void {
    this.#refused = this.#early.filter((early) => !found.some((mark) => touch(early, mark)));
  }

  clear(): void {
    this.#early = [];
    this.#refused = [];
  }
}
