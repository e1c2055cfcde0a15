// Ways through the page's tree that cross shadow roots, closed ones too: an extension may look into them where the
// page's own scripts may not. It reads the tree and changes nothing.

/** Firefox offers this on every element to content scripts. */
interface MaybeRevealing {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

export function shadowRootOf(element: Element): ShadowRoot | null {
  if (element.shadowRoot !== null) return element.shadowRoot;
  const revealed = (element as MaybeRevealing).openOrClosedShadowRoot;
  if (revealed !== undefined) return revealed;
  if (!(element instanceof HTMLElement) || chrome.dom === undefined) return null;
  try {
    return chrome.dom.openOrClosedShadowRoot(element);
  } catch {
    return null;
  }
}

/** The element above, out of a shadow root into its host. */
export function parentOf(node: Node): Element | null {
  if (node.parentElement !== null) return node.parentElement;
  const root = node.parentNode;
  return root instanceof ShadowRoot ? root.host : null;
}

/** The element itself, then everything above it, through shadow hosts. */
export function* upwards(from: Element): Generator<Element> {
  for (let element: Element | null = from; element !== null; element = parentOf(element)) yield element;
}

export function holds(outer: Element, inner: Element): boolean {
  for (const element of upwards(inner)) if (element === outer) return true;
  return false;
}

/** The element that has the keyboard, inside whatever shadow roots it stands. */
export function activeElement(root: Document | ShadowRoot = document): Element | null {
  const active = root.activeElement;
  if (active === null) return null;
  const inner = shadowRootOf(active);
  return inner === null ? active : (activeElement(inner) ?? active);
}

function pointed(root: ShadowRoot, event: MouseEvent): Element | null {
  const element = root.elementFromPoint(event.clientX, event.clientY);
  return element !== null && element.getRootNode() === root ? element : null;
}

/** Where an event truly began: events from closed shadow roots name only the host. */
export function originOf(event: Event): Element | null {
  const first = event.composedPath()[0];
  let element: Element | null = first instanceof Element ? first : null;
  while (element !== null) {
    const root = shadowRootOf(element);
    if (root === null) return element;
    const inner: Element | null =
      event instanceof MouseEvent && event.detail + event.clientX + event.clientY > 0
        ? pointed(root, event)
        : root.activeElement;
    if (inner === null || inner === element) return element;
    element = inner;
  }
  return null;
}

/**
 * Everything that matches below `root`, into shadow roots as well. Closed ones are opened only on custom elements,
 * which are nearly all that have them: asking every element of a page would cost too much.
 */
export function* below(root: ParentNode, selector: string): Generator<HTMLElement> {
  yield* root.querySelectorAll<HTMLElement>(selector);
  for (const element of root.querySelectorAll("*")) {
    const inner = element.localName.includes("-") ? shadowRootOf(element) : element.shadowRoot;
    if (inner !== null) yield* below(inner, selector);
  }
  const own = root instanceof Element ? shadowRootOf(root) : null;
  if (own !== null) yield* below(own, selector);
}

/** Whether the person can see it at all. */
export function isShown(element: Element): boolean {
  return element.isConnected && element.checkVisibility({ visibilityProperty: true });
}

/** The words of elements that `ids` names, beside `element`. */
export function textByIds(element: Element, ids: string | null): string {
  if (ids === null) return "";
  const root = element.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return "";
  return ids
    .split(/\s+/u)
    .map((id) => (id === "" ? "" : (root.getElementById(id)?.textContent ?? "")))
    .join(" ")
    .trim();
}
