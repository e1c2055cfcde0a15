// One held submission from the act to its end: wait for what is still being read, let it go when nothing is wrong,
// otherwise have the panel shown and do as the person decides. Nothing is let go whose exact text was not read, or
// decided upon, just before. Drafts are in memory for as long as they are held.

import type {
  Decision,
  DraftReading,
  FrameDraft,
  GuardState,
  HoldDescription,
  HoldId,
} from "../shared/messages.js";
import { webOrigin } from "../shared/origin.js";
import type { Review } from "../shared/review.js";
import { isOrphaned, tell } from "./channel.js";
import type { Composer } from "./composers.js";
import { rememberFocus } from "./focus.js";
import { askPlainly, type PlainWords } from "./plain-dialog.js";
import { asSeen, isWrittenOn } from "./reading.js";
import type { Reviews } from "./reviews.js";
import type { Submission } from "./submission.js";

/** How long an answer may take before the person is asked instead. */
const ANSWER_WITHIN_MS = 2000;
/** A second press within this time is part of a double click, not a second try. */
const REMIND_AFTER_MS = 1000;

interface HeldDraft {
  readonly composer: Composer;
  readonly draft: DraftReading;
  readonly review: Review | null;
  readonly complete: boolean;
}

/** `stale`: another reading, or the person's decision, came after it. */
type Read = "clear" | "warn" | "unread" | "off" | "gone" | "stale";

interface Hold {
  readonly id: HoldId;
  readonly submission: Submission;
  readonly restoreFocus: () => void;
  /** What an Enter was pressed on, until the panel takes the keyboard. */
  entered: { readonly composer: Composer; readonly text: string } | null;
  drafts: readonly HeldDraft[];
  frameDrafts: readonly FrameDraft[];
  why: "warn" | "unread";
  /** Goes up with each reading and with a decision: an earlier reading writes nothing here any more. */
  turn: number;
  shown: boolean;
  /** From when another try to publish means that the panel is not seen, on the page's clock. */
  remindFrom: number;
}

/** The site as the person knows it: a sandboxed document has an origin of its own, but still its address. */
function siteOrigin(): string {
  return webOrigin(window.origin) ?? webOrigin(location.href) ?? webOrigin(document.baseURI) ?? "";
}

export interface HoldsNeed {
  readonly reviews: Reviews;
  readonly signal: AbortSignal;
  readonly words: { readonly orphaned: PlainWords; readonly unshown: PlainWords };
  readonly state: () => GuardState;
  readonly draftOf: (composer: Composer) => DraftReading;
  /** Lets go what stands there, or, where the page took it away, these words of the person's decision at their next press. */
  readonly release: (submission: Submission, decided: ReadonlyMap<Composer, string>) => Promise<void>;
  /** Keeps this page out of reach while the panel stands in a window. */
  readonly dim: (hold: HoldId) => void;
  /** Takes away at once what of the panel stands in this very frame. */
  readonly hidePanel: (hold: HoldId) => void;
}

function newId(frameId: number): HoldId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `${frameId}.${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export class Holds {
  #current: Hold | null = null;
  /** Ends with what it asks about. */
  #asking = new AbortController();
  /** After the person chose to post without a reading from an orphaned page, that stands until it is reloaded. */
  #unreadByChoice = false;

  constructor(readonly need: HoldsNeed) {
    need.signal.addEventListener("abort", () => this.abandon());
  }

  /** One at a time: while a submission is held, no other goes. */
  get busy(): boolean {
    return this.#current !== null;
  }

  get waivesReading(): boolean {
    return this.#unreadByChoice;
  }

  begin(submission: Submission): void {
    if (this.#current !== null) return;
    const { act } = submission;
    const composer = () => submission.composers()[0] ?? null;
    const hold: Hold = {
      id: newId(this.need.state().frameId),
      submission,
      restoreFocus: rememberFocus(act.kind === "enter" ? act.composer : composer(), composer),
      entered:
        act.kind === "enter" ? { composer: act.composer, text: this.need.draftOf(act.composer).text } : null,
      drafts: [],
      frameDrafts: [],
      why: "unread",
      turn: 0,
      shown: false,
      remindFrom: Number.POSITIVE_INFINITY,
    };
    this.#current = hold;
    void this.#run(hold);
  }

  /** The person tries to publish again: a panel that is no longer before their eyes is shown once more. */
  remind(): void {
    const hold = this.#current;
    if (hold === null || performance.now() < hold.remindFrom) return;
    hold.remindFrom = Number.POSITIVE_INFINITY;
    void this.#show(hold);
  }

  /** The page goes, or the site was switched off: nothing is released, nothing stays up. */
  abandon(): void {
    const hold = this.#current;
    this.#current = null;
    this.#asking.abort();
    if (hold === null || !hold.shown) return;
    this.need.hidePanel(hold.id);
    void tell<"guard/unhold">({ kind: "guard/unhold", hold: hold.id });
  }

  describe(id: HoldId): HoldDescription | null {
    const hold = this.#current;
    if (hold === null || hold.id !== id) return null;
    return {
      hold: id,
      origin: siteOrigin(),
      why: hold.why,
      identity: this.need.state().identity,
      drafts: [
        ...hold.drafts.map(({ draft, review, complete }) => ({ text: asSeen(draft.text), review, complete })),
        ...hold.frameDrafts,
      ],
      bundle: null,
      mayPost: true,
      mayAnswer: true,
      officer: null,
    };
  }

  async reviewAgain(id: HoldId): Promise<HoldDescription | null> {
    const hold = this.#current;
    if (hold === null || hold.id !== id || !hold.shown) return null;
    this.need.reviews.forget();
    const read = await this.#read(hold);
    if (read !== "stale") hold.why = read === "unread" ? "unread" : "warn";
    return this.describe(id);
  }

  /** False where nothing is held under that name any more. */
  decide(id: HoldId, decision: Decision): boolean {
    const hold = this.#current;
    if (hold === null || hold.id !== id) return false;
    // The background took the panel away before it passed the decision on.
    hold.shown = false;
    hold.turn += 1;
    hold.remindFrom = Number.POSITIVE_INFINITY;
    this.need.hidePanel(id);
    hold.restoreFocus();
    if (decision === "edit") this.#current = null;
    else this.#chosen(hold);
    return true;
  }

  /** The page may have changed the words meanwhile: those were not what the person decided upon. */
  #chosen(hold: Hold): void {
    if (this.#changed(hold)) void this.#run(hold);
    else void this.#letGo(hold, true);
  }

  async #run(hold: Hold): Promise<void> {
    if (isOrphaned()) return this.#askPlainly(hold, this.need.words.orphaned);
    const read = await this.#read(hold);
    if (this.#current !== hold) return;
    switch (read) {
      case "clear":
        if ([...hold.drafts, ...hold.frameDrafts].some(({ complete }) => !complete))
          void tell<"guard/partly-read">({ kind: "guard/partly-read" });
        return this.#letGo(hold, false);
      case "off":
        return this.#letGo(hold, true);
      case "gone":
        this.#current = null;
        return;
      case "stale":
        return;
      case "warn":
      case "unread":
        hold.why = read;
        return this.#show(hold);
    }
  }

  async #read(hold: Hold): Promise<Read> {
    hold.turn += 1;
    const { turn } = hold;
    const over = AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.need.signal]);
    const timedOut = new Promise<null>((resolve) =>
      over.addEventListener("abort", () => resolve(null), { once: true }),
    );
    const below = hold.submission.frames
      ? this.#askFrames(timedOut)
      : Promise.resolve<readonly FrameDraft[]>([]);
    for (;;) {
      const asked = hold.submission
        .composers()
        .map((composer) => ({ composer, draft: this.need.draftOf(composer) }));
      if (asked.length === 0 && !hold.submission.frames) return "gone";
      const reading = Promise.all(
        asked.map(({ composer, draft }) => this.need.reviews.settled(composer, draft, over)),
      );
      const outcomes = await Promise.race([reading, timedOut]);
      const frameDrafts = await below;
      if (hold.turn !== turn) return "stale";
      if (this.#wroteOn(hold)) return "gone";
      // While the others were waited for, more may have become known of a draft, or all of it been forgotten.
      const drafts = asked.map((one) => ({ ...one, ...this.need.reviews.found(one.composer, one.draft) }));
      if (outcomes === null || frameDrafts === null) {
        hold.drafts = drafts;
        hold.frameDrafts = frameDrafts ?? [];
        return this.#warns(hold) ? "warn" : "unread";
      }
      if (this.#differs(hold.submission, asked) || this.#went(hold.submission, asked)) continue;
      if (outcomes.some((outcome) => outcome.kind === "superseded")) continue;
      const isRead = (at: number) => outcomes[at]?.kind === "review";
      if (drafts.some(({ review }, at) => review === null && isRead(at))) continue;
      hold.drafts = drafts.map((one, at) =>
        isRead(at) || one.review?.verdict === "warn" ? one : { ...one, review: null, complete: false },
      );
      hold.frameDrafts = frameDrafts;
      if (outcomes.some((outcome) => outcome.kind === "failed" && outcome.why === "off")) return "off";
      // A warning wins: what could not be read may always go, and must not take with it what was warned about.
      if (this.#warns(hold)) return "warn";
      return [...hold.drafts, ...frameDrafts].some(({ review }) => review === null) ? "unread" : "clear";
    }
  }

  /**
   * Whether the person wrote on after an Enter that waits: made again now, it would send the beginning of what comes
   * next. It is let go of instead, with every word left where it stands, and the person's next Enter is read anew.
   */
  #wroteOn({ entered }: Hold): boolean {
    if (entered === null || !entered.composer.isConnected) return false;
    return isWrittenOn(this.need.draftOf(entered.composer).text, entered.text);
  }

  #warns({ drafts, frameDrafts }: Hold): boolean {
    return [...drafts, ...frameDrafts].some(({ review }) => review?.verdict === "warn");
  }

  async #askFrames(timedOut: Promise<null>): Promise<readonly FrameDraft[] | null> {
    const answer = await Promise.race([tell<"guard/ask-frames">({ kind: "guard/ask-frames" }), timedOut]);
    return answer?.drafts ?? null;
  }

  async #show(hold: Hold): Promise<void> {
    hold.shown = true;
    hold.entered = null;
    const { top } = this.need.state();
    // A sandboxed document can't show a page of the extension inside itself.
    const inPage = !(top && window.origin === "null");
    const answer = await tell<"guard/hold">({ kind: "guard/hold", hold: hold.id, inPage });
    if (this.#current !== hold || !hold.shown) {
      // Decided, or over, while it came up once more.
      void tell<"guard/unhold">({ kind: "guard/unhold", hold: hold.id });
      return;
    }
    if (answer?.shown === true) {
      hold.remindFrom = performance.now() + REMIND_AFTER_MS;
      if (!inPage) this.need.dim(hold.id);
      return;
    }
    hold.shown = false;
    this.need.hidePanel(hold.id);
    await this.#askPlainly(hold, isOrphaned() ? this.need.words.orphaned : this.need.words.unshown);
  }

  async #askPlainly(hold: Hold, words: PlainWords): Promise<void> {
    // What could not be read may always go; what was read and warned about only where that is allowed. An orphaned page
    // reads nothing any more, but a page loaded anew does: nobody is trapped by going back.
    const mayPost = this.need.state().allowPostAnyway || (hold.why === "unread" && !isOrphaned());
    this.#asking = new AbortController();
    const choice = await askPlainly(words, mayPost, AbortSignal.any([this.#asking.signal, this.need.signal]));
    if (this.#current !== hold) return;
    hold.restoreFocus();
    if (choice === "back") {
      this.#current = null;
      return;
    }
    if (!isOrphaned()) return this.#chosen(hold);
    this.#unreadByChoice = true;
    await this.#letGo(hold, true);
  }

  /** Whether the page took away everything that the act would publish. */
  #went(submission: Submission, drafts: readonly unknown[]): boolean {
    return drafts.length > 0 && submission.composers().length === 0;
  }

  /** Whether what the act would publish now is anything else than `drafts`. */
  #differs(
    submission: Submission,
    drafts: readonly { readonly composer: Composer; readonly draft: DraftReading }[],
  ): boolean {
    return submission.composers().some((composer) => {
      const { text } = this.need.draftOf(composer);
      const read = drafts.find((one) => one.composer === composer);
      if (read !== undefined) return read.draft.text !== text;
      // A box that the page put in a composer's place, with the same words, stands for it.
      return !drafts.some((one) => one.draft.text === text && !one.composer.isConnected);
    });
  }

  #changed(hold: Hold): boolean {
    return this.#differs(hold.submission, hold.drafts);
  }

  /** By what is known of its drafts by now. */
  #isClear({ drafts }: Hold): boolean {
    return drafts.every(({ composer, draft }) => {
      const { review } = this.need.reviews.found(composer, draft);
      return review !== null && review.verdict !== "warn";
    });
  }

  /** `unread`: also where the frames below can no longer be asked, since the person, or the site's switch, said so. */
  async #letGo(hold: Hold, unread: boolean): Promise<void> {
    if (hold.submission.frames && !isOrphaned()) {
      // A frame that hangs keeps nobody waiting.
      const late = new Promise<null>((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS, null));
      const answer = await Promise.race([tell<"guard/grant-frames">({ kind: "guard/grant-frames" }), late]);
      if (this.#current !== hold) return;
      // A frame lets go only what it was asked about; other words, there or here, are read anew, and so are these where
      // they came to be warned about, or the rules changed, meanwhile.
      const stands = !this.#changed(hold) && (unread || this.#isClear(hold));
      if (!(answer?.granted ?? unread) || !stands) return this.#run(hold);
    }
    this.#current = null;
    // What was read and found clear passes at the next press anyway.
    const decided = unread ? hold.drafts.map(({ composer, draft }) => [composer, draft.text] as const) : [];
    void this.need.release(hold.submission, new Map(decided));
  }
}
