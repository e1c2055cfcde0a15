// The list of all sites that the person ever chose something for, and the way to add one by its address.

import { ask } from "../shared/ask.js";
import { button, element } from "../shared/element.js";
import { requestGrant } from "../shared/grant.js";
import { IDENTITIES, identityName } from "../shared/identity-words.js";
import type { SiteEntry } from "../shared/messages.js";
import { siteName, typedSites } from "../shared/origin.js";
import { t } from "../shared/words.js";

export class SitesView {
  readonly #list: HTMLElement;
  readonly #status = element("p", { class: "small", role: "status" });

  constructor(root: HTMLElement) {
    this.#list = element("div", {});
    root.replaceChildren(this.#list, this.#adder(), this.#status);
  }

  show(sites: readonly SiteEntry[]): void {
    this.#list.replaceChildren(
      sites.length === 0
        ? element("p", { class: "empty" }, t("options_no_sites"))
        : element("ul", { class: "sites" }, ...sites.map((site) => this.#row(site))),
    );
  }

  async #refresh(said: string): Promise<void> {
    const { sites } = await ask({ kind: "sites/list" });
    this.show(sites);
    this.#status.textContent = said;
  }

  /** A background that could not answer is told of, not passed over. */
  #attempt(change: Promise<unknown>): void {
    change.catch(() => {
      this.#status.textContent = t("site_failed");
    });
  }

  async #turn(site: SiteEntry, on: boolean): Promise<void> {
    const { origin } = site;
    const granted = on && (await requestGrant([origin], null));
    // Also after a refusal: without a grant nothing is switched on, and what was meant is forgotten.
    await ask({ kind: "site/switch", origin, on, tabId: null });
    const name = siteName(origin);
    await this.#refresh(
      on ? t(granted ? "options_turned_on" : "options_refused", name) : t("options_turned_off", name),
    );
    document.getElementById(`switch-${origin}`)?.focus();
  }

  #row(site: SiteEntry): HTMLElement {
    const name = siteName(site.origin);
    const on = site.on && site.granted;
    const { byPolicy } = site;
    const toggle = element(
      "button",
      {
        type: "button",
        role: "switch",
        class: "switch",
        id: `switch-${site.origin}`,
        "aria-checked": String(on),
        "aria-label": t("options_switch", name),
      },
      element("span", { class: "knob" }),
    );
    // Switching on is always the person's: only they can answer the browser's question.
    toggle.disabled = byPolicy.on && on;
    toggle.addEventListener("click", (event) => {
      if (event.isTrusted) this.#attempt(this.#turn(site, !on));
    });
    const choice = element(
      "select",
      { "aria-label": t("options_identity", name), disabled: byPolicy.identity },
      ...IDENTITIES.map((identity) =>
        element("option", { value: identity, selected: identity === site.identity }, identityName(identity)),
      ),
    );
    choice.addEventListener("change", () => {
      const identity = IDENTITIES.find((known) => known === choice.value) ?? "detect";
      this.#attempt(ask({ kind: "site/identity", origin: site.origin, identity }));
    });
    const reason =
      byPolicy.on && !on ? "policy_site_off" : byPolicy.on || byPolicy.identity ? "policy_site" : null;
    const forget = button(t("options_forget"), "link", () => this.#attempt(this.#forget(site)));
    forget.setAttribute("aria-label", t("options_forget_site", name));
    return element(
      "li",
      {},
      element(
        "div",
        { class: "site" },
        element("b", {}, name),
        site.on && !site.granted && !byPolicy.on
          ? element("p", { class: "small" }, t("options_withdrawn"))
          : null,
        reason === null ? null : element("p", { class: "small" }, t(reason)),
      ),
      choice,
      toggle,
      byPolicy.on ? null : forget,
    );
  }

  async #forget({ origin }: SiteEntry): Promise<void> {
    await ask({ kind: "site/forget", origin });
    await this.#refresh(t("options_forgotten", siteName(origin)));
    document.getElementById("address")?.focus();
  }

  #adder(): HTMLElement {
    const input = element("input", {
      id: "address",
      type: "text",
      inputmode: "url",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      placeholder: t("options_address_example"),
      "aria-describedby": "address-what",
    });
    const add = async () => {
      const origins = typedSites(input.value);
      const [site, other] = origins.map(siteName);
      if (site === undefined) {
        this.#status.textContent = t("options_bad_address");
        input.setAttribute("aria-invalid", "true");
        input.focus();
        return;
      }
      input.removeAttribute("aria-invalid");
      await requestGrant(origins, null);
      const entries: SiteEntry[] = [];
      for (const origin of origins)
        entries.push(await ask({ kind: "site/switch", origin, on: true, tabId: null }));
      // One of two may have been on before.
      const off = entries.find(({ on, granted }) => !on || !granted);
      if (off !== undefined) {
        await this.#refresh(t("options_refused", siteName(off.origin)));
        return;
      }
      input.value = "";
      await this.#refresh(
        other === undefined ? t("options_added", site) : t("options_added_both", site, other),
      );
    };
    const form = element(
      "form",
      { class: "add" },
      element("label", { for: "address" }, t("options_address")),
      element(
        "div",
        { class: "row" },
        input,
        element("button", { type: "submit", class: "plain" }, t("options_add")),
      ),
      element("p", { class: "small", id: "address-what" }, t("options_address_what")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.isTrusted) this.#attempt(add());
    });
    return form;
  }
}
