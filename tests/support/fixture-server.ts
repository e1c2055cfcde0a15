// Serves the fixture pages and is their "database": what arrives at /posts is kept for each host name, so that every
// test has a site of its own (t1.localhost, t2.localhost, …) and can say what was really published there. A post to
// /posts?after=MS is kept at once and answered that much later.

import { EventEmitter, once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { bundleEditor } from "./editors.js";
import { within } from "./wait.js";

const FOLDER = join(import.meta.dirname, "..", "fixtures");

/** The Content-Security-Policy of the pages that have one. */
const POLICIES: Readonly<Record<string, string>> = {
  "/trusted-types":
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "/sandbox": "sandbox allow-scripts allow-forms allow-same-origin",
  "/sandbox-opaque": "sandbox allow-scripts allow-forms",
};

export interface Fixtures {
  /** The origin of a site, such as "http://t7.localhost:41234" for "t7". */
  origin(site: string): string;
  /** Texts published on a site so far, oldest first. */
  posts(site: string): readonly string[];
  /** Waits until a site has this many posts, and returns them. */
  posted(site: string, count: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function startFixtures(): Promise<Fixtures> {
  const posts = new Map<string, string[]>();
  const arrivals = new EventEmitter().setMaxListeners(0);
  const of = (site: string): readonly string[] => posts.get(site) ?? [];

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => end(response, 500, "text/plain", String(error)));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = request.headers.host ?? "";
    const site = host.split(".")[0] ?? "";
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "POST" && pathname === "/posts") {
      const body = await read(request);
      const form = request.headers["content-type"] === "application/x-www-form-urlencoded";
      const text = form ? (new URLSearchParams(body).get("text") ?? "").replaceAll("\r\n", "\n") : body;
      posts.set(site, [...of(site), text]);
      arrivals.emit(site);
      await new Promise((resolve) => setTimeout(resolve, Number(searchParams.get("after"))));
      if (!form) return end(response, 200, "text/plain", "stored");
      response.writeHead(303, { location: "/posts" });
      response.end();
    } else if (pathname === "/posts") {
      const list = of(site).map(
        (text) => `<li>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</li>`,
      );
      end(
        response,
        200,
        "text/html",
        `<!doctype html><title>Posts</title><ul id="posts">${list.join("")}</ul>`,
      );
    } else if (pathname === "/barrier") {
      end(response, 200, "text/plain", String(of(site).length));
    } else if (pathname === "/slow") {
      // Is never answered.
    } else if (pathname.startsWith("/editors/")) {
      end(
        response,
        200,
        "text/javascript",
        await bundleEditor(pathname.slice("/editors/".length, -".js".length)),
      );
    } else {
      page(pathname, site, response);
    }
  }

  function page(path: string, site: string, response: ServerResponse): void {
    const script = path.endsWith(".js");
    const name = path.replace(/^\/sandbox-opaque$/, "/sandbox");
    const file = join(FOLDER, script ? name : `${name}.html`);
    if (!/^\/[a-z-]+(\.js)?$/.test(path) || !existsSync(file)) {
      end(response, 404, "text/plain", "no such page");
      return;
    }
    const policy = POLICIES[path];
    if (policy !== undefined) response.setHeader("content-security-policy", policy);
    const other = `http://${site}-other.localhost:${(server.address() as AddressInfo).port}`;
    const body = readFileSync(file, "utf8").replaceAll("{{other}}", other);
    end(response, 200, script ? "text/javascript" : "text/html", body);
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    origin: (site) => `http://${site}.localhost:${port}`,
    posts: of,
    async posted(site, count) {
      while (of(site).length < count) {
        await within(`post ${of(site).length + 1} of ${count} on ${site}`, once(arrivals, site));
      }
      return of(site);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function end(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" });
  response.end(body);
}
