// The guard's start, in every frame of every page of a site that the person may have switched on. It hears the page's
// events from the very first but reads nothing until the background confirms that the tab's site is on: until then, for
// moments, it only keeps an act that would publish. Then a session begins, which ends as soon as the site is switched
// off. It knows no site and no rule.

import type { GuardAnswers, GuardState, ToGuard } from "../shared/messages.js";
import { webOrigin } from "../shared/origin.js";
import { isOrphaned, tell } from "./channel.js";
import { Early } from "./early.js";
import { Grants } from "./grants.js";
import { plainWords } from "./plain-dialog.js";
import { giveBack } from "./release.js";
import { Session } from "./session.js";

const HEARD = [
  "focusin",
  "focusout",
  "input",
  "submit",
  "click",
  "keydown",
  "keypress",
  "keyup",
  "pointerdown",
  "mousedown",
  "touchstart",
  "pointerup",
  "mouseup",
  "touchend",
  "pagehide",
  "load",
];
/** The page must not wait for us before it scrolls; touches are only kept from handlers, never prevented. */
const PASSIVE = new Set(["touchstart", "touchend", "focusin", "focusout", "input", "pagehide", "load"]);

const MARK = Symbol.for("second-reading.guard");
type Marked = { [MARK]?: () => void };

/** Chromium's own; newer than what TypeScript knows of documents. */
interface MaybePrerendering {
  readonly prerendering?: boolean;
}

class Guard {
  #session: { readonly session: Session; readonly end: AbortController } | null = null;
  readonly #words = { orphaned: plainWords("orphaned"), unshown: plainWords("unshown") };
  readonly #hear = (event: Event) => this.#heard(event);
  readonly #roots = new MutationObserver(() => this.attach());
  #attached = false;
  /** While the first word is unanswered. */
  #early: Early | null = null;
  /** How often the first word was said. */
  #asked = 0;
  /** The background gave no answer to the first word. */
  #unanswered = false;
  /** An act was given back before the site was known to be on. */
  #gave = false;
  readonly #grants = new Grants();

  start(): void {
    this.attach();
    // A document opened and written anew loses every listener; adding one that is still there changes nothing.
    this.#roots.observe(document, { childList: true });
    chrome.runtime.onMessage.addListener((message: ToGuard, _sender, respond) =>
      this.#receive(message, respond),
    );
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      this.#session?.session.reviews.comeBack();
      // No key is down any more, and what was done before is over.
      this.#early = null;
      void this.#ask();
    });
    // A page made ready beforehand has another frame number until the person goes there, and nobody writes in it.
    if ((document as MaybePrerendering).prerendering === true) {
      document.addEventListener("prerenderingchange", () => void this.#ask(), { once: true });
    } else {
      void this.#ask();
    }
  }

  attach(): void {
    this.#attached = true;
    for (const type of HEARD) {
      window.addEventListener(type, this.#hear, { capture: true, passive: PASSIVE.has(type) });
    }
  }

  #detach(): void {
    this.#attached = false;
    this.#roots.disconnect();
    for (const type of HEARD) window.removeEventListener(type, this.#hear, { capture: true });
  }

  async #ask(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    if (this.#session === null) this.#early ??= this.#keep();
    const state = await tell<"guard/hello">({ kind: "guard/hello", since: performance.timeOrigin });
    // Said again since: that answer is to come.
    if (state === null && asked !== this.#asked) return;
    this.#unanswered = state === null && !isOrphaned();
    this.#known(state);
    if (state !== null) {
      // A page that the person came back to may hold drafts, and the frames above were told that it went.
      this.#session?.session.frames.look();
      if (this.#session !== null && this.#gave)
        void tell<"guard/unread">({ kind: "guard/unread", why: "not-ready" });
      this.#gave = false;
    } else if (this.#session === null && isOrphaned()) this.#detach();
  }

  #keep(before?: Early): Early {
    const early = new Early(() => {
      this.#known(null);
      // The first word is still unanswered: what the person does next is kept as well, no longer than this was.
      if (this.#session === null) this.#early = this.#keep(early);
    }, before);
    return early;
  }

  /** What the site's state is, or that it cannot be known now: what was kept until then is read, or given back. */
  #known(state: GuardState | null): void {
    const early = this.#early;
    this.#early = null;
    if (state !== null) this.#set(state, early ?? undefined);
    const kept = early?.end() ?? null;
    if (kept === null) return;
    if (this.#session !== null) {
      this.#session.session.holds.begin(kept);
      return;
    }
    this.#gave = state === null;
    this.#grants.replay(() => giveBack(kept));
  }

  #heard(event: Event): void {
    // An act is made again: its events are not the person's.
    if (this.#grants.replaying) return;
    if (event.type === "pagehide") this.#early?.drop();
    if (this.#session === null && this.#early === null && this.#unanswered && event.isTrusted) {
      // The background could not answer, as while the browser starts: asked again when the person does something.
      this.#unanswered = false;
      void this.#ask();
    }
    if (this.#session !== null) this.#session.session.hear(event);
    else this.#early?.hear(event);
  }

  #set(state: GuardState, heard?: Early): void {
    if (!state.active) {
      this.#session?.end.abort();
      this.#session = null;
      this.#detach();
      return;
    }
    if (this.#session !== null) {
      this.#session.session.update(state);
      return;
    }
    if (!this.#attached) {
      this.attach();
      this.#roots.observe(document, { childList: true });
    }
    const end = new AbortController();
    this.#session = { session: new Session(state, end.signal, this.#words, heard), end };
  }

  /** True keeps the line open for an answer that comes later. */
  #receive(message: ToGuard, respond: (answer: unknown) => void): boolean {
    const answer = this.#answer(message);
    if (answer === undefined) return false;
    answer.then(respond, () => respond(null));
    return true;
  }

  #answer(message: ToGuard): Promise<GuardAnswers[ToGuard["kind"]]> | undefined {
    if (message.kind === "state") {
      this.#known(message.state);
      return Promise.resolve(null);
    }
    if (message.kind === "here") return Promise.resolve({ origin: webOrigin(window.origin) });
    const session = this.#session?.session;
    if (session === undefined) return undefined;
    switch (message.kind) {
      case "panel/show":
        return session.panel.show(message.hold).then((shown) => ({ shown }));
      case "panel/hide":
        session.panel.hide(message.hold);
        return Promise.resolve(null);
      case "panel/ready":
        session.panel.isReady(message.hold);
        return Promise.resolve(null);
      case "panel/size":
        session.panel.size(message.hold, message.height);
        return Promise.resolve(null);
      case "hold/describe":
        return Promise.resolve(session.holds.describe(message.hold));
      case "hold/decide":
        return Promise.resolve({ held: session.holds.decide(message.hold, message.decision) });
      case "hold/review-again":
        return session.holds.reviewAgain(message.hold);
      case "frames/drafting":
        session.frames.nowBelow(message.drafting);
        return Promise.resolve(null);
      case "drafts":
        return Promise.resolve({
          drafts: session.frames.known(session.reviews, (composer) => session.draftOf(composer)),
        });
      case "frames/review":
        return session.frames
          .review(session.reviews, (composer) => session.draftOf(composer), session.signal)
          .then((drafts) => ({ drafts }));
      case "frames/grant":
        return Promise.resolve({ granted: session.frames.grant(session.reviews) });
    }
  }
}

const marked = globalThis as Marked;
const running = marked[MARK];
if (running === undefined) {
  const guard = new Guard();
  marked[MARK] = () => guard.attach();
  guard.start();
} else {
  // A frame whose document was written anew may run this script a second time in the same place.
  running();
}
