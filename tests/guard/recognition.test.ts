// What is a composer and what publishes it, on pages as they are found.

import assert from "node:assert/strict";
import { it } from "node:test";
import { LONGEST_SIGNATURE } from "../../extension/src/shared/messages.js";
import { check, onPages } from "./in-page.js";

const NONE: readonly string[] = [];

onPages("Recognising composers", (ask) => {
  check(ask, "composers()", [
    [
      "a comment form: its text, not who writes it",
      '<form><input id="n" name="name" aria-label="Name"><input id="e" type="email"><input id="w" name="website"><textarea id="c" name="comment"></textarea><button>Post comment</button></form>',
      ["c"],
    ],
    [
      "a forum topic: its title and its text",
      '<form><label>Title <input id="t" type="text" name="title"></label><textarea id="c"></textarea><input id="g" type="text" name="tags" aria-label="Tags"></form>',
      ["t", "c"],
    ],
    ["a chat box that says so", '<input id="c" placeholder="Message #council">', ["c"]],
    [
      "a chat box that says nothing, before a button that sends",
      '<form><input id="c" autocomplete="off"><button>Send</button></form>',
      ["c"],
    ],
    [
      "an editor",
      '<div id="c" contenteditable="true" role="textbox" aria-label="Write a reply" style="height:3em">x</div>',
      ["c"],
    ],
    [
      "a log-in",
      '<form><input id="u" type="text" name="user"><input type="password" id="p"><button>Log in</button></form>',
      NONE,
    ],
    [
      "a registration with something about oneself",
      '<form><input type="text" id="u" name="username"><input type="password"><textarea id="b" name="bio"></textarea><button>Register</button></form>',
      NONE,
    ],
    [
      "a guest's post that a password keeps",
      '<form><textarea id="c" name="comment"></textarea><input type="password" name="delete_password"><button>Post</button></form>',
      ["c"],
    ],
    [
      "a search, by type, by role, by name and by place",
      '<input type="search" id="a"><textarea role="searchbox" id="b"></textarea><textarea name="q" id="c"></textarea><form role="search"><input id="d" placeholder="Search posts"></form>',
      NONE,
    ],
    [
      "a search by where its form leads",
      '<form action="/forum/search.php?do=process"><textarea id="a"></textarea></form><form action="/index.php?action=search"><textarea id="b"></textarea></form><form action="https://other.example/Search/42"><textarea id="c"></textarea></form>',
      NONE,
    ],
    [
      "a comment on research",
      '<form method="post" action="/research/42/comments"><textarea id="c" name="comment"></textarea></form>',
      ["c"],
    ],
    ["a search that looks like a message", '<input id="a" placeholder="Search messages">', NONE],
    [
      "a card",
      '<form><input id="a" autocomplete="cc-name" placeholder="Name on card"><input id="b" type="text" autocomplete="cc-number"><textarea id="c" autocomplete="street-address"></textarea></form>',
      NONE,
    ],
    [
      "a one-time code",
      '<form><input id="a" autocomplete="one-time-code"><input id="b" type="text" name="otp"><button>Submit</button></form>',
      NONE,
    ],
    [
      "what can't be written in",
      '<textarea id="a" readonly>x</textarea><textarea id="b" disabled>y</textarea><div id="c" contenteditable role="textbox" aria-readonly="true">z</div>',
      NONE,
    ],
    [
      "machinery: hidden and tiny fields",
      '<textarea id="a" style="display:none">x</textarea><textarea id="b" style="width:1px;height:1px;padding:0;border:0">y</textarea>',
      NONE,
    ],
    [
      "other kinds of field",
      '<form><input type="number"><input type="date"><input type="tel"><input type="url"><input type="email"><button>Send</button></form>',
      NONE,
    ],
    [
      "only the editor's root",
      '<div id="c" contenteditable style="height:3em"><p id="p">x</p><span id="s" contenteditable="false">@Jane</span></div>',
      ["c"],
    ],
  ]);
});

onPages("Recognising what publishes", (ask) => {
  const form = (button: string) => `<form><textarea id="c">x</textarea>${button}</form>`;
  const box = (button: string) =>
    `<div><div contenteditable id="c" style="height:3em">x</div><div>${button}</div></div>`;
  check(ask, "published([])", [
    ["a form's submit button, whatever it says", form("<button data-press>Go</button>"), ["c"]],
    ["a form's preview", form('<button data-press name="preview">Preview</button>'), NONE],
    ["a form's draft", form("<button data-press>Save draft</button>"), NONE],
    ["a form that reports, by its verb", form("<button data-press>Submit report</button>"), ["c"]],
    ["a photo, by its verb", box('<button data-press type="button">Post photo</button>'), ["c"]],
    ["a button of a form that attaches", form('<button type="button" data-press>Attach file</button>'), NONE],
    [
      "a button from outside by its form attribute",
      '<form id="f"><textarea id="c">x</textarea></form><button form="f" data-press>Go</button>',
      ["c"],
    ],
    [
      "a field from outside by its form attribute",
      '<form id="f"><button data-press>Go</button></form><textarea form="f" id="c">x</textarea>',
      ["c"],
    ],
    ["a button beside an editor", box('<button data-press type="button">Post</button>'), ["c"]],
    ["in Welsh", box('<button data-press type="button">Cyhoeddi</button>'), ["c"]],
    [
      "an icon by its label",
      box(
        '<button data-press type="button" aria-label="Send message"><svg width="9" height="9"></svg></button>',
      ),
      ["c"],
    ],
    [
      "an icon by its drawing's title",
      box('<div role="button" data-press><svg width="9" height="9"><title>Send</title></svg></div>'),
      ["c"],
    ],
    [
      "an icon by its test id alone",
      box(
        '<button type="button" data-press data-testid="tweetButtonInline"><svg width="9" height="9"></svg></button>',
      ),
      ["c"],
    ],
    [
      "an icon without any name",
      box('<button type="button" data-press class="x1 y2"><svg width="9" height="9"></svg></button>'),
      NONE,
    ],
    ["a plain element made a button", box('<div data-press style="cursor:pointer">Send</div>'), ["c"]],
    ["plain words", box("<div data-press>Send</div>"), NONE],
    ["pressing inside a button", box('<button type="button"><span data-press>Reply</span></button>'), ["c"]],
    ["bold", box('<button data-press type="button">Bold</button>'), NONE],
    ["what opens a menu", box('<button data-press type="button" aria-haspopup="menu">Share</button>'), NONE],
    ["a button that is off", box('<button data-press disabled type="button">Post</button>'), NONE],
    [
      "another post's reply button",
      `<article><p>A</p><button type="button" data-press>Reply</button></article>${form("<button>Post reply</button>")}`,
      NONE,
    ],
    [
      "another post's reply button, in a feed that does not mark its posts, beside a form that says how it is sent",
      `<div><p>A</p><button type="button" data-press>Reply</button></div>${form("<button>Post reply</button>")}`,
      NONE,
    ],
    [
      "a thread's posts, each in an editor, with a bar above them that publishes and what adds one more below",
      `<div role="dialog"><div><button type="button">Cancel</button><button type="button" data-press>Publish posts</button></div><div>${["a", "b"].map((id) => `<div><div contenteditable id="${id}" style="height:3em">x</div><button type="button" aria-label="Remove post">x</button></div>`).join("")}<div role="button" tabindex="0" aria-label="Add another post to thread">+</div></div></div>`,
      ["a", "b"],
    ],
    ["what adds one more post", box('<button data-press type="button">Add another post</button>'), NONE],
    [
      "an article's blocks, with a bar above them that updates and a sidebar's tabs beside them",
      '<div><div role="region"><button type="button">Preview</button><button type="button" data-press>Update</button></div><div><div><h1 contenteditable id="t">x</h1><p contenteditable id="c">y</p></div><div><div role="tablist"><button type="button" role="tab" aria-selected="true">Post</button><button type="button" role="tab">Block</button></div></div></div></div>',
      ["t", "c"],
    ],
    ["a tab", box('<button data-press type="button" role="tab">Post</button>'), NONE],
    [
      "a forum's reply beside a preview with a link in it and below a toolbar that quotes",
      '<div><div><div><button type="button" title="Quote whole post"><svg width="9" height="9"></svg></button></div><textarea id="c">x</textarea><div><p>As in <a href="/respond">Respond to the consultation</a></p></div></div><div><button type="button" data-press>Reply</button></div></div>',
      ["c"],
    ],
    [
      "two posts' editors, each with its own button: the one pressed",
      '<div><div><div contenteditable id="a" style="height:3em">x</div><button type="button">Send</button></div><div><div><div contenteditable id="b" style="height:3em">y</div></div><button type="button" data-press>Send</button></div></div>',
      ["b"],
    ],
    [
      "a bar's button, whatever else near the draft seems to publish",
      '<div><div><button type="button" data-press>Publish</button></div><div><div contenteditable id="c" style="height:3em">x</div><button type="button">Share</button></div></div>',
      ["c"],
    ],
    [
      "a draft further off than a helper's box with nothing in it",
      '<div><div contenteditable id="c" style="height:3em">x</div><div><input id="h" placeholder="A comment on your change"><button type="button" data-press>Publish</button></div></div>',
      ["h", "c"],
    ],
    [
      "a box with nothing in it beside another draft with its own button",
      '<div><div><textarea id="a"></textarea><button type="button" data-press>Send</button></div><div><textarea id="b">x</textarea><button type="button">Send</button></div></div>',
      ["a"],
    ],
    [
      "a post's box with nothing in it, and a draft above all posts",
      '<div><div><textarea id="a">x</textarea></div><article><p>A</p><textarea id="b"></textarea><button type="button" data-press>Reply</button></article></div>',
      ["b"],
    ],
    [
      "a post's button, past blank boxes above all posts, and a draft further off",
      '<div><div contenteditable id="c" style="height:3em">x</div><div><textarea id="b"></textarea><article><p>A</p><button type="button" data-press>Reply</button></article></div></div>',
      ["b"],
    ],
    [
      "a draft with something else near it that seems to publish, and a title with nothing in it",
      '<div><div><button type="button" data-press>Publish</button></div><input id="t" placeholder="Title"><div><div contenteditable id="c" style="height:3em">x</div><button type="button">Share</button></div></div>',
      ["t", "c"],
    ],
    ...(["dialog", "form"] as const).map(
      (whole) =>
        [
          `a ${whole}'s subject, outside the part with its text and button`,
          `<${whole === "form" ? "form" : 'div role="dialog"'}><p><input id="t" aria-label="Subject" value="x"></p><div><textarea id="c">y</textarea><button type="button" data-press>Send</button></div></${whole === "form" ? "form" : "div"}>`,
          ["c", "t"],
        ] as const,
    ),
    [
      "one of a dialog's posts",
      '<div role="dialog"><article><textarea id="a">x</textarea><button type="button" data-press>Send</button></article><article><textarea id="b">y</textarea></article></div>',
      ["a"],
    ],
    [
      "one of a dialog's posts that it does not mark, each with its button",
      '<div role="dialog"><div><textarea id="a">x</textarea><button type="button" data-press>Send</button></div><div><textarea id="b">y</textarea><button type="button">Send</button></div></div>',
      ["a"],
    ],
    [
      "an article behind a dialog with a box for what is told of it",
      '<div><p contenteditable id="c" style="height:3em">x</p><input id="n" aria-label="Comment" value="z"></div><div role="dialog"><textarea id="e">y</textarea><button type="button" data-press>Publish now</button></div>',
      ["e", "c"],
    ],
    [
      "an article behind a form with a box for what is told of it",
      '<div><p contenteditable id="c" style="height:3em">x</p></div><form><textarea id="e">y</textarea><button data-press>Publish</button></form>',
      ["e", "c"],
    ],
    [
      "a form's message, and a draft beside it",
      '<div><p contenteditable id="c" style="height:3em">x</p></div><form><textarea id="e">y</textarea><button data-press>Send</button></form>',
      ["e"],
    ],
    [
      "an article, by a button in a sidebar with its summary",
      '<div><p contenteditable id="c" style="height:3em">x</p></div><div><div><textarea id="e">y</textarea></div><button type="button" data-press>Publish</button></div>',
      ["e", "c"],
    ],
    [
      "a dialog's message, and a draft behind it",
      '<div><p contenteditable id="c" style="height:3em">x</p></div><div role="dialog"><textarea id="e">y</textarea><button type="button" data-press>Send</button></div>',
      ["e"],
    ],
    [
      "an article's dialog, and a comment behind it with its own button",
      '<div><div><textarea id="c">x</textarea></div><button type="button">Reply</button></div><div role="dialog"><textarea id="e">y</textarea><button type="button" data-press>Publish</button></div>',
      ["e"],
    ],
    ["what sends at a time that was set", box('<button data-press type="button">Schedule</button>'), ["c"]],
    ["a page of dates", box('<a data-press href="/fixtures">Schedule</a>'), NONE],
    [
      "title and text together",
      '<div><input id="t" type="text" placeholder="Title"><div contenteditable id="c" style="height:3em">x</div><button type="button" data-press>Publish</button></div>',
      ["t", "c"],
    ],
    [
      "a log-in beside a draft",
      `${form("<button>Post</button>")}<form><input type="password"><button data-press>Log in</button></form>`,
      NONE,
    ],
    [
      "a search beside a draft",
      `${form("<button>Post</button>")}<form role="search"><input><button data-press>Search</button></form>`,
      NONE,
    ],
  ]);

  const component = (button: string, shown: string, mode = "open", attributes = "") =>
    box(
      `<x-button ${attributes}><template shadowrootmode="${mode}"><button type="button" data-press>${button}</button></template>${shown}</x-button>`,
    );
  check(ask, "published([])", [
    ["a component's button by its words in a slot", component("<slot></slot>", "Post"), ["c"]],
    [
      "a component's button by an element in a named slot",
      component('<i></i><slot name="label">Cancel</slot>', '<b slot="label">Post</b>'),
      ["c"],
    ],
    [
      "a component's button by a slot handed on to it",
      box(
        '<x-outer><template shadowrootmode="open"><x-button><template shadowrootmode="open"><button type="button" data-press><slot></slot></button></template><slot></slot></x-button></template>Post</x-outer>',
      ),
      ["c"],
    ],
    [
      "a component's button by the words that a slot shows where nothing is in it",
      component("<slot>Post</slot>", ""),
      ["c"],
    ],
    [
      "a component's button by its icon in a slot",
      component("<slot></slot>", '<svg width="9" height="9"><title>Send</title></svg>'),
      ["c"],
    ],
    [
      "a component's button by its icon's test id alone",
      component("<slot></slot>", '<svg width="9" height="9" data-testid="send"></svg>'),
      ["c"],
    ],
    [
      "pressing what is in a slot of a component's button",
      component("<slot></slot>", "<span data-press>Post</span>").replace('"button" data-press', '"button"'),
      ["c"],
    ],
    ["a component's button that cancels", component("<slot>Post</slot>", "Cancel"), NONE],
    ["a component's tool", component("<slot></slot>", "Bold"), NONE],
    [
      "a component that lets nobody look into it, named a button",
      component("<slot></slot>", "Post", "closed", "data-press"),
      ["c"],
    ],
    [
      "a component that lets nobody look into it, with the same words and another name",
      component("<slot></slot>", "Post", "closed", "data-press").replaceAll("x-button", "x-heading"),
      NONE,
    ],
  ]);
  check(ask, 'publishedByKey(" ", [])', [
    ["Space on a link made a button", box('<a role="button" tabindex="0" data-press>Post</a>'), ["c"]],
    [
      "Space on a plain element made a button",
      box('<p role="button" tabindex="0" data-press>Post</p>'),
      ["c"],
    ],
    ["Space on a link", box('<a href="#" data-press>Post</a>'), NONE],
    [
      "Space on a link made a button that cancels",
      box('<a role="button" tabindex="0" data-press>Cancel</a>'),
      NONE,
    ],
  ]);

  it("Space on a link made a button that was learnt publishes from then on", async () => {
    const body = box('<a role="button" tabindex="0" data-press class="zap">*</a>');
    const learnt = JSON.stringify([{ signature: await ask<string>(body, "signature()"), publishes: true }]);
    assert.deepEqual(await ask(body, `publishedByKey(" ", ${learnt})`), ["c"]);
  });

  it("a control that was learnt publishes from then on", async () => {
    const body = box(
      '<button type="button" data-press class="zap"><svg width="9" height="9"></svg></button>',
    );
    const signature = await ask<string>(body, "signature()");
    const learnt = JSON.stringify([{ signature, publishes: true }]);
    assert.deepEqual(await ask(body, `published(${learnt})`), ["c"]);
  });

  it("a signature is short enough to be kept, and tells controls apart by their labels", async () => {
    const classes = [..."abcdef"].map((letter) => letter.repeat(55)).join(" ");
    const named = (label: string) => `<button data-press class="${classes}" aria-label="${label}"></button>`;
    const [zap, bold] = [
      await ask<string>(named("Zap"), "signature()"),
      await ask<string>(named("Bold"), "signature()"),
    ];
    assert.ok(zap.length <= LONGEST_SIGNATURE, `${zap.length} characters`);
    assert.notEqual(zap, bold);
  });

  it("a signature holds nothing of the draft and no counts", async () => {
    const written =
      '<div contenteditable>My secret</div><button data-press class="send-7" aria-label="Send 3">Send 3</button>';
    const signature = await ask<string>(written, "signature()");
    assert.doesNotMatch(signature, /secret|\d/iu);
  });
});

onPages("Noticing what a draft went by", (ask) => {
  const press = (name: string) => `<textarea>x</textarea><button type="button" data-press>${name}</button>`;
  const watched = [
    "Share photo",
    "Report",
    "Upload",
    "Schedule for later",
    "Save and close",
    "Save & view",
    "Close issue",
    "Zap",
  ];
  const left = [
    "Cancel",
    "Discard",
    "Delete",
    "Clear",
    "Save draft",
    "Preview",
    "Close",
    "Close this window",
  ];
  const elsewhere = ["Search", "Log out", "Show more", "Go back"];
  check(ask, "watched()", [
    ...watched.map((name) => [name, press(name), true] as const),
    ...[...left, ...elsewhere].map((name) => [`not ${name}`, press(name), false] as const),
  ]);
});

onPages("What Enter does", (ask) => {
  check(ask, "enterSends()", [
    ["a chat's field", '<input data-composer placeholder="Message">', true],
    [
      "a form's tall text box",
      '<form><textarea data-composer rows="6"></textarea><button>Post</button></form>',
      false,
    ],
    [
      "a one-line text box for messages",
      '<textarea data-composer rows="1" placeholder="Message"></textarea>',
      true,
    ],
    [
      "a text box that says it sends",
      '<textarea data-composer rows="6" enterkeyhint="send"></textarea>',
      true,
    ],
    [
      "a text box that says it does not",
      '<textarea data-composer rows="1" enterkeyhint="enter"></textarea>',
      false,
    ],
    [
      "an editor as high as a chat box",
      '<div><div contenteditable data-composer style="height:40px"></div><button>Send</button></div>',
      true,
    ],
    [
      "a tall editor with its button",
      '<div><div contenteditable data-composer style="height:300px"></div><button>Publish</button></div>',
      false,
    ],
    [
      "a chat's text box that has grown with what was written",
      '<div><textarea data-composer placeholder="Message #council" style="height:200px"></textarea><button type="button">Send</button></div>',
      true,
    ],
    [
      "a chat's editor that has grown with what was written",
      '<div><div contenteditable data-composer aria-label="Message #council" style="height:200px"></div><button type="button">Send</button></div>',
      true,
    ],
    [
      "a form's text box made for a message of several lines",
      '<form><label>Your message <textarea data-composer rows="8"></textarea></label><button>Send</button></form>',
      false,
    ],
    [
      "the body of a letter",
      '<div><div contenteditable data-composer aria-label="Message body" style="height:300px"></div><button type="button">Send</button></div>',
      false,
    ],
    ["a tall editor without any", '<div contenteditable data-composer style="height:300px"></div>', true],
    [
      "while a suggestion is chosen",
      '<input data-composer placeholder="Message" role="combobox" aria-expanded="true">',
      false,
    ],
  ]);
});

onPages("What is learnt of Enter", (ask) => {
  const signature = (body: string) => ask<string>(body, "enterSignature()");
  const editor = (label: string, text = "x") =>
    `<div class="x1a"><div contenteditable data-composer class="x2b" ${label} style="height:3em">${text}</div></div>`;

  it("is kept apart for boxes that differ by their labels alone", async () => {
    const labels = ["What's on your mind?", "Write a comment…", "Write a post…", "Message Jane"];
    const signatures = new Set<string>();
    for (const label of labels) {
      signatures.add(await signature(editor(`aria-label="${label}"`)));
      signatures.add(await signature(editor(`data-placeholder="${label}"`)));
    }
    assert.equal(signatures.size, labels.length);
  });

  it("is one for boxes that differ by whom they answer, or by a count", async () => {
    const [jane, others, third, fourth] = [
      await signature(editor('aria-label="Reply to Jane"')),
      await signature(editor('aria-label="Reply to John and 3 others"')),
      await signature(editor('aria-label="42 waiting"')),
      await signature(editor('aria-label="43 waiting"')),
    ];
    assert.equal(jane, others);
    assert.equal(third, fourth);
  });

  it("is learnt under nothing that was written there", async () => {
    const secret = '<p id="own">Secret message</p>';
    const found = await signature(editor('aria-labelledby="own"', secret));
    assert.equal(found, await signature(editor("", "x")));
    const long = [..."abcdef"].map((letter) => letter.repeat(55)).join(" ");
    const cut = await signature(
      `<textarea data-composer class="${long}" placeholder="Your reply">Secret</textarea>`,
    );
    assert.ok(cut.length <= LONGEST_SIGNATURE && cut.endsWith(":reply"), cut);
  });
});

onPages("An act made again", (ask) => {
  it("of which the site takes no notice leaves the person a minute to press, and no more", async () => {
    const body = '<textarea data-composer>x</textarea><button type="button" data-press>Post</button>';
    assert.deepEqual(await ask(body, "stillGranted(1000, 50000, 61000)"), [true, true, false]);
  });
});

onPages("An Enter made again", (ask) => {
  const box = (attributes: string, does: string, around = "") =>
    `<div ${around}><textarea data-composer ${attributes} onkeydown="event.preventDefault(); ${does}">x</textarea></div>`;
  check(ask, "asksAgainAfterEnter()", [
    ["that the page does nothing with", box("", ""), true],
    ["at which the page switches the box off", box("", "this.disabled = true"), false],
    ["at which the page keeps the box from being written in", box("", "this.readOnly = true"), false],
    ["at which the page says that it is busy", box("", "this.parentElement.ariaBusy = 'true'"), false],
    [
      "at which the page closes its editor",
      '<div contenteditable data-composer style="height:3em" onkeydown="event.preventDefault(); this.contentEditable = false">x</div>',
      false,
    ],
    ["on a page that said so before", box("", "", 'aria-busy="true"'), true],
  ]);
});

onPages("What a control says", (ask) => {
  const says = (what: "publishes" | "other", expected: boolean, names: readonly string[]) =>
    it(`${what}: ${expected ? "" : "not "}${names.join(", ")}`, async () => {
      for (const name of names)
        assert.equal(await ask("", `${what}(${JSON.stringify(name)})`), expected, name);
    });
  says("publishes", true, [
    "Post",
    "POST REPLY",
    "Send",
    "Publish now",
    "Reply (3)",
    "Add comment",
    "Add a reply",
    "Submit",
    "Save changes",
    "Update",
    "Tweet",
    "Toot!",
    "Create topic",
    "Save and add another",
    "Start a new discussion",
    "Post anonymously",
    "Postio",
    "Anfon",
    "Ychwanegu sylw",
    "Ymateb",
  ]);
  says("publishes", true, [
    "Post photo",
    "Send file",
    "Submit report",
    "Post and follow",
    "Reply & subscribe",
    "Reply and close",
    "Save & Close",
    "Save & view",
    "Save and continue editing",
    "Save changes and close",
    "Update and close",
    "Update & view post",
    "Post and close",
    "Publish and view",
    "Cadw a chau",
    "Cadw a dangos",
    "Save Edit",
    "Save edits",
    "Overwrite Edit",
    "Schedule",
    "Schedule send",
    "Amserlennu",
    "Close with comment",
    "Close issue with comment",
    "Comment and close issue",
    "Anfon llun",
  ]);
  says("publishes", false, [
    "",
    "Cancel",
    "Preview",
    "Save draft",
    "Attach file",
    "Add emoji",
    "Bold",
    "Close",
    "View",
    "Close & save",
    "Accept and close",
    "Save view",
    "Save draft and close",
    "Save & close draft",
    "Save settings & close",
    "Search",
    "Log in",
    "Posts",
    "Postpone",
    "Add to calendar",
    "Add another post to thread",
    "Create one more post",
    "Ychwanegu postiad arall",
    "Copy link",
    "Share link",
    "Delete comment",
    "Comment settings",
    "Post preview",
    "Post as draft",
    "Post later",
    "Schedule post",
    "Reply template",
    "Edit comment",
    "Save edit as draft",
    "Close comments",
    "Comments off",
    "Send me an email when somebody answers this thread of mine",
    "Canslo",
    "Rhagolwg",
  ]);
  says("other", true, [
    "Cancel",
    "Clear",
    "Discard",
    "Close",
    "View",
    "Save draft and close",
    "Accept and close",
    "Delete",
    "Preview",
    "Cau",
    "Dileu",
  ]);
  says("other", false, [
    "Post",
    "Go",
    "",
    "OK",
    "Post photo",
    "Submit report",
    "Save & Close",
    "Update and view",
  ]);
});
