// Whether an Enter began a new line, seen by what stands there after it: the same words with a line more, or words that
// go on in a new box, as in editors where every paragraph is one. It decides nothing about what Enter does on a site.

import { type Composer, composerAt, composersBelow } from "./composers.js";
import { asSeen, inked, isBlank, read } from "./reading.js";
import { activeElement } from "./tree.js";

/** A line that an Enter begins is there at once: later ones are pasted, or put there by the page. */
const BEGINS_WITHIN_MS = 500;
/** How often to look: what may begin a line anywhere in the page is dearer to watch. */
const LOOKS_EVERY_MS = 50;

/** An Enter, and what it was pressed on. */
export interface Entered {
  readonly composer: Composer;
  readonly text: string;
  /** What could be written in before it: a box among these is no new line. */
  readonly boxes: ReadonlySet<Composer>;
  readonly at: number;
}

/** To be asked before the page has acted on the Enter. */
export const entered = (composer: Composer): Entered => ({
  composer,
  text: read(composer).text,
  boxes: new Set(composersBelow(document)),
  at: performance.now(),
});

const lines = (text: string) => asSeen(text).split("\n").length;

/** Whether `now` is the same words with one more line: an editor may drop the space at which it was begun. */
const hasLineMore = (now: string, before: string) =>
  lines(now) > lines(before) && inked(now) === inked(before);

/** The box that was made below the Enter's own and has the keyboard, or null. */
function newBox({ composer, boxes }: Entered): Composer | null {
  const box = composerAt(activeElement());
  if (box === null || box === composer || boxes.has(box)) return null;
  return (composer.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 ? box : null;
}

/** Whether the Enter has begun a line by now, and nothing else went on since. */
export function beganLine(enter: Entered): boolean {
  const { composer, text, at } = enter;
  if (!composer.isConnected || performance.now() - at > BEGINS_WITHIN_MS) return false;
  const now = read(composer).text;
  if (isBlank(now)) return false;
  if (hasLineMore(now, text)) return true;
  const box = newBox(enter);
  return box !== null && inked(now + read(box).text) === inked(text);
}

/** Resolves with whether it does, as soon as it has or can no longer. */
export function beginsLine(enter: Entered, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      const began = !signal.aborted && beganLine(enter);
      const isOver = began || signal.aborted || performance.now() - enter.at > BEGINS_WITHIN_MS;
      if (!isOver) return;
      clearInterval(timer);
      resolve(began);
    };
    const timer = setInterval(look, LOOKS_EVERY_MS);
    look();
  });
}
