// Shows a reading: the person's own words with the points marked in them, and each point with its reason, the way to
// put it better and the council's words. Used by the panel and the popup.

import { button, element } from "./element.js";
import { type Excerpt, excerptsOf, type Stretch } from "./excerpts.js";
import type { Mark, Note, Point } from "./points.js";
import type { Category } from "./review.js";
import { t, tCount, type WordsKey } from "./words.js";

/** So many places of one draft are shown; a draft with more says how many there are. */
const MOST_EXCERPTS = 12;

export function categoryName(category: Category): string {
  const key: WordsKey = `category_${category}`;
  return t(key);
}

function stretchView(stretch: Stretch, points: readonly Point[], named: Set<number>): (Node | string)[] {
  if (stretch.points.length === 0) return [stretch.text];
  const marked = points.filter((point) => stretch.points.includes(point.number));
  const mild = marked.every((point) => point.severity === "notice");
  const mark = element("mark", { class: mild ? "mark mark-notice" : "mark" }, stretch.text);
  const ends = points
    .filter((point) => stretch.ends.includes(point.number))
    .map(({ number, category }) => {
      // The name stands beside a point's first words only: repeated at every place it would drown the draft.
      const first = !named.has(number);
      named.add(number);
      const name = element("span", { class: first ? "tag-name" : "unseen" }, ` ${categoryName(category)}`);
      return element(
        "span",
        { class: "tag" },
        element("span", { class: "tag-number" }, String(number)),
        name,
      );
    });
  return [mark, ...ends];
}

function excerptView(excerpt: Excerpt, points: readonly Point[], named: Set<number>): HTMLElement {
  const gap = () => element("span", { class: "gap" }, t("excerpt_gap"));
  return element(
    "p",
    { class: "excerpt", dir: "auto" },
    ...(excerpt.cutBefore ? [gap(), " "] : []),
    ...excerpt.stretches.flatMap((stretch) => stretchView(stretch, points, named)),
    ...(excerpt.cutAfter ? [" ", gap()] : []),
  );
}

/** The draft's words, marked. A long draft starts as excerpts, with a button for the whole. */
export function draftView(text: string, marks: readonly Mark[], points: readonly Point[]): HTMLElement {
  const view = element("div", { class: "draft" });
  const show = (whole: boolean) => {
    const named = new Set<number>();
    const excerpts = excerptsOf(text, marks, whole);
    const shown = excerpts.slice(0, MOST_EXCERPTS);
    const left = excerpts.length - shown.length;
    const cut = shown.some((excerpt) => excerpt.cutBefore || excerpt.cutAfter);
    view.replaceChildren(
      ...shown.map((excerpt) => excerptView(excerpt, points, named)),
      ...(left > 0
        ? [element("p", { class: "small" }, tCount("more_places_one", "more_places_other", left))]
        : []),
      ...(cut ? [button(t("show_whole_draft"), "link", () => show(true))] : []),
    );
    if (whole) {
      view.tabIndex = -1;
      view.focus();
    }
  };
  show(false);
  return view;
}

function noteView(note: Note, several: boolean): HTMLElement {
  const words = note.words.map((text) => t("quoted", text)).join(t("list_comma"));
  return element(
    "div",
    { class: "note" },
    several && words !== "" ? element("p", { class: "note-words", dir: "auto" }, words) : null,
    element("p", { class: "why" }, note.message),
    note.advice === ""
      ? null
      : element("p", { class: "better" }, element("b", {}, t("better")), " ", note.advice),
  );
}

function pointView(point: Point): HTMLElement {
  const several = point.notes.length > 1;
  return element(
    "li",
    { class: point.severity === "warn" ? "point" : "point point-notice" },
    element(
      "h3",
      {},
      element("span", { class: "tag-number", "aria-hidden": "true" }, String(point.number)),
      " ",
      element("span", { class: "unseen" }, t("point_number", point.number)),
      categoryName(point.category),
    ),
    ...point.notes.map((note) => noteView(note, several)),
    element(
      "figure",
      { class: "clause" },
      element("figcaption", {}, t("clause", point.clause)),
      element("blockquote", {}, point.quote),
    ),
  );
}

/** The points, in order: first those that hold a submission, then those worth a look. */
export function pointsView(points: readonly Point[]): HTMLElement {
  const list = (severity: Point["severity"]) =>
    points.filter((point) => point.severity === severity).map(pointView);
  const [held, mild] = [list("warn"), list("notice")];
  return element(
    "div",
    { class: "points" },
    held.length > 0 ? element("ol", {}, ...held) : null,
    mild.length > 0 && held.length > 0 ? element("h2", { class: "aside" }, t("also_worth_a_look")) : null,
    mild.length > 0 ? element("ol", {}, ...mild) : null,
  );
}
