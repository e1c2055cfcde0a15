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

/**
 * A button that acts on a press by the person: one made by a script does nothing. Enter counts when it is let go, as
 * the space bar does: the release of a key that took its own page away would reach the page behind it, and a key held
 * down since before the button was there would press it.
 */
export function button(words: string, look: string, press: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: look }, words);
  let down = false;
  made.addEventListener("click", (event) => {
    if (event.isTrusted) press();
  });
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) down = event.isTrusted;
  });
  made.addEventListener("keyup", (event) => {
    if (event.key !== "Enter" || !down) return;
    down = false;
    press();
  });
  made.addEventListener("blur", () => {
    down = false;
  });
  return made;
}

/** The element that a page's HTML holds under this id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page holds no #${id}`);
  return found;
}
