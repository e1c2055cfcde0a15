// How the frames of a tab stand to one another. The browser tells an extension without the history permission nothing
// of that; each frame can find its own place by asking its parents which of their frames it is.

export interface Frame {
  readonly frameId: number;
  /** The indices that lead to it from the top; null where it can't be found from there (inside a shadow root). */
  readonly path: readonly number[] | null;
}

/** Runs inside the frames: must not refer to anything outside itself. */
function pathFromTop(): number[] | null {
  const path: number[] = [];
  for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
    let index = 0;
    while (index < frame.parent.length && frame.parent[index] !== frame) index += 1;
    if (index === frame.parent.length) return null;
    path.unshift(index);
  }
  return path;
}

/** All frames of a tab that this extension has access to. */
export async function framesOf(tabId: number): Promise<Frame[]> {
  try {
    const results = await chrome.scripting.executeScript({
      target: { tabId, allFrames: true },
      func: pathFromTop,
      injectImmediately: true,
    });
    return results.map(({ frameId, result }) => ({ frameId, path: result ?? null }));
  } catch {
    return [];
  }
}

const leadsTo = (above: readonly number[], below: readonly number[]) =>
  above.length < below.length && above.every((index, depth) => below[depth] === index);

/** Whether `above` encloses `below`. The top frame encloses every other, also one whose place is unknown. */
export function encloses(frames: readonly Frame[], above: number, below: number): boolean {
  if (above === below) return false;
  if (above === 0) return true;
  const path = (id: number) => frames.find((frame) => frame.frameId === id)?.path ?? null;
  const [from, to] = [path(above), path(below)];
  return from !== null && to !== null && leadsTo(from, to);
}
