// The note for the monitoring officer: plain text that the person may copy and send, or not. It is made when they ask
// for it and goes nowhere by itself.

import { today } from "../shared/day.js";
import type { HoldDescription } from "../shared/messages.js";
import { siteName } from "../shared/origin.js";
import type { Point } from "../shared/points.js";
import { categoryName } from "../shared/reading-view.js";
import { t } from "../shared/words.js";

function pointText(point: Point): string {
  const notes = point.notes.flatMap((note) => [
    ...note.words.map((words) => `   ${t("quoted", words)}`),
    `   ${note.message}`,
  ]);
  const heading = `${String(point.number)}. ${categoryName(point.category)}`;
  return [heading, ...notes, `   ${t("note_clause", point.clause, point.quote)}`].join("\n");
}

export function noteFor(
  { origin, why, drafts, bundle, officer }: HoldDescription,
  points: readonly Point[],
): string {
  const nothing = why === "unread" ? t("note_unread") : "";
  const parts = [
    officer === null ? "" : t("note_to", officer.name, officer.email),
    t("note_opening", siteName(origin), today()),
    ...drafts.map((draft) => `${t("note_draft")}\n\n${draft.text}`),
    points.length > 0 ? `${t("note_points")}\n\n${points.map(pointText).join("\n\n")}` : nothing,
    t("note_question"),
    bundle === null ? "" : t("note_bundle", bundle.authority, bundle.id, bundle.serial),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
