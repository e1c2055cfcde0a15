// The rules: which are in force and who answers for them, another file to be looked at and then taken or left, the way
// back, and what else is here to choose. Everything shown is what the background confirmed; a change asks it anew.

import type { RefusalId } from "../../generated/engine.js";
import { ask } from "../shared/ask.js";
import { button, element } from "../shared/element.js";
import type { Considered, RulesEntry, RulesNotice, RulesView } from "../shared/rules.js";
import { t, type WordsKey } from "../shared/words.js";
import { writtenDay } from "../shared/written-day.js";
import { changesView } from "./changes.js";
import { facts, fileAsText, keyView } from "./parts.js";

const REFUSED: Readonly<Record<RefusalId, WordsKey>> = {
  unsigned: "refused_unsigned",
  "unknown-key": "refused_unknown_key",
  "wrong-key": "refused_wrong_key",
  altered: "refused_altered",
  "old-serial": "refused_old_serial",
  "not-for-this-bundle": "refused_not_for_this_bundle",
  expired: "refused_expired",
  "not-yet-valid": "refused_not_yet_valid",
  "newer-schema": "refused_newer_schema",
  "failing-self-tests": "refused_failing_self_tests",
  "too-large": "refused_too_large",
  "slow-patterns": "refused_slow_patterns",
  truncated: "refused_truncated",
  "not-utf8": "refused_not_utf8",
  malformed: "refused_malformed",
  "no-base": "refused_no_base",
};

type Accepted = Extract<Considered, { accepted: true }>;

export class RulesSection {
  readonly #shown = element("div", {});
  readonly #looked = element("div", { class: "looked" });
  readonly #status = element("p", { class: "small", role: "status", id: "rules-status" });
  readonly #file = element("input", { id: "rules-file", type: "file", accept: ".srb" });
  readonly #changed: (view: RulesView) => void;
  #view: RulesView;

  constructor(root: HTMLElement, view: RulesView, changed: (view: RulesView) => void) {
    this.#view = view;
    this.#changed = changed;
    root.replaceChildren(this.#shown, this.#status);
    this.#file.addEventListener("change", () => {
      const [file] = this.#file.files ?? [];
      if (file !== undefined) this.#attempt(this.#look(file));
      // The same file chosen again is looked at again.
      this.#file.value = "";
    });
    this.#takeDrops(root);
    this.show(view);
  }

  show(view: RulesView): void {
    this.#view = view;
    const { inForce, notice, before, others, policy } = view;
    const parts: readonly (Node | null)[] = [
      inForce === null ? element("p", {}, t("imprint_none")) : this.#facts(inForce),
      notice === null ? null : this.#notice(notice),
      policy.bundle ? element("p", { class: "by-policy" }, t("rules_by_policy")) : this.#adder(),
      this.#looked,
      before === null || policy.bundle ? null : this.#back(before),
      others.length === 0 ? null : this.#others(others, policy.bundle),
    ];
    this.#shown.replaceChildren(...parts.filter((part) => part !== null));
  }

  #facts({ facts: bundle, key, choice }: RulesEntry): HTMLElement {
    const { locale } = this.#view.policy;
    return facts(
      ["options_authority", bundle.authority],
      ["options_bundle_id", bundle.id],
      bundle.document === null ? null : ["rules_document", bundle.document],
      bundle.base === null ? null : ["rules_base", bundle.base.id],
      ["options_serial", String(bundle.serial)],
      ["rules_issued", writtenDay(bundle.issued, locale)],
      ["rules_expires", bundle.expires === null ? t("rules_no_end") : writtenDay(bundle.expires, locale)],
      [
        "rules_from",
        choice === null
          ? t("rules_from_policy")
          : t(choice.kind === "builtin" ? "rules_from_package" : "rules_from_file"),
      ],
      key === null ? null : ["rules_signed", keyView(key)],
    );
  }

  #notice(notice: RulesNotice): HTMLElement {
    const words =
      notice.kind === "expired"
        ? t("rules_expired", writtenDay(notice.expires, this.#view.policy.locale))
        : t(notice.byPolicy ? "rules_refused_by_policy" : "rules_refused_at_load", notice.reason);
    return element("p", { class: "notice" }, words);
  }

  #adder(): HTMLElement {
    return element(
      "div",
      { class: "drop" },
      element("label", { for: "rules-file" }, t("rules_choose_file")),
      this.#file,
      element("p", { class: "small" }, t("rules_drop")),
    );
  }

  #takeDrops(root: HTMLElement): void {
    const over = (event: DragEvent) => {
      if (this.#view.policy.bundle || event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      root.classList.toggle("dragging", event.type === "dragover");
    };
    root.addEventListener("dragover", over);
    root.addEventListener("dragleave", over);
    root.addEventListener("drop", (event) => {
      over(event);
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined && !this.#view.policy.bundle) this.#attempt(this.#look(file));
    });
  }

  /** A background that could not answer, or storage that would not keep it, is told of; what holds now is asked anew. */
  #attempt(change: Promise<unknown>): void {
    change.catch(async () => {
      this.#status.textContent = t("rules_failed");
      this.#looked.replaceChildren();
      await this.#refresh().catch(() => undefined);
    });
  }

  async #refresh(): Promise<void> {
    const view = await ask({ kind: "rules/view" });
    this.show(view);
    this.#changed(view);
  }

  async #look(file: File): Promise<void> {
    this.#status.textContent = t("rules_looking");
    this.#looked.replaceChildren();
    const { limitBytes } = this.#view;
    if (file.size > limitBytes) {
      this.#refused("too-large", t("rules_too_large", file.name, file.size, limitBytes));
      return;
    }
    const text = await fileAsText(file).catch(() => null);
    if (text === null) {
      this.#refused("malformed", t("rules_unreadable_file", file.name));
      return;
    }
    const considered = await ask({ kind: "rules/consider", file: text });
    if (considered.accepted) this.#offer(text, considered);
    else this.#refused(considered.refusal.id, considered.refusal.reason);
  }

  #refused(id: RefusalId, reason: string): void {
    const { inForce } = this.#view;
    const heading = element("h3", { tabindex: "-1", id: "looked-title" }, t(REFUSED[id]));
    this.#looked.replaceChildren(
      element(
        "div",
        { class: "sheet refused", role: "group", "aria-labelledby": "looked-title", "data-refusal": id },
        heading,
        element("p", {}, reason),
        inForce === null
          ? null
          : element("p", {}, t("rules_unchanged", inForce.facts.authority, inForce.facts.serial)),
        button(t("rules_close"), "plain", () => {
          this.#looked.replaceChildren();
          this.#file.focus();
        }),
      ),
    );
    this.#status.textContent = t("rules_refused_status");
    heading.focus();
  }

  #offer(file: string, { facts: bundle, key, changes }: Accepted): void {
    const { locale } = this.#view.policy;
    const heading = element("h3", { tabindex: "-1", id: "looked-title" }, t("rules_offer", bundle.authority));
    this.#looked.replaceChildren(
      element(
        "div",
        { class: "sheet offer", role: "group", "aria-labelledby": "looked-title" },
        heading,
        element("p", {}, t("rules_offer_proved")),
        facts(
          ["rules_signed", keyView(key)],
          ["options_bundle_id", bundle.id],
          bundle.document === null ? null : ["rules_document", bundle.document],
          bundle.base === null ? null : ["rules_base", bundle.base.id],
          ["options_serial", String(bundle.serial)],
          ["rules_issued", writtenDay(bundle.issued, locale)],
          ["rules_expires", bundle.expires === null ? t("rules_no_end") : writtenDay(bundle.expires, locale)],
          bundle.successor === null ? null : ["rules_successor", keyView(bundle.successor)],
        ),
        changesView(changes),
        element(
          "div",
          { class: "row" },
          button(t("rules_use"), "primary", () => this.#attempt(this.#install(file))),
          button(t("rules_keep"), "plain", () => {
            this.#looked.replaceChildren();
            this.#status.textContent = t("rules_kept");
            this.#file.focus();
          }),
        ),
      ),
    );
    this.#status.textContent = "";
    heading.focus();
  }

  async #install(file: string): Promise<void> {
    const installed = await ask({ kind: "rules/install", file });
    if (!installed.accepted) {
      this.#refused(installed.refusal.id, installed.refusal.reason);
      return;
    }
    await this.#settle();
  }

  /** After a change: what is in force now is asked for, not assumed, and said. */
  async #settle(): Promise<void> {
    this.#looked.replaceChildren();
    await this.#refresh();
    const { inForce } = this.#view;
    this.#status.textContent =
      inForce === null
        ? t("imprint_none")
        : t("rules_now", inForce.facts.authority, inForce.facts.id, inForce.facts.serial);
    document.getElementById("rules-title")?.focus();
  }

  #back({ entry, undone }: NonNullable<RulesView["before"]>): HTMLElement {
    const { authority, id, serial } = entry.facts;
    return element(
      "div",
      { class: "back" },
      element("p", {}, t(undone ? "rules_undo_what" : "rules_back_what", authority, id, serial)),
      button(t(undone ? "rules_undo" : "rules_back"), "plain", () =>
        this.#attempt(ask({ kind: "rules/go-back" }).then(() => this.#settle())),
      ),
    );
  }

  #others(others: readonly RulesEntry[], byPolicy: boolean): HTMLElement {
    const { locale } = this.#view.policy;
    const row = ({ facts: bundle, key, choice, expired }: RulesEntry) => {
      const use = button(t("rules_use"), "plain", () => {
        if (choice !== null) this.#attempt(ask({ kind: "rules/choose", choice }).then(() => this.#settle()));
      });
      use.setAttribute("aria-label", t("rules_use_these", bundle.authority, bundle.serial));
      use.disabled = byPolicy;
      return element(
        "li",
        {},
        element(
          "div",
          { class: "site" },
          element("b", {}, bundle.authority),
          element(
            "p",
            { class: "small" },
            t("rules_line", bundle.id, bundle.serial, writtenDay(bundle.issued, locale)),
          ),
          element("p", { class: "small" }, key === null ? t("rules_from_package") : keyView(key)),
          expired ? element("p", { class: "small" }, t("rules_line_expired")) : null,
        ),
        use,
      );
    };
    return element(
      "div",
      { class: "others" },
      element("h3", {}, t("rules_others")),
      element("ul", { class: "sites" }, ...others.map(row)),
    );
  }
}
