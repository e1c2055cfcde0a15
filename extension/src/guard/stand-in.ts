// Finds what a page put in the place of a control that was pressed, or of a composer that Enter was pressed in:
// frameworks make parts of a page anew when what they show changes, for one while the panel has the keyboard. It goes by
// names, markup, and the very words that were there when the act was made: another draft's button is no stand-in.

import { type Composer, composersBelow, labelOf } from "./composers.js";
import { isDisabled, nameOf } from "./controls.js";
import { read, withWords } from "./reading.js";
import { controlSignatureOf, enterSignatureOf } from "./signature.js";
import { below, isShown } from "./tree.js";

/** Says what stands in the place of something now: the thing itself, else the only one like it, or null. */
export type Standing = () => HTMLElement | null;

const standing =
  (first: HTMLElement, alike: () => readonly HTMLElement[]): Standing =>
  () => {
    if (first.isConnected) return first;
    const [found, ...others] = alike();
    return found === undefined || others.length > 0 ? null : found;
  };

/** To be asked when `control` is pressed. What stands for it looks the same and `publishes`. */
export function standingControl(control: HTMLElement, publishes: (other: HTMLElement) => boolean): Standing {
  const signature = controlSignatureOf(control);
  const name = nameOf(control);
  const isAlike = (other: HTMLElement) =>
    isShown(other) &&
    !isDisabled(other) &&
    nameOf(other) === name &&
    controlSignatureOf(other) === signature &&
    publishes(other);
  return standing(control, () => [...below(document, CSS.escape(control.localName))].filter(isAlike));
}

/** To be asked when Enter is pressed in `composer`. What stands for it looks the same and holds the same words. */
export function standingComposer(composer: Composer): Standing {
  const signature = enterSignatureOf(composer);
  const label = labelOf(composer);
  const { text } = read(composer);
  const isAlike = (other: Composer) =>
    labelOf(other) === label && enterSignatureOf(other) === signature && read(other).text === text;
  return standing(composer, () => withWords(composersBelow(document).filter(isAlike)));
}
