// How much memory the extension's own process holds that no other process shares: read from /proc, so on Linux only.
// Both browsers give extensions a process of their own; each names it in its own way.

import { readdirSync, readFileSync } from "node:fs";
import type { TestBrowser } from "./browser.js";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly command: string;
}

function processes(): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, "utf8");
        const parent = /^PPid:\s*(\d+)/m.exec(status)?.[1];
        return [
          {
            pid: Number(name),
            parent: Number(parent),
            name: /^Name:\s*(.*)$/m.exec(status)?.[1] ?? "",
            command: readFileSync(`/proc/${name}/cmdline`, "utf8"),
          },
        ];
      } catch {
        // It ended while this was reading.
        return [];
      }
    });
}

function descendants(of: number, all: readonly Process[]): readonly Process[] {
  const children = all.filter(({ parent }) => parent === of);
  return children.flatMap((child) => [child, ...descendants(child.pid, all)]);
}

/** The extension's private memory in bytes. */
export function extensionMemory({ browser, name }: TestBrowser): number {
  const root = browser.process()?.pid;
  if (root === undefined) throw new Error("the browser was not started from here");
  const own = descendants(root, processes()).filter((process) =>
    name === "chromium" ? process.command.includes("--extension-process") : process.name === "WebExtensions",
  );
  if (own.length === 0) throw new Error("no process of the extension was found");
  const kilobytes = own.flatMap(({ pid }) => {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s*(\d+) kB/gm)].map((found) => Number(found[1]));
  });
  return kilobytes.reduce((sum, one) => sum + one, 0) * 1024;
}
