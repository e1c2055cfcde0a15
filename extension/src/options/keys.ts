// The keys whose signed rules count: the list with what each may sign, adding one after its words were compared, and
// removing one with what it signed. A key's words are what people compare; its number proves nothing.

import type { KeyFacts } from "../../generated/engine.js";
import { ask } from "../shared/ask.js";
import { button, element } from "../shared/element.js";
import type { RulesView, TrustedKeyEntry } from "../shared/rules.js";
import { t, type WordsKey } from "../shared/words.js";
import { keyView } from "./parts.js";

/** A .pub file has two short lines. */
const MOST_BYTES = 4096;

const list = (lines: readonly (Node | string)[]) =>
  lines.length === 0 ? null : element("ul", {}, ...lines.map((line) => element("li", {}, line)));

export class KeysSection {
  readonly #list = element("div", {});
  readonly #adder = element("div", {});
  readonly #asked = element("div", { class: "looked" });
  readonly #status = element("p", { class: "small", role: "status", id: "keys-status" });
  readonly #words = element("input", {
    id: "key-words",
    type: "text",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": "keys-status",
  });
  readonly #changed: (view: RulesView) => void;
  #view: RulesView;

  constructor(root: HTMLElement, view: RulesView, changed: (view: RulesView) => void) {
    this.#view = view;
    this.#changed = changed;
    root.replaceChildren(this.#list, this.#adder, this.#asked, this.#status);
    this.#adder.replaceChildren(this.#form());
    this.show(view);
  }

  show(view: RulesView): void {
    this.#view = view;
    const { keys, policy } = view;
    this.#list.replaceChildren(
      ...(policy.keys ? [element("p", { class: "by-policy" }, t("keys_by_policy"))] : []),
      keys.length === 0
        ? element("p", { class: "empty" }, t("keys_none"))
        : element("ul", { class: "sites keys" }, ...keys.map((key) => this.#row(key))),
    );
    this.#adder.hidden = policy.keys;
  }

  #attempt(change: Promise<unknown>): void {
    change.catch(() => this.#say("keys_failed"));
  }

  #say(key: WordsKey, ...filling: string[]): void {
    this.#status.textContent = t(key, ...filling);
  }

  async #settle(): Promise<void> {
    const view = await ask({ kind: "rules/view" });
    this.#asked.replaceChildren();
    this.show(view);
    this.#changed(view);
  }

  #row(key: TrustedKeyEntry): HTMLElement {
    const remove = button(t("keys_remove"), "link", () => this.#askRemoval(key));
    remove.setAttribute("aria-label", t("keys_remove_key", key.words));
    return element(
      "li",
      {},
      element(
        "div",
        { class: "site" },
        keyView(key),
        element("p", { class: "small" }, t("keys_may_sign", key.bundles.join(t("list_comma")))),
        key.successor ? element("p", { class: "small" }, t("keys_successor")) : null,
      ),
      key.byPolicy ? null : remove,
    );
  }

  #form(): HTMLElement {
    const file = element("input", { id: "key-file", type: "file", accept: ".pub" });
    file.addEventListener("change", () => {
      const [chosen] = file.files ?? [];
      file.value = "";
      if (chosen === undefined) return;
      const reading = chosen.size > MOST_BYTES ? Promise.resolve("") : chosen.text();
      this.#attempt(reading.then((words) => this.#read(words)));
    });
    const form = element(
      "form",
      { class: "add" },
      element("label", { for: "key-words" }, t("keys_add")),
      element("p", { class: "small" }, t("keys_add_what")),
      element(
        "div",
        { class: "row" },
        this.#words,
        element("button", { type: "submit", class: "plain" }, t("keys_read")),
      ),
      element("label", { for: "key-file" }, t("keys_choose_file")),
      file,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.isTrusted) this.#attempt(this.#read(this.#words.value));
    });
    return form;
  }

  async #read(words: string): Promise<void> {
    this.#asked.replaceChildren();
    const reading = await ask({ kind: "keys/read", words });
    if (!reading.readable) {
      this.#words.setAttribute("aria-invalid", "true");
      this.#status.textContent = t("keys_unreadable", reading.reason);
      this.#words.focus();
      return;
    }
    this.#words.removeAttribute("aria-invalid");
    this.#askTrust(reading.key);
  }

  #askTrust(key: KeyFacts): void {
    const heading = element("h3", { tabindex: "-1", id: "key-title" }, t("keys_compare"));
    const { inForce, keys } = this.#view;
    const known = keys.find((trusted) => trusted.key === key.key);
    // What is trusted takes the place of what was: without what it signs already, that would no longer count. Nor is it
    // to sign more than that unasked.
    const offered = known?.bundles ?? (inForce === null ? [] : [inForce.facts.id]);
    const ids = element("input", {
      id: "key-bundles",
      type: "text",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      value: offered.join(t("list_comma")),
      "aria-describedby": "key-bundles-what",
    });
    const trust = async () => {
      const bundles = ids.value.split(/[\s,]+/u).filter((id) => id !== "");
      if (bundles.length === 0) {
        this.#say("keys_no_bundles");
        ids.setAttribute("aria-invalid", "true");
        ids.focus();
        return;
      }
      await ask({ kind: "keys/trust", key: key.key, bundles });
      this.#words.value = "";
      await this.#settle();
      this.#say("keys_trusted", key.words);
      document.getElementById("keys-title")?.focus();
    };
    this.#asked.replaceChildren(
      element(
        "div",
        { class: "sheet", role: "group", "aria-labelledby": "key-title" },
        heading,
        element("p", {}, t("keys_compare_what")),
        element("ol", { class: "words" }, ...key.words.split(/\s+/u).map((word) => element("li", {}, word))),
        element("p", { class: "small" }, t("key_number", key.keyId)),
        element("label", { for: "key-bundles" }, t("keys_bundles")),
        element("p", { class: "small", id: "key-bundles-what" }, t("keys_bundles_what")),
        ids,
        element(
          "div",
          { class: "row" },
          button(t("keys_match"), "primary", () => this.#attempt(trust())),
          button(t("keys_no_match"), "plain", () => {
            this.#asked.replaceChildren();
            this.#say("keys_left");
            this.#words.focus();
          }),
        ),
      ),
    );
    this.#status.textContent = "";
    heading.focus();
  }

  #askRemoval(key: TrustedKeyEntry): void {
    const heading = element("h3", { tabindex: "-1", id: "key-title" }, t("keys_remove_title"));
    const remove = async () => {
      await ask({ kind: "keys/distrust", key: key.key });
      await this.#settle();
      const { inForce } = this.#view;
      const now =
        inForce === null
          ? t("imprint_none")
          : t("keys_in_force", inForce.facts.authority, inForce.facts.id, inForce.facts.serial);
      this.#status.textContent = `${t("keys_removed", key.words)} ${now}`;
      document.getElementById("keys-title")?.focus();
    };
    this.#asked.replaceChildren(
      element(
        "div",
        { class: "sheet", role: "group", "aria-labelledby": "key-title" },
        heading,
        element("p", {}, element("span", { class: "key-words" }, key.words)),
        element("p", {}, t(key.signed.length === 0 ? "keys_remove_alone" : "keys_remove_with")),
        list(key.signed.map(({ id, serial }) => t("keys_signed", id, String(serial)))),
        key.successors.length === 0 ? null : element("p", {}, t("keys_remove_successors")),
        list(key.successors.map((words) => element("span", { class: "key-words" }, words))),
        element(
          "div",
          { class: "row" },
          button(t("keys_remove_yes"), "plain", () => this.#attempt(remove())),
          button(t("keys_remove_no"), "primary", () => {
            this.#asked.replaceChildren();
            document.getElementById("keys-title")?.focus();
          }),
        ),
      ),
    );
    this.#status.textContent = "";
    heading.focus();
  }
}
