// The demo's chat: an editable box in which Enter sends and Shift+Enter starts a new line.

import { entry, page } from "./page.js";
import type { Store } from "./store.js";

export function chatPage(store: Store): string {
  const messages = store.all("chat");
  return page({
    site: "chat",
    title: "Elder Street neighbours",
    siteName: "Neighbourly",
    strapline: "Street by street",
    navigation: ["Chats", "People", "Notices"],
    script: true,
    main: `<section class="room" aria-labelledby="room-heading">
  <div class="room-head"><h1 id="room-heading">Elder Street neighbours</h1><p>38 members · open to the whole street</p></div>
  <div id="log" role="log" aria-label="Messages" tabindex="0"><ol class="entries" id="messages">${messages.map((post) => entry(post, "Message")).join("")}</ol></div>
  <div class="composer">
    <div id="box" class="box" role="textbox" aria-multiline="true" aria-label="Message Elder Street neighbours" contenteditable="true" data-placeholder="Write a message" spellcheck="true"></div>
    <button type="button" id="send" aria-label="Send message">Send</button>
  </div>
  <p class="hint">Enter sends, Shift and Enter start a new line.</p>
</section>`,
  });
}
