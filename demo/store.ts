// What the demo's sites have stored: a list of posts for each, in memory and in one JSON file of a folder that the
// starter names. Tests read it to see what was really published. It knows nothing of the pages that show it.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type SiteName = "forum" | "blog" | "chat";

export interface Post {
  readonly author: string;
  readonly text: string;
  /** The heading of a forum reply, where one was given. */
  readonly title: string;
  /** As the page shows it, such as "Today, 14:05". */
  readonly when: string;
  /** True for what was posted through the page, false for what the demo starts with. */
  readonly posted: boolean;
}

export class Store {
  readonly #posts: Record<SiteName, Post[]>;
  readonly #file: string;

  constructor(folder: string, start: Readonly<Record<SiteName, readonly Post[]>>) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, "posts.json");
    this.#posts = { forum: [...start.forum], blog: [...start.blog], chat: [...start.chat] };
    this.#write();
  }

  all(site: SiteName): readonly Post[] {
    return this.#posts[site];
  }

  /** The texts posted through the page, oldest first. */
  posted(site: SiteName): readonly string[] {
    return this.#posts[site].filter((post) => post.posted).map((post) => post.text);
  }

  add(site: SiteName, author: string, title: string, text: string): Post {
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const post = { author, text, title, when: `Today, ${time}`, posted: true };
    this.#posts[site].push(post);
    this.#write();
    return post;
  }

  #write(): void {
    writeFileSync(this.#file, JSON.stringify(this.#posts, null, 2));
  }
}
