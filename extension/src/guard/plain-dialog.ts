// A dialog of a few fixed words in the page itself, for when no page of the extension can be shown: after an update of
// the extension, or where every other way failed. A page may find its words, so they say nothing of any finding.

export interface PlainWords {
  readonly title: string;
  readonly text: string;
  /** The same where going back is all there is. */
  readonly textNoPost: string;
  readonly back: string;
  readonly post: string;
}

/** Taken at the start: an orphaned script can no longer look words up. */
export function plainWords(why: "orphaned" | "unshown"): PlainWords {
  const say = (key: string) => chrome.i18n.getMessage(key);
  return {
    title: say(why === "orphaned" ? "orphaned_title" : "unshown_title"),
    text: say(why === "orphaned" ? "orphaned_text" : "unshown_text"),
    textNoPost: say(why === "orphaned" ? "orphaned_text" : "unshown_text_no_post"),
    back: say("plain_back"),
    post: say("plain_post"),
  };
}

type Style = Readonly<Record<string, string>>;

/** Styles are set one by one: a page's policy on style sheets does not reach them. */
export function dress(element: HTMLElement | SVGElement, style: Style): void {
  for (const [property, value] of Object.entries(style))
    element.style.setProperty(property, value, "important");
}

const BOX: Style = {
  all: "initial",
  display: "block",
  position: "fixed",
  inset: "0",
  margin: "auto",
  width: "min(26rem, calc(100vw - 2rem))",
  height: "fit-content",
  "box-sizing": "border-box",
  padding: "1.25rem",
  border: "1px solid CanvasText",
  "border-radius": "0.75rem",
  background: "Canvas",
  color: "CanvasText",
  "color-scheme": "light dark",
  font: "400 1rem/1.5 system-ui, sans-serif",
};

const BUTTON: Style = {
  font: "500 1rem/1.25 system-ui, sans-serif",
  padding: "0.5rem 1rem",
  margin: "0 0.5rem 0 0",
  "border-radius": "0.5rem",
  border: "1px solid CanvasText",
  background: "ButtonFace",
  color: "ButtonText",
  cursor: "pointer",
};

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  words: string,
  style: Style,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = words;
  dress(made, style);
  return made;
}

/** A press this soon after the dialog appeared was meant for what was there before. */
const SETTLES_MS = 300;

const hosts = new WeakSet<EventTarget>();

/** Events in such a dialog are no acts on the page. */
export const isPlainDialog = (target: EventTarget | null) => target !== null && hosts.has(target);

/** Resolves with the person's own choice; Esc goes back, and so does a page that takes the dialog away, or `signal`. */
export function askPlainly(
  words: PlainWords,
  mayPost: boolean,
  signal: AbortSignal,
): Promise<"back" | "post"> {
  return new Promise((resolve) => {
    const host = document.createElement("div");
    hosts.add(host);
    dress(host, { all: "initial" });
    const root = host.attachShadow({ mode: "closed" });
    const dialog = document.createElement("dialog");
    dress(dialog, BOX);
    const title = element("h1", words.title, {
      font: "600 1.125rem/1.4 system-ui, sans-serif",
      margin: "0 0 0.5rem",
    });
    const text = element("p", mayPost ? words.text : words.textNoPost, { margin: "0 0 1rem" });
    title.id = "title";
    text.id = "text";
    dialog.setAttribute("aria-labelledby", "title");
    dialog.setAttribute("aria-describedby", "text");
    const back = element("button", words.back, BUTTON);
    const post = element("button", words.post, BUTTON);
    dialog.append(title, text, back, ...(mayPost ? [post] : []));
    root.append(dialog);

    const over = new AbortController();
    const begun = performance.now();
    const end = (choice: "back" | "post") => {
      if (over.signal.aborted) return;
      over.abort();
      removal.disconnect();
      dialog.close();
      host.remove();
      resolve(choice);
    };
    // Keys and clicks in here are the person's with the dialog, none of the page's business.
    for (const type of ["click", "keydown", "keyup", "keypress", "pointerdown", "mousedown"]) {
      host.addEventListener(type, (event) => event.stopPropagation(), { signal: over.signal });
    }
    const choose = (button: HTMLElement, choice: "back" | "post") =>
      button.addEventListener(
        "click",
        (event) => {
          // A double click on the site's own button may end on this one. Keys name no count.
          const meant = event.detail === 0 || performance.now() - begun >= SETTLES_MS;
          if (event.isTrusted && meant) end(choice);
        },
        { signal: over.signal },
      );
    choose(back, "back");
    choose(post, "post");
    dialog.addEventListener("cancel", () => end("back"), { signal: over.signal });
    dialog.addEventListener("close", () => end("back"), { signal: over.signal });
    signal.addEventListener("abort", () => end("back"), { signal: over.signal });
    const removal = new MutationObserver(() => {
      if (!host.isConnected) end("back");
    });
    document.documentElement.append(host);
    for (const above of [document, document.documentElement]) removal.observe(above, { childList: true });
    dialog.showModal();
    back.focus();
  });
}
