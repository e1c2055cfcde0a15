// What counts as a composer: something a person writes in to publish. Passwords, cards, codes, searches and log-ins
// are never composers, and whatever is no composer is never read.

import { below, isShown, parentOf, textByIds } from "./tree.js";

/** A text field, or the root of an editable region. */
export type Composer = HTMLElement;

const PRIVATE_AUTOCOMPLETE =
  /^(cc-.*|one-time-code|(current|new)-password|webauthn|username|nickname|email|tel.*|url|photo|name|given-name|additional-name|family-name|honorific-.*|organization.*|street-address|address-.*|postal-code|country.*|bday.*|sex|transaction-.*)$/u;
const PRIVATE_WORDS =
  /\b(otp|one time|passcode|password|pass phrase|passphrase|cvv|cvc|card number|iban|sort code|account number|security (code|answer|question)|verification code|captcha|recaptcha|pin (code|number))\b|^pin$/u;
const SEARCH_WORDS = /^(q|s|query|search|searchbox|search (term|query|text|input|field)|keywords?|filter)$/u;
const SEARCH_LABEL = /^(search|find|filter|look up|chwilio|chwiliwch)\b/u;
/** Boxes for longer texts may be introduced by a sentence: only the plainest label makes one a search. */
const LONG_SEARCH_LABEL = /^(search|chwilio)\b/u;
const POST_WORDS =
  /\b(message|messages|comment|comments|reply|replies|respond|response|chat|post|posts|status|say|write|toot|tweet|question|answer|thoughts|discussion|neges|negeseuon|sylw|sylwadau|ateb|ymateb|postiad|ysgrifennwch|dweud)\b/u;
const TITLE_WORDS =
  /\b(title|titles|subject|topic|headline|heading|summary|caption|spoiler|content warning|teitl|pwnc|pennawd|testun)\b/u;

const words = (raw: string) =>
  raw
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();

const joined = (parts: readonly (string | null)[]) =>
  words(parts.filter((part) => part !== null && part !== "").join(" "));

const placeholdersOf = (field: HTMLElement) =>
  ["placeholder", "aria-placeholder", "data-placeholder", "title"].map((name) => field.getAttribute(name));

/** What the page calls a field, for people. */
export function labelOf(field: HTMLElement): string {
  const native =
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
      ? [...(field.labels ?? [])].map((label) => label.textContent).join(" ")
      : "";
  return joined([
    field.getAttribute("aria-label"),
    textByIds(field, field.getAttribute("aria-labelledby")),
    native,
    ...placeholdersOf(field),
  ]);
}

/** These invite to any kind of text. */
const INVITING = /^(say|write|ysgrifennwch|dweud)$/u;
/**
 * One word for what a field says that it is for: the first known one, else the first at all; further ones may name a
 * person. Only the field's own attributes are asked: what labels it from elsewhere may hold what is written in it.
 */
export function kindOf(field: HTMLElement): string {
  const label = joined([field.getAttribute("aria-label"), ...placeholdersOf(field)]);
  const known = label.split(" ").filter((word) => POST_WORDS.test(word));
  return known.find((word) => !INVITING.test(word)) ?? known[0] ?? label.split(" ")[0] ?? "";
}

const namesOf = (field: Element) =>
  [field.getAttribute("name"), field.id].map((name) => words(name ?? "")).filter((name) => name !== "");

function isSearch(field: HTMLElement): boolean {
  const role = field.getAttribute("role");
  return (
    role === "search" ||
    role === "searchbox" ||
    namesOf(field).some((name) => SEARCH_WORDS.test(name)) ||
    (field instanceof HTMLInputElement ? SEARCH_LABEL : LONG_SEARCH_LABEL).test(labelOf(field)) ||
    field.closest("[role=search], search") !== null ||
    searches(field.closest("form[action]"))
  );
}

/** Whether a form leads to a search: not to where somebody comments on research. */
function searches(form: Element | null): boolean {
  const action = form?.getAttribute("action") ?? "";
  if (action === "" || !URL.canParse(action, document.baseURI)) return false;
  const { pathname, searchParams } = new URL(action.toLowerCase(), document.baseURI.toLowerCase());
  return (
    pathname.split("/").some((segment) => /^search(\.\w+)?$/u.test(segment)) ||
    [...searchParams].some(([name, value]) => name === "search" || value === "search")
  );
}

function isPrivate(field: HTMLElement): boolean {
  const autocomplete = (field.getAttribute("autocomplete") ?? "").toLowerCase().split(/\s+/u);
  if (autocomplete.some((token) => PRIVATE_AUTOCOMPLETE.test(token))) return true;
  // The label of a box for longer texts may well warn of passwords; that of a line names what goes into it.
  const said = field instanceof HTMLInputElement ? [...namesOf(field), labelOf(field)] : namesOf(field);
  return said.some((words) => PRIVATE_WORDS.test(words));
}

const describes = (field: HTMLElement, what: RegExp) =>
  what.test(labelOf(field)) || namesOf(field).some((name) => what.test(name));

/** A form with a password belongs to logging in or registering, unless this very field says that it posts. */
function isLogIn(field: HTMLElement): boolean {
  const form = formOf(field);
  return form?.querySelector("input[type=password]") != null && !describes(field, POST_WORDS);
}

export function formOf(element: Element): HTMLFormElement | null {
  if (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLInputElement ||
    element instanceof HTMLButtonElement
  ) {
    if (element.form !== null) return element.form;
  }
  for (let at: Element | null = element; at !== null; at = parentOf(at)) {
    if (at instanceof HTMLFormElement) return at;
  }
  return null;
}

/** Fields so small are an editor's or a captcha's machinery, not something to write in. */
const LEAST_SIZE_PX = 8;
const hasRoom = (element: HTMLElement) =>
  element.offsetWidth >= LEAST_SIZE_PX && element.offsetHeight >= LEAST_SIZE_PX;

function editingHost(element: HTMLElement): HTMLElement | null {
  if (element.ownerDocument.designMode === "on") return element.ownerDocument.body;
  if (!element.isContentEditable) {
    // Inside a widget that can't be edited, within an editor: the editor is what is written in.
    const outer = element.closest("[contenteditable='false']")?.parentElement;
    return outer?.isContentEditable ? editingHost(outer) : null;
  }
  let host = element;
  while (host.parentElement?.isContentEditable) host = host.parentElement;
  return host;
}

function isEditorComposer(host: HTMLElement): boolean {
  if (host.getAttribute("aria-readonly") === "true" || host.getAttribute("aria-disabled") === "true")
    return false;
  if (host.getAttribute("role") === "combobox" && !describes(host, POST_WORDS)) return false;
  return !isSearch(host) && !isPrivate(host) && !isLogIn(host);
}

/** Whether a form or box beside a one-line field holds something longer to write in: then the field may be its title. */
function standsByAComposer(field: HTMLElement): boolean {
  const form = formOf(field);
  const around: Iterable<HTMLElement> =
    form !== null
      ? below(form, LONG)
      : below(field.closest("article, section, dialog, main, div") ?? field, LONG);
  for (const other of around) if (other !== field && isComposer(other)) return true;
  return false;
}

/** A chat box may say nothing of itself: then it is the only thing to fill in before a button that sends. */
function isSoleFieldToSend(
  field: HTMLInputElement,
  readsAsSending: (control: HTMLElement) => boolean,
): boolean {
  const form = field.form;
  if (form === null) return false;
  const fields = form.querySelectorAll(
    "input:not([type=hidden], [type=submit], [type=button], [type=file]), textarea, select",
  );
  if (fields.length !== 1) return false;
  return [...form.querySelectorAll<HTMLElement>("button, input[type=submit]")].some(readsAsSending);
}

const SENDING = /^(send|post|comment|reply|publish|chat|anfon|postio|ymateb)\b/u;
const saysSend = (control: HTMLElement) =>
  SENDING.test(
    words(
      control.getAttribute("aria-label") ??
        (control instanceof HTMLInputElement ? control.value : control.textContent),
    ),
  );

function isInputComposer(field: HTMLInputElement): boolean {
  if (field.type !== "text") return false;
  if (isSearch(field) || isPrivate(field)) return false;
  if (field.form?.querySelector("input[type=password]") != null) return false;
  if (describes(field, /\b(name|email|e mail|website|url|address|phone|tag|tags)\b/u)) {
    return describes(field, TITLE_WORDS) && standsByAComposer(field);
  }
  if (describes(field, TITLE_WORDS) && standsByAComposer(field)) return true;
  return describes(field, POST_WORDS) || isSoleFieldToSend(field, saysSend);
}

/** Whether a field or an editing host is something to publish with. */
export function isComposer(element: Element): element is Composer {
  if (element instanceof HTMLTextAreaElement) {
    if (element.disabled || element.readOnly) return false;
    return !isSearch(element) && !isPrivate(element) && !isLogIn(element);
  }
  if (element instanceof HTMLInputElement) {
    return !element.disabled && !element.readOnly && isInputComposer(element);
  }
  return element instanceof HTMLElement && editingHost(element) === element && isEditorComposer(element);
}

/** The composer that an element is or stands in. */
export function composerAt(element: Element | null): Composer | null {
  if (element === null) return null;
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) {
    return isComposer(element) ? element : null;
  }
  const host = element instanceof HTMLElement ? editingHost(element) : null;
  return host !== null && isEditorComposer(host) ? host : null;
}

const LONG = "textarea, [contenteditable]:not([contenteditable='false'])";
const ANY = `${LONG}, input:not([type]), input[type=text]`;

/** The composers below `root` that the person can see, whether or not they ever had the keyboard. */
export function composersBelow(root: ParentNode): Composer[] {
  const found = new Set<Composer>();
  for (const field of below(root, ANY)) {
    if (isComposer(field) && hasRoom(field) && isShown(field)) found.add(field);
  }
  // An editable document: its body says nothing of itself.
  if (root instanceof Document && root.designMode === "on" && root.body !== null) found.add(root.body);
  return [...found];
}

export const isField = (composer: Composer): composer is HTMLTextAreaElement | HTMLInputElement =>
  composer instanceof HTMLTextAreaElement || composer instanceof HTMLInputElement;
