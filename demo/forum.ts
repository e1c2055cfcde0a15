// The demo's forum: a thread and a plain form that the browser itself submits.

import { entry, page } from "./page.js";
import type { Store } from "./store.js";

export function forumPage(store: Store): string {
  const posts = store.all("forum");
  return page({
    site: "forum",
    title: "When does the Park Road library open again?",
    siteName: "Teesbridge Talk",
    strapline: "The town’s forum",
    navigation: ["All threads", "What’s on", "Notices"],
    script: false,
    main: `<p class="crumbs">All threads › Libraries and leisure</p>
<h1>When does the Park Road library open again?</h1>
<p class="facts">${posts.length} posts · started by Priya Nandra</p>
<ol class="entries">${posts.map((post) => entry(post, "Post")).join("")}</ol>
<section class="reply" aria-labelledby="reply-heading">
  <h2 id="reply-heading">Add your reply</h2>
  <form method="post" action="/reply">
    <label for="title">Title <span class="optional">(optional)</span></label>
    <input id="title" name="title" type="text" maxlength="120" autocomplete="off">
    <label for="message">Message</label>
    <textarea id="message" name="message" rows="6" required></textarea>
    <div class="actions"><button type="submit">Post reply</button></div>
  </form>
</section>`,
  });
}
