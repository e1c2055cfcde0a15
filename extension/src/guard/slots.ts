// Components draw what the page put into them in slots of their own: what a person sees in a control, and what a press on
// it goes up through, may stand elsewhere in the page's tree. It reads the tree and changes nothing.

import { parentOf, shadowRootOf } from "./tree.js";

/** The slot that something is drawn in. Closed shadow roots don't say; only components have those. */
function slotOf(element: Element): Element | null {
  if (element.assignedSlot !== null) return element.assignedSlot;
  const host = element.parentElement;
  if (host === null || !host.localName.includes("-")) return null;
  const slots = [...(shadowRootOf(host)?.querySelectorAll("slot") ?? [])];
  return slots.find((slot) => slot.assignedNodes().includes(element)) ?? null;
}

/** The element itself, then everything that it is drawn in. */
export function* drawnUpwards(from: Element): Generator<Element> {
  for (let element: Element | null = from; element !== null; element = slotOf(element) ?? parentOf(element))
    yield element;
}

/** What is drawn in a slot: what was put into it, else what it holds itself. */
const drawnIn = (slot: HTMLSlotElement): Node[] => {
  const assigned = slot.assignedNodes({ flatten: true });
  return assigned.length > 0 ? assigned : [...slot.childNodes];
};

/** The words that a person sees in `element`. */
export function drawnText(element: Element): string {
  if (!(element instanceof HTMLSlotElement) && element.querySelector("slot") === null)
    return element.textContent ?? "";
  const nodes = element instanceof HTMLSlotElement ? drawnIn(element) : [...element.childNodes];
  return nodes
    .map((node) => (node instanceof Element ? drawnText(node) : node instanceof Text ? node.data : ""))
    .join("");
}

/** All that matches in what the slots of `element` show, then in itself. */
export function drawnBelow(element: Element, selector: string): Element[] {
  const shown = [...element.querySelectorAll("slot")]
    .flatMap(drawnIn)
    .filter((node) => node instanceof Element);
  return [...shown, element].flatMap((outer) => [
    ...(outer !== element && outer.matches(selector) ? [outer] : []),
    ...outer.querySelectorAll(selector),
  ]);
}
