// Puts the panel, a page of the extension, in front of everything in the tab's top frame: an iframe in a modal dialog
// in a closed shadow root. No word of ours stands in the page. The page can take the host away, cover it or close it;
// it is put back a bounded number of times, and then a window of the extension is asked for instead.

import type { HoldId } from "../shared/messages.js";
import { isOrphaned, tell } from "./channel.js";
import { dress } from "./plain-dialog.js";

/** The panel's page normally stands within a tenth of this. */
const READY_WITHIN_MS = 1500;
const MOST_RETURNS = 5;
const RETURNS_WITHIN_MS = 10_000;
/** A press that began before the dimmed page appeared is no answer to it. */
const SETTLED_MS = 800;

const HOST = { all: "initial", display: "block", position: "fixed", inset: "0", width: "0", height: "0" };
const DIALOG = {
  all: "initial",
  position: "fixed",
  inset: "0",
  width: "100vw",
  height: "100vh",
  "max-width": "none",
  "max-height": "none",
  margin: "0",
  padding: "1rem",
  "box-sizing": "border-box",
  border: "0",
  outline: "0",
  overflow: "hidden",
  background: "rgb(15 20 30 / 0.45)",
  display: "grid",
  "place-items": "center",
};
const FRAME = {
  all: "initial",
  display: "block",
  width: "min(38rem, 100%)",
  "max-height": "calc(100vh - 2rem)",
  border: "0",
  "border-radius": "0.875rem",
  background: "transparent",
  "color-scheme": "light dark",
  "box-shadow": "0 1.25rem 4rem rgb(0 0 0 / 0.35)",
};
const FIRST_HEIGHT_PX = 420;

export class PanelHost {
  #shown: Shown | null = null;

  constructor(signal: AbortSignal) {
    signal.addEventListener("abort", () => this.#close());
  }

  /** Whether the panel came up. */
  async show(hold: HoldId): Promise<boolean> {
    // A sandboxed document can't show a page of the extension inside itself.
    if (window.origin === "null") return false;
    const shown = this.#open(hold, true);
    const ready = await shown.ready(READY_WITHIN_MS);
    if (!ready && this.#shown === shown) this.#close();
    return ready;
  }

  /** Keeps the page out of reach while the panel stands in a window of its own. */
  dim(hold: HoldId): void {
    this.#open(hold, false);
  }

  /** Events at the host are between the person and us: true keeps them from the page. */
  takes(event: Event): boolean {
    if (this.#shown === null || !this.#shown.owns(event.target)) return false;
    if (event.type === "click" && event.isTrusted) this.#shown.pressed();
    return true;
  }

  #open(hold: HoldId, withPanel: boolean): Shown {
    this.#close();
    const shown: Shown = new Shown(hold, withPanel, {
      edit: () => {
        // After an update of the extension nobody else is left to take it away; the next try to post says so.
        if (isOrphaned()) this.#close();
        else void tell<"guard/edit">({ kind: "guard/edit", hold });
      },
      lost: () => {
        if (this.#shown !== shown) return;
        this.#close();
        // Whoever asked for a panel that never came up hears so and sees to a window.
        if (!shown.isUp) return;
        void tell<"guard/hold">({ kind: "guard/hold", hold, inPage: false });
      },
    });
    this.#shown = shown;
    return shown;
  }

  /** The page goes, and with it whatever a frame of it holds: one that comes back must not come back behind a panel. */
  leave(): void {
    this.#close();
  }

  hide(hold: HoldId): void {
    if (this.#shown?.hold === hold) this.#close();
  }

  isReady(hold: HoldId): void {
    if (this.#shown?.hold === hold) this.#shown.nowReady();
  }

  size(hold: HoldId, height: number): void {
    if (this.#shown?.hold === hold && height > 0) this.#shown.fit(height);
  }

  #close(): void {
    const shown = this.#shown;
    this.#shown = null;
    shown?.remove();
  }
}

class Shown {
  readonly #over = new AbortController();
  readonly #host = document.createElement("div");
  readonly #dialog = document.createElement("dialog");
  readonly #frame: HTMLIFrameElement | null;
  readonly #observer: MutationObserver;
  readonly #returns: number[] = [];
  #up = false;
  #resolveReady: (ready: boolean) => void = () => {};
  #height = FIRST_HEIGHT_PX;
  readonly #begun = performance.now();
  readonly #looks: string;

  constructor(
    readonly hold: HoldId,
    withPanel: boolean,
    readonly on: { readonly edit: () => void; readonly lost: () => void },
  ) {
    dress(this.#host, HOST);
    this.#looks = this.#host.style.cssText;
    const root = this.#host.attachShadow({ mode: "closed" });
    dress(this.#dialog, DIALOG);
    root.append(this.#dialog);
    this.#frame = withPanel ? this.#makeFrame() : null;
    if (this.#frame !== null) this.#dialog.append(this.#frame);

    const { signal } = this.#over;
    this.#dialog.addEventListener(
      "cancel",
      (event) => {
        event.preventDefault();
        this.on.edit();
      },
      { signal },
    );
    this.#dialog.addEventListener("close", () => this.#checkSoon(), { signal });
    document.addEventListener("fullscreenchange", () => this.#checkSoon(), { signal });
    this.#observer = new MutationObserver((records) => this.#changed(records));
    this.#place();
    this.#observer.observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ["open", "popover", "inert"],
    });
    this.#observer.observe(this.#host, { attributes: true });
  }

  ready(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#resolveReady = resolve;
      const timer = window.setTimeout(resolve, ms, false);
      this.#over.signal.addEventListener("abort", () => {
        window.clearTimeout(timer);
        resolve(false);
      });
    });
  }

  get isUp(): boolean {
    return this.#up;
  }

  nowReady(): void {
    this.#up = true;
    this.#resolveReady(true);
    if (this.#frame !== null) dress(this.#frame, { visibility: "visible" });
    this.#frame?.focus();
  }

  fit(height: number): void {
    this.#height = Math.ceil(height);
    if (this.#frame !== null) dress(this.#frame, { height: `${this.#height}px` });
  }

  remove(): void {
    this.#over.abort();
    this.#observer.disconnect();
    this.#dialog.close();
    this.#host.remove();
  }

  #makeFrame(): HTMLIFrameElement {
    const frame = document.createElement("iframe");
    dress(frame, { ...FRAME, height: `${this.#height}px`, visibility: "hidden" });
    frame.allow = "clipboard-write";
    frame.src = `${chrome.runtime.getURL("panel.html")}#${this.hold}`;
    return frame;
  }

  #place(): void {
    document.documentElement.append(this.#host);
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#frame?.focus();
  }

  owns(target: EventTarget | null): boolean {
    return target === this.#host;
  }

  /** Without a living panel in it, the dimmed page itself must offer a way back. */
  pressed(): void {
    if ((this.#frame === null || isOrphaned()) && performance.now() - this.#begun > SETTLED_MS)
      this.on.edit();
  }

  #changed(records: readonly MutationRecord[]): void {
    const set = records.some((record) => record.target === this.#host && record.type === "attributes");
    if (set && !this.#looksOwn()) {
      if (!this.#mayReturn()) {
        this.on.lost();
        return;
      }
      for (const name of this.#host.getAttributeNames()) this.#host.removeAttribute(name);
      dress(this.#host, HOST);
    }
    this.#check();
  }

  #looksOwn(): boolean {
    return this.#host.getAttributeNames().join() === "style" && this.#host.style.cssText === this.#looks;
  }

  #checkSoon(): void {
    queueMicrotask(() => this.#check());
  }

  #check(): void {
    if (this.#over.signal.aborted || !document.documentElement) return;
    const away = !this.#host.isConnected || !this.#dialog.open;
    if (!away && !this.#covered()) return;
    if (!this.#mayReturn()) {
      this.on.lost();
      return;
    }
    if (this.#dialog.open) this.#dialog.close();
    this.#place();
  }

  /** Anything of the page's on top of a dialog that covers the whole view covers its middle too. */
  #covered(): boolean {
    const top = document.elementFromPoint(window.innerWidth / 2, window.innerHeight / 2);
    return top !== null && top !== this.#host;
  }

  #mayReturn(): boolean {
    const now = performance.now();
    while (this.#returns.length > 0 && now - (this.#returns[0] ?? now) > RETURNS_WITHIN_MS)
      this.#returns.shift();
    this.#returns.push(now);
    return this.#returns.length <= MOST_RETURNS;
  }
}
