// A message to people who are known: who they are, as the person says, and how it weighs by what a council's report
// counts for and against it.

import { element } from "../shared/element.js";
import { type MailFactor, type MailReview, RECIPIENTS, type Recipients } from "../shared/review.js";
import { t, type WordsKey } from "../shared/words.js";

const NAMES = {
  "same-group": "recipients_same_group",
  "other-members": "recipients_other_members",
  officer: "recipients_officer",
  public: "recipients_public",
  mixed: "recipients_mixed",
} as const satisfies Record<Recipients, WordsKey>;

/** The report's paragraphs, and what the factors of each speak for. */
const SIDES = [
  ["4.10", "mail_for"],
  ["4.11", "mail_against"],
] as const satisfies readonly (readonly [string, WordsKey])[];

/** The choice of who receives it; nobody in particular at first. */
export function recipientsField(): HTMLSelectElement {
  return element(
    "select",
    { id: "check-recipients" },
    element("option", { value: "" }, t("recipients_none")),
    ...RECIPIENTS.map((recipients) => element("option", { value: recipients }, t(NAMES[recipients]))),
  );
}

export function chosenIn(field: HTMLSelectElement): Recipients | null {
  return RECIPIENTS.find((recipients) => recipients === field.value) ?? null;
}

/** What it comes to, in a sentence. */
export function mailWords({ political, acceptable }: MailReview): string {
  if (!political) return t("mail_not_political");
  return t(acceptable ? "mail_acceptable" : "mail_improper");
}

/** What weighs on either side, where there is anything to be weighed. */
export function factorsView({ political, factors }: MailReview): HTMLElement | null {
  if (!political) return null;
  const side = (name: string, these: readonly MailFactor[]) => [
    element("h3", {}, name),
    element("ul", {}, ...these.map(({ text }) => element("li", {}, text))),
  ];
  const sides = SIDES.flatMap(([paragraph, name]) => {
    const these = factors.filter((factor) => factor.paragraph === paragraph);
    return these.length === 0 ? [] : side(t(name, paragraph), these);
  });
  return element("div", { class: "factors" }, ...sides);
}
