// Names a control or a composer by what a site's own markup keeps the same from visit to visit, so that what was
// learnt of it can be known again. Never anything that the person wrote.

import { LONGEST_SIGNATURE } from "../shared/messages.js";
import { kindOf } from "./composers.js";
import { parentOf } from "./tree.js";

const STABLE = ["type", "role", "name", "data-testid", "data-test", "data-test-id", "data-qa", "data-action"];
const MOST_CLASSES = 6;
const LONGEST = 60;
const DEPTH = 2;

/** Values with digits change from visit to visit. */
const steady = (value: string | null): string =>
  value === null || value.length > LONGEST || /\d/u.test(value) ? "" : value.trim().toLowerCase();

function describe(element: Element): string {
  const attributes = STABLE.map((name) => [name, steady(element.getAttribute(name))] as const)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `[${name}=${value}]`);
  const classes = [...element.classList]
    .filter(
      (name) =>
        !/\d/u.test(name) && name.length < LONGEST && !/^(is|has)-|active|focus|hover|disabled/iu.test(name),
    )
    .slice(0, MOST_CLASSES)
    .sort()
    .map((name) => `.${name}`);
  return [element.localName, ...attributes, ...classes].join("");
}

/** Icons in one toolbar often differ by label alone. Its first word is enough: further ones may name a person. */
function labelled(element: Element): string {
  const label = element.getAttribute("aria-label") ?? element.getAttribute("title") ?? "";
  return `:${steady(label.trim().split(/\s+/u)[0] ?? "")}`;
}

/** The element and the two above it, by tag, stable attributes and classes without digits, as far as there is room. */
function signatureOf(element: Element, room: number): string {
  const parts: string[] = [];
  for (let at: Element | null = element; at !== null && parts.length <= DEPTH; at = parentOf(at)) {
    parts.push(describe(at));
  }
  return parts.join("<").slice(0, room);
}

/** Of a control: its label's first word too. */
export function controlSignatureOf(control: Element): string {
  const label = labelled(control);
  return signatureOf(control, LONGEST_SIGNATURE - label.length) + label;
}

/**
 * What Enter does in a composer is learnt under the composer's own signature, and what it says that it is for: where
 * all classes are made by machines, boxes for posts and for comments on them differ by nothing else.
 */
export function enterSignatureOf(composer: HTMLElement): string {
  const what = "enter:";
  const kind = steady(kindOf(composer));
  const end = kind === "" ? "" : `:${kind}`;
  return what + signatureOf(composer, LONGEST_SIGNATURE - what.length - end.length) + end;
}
