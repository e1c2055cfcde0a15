// The demo's blog: an article whose comments a script sends.

import { entry, page } from "./page.js";
import type { Store } from "./store.js";

export function blogPage(store: Store): string {
  const comments = store.all("blog");
  return page({
    site: "blog",
    title: "A good year on the Mill Lane allotments",
    siteName: "The Weir",
    strapline: "Notes from along the river",
    navigation: ["Latest", "Walks", "About"],
    script: true,
    main: `<article class="story">
  <p class="kicker">Green spaces</p>
  <h1>A good year on the Mill Lane allotments</h1>
  <p class="facts">By Denny Fairweather · 6 minutes to read</p>
  <p class="lead">Forty plots, one tap and a great many runner beans: the gardeners of Mill Lane have had their best summer since the flood.</p>
  <p>When the river came over the bottom path four years ago, most of the sheds went with it. What is left of that week is a line on the brick of the pump house and a habit of looking out for one another. On Saturday the gates were open to anybody who cared to look round.</p>
  <p>The council’s small grant paid for the water butts along the top fence. The rest, from the new compost bays to the bench by the gate, was built by the plot holders on Sunday mornings.</p>
</article>
<section class="comments" aria-labelledby="comments-heading">
  <h2 id="comments-heading"><span id="count">${comments.length}</span> comments</h2>
  <ol class="entries" id="comments">${comments.map((post) => entry(post, "Comment")).join("")}</ol>
  <div class="composer">
    <label for="comment">Leave a comment</label>
    <textarea id="comment" rows="4"></textarea>
    <div class="actions"><button type="button" id="send">Post comment</button></div>
    <p id="status" role="status"></p>
  </div>
</section>`,
  });
}
