// Reads a draft as the person sees it, and says where in the page each of its words stands. Fields give their value.
// Editors are walked by hand, since what the browser offers doubles newlines between paragraphs or loses them, and
// keeps the invisible characters and placeholders that editors put in. Nothing is changed.

import { type Composer, isField } from "./composers.js";

/** A run of the text that comes from one node. UTF-16 code units on both sides; a widget's run has its element. */
interface Run {
  readonly start: number;
  readonly length: number;
  readonly node: Text | Element;
  readonly offset: number;
}

export interface Reading {
  readonly text: string;
  /** Empty for fields. */
  readonly runs: readonly Run[];
}

const BLOCKS = new Set(
  "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);
const SILENT = new Set(
  "audio button canvas iframe input link meta noscript object script select style svg template textarea title video".split(
    " ",
  ),
);
/** Stands for the newline where a quoted block ends: in a mail that is answered, what follows is the person's own again. */
const QUOTE_END = "\u2029";
/** Characters that editors put in to hold a place for the caret. They are no part of what the person wrote. */
const FILLERS = /[\u2060\uFEFF\u200B]+/gu;

function isFurniture(element: Element): boolean {
  if (SILENT.has(element.localName)) return true;
  if (element.getAttribute("aria-hidden") === "true" || element.hasAttribute("hidden")) return true;
  if (element.hasAttribute("data-slate-placeholder") || element.getAttribute("role") === "button")
    return true;
  const fixed = element.getAttribute("contenteditable") === "false";
  return fixed && /placeholder|toolbar|handle|resiz/iu.test(element.getAttribute("class") ?? "");
}

/** Tags say nothing of custom elements, so the page's style is asked; for all others the tag is enough. */
const isBlock = (element: Element) =>
  BLOCKS.has(element.localName) ||
  (element.localName.includes("-") && !getComputedStyle(element).display.startsWith("inline"));

class Walk {
  readonly #runs: Run[] = [];
  #text = "";
  /** The last character is a space that shows only if words follow it on its line. */
  #hanging = false;
  /** A newline is due before the next words. */
  #due = false;
  /** The line has words, or is an empty line that counts. */
  #used = false;
  /** How many quoted blocks the walk is in. */
  #quotes = 0;
  /** The newline that is due is where the last of them ended. */
  #quoteEnded = false;

  constructor(readonly verbatim: boolean) {}

  reading(): Reading {
    this.#dropHanging();
    return { text: this.#text, runs: this.#runs };
  }

  /** A space that ends a line does not show, unless the editor shows all white space. */
  #dropHanging(): void {
    if (!this.#hanging) return;
    this.#runs.pop();
    this.#text = this.#text.slice(0, -1);
    this.#hanging = false;
  }

  #boundary(): void {
    this.#dropHanging();
    if (this.#used) this.#due = true;
    this.#used = false;
  }

  #flush(): void {
    if (this.#due) this.#text += this.#quoteEnded ? QUOTE_END : "\n";
    this.#due = false;
    this.#quoteEnded = false;
  }

  #add(words: string, node: Text | Element, offset: number): void {
    this.#flush();
    this.#runs.push({ start: this.#text.length, length: words.length, node, offset });
    this.#text += words;
    this.#used = true;
    this.#hanging = false;
  }

  #textNode(node: Text): void {
    const data = node.data;
    let from = 0;
    for (const filler of data.matchAll(FILLERS)) {
      this.#piece(node, data, from, filler.index);
      from = filler.index + filler[0].length;
    }
    this.#piece(node, data, from, data.length);
  }

  #piece(node: Text, data: string, from: number, to: number): void {
    if (from >= to) return;
    if (this.verbatim) {
      this.#add(data.slice(from, to).replaceAll("\u00A0", " "), node, from);
      return;
    }
    // As the browser shows it: runs of white space are one space, and none begins a line.
    const space = /[ \t\r\n]+/gu;
    space.lastIndex = from;
    let at = from;
    while (at < to) {
      space.lastIndex = at;
      const gap = space.exec(data);
      const end = gap === null || gap.index >= to ? to : gap.index;
      if (end > at) this.#add(data.slice(at, end).replaceAll("\u00A0", " "), node, at);
      if (end === to || gap === null) break;
      const after = Math.min(to, gap.index + gap[0].length);
      if (this.#used && !/[ \n]$/u.test(this.#text)) {
        this.#add(" ", node, gap.index);
        this.#hanging = true;
      }
      at = after;
    }
  }

  #break(element: Element, block: Element): void {
    if (endsBlock(element, block)) {
      // It only keeps its line open: an empty line counts, a line with words has ended anyway.
      if (!this.#used) {
        this.#flush();
        this.#used = true;
      }
      return;
    }
    this.#dropHanging();
    this.#flush();
    this.#text += "\n";
    this.#used = false;
  }

  children(parent: Element, block: Element): void {
    for (let node = parent.firstChild; node !== null; node = node.nextSibling) {
      if (node instanceof Text) this.#textNode(node);
      else if (node instanceof Element) this.#element(node, block);
    }
  }

  #element(element: Element, block: Element): void {
    if (element.localName === "br") {
      this.#break(element, block);
      return;
    }
    if (element instanceof HTMLImageElement) {
      if (element.alt !== "" && element.getAttribute("aria-hidden") !== "true")
        this.#add(element.alt, element, 0);
      return;
    }
    if (isFurniture(element)) return;
    if (!isBlock(element)) {
      this.children(element, block);
      return;
    }
    const quotes = element.localName === "blockquote";
    this.#boundary();
    const before = this.#text.length;
    if (quotes) this.#quotes += 1;
    this.children(element, element);
    this.#boundary();
    if (!quotes) return;
    this.#quotes -= 1;
    if (this.#quotes === 0 && this.#text.length > before) this.#quoteEnded = true;
  }
}

/** Whether nothing that shows follows `element` inside its block. */
function endsBlock(element: Element, block: Element): boolean {
  for (let at: Node = element; at !== block; ) {
    for (let next = at.nextSibling; next !== null; next = next.nextSibling) {
      if (next instanceof Text ? next.data.replaceAll(FILLERS, "").trim() !== "" : next instanceof Element) {
        return next instanceof Element && isBlock(next);
      }
    }
    if (at.parentNode === null) return true;
    at = at.parentNode;
  }
  return true;
}

/** The draft that `composer` holds now. */
export function read(composer: Composer): Reading {
  if (isField(composer)) return { text: composer.value, runs: [] };
  const verbatim = /pre|break-spaces/u.test(getComputedStyle(composer).whiteSpace);
  const walk = new Walk(verbatim);
  walk.children(composer, composer);
  return walk.reading();
}

/** A draft's text as the person sees it, of the same length. */
export const asSeen = (text: string) => text.replaceAll(QUOTE_END, "\n");

/** Nothing a person would call words. */
export const isBlank = (text: string) => text.trim() === "";

/** Without its white space, which pages and editors set as they like. */
export const inked = (text: string) => text.replace(/\s/gu, "");

/** Whether the person wrote on after `before`: there is more than there was. */
export const isWrittenOn = (now: string, before: string) => inked(now).length > inked(before).length;

export const withWords = (composers: readonly Composer[]) =>
  composers.filter((composer) => !isBlank(read(composer).text));

/** The page's ranges that show `start`..`end` (UTF-16 code units) of a reading. */
export function rangesOf(reading: Reading, start: number, end: number): Range[] {
  const ranges: Range[] = [];
  for (const run of reading.runs) {
    const from = Math.max(start, run.start);
    const to = Math.min(end, run.start + run.length);
    if (from >= to) continue;
    const range = run.node.ownerDocument.createRange();
    if (run.node instanceof Text) {
      const limit = run.node.length;
      range.setStart(run.node, Math.min(limit, run.offset + from - run.start));
      range.setEnd(run.node, Math.min(limit, run.offset + to - run.start));
    } else {
      range.selectNode(run.node);
    }
    ranges.push(range);
  }
  return ranges;
}
