// Messages to guards. A frame may be gone by the time it is told: then there is nobody to tell.

import type { GuardAnswers, ToGuard } from "../shared/messages.js";

type Message<K extends keyof GuardAnswers> = Extract<ToGuard, { kind: K }>;

/** The frame's answer, or null where no guard answers there. */
export async function tellFrame<K extends keyof GuardAnswers>(
  tabId: number,
  frameId: number,
  message: Message<K>,
): Promise<GuardAnswers[K] | null> {
  try {
    const answer = await chrome.tabs.sendMessage<Message<K>, GuardAnswers[K] | undefined>(tabId, message, {
      frameId,
    });
    return answer ?? null;
  } catch {
    return null;
  }
}
