// Which control on a page publishes which drafts: a form's own submit button, or the control nearest to a composer
// that says so by its name or icon, or one that earlier use on this site has shown to. It reads names and positions.

import type { LearntControl } from "../shared/messages.js";
import { type Composer, composerAt, composersBelow, formOf } from "./composers.js";
import { withWords } from "./reading.js";
import { controlSignatureOf } from "./signature.js";
import { drawnBelow, drawnText, drawnUpwards } from "./slots.js";
import { below, holds, isShown, parentOf, textByIds, upwards } from "./tree.js";
import {
  plain,
  readsAsLeaving,
  readsAsOther,
  readsAsPublishing,
  readsAsPublishingAll,
  readsAsQuoting,
  readsAsScheduling,
  readsAsSendingIcon,
  readsAsSurelyPublishing,
} from "./wording.js";

const CONTROLS =
  "button, input[type=submit], input[type=button], input[type=image], [role=button], [role=menuitem], a, summary";
/** How far from the place clicked a control made of plain elements may reach. */
const PLAIN_REACH = 4;

/** What a control calls itself, for people; empty where it is an icon without a name. */
export function nameOf(control: Element): string {
  const label =
    control.getAttribute("aria-label") || textByIds(control, control.getAttribute("aria-labelledby"));
  if (label !== "") return label;
  if (control instanceof HTMLInputElement) return control.value || control.alt || control.title || "Submit";
  const words = drawnText(control).trim();
  if (plain(words) !== "") return words;
  const [picture] = drawnBelow(control, "img[alt]:not([alt='']), svg title, [aria-label], [title]");
  const pictured =
    picture?.getAttribute("alt") || picture?.getAttribute("aria-label") || picture?.getAttribute("title");
  return pictured || control.getAttribute("title") || picture?.textContent || "";
}

function iconNames(control: Element): string[] {
  const names: string[] = [];
  for (const element of [control, ...drawnBelow(control, "svg, use, i, span, img")].slice(0, 6)) {
    for (const name of [
      "class",
      "id",
      "name",
      "data-testid",
      "data-test",
      "data-icon",
      "data-action",
      "href",
      "src",
    ]) {
      const value = element.getAttribute(name);
      if (value !== null && value.length < 200) names.push(value);
    }
  }
  return names;
}

/** Shows another part of the page, whatever that is called. */
const isTab = (control: Element) => control.getAttribute("role") === "tab";

export function saysPublish(control: Element): boolean {
  if (isTab(control)) return false;
  // What opens a menu or a box to write in does not publish yet.
  const popup = control.getAttribute("aria-haspopup");
  if (popup !== null && popup !== "false") return false;
  if (control.getAttribute("aria-expanded") === "false") return false;
  const name = nameOf(control);
  // A page of dates.
  if (leadsElsewhere(control) && readsAsScheduling(name)) return false;
  return plain(name) === "" ? readsAsSendingIcon(iconNames(control)) : readsAsPublishing(name);
}

export const saysOther = (control: Element) => readsAsOther(nameOf(control));
const saysLeaving = (control: Element) => readsAsLeaving(nameOf(control));

export function isSubmitButton(control: Element): control is HTMLButtonElement | HTMLInputElement {
  if (control instanceof HTMLButtonElement) return control.type === "submit" && control.form !== null;
  return (
    control instanceof HTMLInputElement &&
    (control.type === "submit" || control.type === "image") &&
    control.form !== null
  );
}

export const isDisabled = (control: Element) =>
  control.getAttribute("aria-disabled") === "true" || control.matches(":disabled");

/** The control that an event at `origin` works, or null where it works none. */
export function controlAt(origin: Element | null, learnt: readonly LearntControl[]): HTMLElement | null {
  if (origin === null || composerAt(origin) !== null) return null;
  let steps = 0;
  for (const element of drawnUpwards(origin)) {
    if (element.matches(CONTROLS))
      return element instanceof HTMLElement && !isDisabled(element) ? element : null;
    // A label works its field, not a control.
    if (element instanceof HTMLLabelElement || element instanceof HTMLFormElement) return null;
    if (steps++ >= PLAIN_REACH || !(element instanceof HTMLElement)) continue;
    if (learntFor(element, learnt) === true) return element;
    if (looksPressable(element) && saysPublish(element)) return element;
  }
  return null;
}

/** What was pressed, named as a control or not, for noticing drafts that go after it. Null where it tells nothing. */
export function pressedAt(origin: Element | null): HTMLElement | null {
  const control = controlAt(origin, []);
  if (control !== null)
    return saysLeaving(control) || leadsElsewhere(control) || isTab(control) ? null : control;
  if (origin === null || composerAt(origin) !== null) return null;
  let steps = 0;
  for (const element of drawnUpwards(origin)) {
    if (steps++ >= PLAIN_REACH) return null;
    if (element instanceof HTMLElement && looksPressable(element))
      return saysLeaving(element) ? null : element;
  }
  return null;
}

/** A link away leaves a draft behind; it publishes nothing. */
const leadsElsewhere = (control: Element) =>
  control instanceof HTMLAnchorElement && /^(?!#|javascript:)./iu.test(control.getAttribute("href") ?? "");

/** A component that lets nobody look into it shows what it is by its name alone. */
const COMPONENT = /-(button|btn)$/u;

/** Pages also make buttons of plain elements: small ones that show a pointer. */
function looksPressable(element: HTMLElement): boolean {
  if (element === document.body || element.childElementCount > 4) return false;
  if ((element.textContent ?? "").length > 40) return false;
  return (
    COMPONENT.test(element.localName) ||
    element.hasAttribute("onclick") ||
    element.hasAttribute("tabindex") ||
    getComputedStyle(element).cursor === "pointer"
  );
}

function learntFor(control: Element, learnt: readonly LearntControl[]): boolean | null {
  if (learnt.length === 0) return null;
  const signature = controlSignatureOf(control);
  return learnt.find((entry) => entry.signature === signature)?.publishes ?? null;
}

/** Whether a control publishes something, wherever the draft may stand: for drafts in frames below. */
export function publishesAnything(control: Element, learnt: readonly LearntControl[]): boolean {
  const known = learntFor(control, learnt);
  if (known !== null) return known;
  if (saysOther(control)) return false;
  return saysPublish(control) || (isSubmitButton(control) && control.form?.querySelector("iframe") != null);
}

/** The composers whose drafts `control` publishes, as far as its place and name tell. Drafts may be blank. */
export function publishedBy(control: HTMLElement, learnt: readonly LearntControl[]): Composer[] {
  const known = learntFor(control, learnt);
  if (known === false || (known === null && saysOther(control))) return [];
  if (isSubmitButton(control) && control.form !== null) {
    const inForm = composersOf(control.form);
    if (inForm.length > 0) {
      const all = readsAsPublishingAll(nameOf(control));
      return all ? [...inForm, ...furtherUp(control, control.form, inForm)] : inForm;
    }
  }
  if (known !== true && !saysPublish(control)) return [];
  return nearestTo(control, known === true);
}

/** All composers of a form, those that belong to it by their `form` attribute too. */
export function composersOf(form: HTMLFormElement): Composer[] {
  const found = new Set(composersBelow(form));
  for (const field of form.elements) {
    const composer = composerAt(field);
    if (composer !== null && isShown(composer)) found.add(composer);
  }
  return [...found];
}

const POST = "article, [role=article]";
/** What is in one of these goes together. */
const WHOLE = "form, dialog, [role=dialog]";

/**
 * Those nearest to a control, and those that the same form or dialog holds besides. A helper's box or a title with nothing
 * in it may stand between it and the draft.
 */
function nearestTo(control: HTMLElement, certain: boolean): Composer[] {
  // It is about somebody's post, and opens a box for it.
  let ofAPost = false;
  for (const outer of upwards(control)) {
    const found = composersBelow(outer);
    if (found.length > 0) {
      const own = certain ? found : nearestAmong(found, outer, control, ofAPost);
      return ofAPost ? [...own] : [...own, ...furtherUp(control, outer, found)];
    }
    ofAPost ||= outer.matches(POST);
  }
  return [];
}

function nearestAmong(
  found: readonly Composer[],
  outer: Element,
  control: Element,
  ofAPost: boolean,
): readonly Composer[] {
  const own = withoutNearerControl(found, outer, control);
  if (ofAPost || withWords(own).length > 0) return own;
  // What is nearer may be about something else after all: held once too often is the lesser harm.
  return found.filter((composer) => !hasOwnSubmitButton(composer));
}

/**
 * Those with words in them that are not among the ones `found` nearest, below `nearest`: all that stand in the same form
 * or dialog; the next ones beyond where nothing nearer has words; and all longer ones where the control publishes an
 * article, which may stand behind a dialog or beside a box for its summary.
 */
function furtherUp(control: Element, nearest: Element, found: readonly Composer[]): readonly Composer[] {
  const whole = wholeAround(control);
  let within = whole !== null && whole !== nearest && holds(whole, nearest);
  let hasWords = withWords(found).length > 0;
  const all = readsAsPublishingAll(nameOf(control));
  if (hasWords && !within && !all) return [];
  // Looked for once: anew at every step would take long in a large page.
  const others = withWords(composersBelow(hasWords && !all ? (whole ?? document) : document));
  const seen = new Set(found);
  const own: Composer[] = [];
  for (const outer of upwards(nearest)) {
    const beyond = hasWords && !within;
    const next = others.filter(
      (composer) =>
        !seen.has(composer) && holds(outer, composer) && !(beyond && composer instanceof HTMLInputElement),
    );
    for (const composer of next) seen.add(composer);
    own.push(...withoutNearerControl(next, outer, control));
    hasWords ||= next.length > 0;
    within &&= outer !== whole;
    // Each of a feed's posts stands for itself.
    if (outer.matches(POST) || (hasWords && !within && !all)) break;
  }
  return own;
}

function wholeAround(control: Element): Element | null {
  for (const outer of upwards(control)) if (outer.matches(WHOLE)) return outer;
  return null;
}

const withoutNearerControl = (found: readonly Composer[], outer: Element, control: Element) =>
  found.filter((composer) => !hasNearerControl(composer, outer, control));

/** Whether the form around a composer plainly says how it is sent. */
function hasOwnSubmitButton(composer: Composer): boolean {
  const form = formOf(composer);
  if (form === null) return false;
  return [...form.elements].some(
    (field) => isSubmitButton(field) && isShown(field) && readsAsSurelyPublishing(nameOf(field)),
  );
}

/** Whether a composer inside `outer` has a publishing control closer by than `control`. */
function hasNearerControl(composer: Composer, outer: Element, control: Element): boolean {
  let branch: Element = composer;
  for (let at = parentOf(composer); at !== null && at !== outer; at = parentOf(at)) branch = at;
  if (branch === composer) return false;
  for (const other of below(branch, CONTROLS)) {
    if (other !== control && !holds(composer, other) && isShown(other) && couldPublishBeside(other))
      return true;
  }
  return false;
}

/** Links in a preview lead away, and what quotes is a tool of the editor. */
const couldPublishBeside = (control: Element) =>
  saysPublish(control) && !leadsElsewhere(control) && !readsAsQuoting(nameOf(control));

/** Whether a composer has a control that publishes it, in its form or close by. */
export function hasPublishingControl(composer: Composer): boolean {
  const form = formOf(composer);
  const box = form ?? boxOf(composer);
  for (const control of below(box, CONTROLS)) {
    if (!holds(composer, control) && isShown(control) && saysPublish(control)) return true;
  }
  return false;
}

/** The part of the page that belongs to a composer: its form, dialog or article, else a few elements up. */
const BOX_REACH = 6;
export function boxOf(composer: Composer): Element {
  let box: Element = composer;
  let steps = 0;
  for (const element of upwards(composer)) {
    box = element;
    if (element.matches(`${WHOLE}, ${POST}`) || element === document.body) break;
    if (++steps > BOX_REACH) break;
  }
  return box;
}
