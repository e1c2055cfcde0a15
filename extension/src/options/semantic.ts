// Whether drafts are read for their meaning too: one switch, and why it may not be the person's to turn.

import { ask } from "../shared/ask.js";
import { element } from "../shared/element.js";
import type { Switch } from "../shared/messages.js";
import { t, type WordsKey } from "../shared/words.js";
import { paragraph, section } from "./parts.js";

function why({ byPolicy, offByRules, failed, on }: Switch): WordsKey | null {
  if (byPolicy) return on ? "semantic_policy_on" : "semantic_policy_off";
  if (offByRules) return "semantic_off_by_rules";
  return failed && on ? "semantic_failed" : null;
}

/** The section, and how to have it look again after other rules came into force. */
export function semanticView(first: Switch): {
  readonly section: HTMLElement;
  readonly refresh: () => void;
} {
  const status = element("p", { class: "small", role: "status" });
  const toggle = element(
    "button",
    {
      type: "button",
      role: "switch",
      class: "switch",
      id: "semantic-switch",
      "aria-labelledby": "semantic-label",
    },
    element("span", { class: "knob" }),
  );
  let on = false;
  const show = (state: Switch): void => {
    on = state.on && !state.offByRules;
    toggle.setAttribute("aria-checked", String(on));
    toggle.disabled = state.byPolicy || state.offByRules;
    const words = why(state);
    status.textContent = words === null ? "" : t(words);
  };
  toggle.addEventListener("click", (event) => {
    if (!event.isTrusted) return;
    ask({ kind: "semantic/choose", on: !on }).then(
      (state) => {
        show(state);
        if (why(state) === null) status.textContent = t(on ? "semantic_now_on" : "semantic_now_off");
      },
      () => {
        status.textContent = t("site_failed");
      },
    );
  });
  show(first);
  const refresh = (): void => {
    ask({ kind: "sites/list" }).then(
      ({ semantic }) => show(semantic),
      () => {},
    );
  };
  const whole = section(
    "semantic",
    "semantic_title",
    paragraph("semantic_what"),
    element(
      "div",
      { class: "setting" },
      element("b", { id: "semantic-label" }, t("semantic_switch")),
      toggle,
    ),
    status,
  );
  return { section: whole, refresh };
}
