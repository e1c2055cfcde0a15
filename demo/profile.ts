// The writer's own page on each of the demo's sites: what they posted there.

import { entry, page } from "./page.js";
import { WRITER } from "./start.js";
import type { SiteName, Store } from "./store.js";

const NAMES: Readonly<Record<SiteName, string>> = {
  forum: "Teesbridge Talk",
  blog: "The Weir",
  chat: "Neighbourly",
};

export function profilePage(site: SiteName, store: Store): string {
  const posts = store.all(site).filter((post) => post.author === WRITER.name);
  return page({
    site,
    title: WRITER.name,
    siteName: NAMES[site],
    strapline: "Member",
    navigation: ["Back to the site"],
    script: false,
    main: `<h1>${WRITER.name}</h1>
<p class="facts">@${WRITER.handle} · ${posts.length} posts here</p>
<ol class="entries">${posts.map((post) => entry(post, "Post")).join("")}</ol>`,
  });
}
