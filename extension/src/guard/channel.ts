// The guard's line to the background: one-shot messages with typed answers, and whether the line still stands.
// An update or removal of the extension leaves this script behind in the page without one: it is then orphaned.

import type { Answers, Reply, ToBackground } from "../shared/messages.js";

type Message<K extends keyof Answers> = Extract<ToBackground, { kind: K }>;

export function isOrphaned(): boolean {
  try {
    return chrome.runtime?.id === undefined;
  } catch {
    return true;
  }
}

/** The background's answer, or null where it could give none. */
export async function tell<K extends keyof Answers>(message: Message<K>): Promise<Answers[K] | null> {
  if (isOrphaned()) return null;
  try {
    const reply = await chrome.runtime.sendMessage<Message<K>, Reply<Answers[K]> | null | undefined>(message);
    return reply != null && "answer" in reply ? reply.answer : null;
  } catch {
    return null;
  }
}
