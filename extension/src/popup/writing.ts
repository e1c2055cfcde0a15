// "What you are writing": the points in the drafts that stand on the page in front, with their reasons. An underline on
// the page says where; this says why, also for what is worth a look and holds nothing back. It follows the site's switch
// and the person's way of appearing there: where nothing is pointed at, "nothing to point out" would be a wrong answer.

import { ask } from "../shared/ask.js";
import { element } from "../shared/element.js";
import type { FrameDraft, SiteEntry } from "../shared/messages.js";
import { readingOf } from "../shared/points.js";
import { draftView, pointsView } from "../shared/reading-view.js";
import { t, tCount } from "../shared/words.js";

export class WritingView {
  readonly #root: HTMLElement;
  readonly #tabId: number;
  /** Counts the changes: an answer to an earlier one is not shown. */
  #turn = 0;
  #looked: Promise<void> = Promise.resolve();

  constructor(root: HTMLElement, tabId: number) {
    this.#root = root;
    this.#tabId = tabId;
  }

  /** Comes when nothing more is on its way. */
  async looked(): Promise<void> {
    let last: Promise<void>;
    do {
      last = this.#looked;
      await last;
    } while (last !== this.#looked);
  }

  /** How the site stands now. */
  follow(site: SiteEntry | null): void {
    this.#turn += 1;
    this.#root.replaceChildren();
    const read = site?.on === true && site.granted && site.identity !== "private";
    // A page that does not answer has no drafts to show; all else of the popup stands by then.
    if (read) this.#looked = this.#look(this.#turn).catch(() => undefined);
  }

  async #look(turn: number): Promise<void> {
    const { drafts } = await ask({ kind: "site/drafts", tabId: this.#tabId });
    if (turn === this.#turn) this.#show(drafts);
  }

  #show(drafts: readonly FrameDraft[]): void {
    const { points, marks } = readingOf(drafts.map(({ review }) => review?.findings ?? []));
    const whole = drafts.length > 0 && drafts.every(({ complete }) => complete);
    const unread = drafts.some(({ review }) => review === null);
    if (points.length === 0 && !whole && !unread) return;
    const found = points.length > 0 ? tCount("check_found_one", "check_found_other", points.length) : null;
    const result = found ?? (whole ? t("check_clear") : null);
    this.#root.replaceChildren(
      element(
        "section",
        { class: "writing", "aria-labelledby": "writing-title" },
        element("h2", { id: "writing-title" }, t("writing_title")),
        result === null ? null : element("p", { class: "result" }, result),
        unread ? element("p", { class: "small" }, t("writing_unread")) : null,
        ...drafts.flatMap(({ text, review }, at) =>
          (review?.findings.length ?? 0) > 0 ? [draftView(text, marks[at] ?? [], points)] : [],
        ),
        points.length > 0 ? pointsView(points) : null,
      ),
    );
  }
}
