// "Check a draft": reads whatever is typed or pasted here, on any site, without any permission. The words stay in this
// page and are gone when it closes.

import { ask } from "../shared/ask.js";
import { button, element } from "../shared/element.js";
import { readingOf } from "../shared/points.js";
import { draftView, pointsView } from "../shared/reading-view.js";
import type { Review } from "../shared/review.js";
import { t, tCount } from "../shared/words.js";
import { chosenIn, factorsView, mailWords, recipientsField } from "./message.js";

function resultWords(points: number, { mail }: Review, asked: boolean): string {
  const found = points === 0 ? t("check_clear") : tCount("check_found_one", "check_found_other", points);
  if (mail === null) return asked ? `${found} ${t("mail_unweighed")}` : found;
  // What could be seen as improper is something to point out.
  const says = points === 0 && !mail.acceptable ? [] : [found];
  return [...says, mailWords(mail)].join(" ");
}

/** The section; `given` is read at once, as for a selection on a page. */
export function checkView(given: string | null): HTMLElement {
  const area = element("textarea", {
    id: "check-text",
    rows: "4",
    "aria-describedby": "check-hint",
    spellcheck: "true",
  });
  const recipients = recipientsField();
  const status = element("p", { class: "result", role: "status" });
  const details = element("div", {});

  const show = (text: string, review: Review) => {
    const { points, marks } = readingOf([review.findings]);
    status.textContent = resultWords(points.length, review, chosenIn(recipients) !== null);
    const factors = review.mail === null ? null : factorsView(review.mail);
    details.replaceChildren(
      ...(factors === null ? [] : [factors]),
      ...(points.length > 0 ? [draftView(text, marks[0] ?? [], points), pointsView(points)] : []),
    );
  };
  const check = async () => {
    const text = area.value;
    if (text.trim() === "") {
      status.textContent = t("check_empty");
      details.replaceChildren();
      area.focus();
      return;
    }
    const draft = { text, surface: null, displayName: null, handle: null };
    const to = chosenIn(recipients);
    const asked = ask({ kind: "check", draft, identity: "councillor", recipients: to });
    const answer = await asked.catch(() => null);
    // The words may have changed while they were read: a result must belong to what stands there.
    if (area.value !== text || chosenIn(recipients) !== to) return;
    if (answer !== null && "verdict" in answer) return show(text, answer);
    status.textContent = t("check_failed");
    details.replaceChildren();
  };
  for (const field of [area, recipients]) {
    field.addEventListener("input", () => {
      status.textContent = "";
      details.replaceChildren();
    });
  }
  const view = element(
    "section",
    { class: "check", "aria-labelledby": "check-title" },
    element("h2", { id: "check-title" }, element("label", { for: "check-text" }, t("check_title"))),
    element("p", { class: "small", id: "check-hint" }, t("check_hint")),
    area,
    element("label", { for: "check-recipients" }, t("recipients_label")),
    recipients,
    element(
      "div",
      { class: "row" },
      button(t("check_button"), "plain", () => void check()),
    ),
    status,
    details,
  );
  if (given !== null) {
    area.value = given;
    void check();
  }
  return view;
}
