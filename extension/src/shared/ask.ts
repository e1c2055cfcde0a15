// Asks the background, from pages of the extension, with the answer's type given by the message's kind.

import type { Answers, Reply, ToBackground } from "./messages.js";

type Message<K extends keyof Answers> = Extract<ToBackground, { kind: K }>;

/** Rejects where the background could not answer. */
export async function ask<K extends keyof Answers>(message: Message<K>): Promise<Answers[K]> {
  const reply = await chrome.runtime.sendMessage<Message<K>, Reply<Answers[K]> | null | undefined>(message);
  if (reply == null || "failed" in reply) throw new Error(`no answer to ${message.kind}`);
  return reply.answer;
}
