// The demo's server: a forum, a blog and a chat on one port of this computer, told apart by host name
// (forum.localhost, blog.localhost, chat.localhost). It stores what is posted and shows it again, as a small real
// site would, and is meant for the demo and for tests alone.

import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { blogPage } from "./blog.js";
import { chatPage } from "./chat.js";
import { forumPage } from "./forum.js";
import { entry } from "./page.js";
import { profilePage } from "./profile.js";
import { START, WRITER } from "./start.js";
import { type SiteName, Store } from "./store.js";

const LARGEST_POST = 1_000_000;
const FILES: Readonly<Record<string, string>> = {
  "/base.css": "style/base.css",
  "/forum.css": "style/forum.css",
  "/blog.css": "style/blog.css",
  "/chat.css": "style/chat.css",
  "/blog.js": "blog.js",
  "/chat.js": "chat.js",
};
const PAGES = { forum: forumPage, blog: blogPage, chat: chatPage } as const;
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'";

export interface Demo {
  /** Each site's origin, such as "http://forum.localhost:4080". */
  readonly origins: Readonly<Record<SiteName, string>>;
  readonly store: Store;
  close(): Promise<void>;
}

/** Starts the demo. Posts are written to `folder`; port 0 takes a free one. */
export async function startDemo(folder: string, port = 0): Promise<Demo> {
  const store = new Store(folder, START);
  const server = createServer((request, response) => {
    answer(store, request, response).catch(() => plain(response, 500, "The demo could not answer."));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    origins: {
      forum: `http://forum.localhost:${bound}`,
      blog: `http://blog.localhost:${bound}`,
      chat: `http://chat.localhost:${bound}`,
    },
    store,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(store: Store, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const site = siteOf(request.headers.host ?? "");
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (site === null) return plain(response, 404, "There is a forum, a blog and a chat here.");
  if (request.method === "GET") return show(site, pathname, store, response);
  if (request.method !== "POST") return plain(response, 405, "Only reading and posting.");

  const body = await read(request);
  if (body === null) return plain(response, 413, "That is too long.");
  if (site === "forum" && pathname === "/reply") {
    const form = new URLSearchParams(body);
    store.add(site, WRITER.name, form.get("title")?.trim() ?? "", lines(form.get("message") ?? ""));
    response.writeHead(303, { location: "/" });
    response.end();
  } else if (site === "blog" && pathname === "/comments") {
    html(response, entry(store.add(site, WRITER.name, "", textOf(body)), "Comment"));
  } else if (site === "chat" && pathname === "/messages") {
    html(response, entry(store.add(site, WRITER.name, "", textOf(body)), "Message"));
  } else {
    plain(response, 404, "Nothing is posted here.");
  }
}

function show(site: SiteName, path: string, store: Store, response: ServerResponse): void {
  const file = FILES[path];
  if (file !== undefined) {
    const type = file.endsWith(".css") ? "text/css" : "text/javascript";
    response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" });
    response.end(readFileSync(new URL(file, import.meta.url)));
  } else if (path === "/") {
    html(response, PAGES[site](store));
  } else if (path === `/people/${WRITER.handle}`) {
    html(response, profilePage(site, store));
  } else {
    plain(response, 404, "No such page.");
  }
}

function siteOf(host: string): SiteName | null {
  const name = host.split(".")[0];
  return name === "forum" || name === "blog" || name === "chat" ? name : null;
}

/** A form sends line breaks as CR LF, whatever was typed. */
function lines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

function textOf(body: string): string {
  const value: unknown = JSON.parse(body);
  if (typeof value === "object" && value !== null && "text" in value && typeof value.text === "string") {
    return value.text;
  }
  throw new TypeError("a post without text");
}

async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_POST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function html(response: ServerResponse, body: string): void {
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": POLICY,
    "cache-control": "no-store",
  });
  response.end(body);
}

function plain(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(body);
}
