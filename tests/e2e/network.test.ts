// The extension makes no network request, ever. Shown twice: every request of a browser at work goes through a proxy
// that writes it down, and the shipped files are searched for whatever could make one.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type BrowserName, startBrowser, type TestBrowser } from "../support/browser.js";
import { extensionFolder } from "../support/extension.js";
import { type Fixtures, startFixtures } from "../support/fixture-server.js";
import { settled } from "../support/loading.js";
import { panelIn } from "../support/panel.js";
import { checkDraft, openPopup, switchOn } from "../support/popup.js";
import { type LoggingProxy, startProxy } from "../support/proxy.js";
import { askedFor, RISKY } from "../support/suite.js";
import { until } from "../support/wait.js";

/** What could make a request. The engine's and the bundle's own files are fetched from the package by the background alone. */
const REACHES_OUT =
  /\b(fetch|XMLHttpRequest|WebSocket|WebTransport|EventSource|sendBeacon|RTCPeerConnection|importScripts)\b|\bnew Image\b|\bimport\(/g;
const MAY_FETCH_ITS_OWN = new Set(["background.js"]);

/** Whose hosts a browser asks by itself, with an extension or without: for updates, settings and kinds of form fields. */
const BROWSERS_OWN: Readonly<Record<BrowserName, RegExp>> = {
  chromium: /(^|\.)(google\.com|googleapis\.com|gstatic\.com|gvt1\.com)$/,
  firefox: /(^|\.)mozilla\.(com|net|org)$/,
};

function hostOf(request: string): string {
  const [, address = ""] = request.split(" ");
  return address.includes("://") ? new URL(address).hostname : address.replace(/:\d+$/, "");
}

/** Hosts that were asked for though neither the pages under test nor the browser itself asks for them. */
function foreignHosts(name: BrowserName, requests: readonly string[]): readonly string[] {
  const hosts = new Set(requests.map(hostOf));
  return [...hosts].filter((host) => !host.endsWith("localhost") && !BROWSERS_OWN[name].test(host));
}

function scripts(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(js|html|css)$/.test(file),
  );
}

for (const name of askedFor()) {
  describe(`No network (${name})`, () => {
    it("no shipped script but the background holds anything that could make a request", () => {
      const folder = extensionFolder(name);
      const files = scripts(folder).filter((file) => !MAY_FETCH_ITS_OWN.has(file));
      assert.ok(files.includes("guard.js"), "the guard is among the files");
      for (const file of files) {
        const found = readFileSync(join(folder, file), "utf8").match(REACHES_OUT);
        assert.deepEqual(found ?? [], [], `${file} could make a request`);
      }
    });

    it("the background fetches nothing but its own package, by a policy that it cannot lift", () => {
      const folder = extensionFolder(name);
      const source = readFileSync(join(folder, "background.js"), "utf8");
      const ways = new Set(source.match(REACHES_OUT) ?? []);
      ways.delete("fetch");
      assert.deepEqual([...ways], []);
      const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
        content_security_policy: { extension_pages: string };
      };
      assert.match(manifest.content_security_policy.extension_pages, /connect-src '(none|self)'/);
      assert.match(manifest.content_security_policy.extension_pages, /default-src 'none'/);
    });

    it("no shipped page or style names another place", () => {
      const folder = extensionFolder(name);
      for (const file of scripts(folder).filter((one) => !one.endsWith(".js"))) {
        const found = readFileSync(join(folder, file), "utf8").match(
          /(src|href|url|action)\s*[=(]\s*["']?(https?:)?\/\/[^"')\s]+/g,
        );
        assert.deepEqual(found ?? [], [], `${file} names another place`);
      }
    });
  });

  describe(`A browser behind a proxy that writes every request down (${name})`, () => {
    let proxy: LoggingProxy;
    let fixtures: Fixtures;
    let browser: TestBrowser;
    before(async () => {
      proxy = await startProxy();
      fixtures = await startFixtures();
      browser = await startBrowser(name, {
        extension: extensionFolder(name),
        headless: true,
        binary: null,
        proxy: proxy.address,
        viewport: null,
      });
    });
    after(async () => {
      await browser?.close();
      await fixtures?.close();
      await proxy?.close();
    });

    it("typing, holding, deciding and checking bring about no request but the page’s own", async () => {
      const page = await browser.newPage();
      await page.goto(`${fixtures.origin("forum")}/fetch`);
      await switchOn(browser, page);
      const before = proxy.requests.length;
      await page.type("#composer", RISKY);
      await page.click("#send");
      const panel = await panelIn(browser, page);
      await panel.postAnyway();
      await fixtures.posted("forum", 1);
      await settled(page);
      const popup = await openPopup(browser, page);
      await checkDraft(popup, RISKY);
      await until("what was found", () => popup.$("mark"));

      const own = new URL(fixtures.origin("forum")).host;
      assert.ok(
        proxy.requests.slice(0, before).includes(`GET http://${own}/fetch`),
        "the proxy sees the page’s requests",
      );
      const since = proxy.requests.slice(before).filter((line) => line.includes("localhost"));
      assert.deepEqual(since, [`POST http://${own}/posts`, `GET http://${own}/barrier`]);
      const text = encodeURIComponent(RISKY).slice(0, 12);
      assert.ok(!proxy.requests.some((line) => line.includes(text) || line.includes("Hartley")));
      assert.deepEqual(foreignHosts(name, proxy.requests), []);
      await page.evaluate(() => fetch("http://elsewhere.example/").catch(() => undefined));
      assert.deepEqual(foreignHosts(name, proxy.requests), ["elsewhere.example"], "one would be seen");
    });
  });
}
