// What other rules would change, in words: how many rules come, go, or speak otherwise, with each of them to be unfolded.

import type { BundleChanges, RuleChange } from "../../generated/engine.js";
import { element } from "../shared/element.js";
import { categoryName } from "../shared/reading-view.js";
import { CATEGORIES } from "../shared/review.js";
import { t, tCount, type WordsKey } from "../shared/words.js";

const KINDS = [
  ["added", "change_added_one", "change_added_other"],
  ["removed", "change_removed_one", "change_removed_other"],
  ["stricter", "change_stricter_one", "change_stricter_other"],
  ["milder", "change_milder_one", "change_milder_other"],
  ["rewritten", "change_rewritten_one", "change_rewritten_other"],
  ["settled", "change_settled_one", "change_settled_other"],
  ["unsettled", "change_unsettled_one", "change_unsettled_other"],
  ["reworded", "change_reworded_one", "change_reworded_other"],
] as const satisfies readonly (readonly [RuleChange["change"], WordsKey, WordsKey])[];

const MOST_LISTED = 100;

function named(category: string): string {
  const known = CATEGORIES.find((one) => one === category);
  return known === undefined ? category : categoryName(known);
}

function ruleView({ category, reason, example }: RuleChange): HTMLElement {
  return element(
    "li",
    {},
    element("b", {}, named(category)),
    ` ${reason}`,
    example === null ? null : element("span", { class: "small example" }, t("quoted", example)),
  );
}

/** What a person is told they broke, by the names that these kinds of risk go by on the page. */
function categoriesView(categories: readonly string[]): HTMLElement | null {
  const names = categories.map(named);
  return names.length === 0 ? null : element("li", {}, t("change_categories", names.join(t("list_comma"))));
}

function kindView(changes: readonly RuleChange[], one: WordsKey, other: WordsKey): HTMLElement {
  const more = changes.length - MOST_LISTED;
  return element(
    "details",
    {},
    element("summary", {}, tCount(one, other, changes.length)),
    element(
      "ul",
      {},
      ...changes.slice(0, MOST_LISTED).map(ruleView),
      more > 0 ? element("li", {}, tCount("change_more_one", "change_more_other", more)) : null,
    ),
  );
}

export function changesView(changes: BundleChanges): HTMLElement {
  const also: readonly (WordsKey | null)[] = [
    changes.clauses.length > 0 ? "change_clauses" : null,
    changes.document ? "change_document" : null,
    changes.readings ? "change_readings" : null,
    changes.thresholds ? "change_thresholds" : null,
    changes.identity ? "change_identity" : null,
    changes.mail ? "change_mail" : null,
    changes.elections ? "change_elections" : null,
    changes.reviewers ? "change_reviewers" : null,
    changes.texts ? "change_texts" : null,
  ];
  const said = [
    categoriesView(changes.categories),
    ...also.map((key) => (key === null ? null : element("li", {}, t(key)))),
  ].filter((line) => line !== null);
  const kinds = KINDS.flatMap(([kind, one, other]) => {
    const these = changes.rules.filter(({ change }) => change === kind);
    return these.length === 0 ? [] : [kindView(these, one, other)];
  });
  return element(
    "div",
    { class: "changes" },
    element("h4", {}, t("change_title")),
    ...kinds,
    said.length > 0 ? element("ul", {}, ...said) : null,
    kinds.length + said.length === 0 ? element("p", {}, t("change_nothing")) : null,
  );
}
