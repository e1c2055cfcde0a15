// Keeps a whole gesture together: when the first event of a press or key stroke was held, the events that belong to
// it are held too, so that no handler of the page sees part of a held submission.

import type { PointerPress } from "./submission.js";

const POINTER_TYPES = new Set(["pointerdown", "mousedown", "touchstart", "pointerup", "mouseup", "touchend"]);

export const isPointerPart = (event: Event) => POINTER_TYPES.has(event.type);

/**
 * Takes an event from the page. The default of touches stays, or no click would follow; that of the mouse button goes,
 * so that the composer keeps the keyboard.
 */
export function take(event: Event): void {
  event.stopImmediatePropagation();
  if (event.cancelable && !/^(?:touch|pointer)/u.test(event.type)) event.preventDefault();
}

export class Gesture {
  #press: { readonly control: HTMLElement; readonly pointer: PointerPress } | null = null;
  #key: string | null = null;

  holdPress(control: HTMLElement, event: PointerEvent): void {
    this.#press = { control, pointer: { down: pointerInit(event) } };
  }

  holdKey(event: KeyboardEvent): void {
    this.#key = event.code;
  }

  get holdsPress(): boolean {
    return this.#press !== null;
  }

  /** The held press that this click completes; a click elsewhere completes none. Either way the press is over. */
  completePress(control: HTMLElement | null): PointerPress | null {
    const press = this.#press;
    this.#press = null;
    return press !== null && press.control === control ? press.pointer : null;
  }

  /** Whether a key event belongs to a held stroke; its release ends it. */
  takesKey(event: KeyboardEvent): boolean {
    if (this.#key === null || event.code !== this.#key) return false;
    if (event.type === "keydown" && !event.repeat) {
      this.#key = null;
      return false;
    }
    if (event.type === "keyup") this.#key = null;
    return true;
  }

  end(): void {
    this.#press = null;
    this.#key = null;
  }
}

function pointerInit(event: PointerEvent): PointerEventInit {
  return {
    bubbles: true,
    cancelable: true,
    composed: true,
    view: window,
    detail: 1,
    button: event.button,
    clientX: event.clientX,
    clientY: event.clientY,
    screenX: event.screenX,
    screenY: event.screenY,
    ctrlKey: event.ctrlKey,
    shiftKey: event.shiftKey,
    altKey: event.altKey,
    metaKey: event.metaKey,
    pointerId: event.pointerId,
    pointerType: event.pointerType,
    isPrimary: event.isPrimary,
    width: event.width,
    height: event.height,
    pressure: event.pressure,
  };
}
