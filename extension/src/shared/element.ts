// Builds elements from plain descriptions. Text only ever becomes text nodes, so nothing that a person or a page wrote
// can become markup.

type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | boolean>>;

/** An element with attributes (`true` is a bare one, `false` none) and children (null is none). */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A button that acts on a press by the person: one made by a script does nothing. */
export function button(words: string, look: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: look }, words);
  made.addEventListener("click", (event) => {
    if (event.isTrusted) press();
  });
  return made;
}

/** The element that a page's HTML holds under this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page holds no #${id}`);
  return found;
}
