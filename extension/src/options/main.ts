// The options page: all sites, what is read and what never is, privacy, the bundle in force, and what came of it so
// far. Works without any site.

import { ask } from "../shared/ask.js";
import { byId, element } from "../shared/element.js";
import type { BundleLabel, Counts } from "../shared/messages.js";
import { t, tCount, type WordsKey } from "../shared/words.js";
import { SitesView } from "./sites.js";

function section(id: string, title: WordsKey, ...content: readonly (Node | null)[]): HTMLElement {
  const heading = element("h2", { id: `${id}-title` }, t(title));
  return element("section", { id, "aria-labelledby": `${id}-title` }, heading, ...content);
}

const paragraph = (key: WordsKey) => element("p", {}, t(key));

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

function bundleView(bundle: BundleLabel | null): HTMLElement {
  return section(
    "bundle",
    "options_bundle_title",
    bundle === null
      ? paragraph("imprint_none")
      : element(
          "dl",
          {},
          element("dt", {}, t("options_authority")),
          element("dd", {}, bundle.authority),
          element("dt", {}, t("options_bundle_id")),
          element("dd", {}, bundle.id),
          element("dt", {}, t("options_serial")),
          element("dd", {}, String(bundle.serial)),
        ),
    paragraph("options_bundle_what"),
  );
}

function countsView({ edited, posted, unread }: Counts): HTMLElement {
  const lines = [
    tCount("counts_held_one", "counts_held_other", edited + posted),
    tCount("counts_edited_one", "counts_edited_other", edited),
    tCount("counts_posted_one", "counts_posted_other", posted),
    ...(unread > 0 ? [tCount("counts_unread_one", "counts_unread_other", unread)] : []),
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
  const { sites, bundle, counts } = await ask({ kind: "sites/list" });
  const list = element("div", {});
  new SitesView(list).show(sites);
  main.replaceChildren(
    element("p", { class: "lead" }, t("options_lead")),
    section("sites", "all_sites", list),
    readView(),
    section(
      "privacy",
      "options_privacy_title",
      element("p", {}, `${t("privacy_1")} ${t("privacy_2")} ${t("privacy_3")}`),
    ),
    bundleView(bundle),
    countsView(counts),
  );
  main.removeAttribute("aria-busy");
}

document.title = t("options_title");
byId("top").append(element("h1", { class: "wordmark" }, t("name")));
show().catch(() => byId("main").replaceChildren(element("p", {}, t("site_failed"))));
