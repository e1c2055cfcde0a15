// "What you are writing": the points in the drafts that stand on the page in front, with their reasons. An underline on
// the page says where; this says why, also for what is worth a look and holds nothing back.

import { ask } from "../shared/ask.js";
import { element } from "../shared/element.js";
import type { FrameDraft } from "../shared/messages.js";
import { readingOf } from "../shared/points.js";
import { draftView, pointsView } from "../shared/reading-view.js";
import { t, tCount } from "../shared/words.js";

function resultWords(drafts: readonly FrameDraft[], points: number): string {
  if (points > 0) return tCount("check_found_one", "check_found_other", points);
  return t(
    drafts.every(({ review, complete }) => review !== null && complete) ? "check_clear" : "check_failed",
  );
}

/** Shows the drafts of a tab, or nothing where none stands there. */
export async function showWriting(root: HTMLElement, tabId: number): Promise<void> {
  const { drafts } = await ask({ kind: "site/drafts", tabId });
  if (drafts.length === 0) return;
  const { points, marks } = readingOf(drafts.map(({ review }) => review?.findings ?? []));
  root.replaceChildren(
    element(
      "section",
      { class: "writing", "aria-labelledby": "writing-title" },
      element("h2", { id: "writing-title" }, t("writing_title")),
      element("p", { class: "result" }, resultWords(drafts, points.length)),
      ...drafts.flatMap(({ text, review }, at) =>
        (review?.findings.length ?? 0) > 0 ? [draftView(text, marks[at] ?? [], points)] : [],
      ),
      points.length > 0 ? pointsView(points) : null,
    ),
  );
}
