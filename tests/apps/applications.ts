// Starts and stops the two real applications on free ports of this computer, each with a database of its own in a
// temporary folder, and reads from that database what was really published.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../support/wait.js";
import { FORUM, FORUM_DATABASE, program, setUpApplications, surroundings } from "./setup.js";

/** How long an application may take to answer for the first time, in milliseconds. */
const START = 60_000;

export interface Application {
  readonly origin: string;
  /** The texts that the application's database holds, oldest first. */
  published(): readonly string[];
  /** Waits until it holds this many. */
  publishedSoon(count: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const MEMBER = { name: "cllralexmorgan", password: "a-password-for-tests" } as const;
export const TOPIC = "/topic/1/park-road-library/";

export async function startForum(): Promise<Application> {
  setUpApplications();
  const folder = mkdtempSync(join(tmpdir(), "second-reading-forum-"));
  const database = join(folder, "forum.sqlite3");
  copyFileSync(FORUM_DATABASE, database);
  const port = await freePort();
  const server = spawn(program("python"), ["manage.py", "runserver", "--noreload", `127.0.0.1:${port}`], {
    cwd: FORUM,
    env: surroundings(database),
    stdio: "ignore",
  });
  await answers(server, `http://127.0.0.1:${port}/user/login/`);
  return application(
    `http://forum.localhost:${port}`,
    database,
    "SELECT comment FROM spirit_comment_comment WHERE user_id = 1 ORDER BY id",
    async () => {
      await stop(server);
      rmSync(folder, { recursive: true, force: true });
    },
  );
}

/** A page of ours that takes comments through Isso, which runs at another address, as on a real blog. */
export async function startComments(): Promise<Application> {
  setUpApplications();
  const folder = mkdtempSync(join(tmpdir(), "second-reading-comments-"));
  const database = join(folder, "comments.sqlite3");
  const port = await freePort();
  const comments = `http://comments.localhost:${port}`;
  const blog = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en-GB"><head><title>The Weir</title></head><body>
      <h1>A good year on the Mill Lane allotments</h1><p>By Denny Fairweather</p>
      <script data-isso="${comments}/" data-isso-require-author="false" src="${comments}/js/embed.min.js"></script>
      <section id="isso-thread" data-title="A good year on the Mill Lane allotments"></section></body></html>`);
  });
  blog.listen(0, "127.0.0.1");
  await once(blog, "listening");
  const origin = `http://blog.localhost:${(blog.address() as AddressInfo).port}`;
  const settings = join(folder, "isso.cfg");
  writeFileSync(
    settings,
    `[general]\ndbpath = ${database}\nhost = ${origin}\n[server]\nlisten = http://127.0.0.1:${port}\n[guard]\nenabled = false\n`,
  );
  const server = spawn(program("isso"), ["-c", settings, "run"], { env: surroundings(""), stdio: "ignore" });
  await answers(server, `http://127.0.0.1:${port}/js/embed.min.js`);
  return application(origin, database, "SELECT text FROM comments ORDER BY id", async () => {
    await stop(server);
    blog.close();
    blog.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });
}

function application(
  origin: string,
  database: string,
  query: string,
  close: () => Promise<void>,
): Application {
  const published = (): readonly string[] => {
    const read =
      "import json,sqlite3,sys; print(json.dumps([r[0] for r in sqlite3.connect(sys.argv[1]).execute(sys.argv[2])]))";
    return JSON.parse(
      execFileSync(program("python"), ["-c", read, database, query], { encoding: "utf8" }),
    ) as string[];
  };
  return {
    origin,
    published,
    publishedSoon: (count) =>
      until(`${count} posts in the database of ${origin}`, () => {
        const found = published();
        return found.length >= count ? found : null;
      }),
    close,
  };
}

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address() as AddressInfo;
  socket.close();
  await once(socket, "close");
  return port;
}

async function answers(server: ChildProcess, address: string): Promise<void> {
  await until(
    `an answer from ${address}`,
    async () => {
      if (server.exitCode !== null) throw new Error(`the server for ${address} ended by itself`);
      return (await fetch(address).catch(() => null))?.ok === true ? true : null;
    },
    START,
  );
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill();
  await once(server, "exit");
}
