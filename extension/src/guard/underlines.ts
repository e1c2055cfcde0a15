// Quiet underlines while the person writes: strokes without words in a closed shadow root beside the composer, never
// in it. Wavy for what would be held, dotted for what is worth a look. What was edited since is dropped rather than
// shown in the wrong place. The host stands wherever a composer is in use, findings or none, so that its being there
// tells the page nothing.

import type { Review, Severity } from "../shared/review.js";
import { type Composer, isField } from "./composers.js";
import { inView, measureEditor, measureField, type Place, type Stretch, visibleBox } from "./measuring.js";
import { dress } from "./plain-dialog.js";
import { read } from "./reading.js";
import { Refusals } from "./refusals.js";
import { holds, upwards } from "./tree.js";

interface Mark extends Stretch {
  readonly words: string;
  readonly severity: Severity;
}

const MOST_MARKS = 60;
/** Laying out longer texts a second time would be felt while typing. */
const MOST_TEXT = 20_000;
const SVG = "http://www.w3.org/2000/svg";
const WAVE = 3;
const STROKE_HEIGHT = 5;

const HOST = {
  all: "initial",
  display: "block",
  position: "absolute",
  left: "0",
  top: "0",
  width: "0",
  height: "0",
  "pointer-events": "none",
  "z-index": "2147483646",
};

function marksOf(review: Review): Mark[] {
  const marks = review.findings.flatMap(({ severity, spans }) =>
    spans.map(({ start, end, text }) => ({ start, end, words: text, severity })),
  );
  return marks.slice(0, MOST_MARKS);
}

/** A mark where its words stand now, or null where they were edited. `grown` is what was typed before it. */
function moved(mark: Mark, text: string, grown: number): Mark | null {
  for (const by of [0, grown]) {
    if (text.slice(mark.start + by, mark.end + by) === mark.words) {
      return { ...mark, start: mark.start + by, end: mark.end + by };
    }
  }
  return null;
}

/** Both, less those all of whose words another one marks at least as gravely. */
function joined(earlier: readonly Mark[], found: readonly Mark[]): Mark[] {
  const covers = (mark: Mark) => (other: Mark) =>
    other.start <= mark.start &&
    mark.end <= other.end &&
    (other.severity === "warn" || mark.severity === "notice");
  const added = found.filter((mark) => !earlier.some(covers(mark)));
  return [...added, ...earlier.filter((mark) => !added.some(covers(mark)))].slice(0, MOST_MARKS);
}

export class Underlines {
  readonly #host = document.createElement("div");
  readonly #root = this.#host.attachShadow({ mode: "closed" });
  readonly #sizes = new ResizeObserver(() => this.#remeasure());
  readonly #moves: () => void;
  #composer: Composer | null = null;
  #text = "";
  #marks: readonly Mark[] = [];
  readonly #refusals = new Refusals();
  #measured: readonly Place[][] | null = null;
  #cutting: readonly Element[] = [];
  #listening: AbortController | null = null;
  #frame = 0;

  constructor(signal: AbortSignal) {
    this.#moves = () => this.#soon();
    dress(this.#host, HOST);
    this.#host.setAttribute("aria-hidden", "true");
    signal.addEventListener("abort", () => this.leave());
  }

  /** The person turns to a composer. */
  enter(composer: Composer): void {
    this.leave();
    this.#composer = composer;
    this.#settle(composer);
    this.#listen(composer);
  }

  /**
   * Shows the findings of a review of `text`, unless the composer holds another text by now. One that is not `complete`
   * takes nothing away: what it has not read yet was marked before, and would come back a moment later.
   */
  show(composer: Composer, text: string, review: Review, complete: boolean): void {
    if (composer !== this.#composer || read(composer).text !== text) return;
    this.changed(composer, text);
    const found = marksOf(review);
    if (text.length > MOST_TEXT) this.#marks = [];
    else this.#marks = complete ? found : joined(this.#marks, this.#refusals.drawn(found));
    if (complete) this.#refusals.settle(found);
    this.#remeasure();
  }

  /** The composer's text is now this one. */
  changed(composer: Composer, text: string): void {
    if (composer !== this.#composer || text === this.#text) return;
    const grown = text.length - this.#text.length;
    this.#refusals.changed(this.#text, text);
    this.#text = text;
    this.#marks = this.#marks.map((mark) => moved(mark, text, grown)).filter((mark) => mark !== null);
    this.#remeasure();
  }

  leave(): void {
    this.#composer = null;
    this.#marks = [];
    this.#refusals.clear();
    this.#text = "";
    this.#stop();
    this.#root.replaceChildren();
    this.#host.remove();
  }

  /** In the page's top layer the host must stand inside what is shown there, or it would be covered. */
  #settle(composer: Composer): void {
    let place: Element = document.documentElement;
    const cutting: Element[] = [];
    for (const element of upwards(composer)) {
      if (element !== composer && getComputedStyle(element).overflow !== "visible") cutting.push(element);
      if (element !== composer && element.matches("dialog:modal, :popover-open, :fullscreen")) {
        place = element;
        break;
      }
    }
    this.#cutting = cutting.filter(
      (element) => element !== document.documentElement && element !== document.body,
    );
    if (this.#host.parentElement !== place) place.append(this.#host);
  }

  #remeasure(): void {
    this.#measured = null;
    this.#soon();
  }

  /** For as long as the composer is in use, findings or none: a host that came back only for findings would tell of them. */
  #listen(composer: Composer): void {
    this.#listening = new AbortController();
    const options = { signal: this.#listening.signal, capture: true, passive: true };
    window.addEventListener("scroll", this.#moves, options);
    window.addEventListener("resize", this.#moves, options);
    // Scrolling inside a shadow root is not heard outside it.
    composer.getRootNode().addEventListener("scroll", this.#moves, options);
    this.#sizes.observe(composer);
    if (document.body !== null) this.#sizes.observe(document.body);
  }

  #stop(): void {
    this.#listening?.abort();
    this.#listening = null;
    this.#sizes.disconnect();
  }

  #soon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const composer = this.#composer;
    if (composer === null || !composer.isConnected) {
      this.#root.replaceChildren();
      return;
    }
    this.#settle(composer);
    if (this.#marks.length === 0) {
      this.#root.replaceChildren();
      return;
    }
    const places = this.#places(composer);
    const base = this.#host.getBoundingClientRect();
    const visible = visibleBox(composer, this.#cutting);
    const strokes = this.#marks.flatMap((mark, at) =>
      (places[at] ?? []).flatMap((place) => {
        const bottom = place.top + place.height;
        const left = Math.max(place.left, visible.left);
        const right = Math.min(place.left + place.width, visible.right);
        if (right - left < 2 || bottom > visible.bottom + 1 || bottom < visible.top + STROKE_HEIGHT)
          return [];
        if (isCovered(composer, (left + right) / 2, bottom - place.height / 2)) return [];
        return [
          stroke(
            mark.severity,
            left - base.left,
            Math.min(bottom - 2, visible.bottom - STROKE_HEIGHT) - base.top,
            right - left,
            strokeColour(composer, mark.severity),
          ),
        ];
      }),
    );
    this.#root.replaceChildren(...strokes);
  }

  #places(composer: Composer): Place[][] {
    if (!isField(composer)) {
      const reading = read(composer);
      if (reading.text !== this.#text) return [];
      return this.#marks.map((mark) => measureEditor(reading, mark));
    }
    if (composer.value !== this.#text) return [];
    this.#measured ??= measureField(composer, this.#marks, this.#root);
    return this.#measured.map((places) => places.map((place) => inView(composer, place)));
  }
}

/** Something of the page's stands in front of the composer there: a menu, a header that stays while it scrolls. */
function isCovered(composer: Composer, x: number, y: number): boolean {
  const root = composer.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return false;
  const front = root.elementFromPoint(x, y);
  return front !== null && !holds(composer, front) && !holds(front, composer);
}

const COLOURS = {
  warn: { onLight: "#b3261e", onDark: "#ff9d94" },
  notice: { onLight: "#5b5b66", onDark: "#c9c9d6" },
};

/** Chosen by the composer's own words, which stand out from its background. */
function strokeColour(composer: Composer, severity: Severity): string {
  if (matchMedia("(forced-colors: active)").matches) return "CanvasText";
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(composer).color.match(/[\d.]+/gu) ?? []).map(
    Number,
  );
  const bright = 0.299 * red + 0.587 * green + 0.114 * blue > 150;
  return bright ? COLOURS[severity].onDark : COLOURS[severity].onLight;
}

function wave(width: number): string {
  let path = `M0 ${WAVE}`;
  for (let x = 0, up = true; x < width; x += WAVE, up = !up) {
    path += ` Q${x + WAVE / 2} ${up ? 0.5 : STROKE_HEIGHT} ${x + WAVE} ${WAVE}`;
  }
  return path;
}

function stroke(severity: Severity, left: number, top: number, width: number, colour: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(STROKE_HEIGHT));
  dress(svg, {
    position: "absolute",
    left: `${left}px`,
    top: `${top}px`,
    overflow: "hidden",
    "pointer-events": "none",
  });
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("fill", "none");
  path.setAttribute("stroke", colour);
  path.setAttribute("stroke-linecap", "round");
  if (severity === "warn") {
    path.setAttribute("d", wave(width));
    path.setAttribute("stroke-width", "1.25");
  } else {
    path.setAttribute("d", `M1 ${WAVE} H${width}`);
    path.setAttribute("stroke-width", "2");
    path.setAttribute("stroke-dasharray", "0.1 4");
  }
  svg.append(path);
  return svg;
}
