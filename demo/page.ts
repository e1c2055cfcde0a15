// The frame that every page of the demo shares: a document with its style and script, and the writer's name as a site
// that knows who is signed in would show it.

import { WRITER } from "./start.js";
import type { Post, SiteName } from "./store.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A person's post as paragraphs, with the line breaks that were typed. */
export function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll("\n", "<br>")}</p>`)
    .join("");
}

export function avatar(name: string): string {
  const words = name.replace(/^Cllr /, "").split(" ");
  const initials = words.map((word) => word.charAt(0)).join("");
  const hue = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 6;
  return `<span class="avatar hue-${hue}" aria-hidden="true">${escapeHtml(initials)}</span>`;
}

export function entry(post: Post, label: string): string {
  const own = post.author === WRITER.name ? " own" : "";
  const title = post.title === "" ? "" : `<h3>${escapeHtml(post.title)}</h3>`;
  return `<li class="entry${own}"${post.posted ? " data-posted" : ""}>
    ${avatar(post.author)}
    <article aria-label="${escapeHtml(`${label} by ${post.author}`)}">
      <p class="byline"><strong>${escapeHtml(post.author)}</strong> <span class="when">${escapeHtml(post.when)}</span></p>
      ${title}<div class="words">${paragraphs(post.text)}</div>
    </article>
  </li>`;
}

export interface PageParts {
  readonly site: SiteName;
  readonly title: string;
  readonly siteName: string;
  readonly strapline: string;
  readonly navigation: readonly string[];
  readonly main: string;
  readonly script: boolean;
}

export function page(parts: PageParts): string {
  const script = parts.script ? `<script type="module" src="/${parts.site}.js"></script>` : "";
  const links = parts.navigation
    .map(
      (name, at) => `<li><a href="/"${at === 0 ? ' aria-current="page"' : ""}>${escapeHtml(name)}</a></li>`,
    )
    .join("");
  return `<!doctype html>
<html lang="en-GB" class="${parts.site}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(parts.title)} · ${escapeHtml(parts.siteName)}</title>
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/${parts.site}.css">
${script}
</head>
<body>
<header class="masthead">
  <div class="bar">
    <a class="brand" href="/">${escapeHtml(parts.siteName)}</a>
    <span class="strapline">${escapeHtml(parts.strapline)}</span>
    <nav aria-label="Main"><ul>${links}</ul></nav>
    <span class="account">${avatar(WRITER.name)}<span>Signed in as <a class="username" href="/people/${WRITER.handle}">${WRITER.name}</a> <span class="handle">@${WRITER.handle}</span></span></span>
  </div>
</header>
<main>
${parts.main}
</main>
<footer><p>A demonstration. What you post stays on this computer.</p></footer>
</body>
</html>`;
}
