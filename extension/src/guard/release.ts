// Makes a held act again, as near to the person's own as a script can, and sees whether the site took it. Where it
// did not, the person's own next press is let through with the same words, and the background is told to say so. An
// Enter that the page leaves alone begins a new line, as it would have without us: the one edit ever made for a person.

import { beganWork } from "./at-work.js";
import { tell } from "./channel.js";
import { type Composer, composerAt, isField } from "./composers.js";
import { isSubmitButton } from "./controls.js";
import { departure } from "./departure.js";
import type { Grants } from "./grants.js";
import { beginsLine, entered } from "./new-line.js";
import { read } from "./reading.js";
import { enterSignatureOf } from "./signature.js";
import type { Act, KeyPress, PointerPress, Submission } from "./submission.js";
import { activeElement } from "./tree.js";

const TAKEN_WITHIN_MS = 4000;

const ENTER_CODE = 13;
const SPACE_CODE = 32;

function keyEvent(type: "keydown" | "keypress" | "keyup", press: KeyPress): KeyboardEvent {
  const code = press.key === "Enter" ? ENTER_CODE : SPACE_CODE;
  return new KeyboardEvent(type, {
    ...press,
    // Old fields that many editors still go by.
    keyCode: code,
    which: code,
    charCode: type === "keypress" ? code : 0,
    bubbles: true,
    cancelable: true,
    composed: true,
    view: window,
  } as KeyboardEventInit);
}

const POINTER_EVENTS = ["pointerdown", "mousedown", "pointerup", "mouseup"] as const;

/** The events that come before a click, for pages that act on them. */
export function leadIn(control: HTMLElement, pointer: PointerPress): void {
  for (const type of POINTER_EVENTS) {
    const init = { ...pointer.down, buttons: type.endsWith("down") ? 1 : 0 };
    control.dispatchEvent(
      type.startsWith("pointer") ? new PointerEvent(type, init) : new MouseEvent(type, init),
    );
  }
}

function submit(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const own = submitter !== null && isSubmitButton(submitter) && submitter.form === form ? submitter : null;
  form.requestSubmit(own);
}

/** True where the page left the key alone and it began a new line. */
function pressEnter(composer: Composer, target: Element, press: KeyPress): boolean {
  const at = target.isConnected ? target : composer;
  const untouched =
    at.dispatchEvent(keyEvent("keydown", press)) && at.dispatchEvent(keyEvent("keypress", press));
  const began = untouched && composer.isConnected && enterItself(composer, press);
  at.dispatchEvent(keyEvent("keyup", press));
  return began;
}

/** What the browser itself would have done with an Enter that the page left alone. True where it began a new line. */
function enterItself(composer: Composer, press: KeyPress): boolean {
  if (composer instanceof HTMLInputElement) {
    const form = composer.form;
    if (form === null) return false;
    const button = [...form.elements].find((field) => field instanceof HTMLElement && isSubmitButton(field));
    if (button instanceof HTMLElement) button.click();
    else form.requestSubmit();
    return false;
  }
  if (press.ctrlKey || press.metaKey) return false;
  const field = isField(composer);
  // Editors that keep a model of their own act on this and not on the key.
  const left = composer.dispatchEvent(
    new InputEvent("beforeinput", {
      inputType: field ? "insertLineBreak" : "insertParagraph",
      bubbles: true,
      cancelable: true,
      composed: true,
    }),
  );
  // The browser's own editing goes where the caret is: elsewhere it would write into something else.
  if (!left || composerAt(activeElement()) !== composer) return false;
  // Deprecated, and still the only way to edit as the person's own key does, so that the browser can undo it.
  return field ? document.execCommand("insertText", false, "\n") : document.execCommand("insertParagraph");
}

function pressKey(control: HTMLElement, key: KeyPress): void {
  if (control instanceof HTMLButtonElement || control instanceof HTMLInputElement) {
    control.click();
    return;
  }
  const untouched = control.dispatchEvent(keyEvent("keydown", key));
  if (untouched && key.key === "Enter" && control instanceof HTMLAnchorElement) control.click();
  control.dispatchEvent(keyEvent("keyup", key));
}

/** On what stands in its place now. The composer in which a new line began instead of publishing, or null. */
function replay(act: Act, standing: HTMLElement | null): Composer | null {
  if (act.kind === "submit") {
    if (act.form.isConnected) submit(act.form, act.submitter);
    return null;
  }
  if (standing === null) return null;
  switch (act.kind) {
    case "click":
      if (act.pointer !== null) leadIn(standing, act.pointer);
      standing.click();
      return null;
    case "key":
      pressKey(standing, act.key);
      return null;
    case "enter":
      return pressEnter(standing, act.target, act.key) ? standing : null;
  }
}

/** Makes a kept act again where nothing was to be read. */
export function giveBack({ act, standing }: Submission): void {
  replay(act, standing());
}

export const textsOf = (composers: readonly Composer[]): Map<Composer, string> =>
  new Map(composers.map((composer) => [composer, read(composer).text]));

/** Told what an Enter that was made again did in its composer. */
export interface EnterDid {
  readonly beganLine: (composer: Composer) => void;
  readonly sent: (signature: string) => void;
}

/** What is learnt of a plain Enter in a composer is learnt under this; null where there is nothing to learn. */
function lessonOf(act: Act, standing: HTMLElement | null): string | null {
  if (act.kind !== "enter" || act.key.ctrlKey || act.key.metaKey) return null;
  return standing === null || standing instanceof HTMLInputElement ? null : enterSignatureOf(standing);
}

/**
 * Lets a submission go with the texts as they stand, which must have been read or decided upon just now. Where the page
 * took away what to press and what to publish, leave stands for what was `decided`, and the person is asked to press.
 */
export async function release(
  submission: Submission,
  decided: ReadonlyMap<Composer, string>,
  grants: Grants,
  signal: AbortSignal,
  enterDid: EnterDid,
): Promise<void> {
  const texts = textsOf(submission.composers());
  grants.give(texts, submission.frames);
  const { act } = submission;
  const standing = submission.standing();
  const control = act.kind === "enter" ? null : standing;
  const isThere = act.kind === "submit" ? act.form.isConnected : standing !== null;
  if (!isThere && texts.size === 0) {
    if (decided.size === 0 && !submission.frames) return;
    grants.give(decided, submission.frames);
    grants.awaitPress();
    await tell<"guard/press-again">({ kind: "guard/press-again" });
    return;
  }
  // A form is not sent by its button, which may be off by now.
  const isAtWork = beganWork(control, [...texts.keys()], act.kind === "submit");
  // Taken now: the page may take the box away with the draft.
  const lesson = lessonOf(act, standing);
  const enter = lesson === null || standing === null ? null : entered(standing);
  const departing = departure(texts, TAKEN_WITHIN_MS, signal, "any");
  const began = grants.replay(() => replay(act, standing));
  if (began !== null) enterDid.beganLine(began);
  let begunByPage = false;
  if (began === null && enter !== null) {
    void beginsLine(enter, signal).then((line) => {
      begunByPage = line;
      if (line) enterDid.beganLine(enter.composer);
    });
  }
  const outcome = await departing;
  // With a line begun, it left by something that the person did since.
  if (lesson !== null && !begunByPage && outcome !== "changed" && outcome !== "stayed") enterDid.sent(lesson);
  if (outcome === "navigated" || outcome === "leaving") {
    // The page may come back as it was left, by the browser's Back, or be pressed again while the server takes its
    // time: that would be a second release.
    grants.revoke();
  } else if (texts.size === 0) {
    return;
  } else if (outcome === "stayed" && !begunByPage && !isAtWork()) {
    grants.awaitPress();
    await tell<"guard/press-again">({ kind: "guard/press-again" });
  } else if (!grants.standing()) {
    grants.revoke();
  }
}
