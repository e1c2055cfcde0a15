// Where on the screen given words of a draft stand. Editors answer from their own nodes; a text field does not say, so
// its text is laid out once more in a copy that exists only within one task, inside a closed shadow root: no script of
// the page runs meanwhile and nothing can be found afterwards.

import { type Composer, isField } from "./composers.js";
import { type Reading, rangesOf } from "./reading.js";

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const COPIED = [
  "border-bottom-width",
  "border-left-width",
  "border-right-width",
  "border-top-width",
  "direction",
  "font-family",
  "font-feature-settings",
  "font-kerning",
  "font-size",
  "font-stretch",
  "font-style",
  "font-variant",
  "font-variation-settings",
  "font-weight",
  "hyphens",
  "letter-spacing",
  "line-break",
  "line-height",
  "overflow-wrap",
  "padding-bottom",
  "padding-left",
  "padding-right",
  "padding-top",
  "tab-size",
  "text-align",
  "text-indent",
  "text-rendering",
  "text-transform",
  "unicode-bidi",
  "white-space",
  "word-break",
  "word-spacing",
];

const px = (value: string) => Number.parseFloat(value) || 0;

/**
 * The places of each stretch inside a field, in the field's own unscaled pixels from its outer top left corner, before
 * it is scrolled. `workshop` must be a shadow root that the page can't open.
 */
export function measureField(
  field: HTMLTextAreaElement | HTMLInputElement,
  stretches: readonly Stretch[],
  workshop: ShadowRoot,
): Place[][] {
  const style = getComputedStyle(field);
  const copy = document.createElement("div");
  const set = (property: string, value: string) => copy.style.setProperty(property, value, "important");
  set("all", "initial");
  for (const property of COPIED) set(property, style.getPropertyValue(property));
  const borders = px(style.borderLeftWidth) + px(style.borderRightWidth);
  const bar = Math.max(0, field.offsetWidth - field.clientWidth - borders);
  const oneLine = field instanceof HTMLInputElement;
  set("position", "absolute");
  set("left", "0");
  set("top", "0");
  set("visibility", "hidden");
  set("box-sizing", "border-box");
  set("border-style", "solid");
  set("border-color", "transparent");
  set("width", oneLine ? "max-content" : `${field.offsetWidth - bar}px`);
  if (oneLine) {
    set("min-width", `${field.offsetWidth}px`);
    set("white-space", "pre");
  }
  const text = document.createTextNode(field.value);
  copy.append(text);
  workshop.append(copy);
  try {
    const origin = copy.getBoundingClientRect();
    // A single line stands in the middle of its field.
    const drop = oneLine ? (field.offsetHeight - copy.offsetHeight) / 2 : 0;
    const range = document.createRange();
    return stretches.map(({ start, end }) => {
      range.setStart(text, Math.min(start, text.length));
      range.setEnd(text, Math.min(end, text.length));
      return [...range.getClientRects()].map((rect) => ({
        left: rect.left - origin.left,
        top: rect.top - origin.top + drop,
        width: rect.width,
        height: rect.height,
      }));
    });
  } finally {
    copy.remove();
    text.data = "";
  }
}

/** The places of a stretch in an editor, in the view's pixels. */
export function measureEditor(reading: Reading, { start, end }: Stretch): Place[] {
  return rangesOf(reading, start, end).flatMap((range) => [...range.getClientRects()]);
}

/** Measured places of a field, as they stand in the view now. */
export function inView(field: HTMLElement, place: Place): Place {
  const outer = field.getBoundingClientRect();
  const scale = field.offsetWidth === 0 ? 1 : outer.width / field.offsetWidth;
  return {
    left: outer.left + (place.left - field.scrollLeft) * scale,
    top: outer.top + (place.top - field.scrollTop) * scale,
    width: place.width * scale,
    height: place.height * scale,
  };
}

/** The part of the view in which a composer's words show: its inner box, cut by whatever around it cuts. */
export function visibleBox(composer: Composer, cutting: readonly Element[]): DOMRect {
  const own = composer.getBoundingClientRect();
  let left = own.left + composer.clientLeft;
  let top = own.top + composer.clientTop;
  let right = isField(composer) ? left + composer.clientWidth : own.right;
  let bottom = isField(composer) ? top + composer.clientHeight : own.bottom;
  for (const element of cutting) {
    const box = element.getBoundingClientRect();
    left = Math.max(left, box.left);
    top = Math.max(top, box.top);
    right = Math.min(right, box.right);
    bottom = Math.min(bottom, box.bottom);
  }
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}
