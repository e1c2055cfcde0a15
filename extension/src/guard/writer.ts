// Who the page says is writing: the display name and handle shown as the writer's, each with the place it was found
// at. It looks only near the composer and at the page's account menu, never at the posts of others, and takes nothing
// where it is not sure: what a page shows may raise that the writer is a councillor, so it must be the writer's.

import { type Composer, formOf, isField } from "./composers.js";
import { boxOf } from "./controls.js";
import { parentOf } from "./tree.js";

export type Place =
  | "name field"
  | "invitation"
  | "author link"
  | "avatar beside the composer"
  | "account menu"
  | "page metadata";

export interface Signal {
  readonly value: string;
  readonly place: Place;
}

export interface WriterSignals {
  readonly displayName: Signal | null;
  readonly handle: Signal | null;
}

const LONGEST = 80;
const ACCOUNT_MENU =
  "header a, header button, header [data-username], nav a, nav button, [role=banner] a, [role=banner] button, [role=navigation] a, [role=navigation] button, [class*='user-menu' i], [class*='account' i] a";
const MOST_MENU_ENTRIES = 200;
const PROFILE_PATH =
  /^\/(?:@|~|u\/|user\/|users\/|profile\/|profiles\/|members?\/|people\/|accounts?\/|author\/)([^/?#]+)\/?$/u;
const AT_HANDLE = /(?:^|\s)(@[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?:@[\p{L}\p{N}.-]+)?)/u;
const INVITATION =
  /\b(?:commenting|comment|posting|post|replying|reply|writing|logged in|signed in|sylwadau|wedi mewngofnodi) (?:as|fel) (.{2,80}?)(?:\s*[.(|…]|\s+(?:log|sign) ?out\b|$)/iu;
const NOT_NAMES =
  /^(?:home|profile|my profile|account|my account|settings|log ?out|sign ?out|log ?in|sign ?in|register|user|avatar|menu|me|you|notifications|messages|search|help|edit|view profile|guest|anonymous|proffil|cyfrif|cartref)$/iu;

function tidy(raw: string | null | undefined): string | null {
  const value = (raw ?? "").replace(/\s+/gu, " ").trim();
  return value === "" || value.length > LONGEST || NOT_NAMES.test(value) ? null : value;
}

/** "Jane Smith's avatar", "Profile picture of Jane Smith": the person's name. */
function pictured(alt: string | null): string | null {
  if (alt === null) return null;
  const name = alt
    .replace(/^(?:(?:profile|user|account) )?(?:picture|photo|image|avatar|icon)\s*(?:of|for|:|-)\s*/iu, "")
    .replace(/(?:['’]s)?\s*(?:(?:profile|user|account) )?(?:picture|photo|image|avatar|icon)$/iu, "");
  return tidy(name);
}

const isAvatar = (image: HTMLImageElement) =>
  /avatar|profile|gravatar|user-?(?:pic|photo|image|icon)/iu.test(
    `${image.className} ${image.id} ${image.src} ${image.alt}`,
  );

function handleIn(text: string | null, href: string | null): string | null {
  const written = AT_HANDLE.exec(text ?? "")?.[1];
  if (written !== undefined) return tidy(written);
  if (href === null) return null;
  let path: string;
  try {
    const url = new URL(href, document.baseURI);
    if (url.origin !== location.origin) return null;
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  const named = PROFILE_PATH.exec(path)?.[1];
  return named === undefined || /^\d+$/u.test(named) ? null : tidy(named);
}

function nameField(composer: Composer): Signal | null {
  const form = formOf(composer);
  if (form === null || form.querySelector("input[type=password]") !== null) return null;
  const field = form.querySelector<HTMLInputElement>(
    "input[autocomplete=name], input[autocomplete=nickname], input[name=author i], input[name=name i], input[name=nickname i], input[name=display_name i], input[name='your-name' i]",
  );
  const value = tidy(field?.value);
  return value === null ? null : { value, place: "name field" };
}

/** "Comment as Jane Smith" as the composer's own label or in its box. */
function invitation(composer: Composer, box: Element): Signal | null {
  const own = [
    composer.getAttribute("placeholder"),
    composer.getAttribute("aria-label"),
    composer.getAttribute("data-placeholder"),
  ];
  for (const words of own) {
    const value = tidy(INVITATION.exec(words ?? "")?.[1]);
    if (value !== null) return { value, place: "invitation" };
  }
  for (const element of box.querySelectorAll("p, span, small, label, legend, div")) {
    if (element.childElementCount > 3 || composer.contains(element)) continue;
    const text = element.textContent ?? "";
    if (text.length > 160) continue;
    const value = tidy(INVITATION.exec(text.replace(/\s+/gu, " ").trim())?.[1]);
    if (value !== null) return { value, place: "invitation" };
  }
  return null;
}

/** Boxes with more than the composer in them may hold the posts of others: their authors are not the writer. */
const holdsPosts = (box: Element, composer: Composer) =>
  box === document.body ||
  (box.textContent ?? "").length - (isField(composer) ? 0 : (composer.textContent ?? "").length) > 600;

function besideComposer(composer: Composer, box: Element): WriterSignals {
  let name: Signal | null = null;
  let handle: Signal | null = null;
  for (const link of box.querySelectorAll<HTMLAnchorElement>(
    "a[rel~=author], a[rel~=me], .p-author, [itemprop=author]",
  )) {
    if (composer.contains(link)) continue;
    const value = tidy(link.textContent);
    if (value !== null && !value.startsWith("@")) name ??= { value, place: "author link" };
    const named = handleIn(link.textContent, link.getAttribute("href"));
    if (named !== null) handle ??= { value: named, place: "author link" };
  }
  for (const image of box.querySelectorAll("img")) {
    if (composer.contains(image) || !isAvatar(image)) continue;
    const value = pictured(image.getAttribute("alt"));
    if (value?.startsWith("@")) handle ??= { value, place: "avatar beside the composer" };
    else if (value !== null) name ??= { value, place: "avatar beside the composer" };
    const link = image.closest("a");
    const named = link === null ? null : handleIn(link.textContent, link.getAttribute("href"));
    if (named !== null) handle ??= { value: named, place: "avatar beside the composer" };
  }
  return { displayName: name, handle };
}

/** Other people's profiles may be linked in a page's head as well: an entry counts only where it is plainly one's own. */
function accountMenu(): WriterSignals {
  let name: Signal | null = null;
  let handle: Signal | null = null;
  let seen = 0;
  for (const entry of document.querySelectorAll(ACCOUNT_MENU)) {
    if (seen++ > MOST_MENU_ENTRIES) break;
    if (leadsAway(entry)) continue;
    const label = entry.getAttribute("aria-label") ?? "";
    const said = `${label} ${entry.getAttribute("title") ?? ""} ${entry.className} ${entry.id}`;
    const own = /\b(?:account|profile|user|avatar|me|my|cyfrif|proffil)\b/iu.test(
      said.replace(/[-_]+/gu, " "),
    );
    const image = entry.querySelector("img");
    const avatar = image !== null && isAvatar(image);
    const named =
      entry.getAttribute("data-username") ?? handleIn(entry.textContent, entry.getAttribute("href"));
    if (
      !own &&
      !avatar &&
      (named === null || entry.closest("[class*=user i], [class*=account i], [class*=profile i]") === null)
    )
      continue;
    const value = (avatar ? pictured(image.alt) : null) ?? tidy(entry.textContent);
    if (value !== null && !value.startsWith("@") && (named !== null || own || avatar))
      name ??= { value, place: "account menu" };
    if (named !== null) handle ??= { value: named, place: "account menu" };
  }
  return { displayName: name, handle };
}

/** A link to another site's profile is the site's own, not the writer's. */
function leadsAway(entry: Element): boolean {
  return entry instanceof HTMLAnchorElement && entry.href !== "" && entry.origin !== location.origin;
}

function loggedIn(): Signal | null {
  for (const region of document.querySelectorAll(
    "header, nav, footer, aside, [role=banner], [class*=user i][class*=bar i]",
  )) {
    const text = region.textContent ?? "";
    if (text.length > 2000) continue;
    const value = tidy(INVITATION.exec(text.replace(/\s+/gu, " "))?.[1]);
    if (value !== null) return { value, place: "account menu" };
  }
  return null;
}

function metadata(): Signal | null {
  const meta = document.querySelector<HTMLMetaElement>(
    "meta[name='user-login' i], meta[name$='actor-login' i], meta[name='current-user' i], meta[name='current-username' i]",
  );
  const value = tidy(meta?.content);
  return value === null ? null : { value, place: "page metadata" };
}

/** The writer as this page shows them now, as far as it is plain. */
export function writerOf(composer: Composer): WriterSignals {
  let box = boxOf(composer);
  while (holdsPosts(box, composer) && box !== composer && box.contains(composer)) {
    // Nearer, until others' posts are left out.
    box = childTowards(box, composer);
  }
  const beside = box === composer ? { displayName: null, handle: null } : besideComposer(composer, box);
  const menu = accountMenu();
  return {
    displayName:
      nameField(composer) ??
      invitation(composer, box) ??
      beside.displayName ??
      loggedIn() ??
      menu.displayName,
    handle: beside.handle ?? menu.handle ?? metadata(),
  };
}

function childTowards(outer: Element, composer: Element): Element {
  let at: Element = composer;
  for (let up = parentOf(at); up !== null && up !== outer; up = parentOf(at)) at = up;
  return at;
}
