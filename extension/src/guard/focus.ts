// Remembers where the person was writing, and puts the keyboard and the selection back there.

import { activeElement } from "./tree.js";

interface Selected {
  readonly anchor: Node;
  readonly anchorOffset: number;
  readonly focus: Node;
  readonly focusOffset: number;
}

function selectedNow(): Selected | null {
  const selection = document.getSelection();
  if (selection === null || selection.anchorNode === null || selection.focusNode === null) return null;
  return {
    anchor: selection.anchorNode,
    anchorOffset: selection.anchorOffset,
    focus: selection.focusNode,
    focusOffset: selection.focusOffset,
  };
}

const length = (node: Node) => (node instanceof CharacterData ? node.length : node.childNodes.length);

function select(selected: Selected): void {
  const { anchor, focus } = selected;
  if (!anchor.isConnected || !focus.isConnected) return;
  document
    .getSelection()
    ?.setBaseAndExtent(
      anchor,
      Math.min(selected.anchorOffset, length(anchor)),
      focus,
      Math.min(selected.focusOffset, length(focus)),
    );
}

/**
 * What brings the person back to `preferred`, or to where the keyboard is now; where the page took that away, to what
 * `instead` finds.
 */
export function rememberFocus(preferred: HTMLElement | null, instead: () => HTMLElement | null): () => void {
  const active = activeElement();
  const element = preferred ?? (active instanceof HTMLElement ? active : null);
  const selected = element?.isContentEditable ? selectedNow() : null;
  return () => {
    if (element === null || !element.isConnected) {
      instead()?.focus({ preventScroll: true });
      return;
    }
    element.focus({ preventScroll: true });
    // Text fields keep their own selection.
    if (selected !== null) select(selected);
  };
}
