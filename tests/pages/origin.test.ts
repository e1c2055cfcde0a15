// How sites are named: by exact origin, granted by host.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  openOrigin,
  patternOf,
  siteName,
  typedOrigin,
  typedSites,
  webOrigin,
} from "../../extension/src/shared/origin.js";

function check(
  name: string,
  of: (address: string) => string | null,
  cases: readonly [string, string | null][],
) {
  describe(name, () => {
    for (const [address, expected] of cases) {
      it(address === "" ? "nothing" : address, () => assert.equal(of(address), expected));
    }
  });
}

check("the origin of a page", webOrigin, [
  ["https://forum.example.org/thread/1?x#y", "https://forum.example.org"],
  ["http://127.0.0.1:8000/", "http://127.0.0.1:8000"],
  ["about:blank", null],
  ["chrome://extensions/", null],
  ["chrome-extension://abcdef/popup.html", null],
  ["file:///home/me/page.html", null],
  ["data:text/html,hello", null],
  ["", null],
]);

check("the origin of a page that extensions may run on", openOrigin, [
  ["https://forum.example.org/", "https://forum.example.org"],
  ["https://chromewebstore.google.com/detail/x", null],
  ["https://addons.mozilla.org/", null],
]);

check("the pattern that covers an origin knows no port", patternOf, [
  ["https://forum.example.org", "https://forum.example.org/*"],
  ["http://127.0.0.1:8000", "http://127.0.0.1/*"],
  ["http://[::1]:8000", "http://[::1]/*"],
]);

check("an address as people type it", typedOrigin, [
  ["forum.example.org", "https://forum.example.org"],
  ["  Forum.Example.org/thread  ", "https://forum.example.org"],
  ["http://forum.example.org:8080/x", "http://forum.example.org:8080"],
  ["localhost:8000", "https://localhost:8000"],
  ["http://localhost:8000", "http://localhost:8000"],
  ["forum", null],
  ["two words.org", null],
  ["javascript://x.y/%0aalert(1)", null],
  ["ftp://files.example.org", null],
  ["https://", null],
  ["", null],
]);

check("the sites that a typed address means", (typed) => typedSites(typed).join(" ") || null, [
  ["facebook.com", "https://facebook.com https://www.facebook.com"],
  ["http://example.org:8080/x", "http://example.org:8080 http://www.example.org:8080"],
  ["mumsnet.co.uk", "https://mumsnet.co.uk https://www.mumsnet.co.uk"],
  ["middlesbrough.gov.uk", "https://middlesbrough.gov.uk https://www.middlesbrough.gov.uk"],
  ["bl.uk", "https://bl.uk https://www.bl.uk"],
  ["news.bl.uk", "https://news.bl.uk"],
  ["gov.uk", "https://gov.uk https://www.gov.uk"],
  ["www.gov.uk", "https://www.gov.uk"],
  ["www.facebook.com", "https://www.facebook.com"],
  ["www.example.co.uk", "https://www.example.co.uk"],
  ["forum.example.co.uk", "https://forum.example.co.uk"],
  ["m.facebook.com", "https://m.facebook.com"],
  ["t1.localhost", "https://t1.localhost"],
  ["http://localhost:8000", "http://localhost:8000"],
  ["http://127.0.0.1:8000", "http://127.0.0.1:8000"],
  ["http://[::1]:8000", "http://[::1]:8000"],
  ["example.org.", "https://example.org."],
  ["forum", null],
]);

check("a site's name", siteName, [
  ["https://forum.example.org", "forum.example.org"],
  ["https://forum.example.org:8443", "forum.example.org:8443"],
  ["http://forum.example.org", "http://forum.example.org"],
]);
