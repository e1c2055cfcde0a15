// Who a page says is writing, and what kind of place it is.

import { check, onPages } from "./in-page.js";

interface Shown {
  readonly name: string | null;
  readonly handle: string | null;
}
const nobody: Shown = { name: null, handle: null };
const composer = '<textarea data-composer rows="4"></textarea>';

onPages("The writer that a page shows", (ask) => {
  check<Shown>(ask, "writer()", [
    ["nobody", `<h1>News</h1>${composer}`, nobody],
    [
      "the name field of a comment form",
      `<form><input name="author" value="Cllr Jane Smith">${composer}</form>`,
      { name: "Cllr Jane Smith", handle: null },
    ],
    [
      "an invitation to write as somebody",
      '<textarea data-composer placeholder="Comment as Cllr Jane Smith"></textarea>',
      { name: "Cllr Jane Smith", handle: null },
    ],
    [
      "words beside the box",
      `<div><p>Posting as Cllr Jane Smith. <a href="/logout">Log out</a></p>${composer}</div>`,
      { name: "Cllr Jane Smith", handle: null },
    ],
    [
      "a line at the top of the page",
      `<header><p>Logged in as Jane Smith (log out)</p></header>${composer}`,
      { name: "Jane Smith", handle: null },
    ],
    [
      "an avatar beside the box",
      `<div><a href="/@cllrjane"><img class="avatar" alt="Cllr Jane Smith's avatar" width="20" height="20"></a>${composer}</div>`,
      { name: "Cllr Jane Smith", handle: "cllrjane" },
    ],
    [
      "the account menu",
      `<header><a class="user-menu" href="/u/cllrjane"><img class="avatar" alt="" width="9" height="9"> Jane Smith</a></header>${composer}`,
      { name: "Jane Smith", handle: "cllrjane" },
    ],
    [
      "what the page's head says",
      `<meta name="user-login" content="cllrjane">${composer}`,
      { name: null, handle: "cllrjane" },
    ],
    [
      "not the authors of posts",
      `<article><a rel="author" href="/u/other">Cllr Other</a><img class="avatar" alt="Cllr Other" width="9" height="9"><p>${"A long post. ".repeat(80)}</p></article>${composer}`,
      nobody,
    ],
    [
      "not the page's own links",
      `<nav><a href="/">Home</a><a href="/users/">Users</a><a href="/news">Councillors</a></nav>${composer}`,
      nobody,
    ],
    [
      "not another site's profile",
      `<header><a class="profile" href="https://elsewhere.example/@council">Follow us</a></header>${composer}`,
      nobody,
    ],
  ]);
});

onPages("The kind of place", (ask) => {
  check<string | null>(ask, "surface()", [
    ["a chat", '<div role="log"></div><input data-composer placeholder="Message">', "chat"],
    [
      "a forum",
      '<form><input type="text" name="title" placeholder="Title"><textarea data-composer></textarea></form>',
      "forum",
    ],
    [
      "a blog's comments",
      '<article>Words</article><form><textarea data-composer aria-label="Comment"></textarea></form>',
      "blog",
    ],
    ["a social site", `<div contenteditable data-composer aria-label="What's happening?"></div>`, "social"],
    [
      "mail",
      '<form><input aria-label="To"><input aria-label="Subject"><textarea data-composer></textarea></form>',
      "email",
    ],
    ["nothing to go by", "<textarea data-composer></textarea>", null],
  ]);
});
