// The popup: the site in front with its switch, what is being written there, and "Check a draft". `?tab=ID` speaks of that
// tab instead, for where this page stands in a tab itself (with `&origin=` where the browser would not name the tab's
// address yet); `?selection=TOKEN` reads the words that were selected on a page, and nothing else.

import { ask } from "../shared/ask.js";
import { byId, element } from "../shared/element.js";
import type { BundleLabel } from "../shared/messages.js";
import { webOrigin } from "../shared/origin.js";
import type { RulesNotice } from "../shared/rules.js";
import { t } from "../shared/words.js";
import { writtenDay } from "../shared/written-day.js";
import { checkView } from "./check.js";
import { SiteView } from "./site.js";
import { WritingView } from "./writing.js";

const query = new URLSearchParams(location.search);
const selection = query.get("selection");
const site = byId("site");
const imprint = element("p", { class: "imprint", id: "imprint" });

/**
 * How long what stands further down is kept back for what comes above it, in milliseconds: words that come later move
 * a button from under the pointer.
 */
const KEPT_BACK_MS = 3_000;

async function tabInFront(): Promise<number | null> {
  const named = query.get("tab");
  if (named !== null && /^\d+$/u.test(named)) return Number(named);
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? null;
}

function showImprint(bundle: BundleLabel | null): void {
  imprint.textContent =
    bundle === null ? t("imprint_none") : t("imprint", bundle.authority, bundle.id, bundle.serial);
}

/** Quietly: rules that are past their last day go on working. */
function showNotice(notice: RulesNotice | null, locale: string | null): void {
  if (notice === null) return;
  const words =
    notice.kind === "expired"
      ? t("popup_expired", writtenDay(notice.expires, locale), notice.authority)
      : t(notice.byPolicy ? "popup_refused_by_policy" : "popup_refused", notice.reason);
  imprint.before(element("p", { class: "small", id: "rules-notice" }, words));
}

/** Shows the site; what is being written there may still be on its way. */
async function showSite(): Promise<WritingView | null> {
  const tabId = await tabInFront();
  if (tabId === null) {
    site.replaceChildren(element("p", {}, t("site_closed")));
    return null;
  }
  const writing = new WritingView(byId("writing"), tabId);
  const origin = webOrigin(query.get("origin") ?? undefined);
  const view = new SiteView(site, tabId, origin, (entry) => writing.follow(entry));
  await view.refresh("none");
  return writing;
}

/** Asked last, since it may have to load the engine, and stands below all that can be pressed. */
async function showRules(): Promise<void> {
  const { bundle, notice, locale, meaningMissed } = await ask({ kind: "rules/label" });
  showImprint(bundle);
  showNotice(notice, locale);
  if (meaningMissed)
    imprint.after(element("p", { class: "small", id: "meaning-notice" }, t("popup_meaning_missed")));
}

/** All above "Check a draft", until it stands where it stays. */
async function above(): Promise<void> {
  site.replaceChildren(element("p", { class: "small" }, t("site_loading")));
  byId("check").replaceChildren(checkView(null));
  const writing = await showSite()
    .catch(() => {
      site.replaceChildren(element("p", {}, t("site_failed")));
      return null;
    })
    .finally(() => site.removeAttribute("aria-busy"));
  await writing?.looked();
}

async function showSelection(token: string): Promise<void> {
  site.remove();
  byId("writing").remove();
  const { text } = await ask({ kind: "check/selection", token }).catch(() => ({ text: null }));
  byId("check").replaceChildren(checkView(text));
}

function frame(): void {
  document.title = t("name");
  byId("top").append(element("span", { class: "wordmark" }, t("name")));
  const options = element("a", { href: "/options.html", id: "options-link" }, t("options_link"));
  options.addEventListener("click", (event) => {
    event.preventDefault();
    void chrome.runtime.openOptionsPage();
  });
  byId("foot").append(options, imprint);
}

/** Nothing that fails or hangs keeps the rest away. */
async function show(): Promise<void> {
  frame();
  const shown = selection === null ? above() : showSelection(selection);
  await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, KEPT_BACK_MS))]);
  byId("check").hidden = false;
  byId("foot").hidden = false;
  if (selection === null) showRules().catch(() => showImprint(null));
}

void show();
