// Recognises the acts that publish a draft: a form's submission, the pressing of a publishing control, Enter in a
// composer. It says which composers' drafts an act would publish; whether they may go is decided elsewhere.
//
// Which events count. A person's own events are trusted by the browser. A `submit` event is trusted as well when a
// page's script asked for it, so it counts only while the browser still knows of a recent act of the person: that is
// how a handler of the page that validates first and then submits is held too, and a page that submits on its own
// account is not. A click made by script counts in the moment after the person's own act, since pages pass presses
// on from one control to another that way. Everything else made by script is the page's own doing: were it held,
// a page could try out texts to learn what is objected to.

import type { LearntControl } from "../shared/messages.js";
import { type Composer, composerAt, composersBelow, formOf } from "./composers.js";
import { composersOf, controlAt, publishedBy, publishesAnything, saysOther } from "./controls.js";
import { enterSends } from "./enter.js";
import { read, withWords } from "./reading.js";
import { type Standing, standingComposer, standingControl } from "./stand-in.js";
import { activeElement, originOf } from "./tree.js";

/** Where and how a pointer pressed, so that the press can be made again. */
export interface PointerPress {
  readonly down: PointerEventInit;
}

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export type Act =
  | { readonly kind: "submit"; readonly form: HTMLFormElement; readonly submitter: HTMLElement | null }
  | { readonly kind: "click"; readonly control: HTMLElement; readonly pointer: PointerPress | null }
  | { readonly kind: "key"; readonly control: HTMLElement; readonly key: KeyPress }
  | { readonly kind: "enter"; readonly composer: Composer; readonly target: Element; readonly key: KeyPress };

export interface Submission {
  readonly act: Act;
  /** What the act is made on again: a press's control, an Enter's composer, a form's button if it had one. */
  readonly standing: Standing;
  /**
   * Those with words in them now: the page may put another box in a composer's place, or fill a second one, while the
   * act is held. May be empty where only frames below hold drafts.
   */
  readonly composers: () => readonly Composer[];
  /** Whether drafts in frames below may go with it. */
  readonly frames: boolean;
}

/** What the guard knows of its site when it recognises. */
export interface Surroundings {
  readonly learnt: readonly LearntControl[];
  readonly framesDraft: boolean;
}

/** How long a page may take to pass a press on to another control. */
const PASSED_ON_MS = 1000;
/** Browsers forget a person's act after about five seconds; this stands in where they don't say. */
const RECENT_MS = 5000;

export class Acts {
  #last = Number.NEGATIVE_INFINITY;

  /** To be told of every trusted press of a pointer or key. */
  note(event: Event): void {
    if (event.isTrusted) this.#last = event.timeStamp;
  }

  /** Whether an event is the person's, by what is said at the top of this file. */
  isPersons(event: Event): boolean {
    const since = event.timeStamp - this.#last;
    if (event.type === "submit") {
      return event.isTrusted && ((navigator.userActivation?.isActive ?? false) || since < RECENT_MS);
    }
    return event.isTrusted || (event.type === "click" && since < PASSED_ON_MS);
  }
}

const textsIn = (composers: readonly Composer[]) =>
  withWords(composers).map((composer) => read(composer).text);

/**
 * `find` says what an act publishes, given what stands for it where that is no longer itself; `standingFor` finds that,
 * given the words that the act was made on.
 */
function submission(
  act: Act,
  find: (standing: HTMLElement | null) => readonly Composer[],
  frames: boolean,
  standingFor: (texts: ReadonlySet<string>) => Standing,
): Submission | null {
  const first = withWords(find(null));
  if (first.length === 0 && !frames) return null;
  const standing = standingFor(new Set(textsIn(first)));
  // Those of the act itself stay with it, also where the page hides them meanwhile.
  const composers = () =>
    withWords([...new Set([...first, ...find(standing())])].filter((composer) => composer.isConnected));
  return { act, standing, composers, frames };
}

/** A press of `control`, by pointer or key, or null where it publishes nothing. */
function pressOf(act: Act & { readonly control: HTMLElement }, around: Surroundings): Submission | null {
  const frames = around.framesDraft && publishesAnything(act.control, around.learnt);
  const find = (control: HTMLElement | null) => publishedBy(control ?? act.control, around.learnt);
  return submission(act, find, frames, (texts) =>
    standingControl(act.control, (other) => {
      const found = textsIn(find(other));
      if (found.length === 0) return frames && texts.size === 0 && publishesAnything(other, around.learnt);
      return found.every((text) => texts.has(text));
    }),
  );
}

export function fromPointer(event: PointerEvent | MouseEvent, around: Surroundings): Submission | null {
  const control = controlAt(originOf(event), around.learnt);
  return control === null ? null : pressOf({ kind: "click", control, pointer: null }, around);
}

export function fromSubmit(event: SubmitEvent, around: Surroundings): Submission | null {
  const form = event.composedPath()[0];
  if (!(form instanceof HTMLFormElement)) return null;
  const submitter = event.submitter instanceof HTMLElement ? event.submitter : null;
  if (submitter !== null && saysOther(submitter)) return null;
  const frames = around.framesDraft && form.querySelector("iframe") !== null;
  return submission(
    { kind: "submit", form, submitter },
    () => composersOf(form),
    frames,
    () => () => submitter,
  );
}

const keyOf = (event: KeyboardEvent): KeyPress => ({
  key: event.key,
  code: event.code,
  ctrlKey: event.ctrlKey,
  metaKey: event.metaKey,
  altKey: event.altKey,
});

/** A link is followed by Enter alone; one that is made a button may be pressed by Space too. */
const isPlainLink = (control: Element) =>
  control instanceof HTMLAnchorElement && control.getAttribute("role") !== "button";

/** Enter while words are being composed (Japanese, Chinese, dictation) chooses them. */
const isComposing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229;

export function isPlainEnter(event: KeyboardEvent): boolean {
  return (
    event.key === "Enter" &&
    !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) &&
    !isComposing(event)
  );
}

export function fromKey(event: KeyboardEvent, around: Surroundings): Submission | null {
  if (isComposing(event) || event.shiftKey) return null;
  const target = originOf(event) ?? activeElement();
  if (target === null) return null;
  const composer = composerAt(target);
  if (composer !== null) {
    if (event.key !== "Enter") return null;
    const sends = event.ctrlKey || event.metaKey || (!event.altKey && enterSends(composer, around.learnt));
    if (!sends) return null;
    const act = { kind: "enter", composer, target, key: keyOf(event) } as const;
    const find = (standing: HTMLElement | null) => goingWith(standing ?? composer);
    return submission(act, find, false, () => standingComposer(composer));
  }
  if (event.key !== "Enter" && event.key !== " ") return null;
  const control = controlAt(target, around.learnt);
  // Other fields keep their own keys.
  if (control === null || (event.key === " " && isPlainLink(control))) return null;
  return pressOf({ kind: "key", control, key: keyOf(event) }, around);
}

/** Those that an Enter sends. Without a form, only a dialog says for certain that its fields go together. */
function goingWith(composer: Composer): Composer[] {
  const form = formOf(composer);
  if (form !== null) return composersOf(form);
  const dialog = composer.closest("dialog, [role=dialog]");
  return dialog === null ? [composer] : composersBelow(dialog);
}
