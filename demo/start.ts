// What the demo's sites hold before anybody posts. Every place and person is invented.

import type { Post, SiteName } from "./store.js";

const said = (author: string, when: string, text: string): Post => ({
  author,
  text,
  title: "",
  when,
  posted: false,
});

export const WRITER = { name: "Cllr Alex Morgan", handle: "cllralexmorgan" } as const;

export const START: Readonly<Record<SiteName, readonly Post[]>> = {
  forum: [
    said(
      "Priya Nandra",
      "Yesterday, 18:42",
      "Does anybody know when the library on Park Road opens again? The children keep asking, and the notice on the door still says “until further notice”.",
    ),
    said(
      "Tom Ellerby",
      "Yesterday, 19:10",
      "The builders took their fence down this afternoon, so it can’t be long. It looked bright inside.",
    ),
    said(
      "Grace Okonjo",
      "Today, 08:15",
      "If they keep the longer Thursday hours I’ll be happy. It was the only evening I could get there after work.",
    ),
  ],
  blog: [
    said(
      "Wilf Harker",
      "2 days ago",
      "Lovely to read about the allotments for once. The new water butts have made all the difference to us at the top end.",
    ),
    said(
      "Denise Cowley",
      "Yesterday",
      "Is there still a waiting list? My neighbour put her name down in spring.",
    ),
  ],
  chat: [
    said("Priya Nandra", "Today, 09:02", "Morning all. Bins on Elder Street weren’t collected again."),
    said(
      "Sam Whitlock",
      "Today, 09:05",
      "Same here. The crew told my dad the lorry couldn’t get past the skip.",
    ),
    said("Grace Okonjo", "Today, 09:11", "I rang. They’re coming back this afternoon 👍"),
  ],
};
