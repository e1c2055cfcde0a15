// The popup's upper part: the site in front, its one switch, and how the person appears there. Says only what the
// background has confirmed.

import { ask } from "../shared/ask.js";
import { button, element } from "../shared/element.js";
import { requestGrant } from "../shared/grant.js";
import { IDENTITIES, identityName, readingWords } from "../shared/identity-words.js";
import type { SiteEntry, TabState } from "../shared/messages.js";
import { siteName } from "../shared/origin.js";
import { t } from "../shared/words.js";

/** What the last press came to, said once beneath the switch. */
type Outcome = "none" | "asking" | "refused" | "frame-refused" | "on" | "frame-on" | "failed";

/** The page that was just switched on is loading anew: its guard is on its way. */
const LOADS_ANEW: ReadonlySet<Outcome> = new Set(["on", "frame-on"]);

/** What keeps posts here from being pointed at, where something does. */
function withheldWords({ identity }: SiteEntry, guarded: boolean): string | null {
  if (identity === "private") return t("site_private");
  return guarded ? null : t("site_unguarded");
}

function onWords(site: SiteEntry, guarded: boolean, outcome: Outcome): string {
  const words = withheldWords(site, guarded || LOADS_ANEW.has(outcome));
  if (outcome === "on") return words ?? t("site_just_on");
  if (site.byPolicy.on) return words === null ? t("policy_site") : `${t("policy_site")} ${words}`;
  return words ?? t("site_on");
}

function offWords({ on, byPolicy }: SiteEntry): string {
  if (byPolicy.on) return t("policy_site_off");
  return t(on ? "site_withdrawn" : "site_off");
}

function statusWords(site: SiteEntry, guarded: boolean, outcome: Outcome): string {
  if (outcome === "asking") return t("site_asking");
  if (outcome === "refused") return t("site_refused");
  if (outcome === "frame-refused") return t("frame_refused");
  if (outcome === "failed") return t("site_failed");
  if (outcome === "frame-on") return t("frame_on");
  if (site.on && site.granted) return onWords(site, guarded, outcome);
  return `${offWords(site)} ${t("site_loads_anew")}`;
}

export class SiteView {
  readonly #root: HTMLElement;
  readonly #tabId: number;
  readonly #origin: string | null;
  readonly #status = element("p", { class: "small", role: "status", id: "site-status" });

  constructor(
    root: HTMLElement,
    tabId: number,
    origin: string | null,
    /** To be told how the site stands, each time that is shown. */
    readonly shown: (site: SiteEntry | null) => void,
  ) {
    this.#root = root;
    this.#tabId = tabId;
    this.#origin = origin;
  }

  /** Asks how things stand and shows that. */
  async refresh(outcome: Outcome): Promise<void> {
    const tabId = this.#tabId;
    const state = await ask({ kind: "site/state", tabId, origin: this.#origin });
    this.show(state, outcome);
    // Only now: a popup that was closed before it showed anything has told nobody. Unheard, it is told once more.
    const { origin } = state;
    if (origin !== null && (state.unread || state.missed || state.pressAgain))
      ask({ kind: "site/told", tabId, origin }).catch(() => undefined);
  }

  show(state: TabState, outcome: Outcome): void {
    const { origin, site } = state;
    this.shown(site);
    if (origin === null || site === null) {
      this.#root.replaceChildren(element("p", {}, t("site_closed")));
      return;
    }
    this.#status.textContent = statusWords(site, state.guarded, outcome);
    const on = site.on && site.granted;
    this.#root.replaceChildren(
      ...(state.pressAgain ? [element("p", { class: "notice", role: "alert" }, t("site_press_again"))] : []),
      ...(state.unread ? [element("p", { class: "notice", role: "alert" }, t("site_unread"))] : []),
      ...(state.missed ? [element("p", { class: "notice", role: "alert" }, t("site_missed"))] : []),
      element(
        "div",
        { class: "switch-row" },
        element(
          "div",
          {},
          element("h1", { class: "site-name", id: "site-name" }, siteName(origin)),
          element("p", { class: "small", id: "switch-label" }, t("site_switch")),
        ),
        this.#switch(state, origin, on, outcome === "asking"),
      ),
      this.#status,
      ...(on ? [this.#identity(site, state, outcome)] : []),
      ...(on ? state.frameOrigins.map((frame) => this.#frame(state, frame)) : []),
    );
  }

  #switch(state: TabState, origin: string, on: boolean, busy: boolean): HTMLElement {
    const made = element(
      "button",
      {
        type: "button",
        role: "switch",
        class: "switch",
        id: "site-switch",
        "aria-checked": String(on),
        "aria-labelledby": "switch-label site-name",
        "aria-describedby": "site-status",
        // Switching on is always the person's: only they can answer the browser's question.
        disabled: busy || (on && state.site?.byPolicy.on === true),
      },
      element("span", { class: "knob" }),
    );
    made.addEventListener("click", (event) => {
      if (!event.isTrusted) return;
      this.#attempt(on ? this.#turnOff(origin) : this.#turnOn(state, origin, "on", "refused"));
    });
    return made;
  }

  /** A background that could not answer is told of, not passed over. */
  #attempt(change: Promise<unknown>): void {
    change.catch(() => {
      this.#status.textContent = t("site_failed");
    });
  }

  async #turnOn(state: TabState, origin: string, done: Outcome, refused: Outcome): Promise<void> {
    const asked = requestGrant([origin], this.#tabId);
    this.show(state, "asking");
    const granted = await asked;
    // Also after a refusal: without a grant it switches nothing on, and what was meant is forgotten.
    const switched = ask({ kind: "site/switch", origin, on: true, tabId: this.#tabId });
    await this.#settle(switched, granted ? done : refused);
  }

  async #turnOff(origin: string): Promise<void> {
    await this.#settle(ask({ kind: "site/switch", origin, on: false, tabId: this.#tabId }), "none");
  }

  /** After a change: what holds now is asked for, not assumed. */
  async #settle(change: Promise<unknown>, outcome: Outcome): Promise<void> {
    const changed = await change.then(
      () => true,
      () => false,
    );
    await this.refresh(changed ? outcome : "failed");
    document.getElementById("site-switch")?.focus();
  }

  #identity(site: SiteEntry, state: TabState, outcome: Outcome): HTMLElement {
    const guarded = state.guarded || LOADS_ANEW.has(outcome);
    const reading = element("p", { class: "small reading", role: "status" });
    const say = (identity: SiteEntry["identity"]) => {
      const byPolicy = site.byPolicy.identity ? `${t("policy_identity_here")} ` : "";
      reading.textContent = `${byPolicy}${identity === "detect" ? readingWords(state.reading) : ""}`.trim();
    };
    say(site.identity);
    const choice = (identity: SiteEntry["identity"]) => {
      const input = element("input", {
        type: "radio",
        name: "identity",
        value: identity,
        checked: identity === site.identity,
        disabled: site.byPolicy.identity,
      });
      input.addEventListener("change", () => {
        const saved = ask({ kind: "site/identity", origin: site.origin, identity });
        this.#attempt(
          saved.then((entry) => {
            say(entry.identity);
            this.shown(entry);
            this.#status.textContent = statusWords(entry, guarded, "none");
          }),
        );
      });
      return element("label", { class: "choice" }, input, element("span", {}, identityName(identity)));
    };
    return element(
      "fieldset",
      { class: "identity" },
      element("legend", {}, t("identity_here")),
      ...IDENTITIES.map(choice),
      reading,
    );
  }

  #frame(state: TabState, origin: string): HTMLElement {
    return element(
      "div",
      { class: "frame-offer" },
      element("p", { class: "small" }, t("frame_offer", siteName(origin))),
      button(t("frame_switch_on"), "plain", () =>
        this.#attempt(this.#turnOn(state, origin, "frame-on", "frame-refused")),
      ),
    );
  }
}
