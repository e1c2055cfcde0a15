// How a draft is read from the page: as the person sees it.

import { check, onPages } from "./in-page.js";

const editor = (inside: string, style = "") =>
  `<div contenteditable data-composer style="min-height:3em;${style}">${inside}</div>`;
const WRAP = "white-space:pre-wrap";

onPages("Reading a draft", (ask) => {
  check(ask, "text()", [
    ["a field gives its value", "<textarea data-composer>One\n\nTwo</textarea>", "One\n\nTwo"],
    ["paragraphs are one newline apart", editor("<p>One</p><p>Two</p>"), "One\nTwo"],
    ["an empty paragraph is an empty line", editor("<p>One</p><p><br></p><p>Two</p>"), "One\n\nTwo"],
    ["two empty paragraphs are two", editor("<p>One</p><p><br></p><p><br></p><p>Two</p>"), "One\n\n\nTwo"],
    ["a filling break at a line's end is nothing", editor("<p>One<br></p><p>Two</p>"), "One\nTwo"],
    ["a break within a paragraph is a newline", editor("<p>One<br>Two</p>"), "One\nTwo"],
    [
      "words before a block stand on their own line",
      editor("One<div>Two</div><div>Three</div>"),
      "One\nTwo\nThree",
    ],
    [
      "nested blocks add no lines",
      editor("<div><div><p>One</p></div><ul><li>Two</li><li>Three</li></ul></div>"),
      "One\nTwo\nThree",
    ],
    ["a break before a block adds no line", editor("One<br><div>Two</div>"), "One\nTwo"],
    [
      "where the outermost quoted block ends, its newline says so",
      editor(
        "<p>One</p><blockquote><p>Two</p><blockquote>Three</blockquote><p>Four</p></blockquote><p>Five</p><p>Six</p>",
      ),
      "One\nTwo\nThree\nFour\u2029Five\nSix",
    ],
    [
      "a quoted block at the end leaves nothing",
      editor("<p>One</p><blockquote>Two</blockquote>"),
      "One\nTwo",
    ],
    [
      "an empty quoted block ends nothing",
      editor("<p>One</p><blockquote></blockquote><p>Two</p>"),
      "One\nTwo",
    ],
    [
      "markup's own white space is not read",
      editor("\n  <p>\n  One   two\n  </p>\n  <p>Three</p>\n"),
      "One two\nThree",
    ],
    ["white space that shows is read", editor("One  two\nthree", WRAP), "One  two\nthree"],
    ["a hard space is a space", editor("One&nbsp;&nbsp;two"), "One  two"],
    [
      "characters that only hold the caret are dropped",
      editor("<p>\u2060One\u200B two\uFEFF</p>"),
      "One two",
    ],
    [
      "characters that join letters and emoji stay",
      editor("<p>👩\u200D👧 म\u200Cन</p>"),
      "👩\u200D👧 म\u200Cन",
    ],
    [
      "an emoji image reads as its name",
      editor('<p>Well <img alt="🎉" width="9" height="9"> done</p>'),
      "Well 🎉 done",
    ],
    [
      "a mention reads as its words",
      editor('<p>Ask <span contenteditable="false">@Jane</span> now</p>'),
      "Ask @Jane now",
    ],
    [
      "a placeholder is no draft",
      editor('<p><span data-slate-placeholder="true" contenteditable="false">Say something</span><br></p>'),
      "",
    ],
    [
      "what is hidden from people is no draft",
      editor('<p>One<span aria-hidden="true"> two</span></p>'),
      "One",
    ],
    [
      "a Slate editor's empty line",
      editor('<div><span><span data-slate-zero-width="n">\uFEFF<br></span></span></div>', WRAP),
      "",
    ],
    [
      "a ProseMirror editor's fillers",
      editor(
        '<p>One<img class="ProseMirror-separator" alt=""><br class="ProseMirror-trailingBreak"></p>',
        WRAP,
      ),
      "One",
    ],
    ["an empty editor", editor(""), ""],
  ]);

  check(
    ask,
    'places(read().indexOf("liar"), read().indexOf("liar") + 4)'
      .replaceAll("read()", "text()")
      .replaceAll("text()", "guard.text()"),
    [
      ["words are found again across markup", editor("<p>He is</p><p>a li<b>ar</b>, they say</p>"), "liar"],
      ["words are found again past dropped characters", editor("<p>\u2060\u200Ba l\u200Biar</p>"), "liar"],
      ["words are found again after white space", editor("\n   <p>\n  a   liar</p>"), "liar"],
    ],
  );
});
