// The options page: all sites, what is read and what never is, privacy, rules and keys, what the council's policy
// decides, and what came of it so far. Works without any site.

import { ask } from "../shared/ask.js";
import { button, byId, element } from "../shared/element.js";
import { identityName } from "../shared/identity-words.js";
import type { Counts, SiteEntry } from "../shared/messages.js";
import { patternOf } from "../shared/origin.js";
import type { PolicyView, RulesView } from "../shared/rules.js";
import { t, tCount, type WordsKey } from "../shared/words.js";
import { writtenDay } from "../shared/written-day.js";
import { KeysSection } from "./keys.js";
import { paragraph, section } from "./parts.js";
import { RulesSection } from "./rules.js";
import { semanticView } from "./semantic.js";
import { SitesView } from "./sites.js";

const bullets = (...keys: readonly WordsKey[]) =>
  element("ul", {}, ...keys.map((key) => element("li", {}, t(key))));

function readView(): HTMLElement {
  return section(
    "read",
    "options_read_title",
    element("h3", {}, t("options_read_yes")),
    bullets("options_read_1", "options_read_2", "options_read_3"),
    element("h3", {}, t("options_read_never")),
    bullets("options_never_1", "options_never_2"),
    element("p", { class: "small" }, t("options_not_held")),
  );
}

type SitesChanged = (sites: readonly SiteEntry[]) => void;

/** What the council's policy decides, all in one place; null where it decides nothing. */
function policyView(
  policy: PolicyView,
  sites: readonly SiteEntry[],
  changed: SitesChanged,
): HTMLElement | null {
  const { officer, elections, locale } = policy;
  const lines = [
    policy.sites.length > 0 ? tCount("policy_sites_one", "policy_sites_other", policy.sites.length) : null,
    policy.identity === null ? null : t("policy_identity", identityName(policy.identity)),
    policy.bundle ? t("policy_bundle") : null,
    policy.keys ? t("policy_keys") : null,
    policy.semanticReviewer === null
      ? null
      : t(policy.semanticReviewer ? "semantic_policy_on" : "semantic_policy_off"),
    policy.allowPostAnyway ? null : t("policy_no_post"),
    officer === null ? null : t("policy_officer", officer.name, officer.email),
    elections === null
      ? null
      : t(
          "policy_elections",
          elections
            .map(({ notice, poll }) =>
              t("policy_election", writtenDay(notice, locale), writtenDay(poll, locale)),
            )
            .join(t("list_comma")),
        ),
    ...policy.unreadable.map((name) => t("policy_unreadable", name)),
  ].filter((words) => words !== null);
  if (lines.length === 0) return null;
  return section(
    "policy",
    "policy_title",
    paragraph("policy_what"),
    element("ul", {}, ...lines.map((words) => element("li", {}, words))),
    permissionView(
      sites.filter(({ byPolicy, granted }) => byPolicy.on && !granted),
      changed,
    ),
  );
}

/** The council can name sites, but only the person can answer the browser's question: once for all of them. */
function permissionView(missing: readonly SiteEntry[], changed: SitesChanged): HTMLElement | null {
  if (missing.length === 0) return null;
  const status = element("p", { class: "small", role: "status", id: "policy-status" });
  const allow = async () => {
    const origins = missing.map(({ origin }) => patternOf(origin));
    if (!(await chrome.permissions.request({ origins }).catch(() => false))) {
      status.textContent = t("policy_refused");
      return;
    }
    changed((await ask({ kind: "sites/list" })).sites);
    question.remove();
    status.textContent = t("policy_allowed");
    document.getElementById("policy-title")?.focus();
  };
  const question = element(
    "div",
    {},
    element("p", {}, t("policy_allow_what")),
    button(t("policy_allow"), "plain", () => {
      allow().catch(() => {
        status.textContent = t("site_failed");
      });
    }),
  );
  // What is said stands beside the question: a place that went with it would be read out to nobody.
  return element("div", { class: "back" }, question, status);
}

/** `changed` is told that other rules may be in force. */
function rulesViews(view: RulesView, changed: () => void): readonly [HTMLElement, HTMLElement] {
  const [rules, keys] = [element("div", {}), element("div", {})];
  const rulesSection: RulesSection = new RulesSection(rules, view, (now) => {
    keysSection.show(now);
    changed();
  });
  const keysSection: KeysSection = new KeysSection(keys, view, (now) => rulesSection.show(now));
  return [
    section("rules", "options_bundle_title", paragraph("options_bundle_what"), rules),
    section("keys", "keys_title", paragraph("keys_what"), keys),
  ];
}

function countsView({ edited, posted, unread, partly }: Counts): HTMLElement {
  const lines = [
    tCount("counts_held_one", "counts_held_other", edited + posted),
    tCount("counts_edited_one", "counts_edited_other", edited),
    tCount("counts_posted_one", "counts_posted_other", posted),
    ...(unread > 0 ? [tCount("counts_unread_one", "counts_unread_other", unread)] : []),
    ...(partly > 0 ? [tCount("counts_partly_one", "counts_partly_other", partly)] : []),
  ];
  return section(
    "counts",
    "counts_title",
    element("ul", {}, ...lines.map((words) => element("li", {}, words))),
    element("p", { class: "small" }, t("counts_what")),
  );
}

async function show(): Promise<void> {
  const main = byId("main");
  const [{ sites, counts, policy, semantic }, rules] = await Promise.all([
    ask({ kind: "sites/list" }),
    ask({ kind: "rules/view" }),
  ]);
  const list = element("div", {});
  const sitesView = new SitesView(list);
  sitesView.show(sites);
  const managed = policyView(policy, sites, (now) => sitesView.show(now));
  const meaning = semanticView(semantic);
  main.replaceChildren(
    element("p", { class: "lead" }, t("options_lead")),
    ...(managed === null ? [] : [managed]),
    section("sites", "all_sites", list),
    readView(),
    section(
      "privacy",
      "options_privacy_title",
      element("p", {}, `${t("privacy_1")} ${t("privacy_2")} ${t("privacy_3")}`),
    ),
    ...rulesViews(rules, meaning.refresh),
    meaning.section,
    countsView(counts),
  );
  main.removeAttribute("aria-busy");
}

document.title = t("options_title");
byId("top").append(element("h1", { class: "wordmark" }, t("name")));
show().catch(() => byId("main").replaceChildren(element("p", {}, t("site_failed"))));
