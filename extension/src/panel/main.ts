// The panel: a held submission in front of the person who wrote it. It asks the guard that holds for the drafts, shows
// them with what was noticed, and carries back one of two decisions. It stands in an extension page, so that the page
// underneath can neither read it nor press its buttons; it keeps nothing.

import { ask } from "../shared/ask.js";
import { button, byId, element } from "../shared/element.js";
import type { Decision, HoldDescription, HoldId } from "../shared/messages.js";
import { siteName } from "../shared/origin.js";
import { counted, type Reading, readingOf } from "../shared/points.js";
import { draftView, pointsView } from "../shared/reading-view.js";
import type { IdentitySetting } from "../shared/review.js";
import { t, tCount } from "../shared/words.js";
import { noteFor } from "./note.js";

/** A press this soon after the panel appeared was meant for what was there before: a double click, a held Enter. */
const SETTLES_MS = 300;

interface Held {
  readonly hold: HoldId;
  readonly tabId: number | null;
}

/** The address names the hold, and the tab where the panel stands in a window of its own. */
function heldBy(hash: string): Held | null {
  const named = /^#([0-9]+\.[0-9a-f]+)(?:@([0-9]+))?$/u.exec(hash);
  if (named?.[1] === undefined) return null;
  return { hold: named[1], tabId: named[2] === undefined ? null : Number(named[2]) };
}

const sheet = byId("sheet");
let shownAt = Number.POSITIVE_INFINITY;
let decided = false;

const settled = () => performance.now() - shownAt >= SETTLES_MS;

function decide(held: Held, decision: Decision): void {
  if (!settled() || decided) return;
  decided = true;
  ask({ kind: "panel/decide", ...held, decision }).catch(() => {
    // Whatever kept the decision from arriving, the person may press again: what is left to press may be another,
    // such as where the council's policy changed meanwhile.
    decided = false;
    void lookAgain(held);
  });
}

async function lookAgain(held: Held): Promise<void> {
  const description = await ask({ kind: "panel/open", ...held }).catch(() => null);
  if (description !== null) show(held, description, "edit");
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The page around may keep the clipboard from whatever it holds.
    return false;
  }
}

/** The note goes onto the clipboard, by the older way where the page forbids the newer; failing both it is shown. */
async function copyNote(text: string, status: HTMLElement, byHand: HTMLElement): Promise<void> {
  byHand.replaceChildren();
  status.textContent = "";
  if (!(await copied(text))) {
    const before = document.activeElement;
    const area = element("textarea", { class: "note-text", readonly: true, rows: "8", id: "note-text" });
    area.value = text;
    byHand.replaceChildren(element("label", { for: "note-text" }, t("note_by_hand")), area);
    area.focus();
    area.select();
    if (!document.execCommand("copy")) return;
    byHand.replaceChildren();
    if (before instanceof HTMLElement) before.focus();
  }
  status.textContent = t("note_copied");
}

function identityView(held: Held): HTMLElement {
  const say = (identity: IdentitySetting) => {
    if (!settled()) return;
    ask({ kind: "panel/identity", ...held, identity }).then(
      (description) => (description === null ? showOver(held) : show(held, description, "heading")),
      // Nothing was changed: the question still stands there.
      () => undefined,
    );
  };
  return element(
    "section",
    { class: "question", "aria-labelledby": "question" },
    element(
      "div",
      {},
      element("h2", { id: "question" }, t("identity_question")),
      element("p", { class: "small" }, t("identity_question_why")),
    ),
    element(
      "div",
      { class: "row" },
      button(t("identity_yes"), "plain", () => say("councillor")),
      button(t("identity_not_here"), "plain", () => say("private")),
    ),
  );
}

function lead(description: HoldDescription, { points }: Reading): { title: string; text: string } {
  if (description.why === "unread") return { title: t("unread_title"), text: t("unread_lead") };
  if (points.length === 0) {
    const text = t(description.identity === "private" ? "clear_lead_private" : "clear_lead");
    return { title: t("clear_title"), text };
  }
  const text = description.mayPost
    ? tCount("held_lead_one", "held_lead_other", counted(points))
    : tCount("held_lead_edit_one", "held_lead_edit_other", counted(points));
  return { title: t("held_title"), text };
}

function actionsView(held: Held, description: HoldDescription, reading: Reading): HTMLElement {
  const cleared = description.why === "warn" && reading.points.length === 0;
  const status = element("p", { class: "small", role: "status" });
  const byHand = element("div", { class: "by-hand" });
  const copy = () => {
    if (settled()) void copyNote(noteFor(description, reading.points), status, byHand);
  };
  return element(
    "footer",
    { class: "actions" },
    byHand,
    element(
      "div",
      { class: "row" },
      element(
        "div",
        { class: "row decisions" },
        button(t("edit"), "primary", () => decide(held, "edit")),
        description.mayPost
          ? button(t(cleared ? "post" : "post_anyway"), "plain", () => decide(held, "post"))
          : null,
      ),
      button(t("copy_note"), "link", copy),
    ),
    description.officer === null
      ? null
      : element(
          "p",
          { class: "small officer" },
          t("panel_officer", description.officer.name, description.officer.email),
        ),
    status,
  );
}

function draftsView({ drafts }: HoldDescription, { points, marks }: Reading): HTMLElement {
  return element(
    "section",
    { "aria-labelledby": "your-words" },
    element("h2", { class: "overline", id: "your-words" }, t("your_words")),
    ...drafts.map((draft, i) => draftView(draft.text, marks[i] ?? [], points)),
  );
}

function notedView({ points }: Reading): HTMLElement {
  return element(
    "section",
    { "aria-labelledby": "noted" },
    element("h2", { class: "unseen", id: "noted" }, t("noted")),
    pointsView(points),
  );
}

function show(held: Held, description: HoldDescription, focus: "edit" | "heading"): void {
  const reading = readingOf(description.drafts.map((draft) => draft.review?.findings ?? []));
  const unsure =
    description.mayAnswer &&
    description.identity === "detect" &&
    description.drafts.some((draft) => draft.review?.identified === null);
  const { title, text } = lead(description, reading);
  const partlyUnread =
    description.why === "warn" && description.drafts.some((draft) => draft.review === null);
  const { bundle } = description;
  const heading = element("h1", { id: "title", tabindex: "-1" }, title);
  const actions = actionsView(held, description, reading);
  sheet.replaceChildren(
    element(
      "header",
      { class: "top" },
      element("span", { class: "wordmark" }, t("name")),
      element("span", { class: "small" }, siteName(description.origin)),
    ),
    element(
      "div",
      { class: "body" },
      heading,
      element("p", { class: "lead", id: "lead" }, partlyUnread ? `${text} ${t("held_part_unread")}` : text),
      unsure && reading.points.length > 0 ? identityView(held) : null,
      draftsView(description, reading),
      reading.points.length > 0 ? notedView(reading) : null,
      bundle === null || description.why === "unread"
        ? null
        : element("p", { class: "imprint" }, t("imprint", bundle.authority, bundle.id, bundle.serial)),
    ),
    actions,
  );
  isShown();
  if (focus === "heading") heading.focus();
  else actions.querySelector<HTMLButtonElement>("button.primary")?.focus();
}

function isShown(): void {
  sheet.setAttribute("role", "alertdialog");
  sheet.setAttribute("aria-modal", "true");
  sheet.setAttribute("aria-labelledby", "title");
  sheet.setAttribute("aria-describedby", "lead");
  sheet.removeAttribute("aria-busy");
  shownAt = performance.now();
}

/** Nothing is held, or its guard cannot be reached: the way back to the page. `held` null: not even a name for it. */
function showOver(held: Held | null): void {
  const back = held === null ? null : button(t("plain_back"), "primary", () => decide(held, "edit"));
  const actions =
    back === null
      ? null
      : element(
          "footer",
          { class: "actions" },
          element("div", { class: "row" }, element("div", { class: "row decisions" }, back)),
        );
  const parts = [
    element("header", { class: "top" }, element("span", { class: "wordmark" }, t("name"))),
    element(
      "div",
      { class: "body" },
      element("h1", { id: "title" }, t("over_title")),
      element("p", { class: "lead", id: "lead" }, t("over_lead")),
    ),
    actions,
  ];
  sheet.replaceChildren(...parts.filter((part) => part !== null));
  isShown();
  back?.focus();
}

/** Like the buttons, Esc counts when it is let go: its release must not reach the page behind the panel. */
function watchEscape(held: Held): void {
  let down = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.repeat) down = event.isTrusted;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === "Escape" && down) decide(held, "edit");
    if (event.key === "Escape") down = false;
  });
}

/** Tab goes round within the panel: behind its last button there is only the page that it keeps out of reach. */
function keepFocusInside(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [...sheet.querySelectorAll<HTMLElement>("button, textarea")];
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (document.activeElement !== from) return;
    event.preventDefault();
    to?.focus();
  });
}

async function open(held: Held): Promise<void> {
  const description = await ask({ kind: "panel/open", ...held }).catch(() => null);
  watchEscape(held);
  keepFocusInside();
  if (description === null) showOver(held);
  else show(held, description, "edit");
  reportSize(held);
}

/** In a page, the frame around the panel is fitted to what it holds. */
function reportSize({ hold, tabId }: Held): void {
  if (tabId !== null) return;
  new ResizeObserver(() => {
    const height = Math.ceil(sheet.getBoundingClientRect().height);
    // Unheard, the frame keeps its height and scrolls.
    ask({ kind: "panel/size", hold, tabId, height }).catch(() => undefined);
  }).observe(sheet);
}

document.title = t("name");
const held = heldBy(location.hash);
if (held === null) showOver(null);
else void open(held);
