// Sites are named by their exact origin. What the browser grants and registers is a match pattern, which knows
// no ports: two sites on one host may share one.

/** Pages of browser vendors on which no extension may run, whatever was granted. */
const CLOSED_TO_EXTENSIONS = new Set(["chromewebstore.google.com", "addons.mozilla.org"]);

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** The origin of a web page's address, or null for anything that is not http(s). */
export function webOrigin(address: string | undefined): string | null {
  const url = address === undefined ? null : parsed(address);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") ? url.origin : null;
}

/** Like `webOrigin`, but null as well where the browser lets no extension run. */
export function openOrigin(address: string | undefined): string | null {
  const origin = webOrigin(address);
  return origin === null || CLOSED_TO_EXTENSIONS.has(new URL(origin).hostname) ? null : origin;
}

/** The match pattern whose grant covers an origin. */
export function patternOf(origin: string): string {
  const url = new URL(origin);
  return `${url.protocol}//${url.hostname}/*`;
}

/** What a person types as a site's address, read kindly: without a scheme it is taken to be https. */
export function typedOrigin(typed: string): string | null {
  const address = typed.trim();
  if (address === "" || /\s/u.test(address)) return null;
  const url = parsed(/^[a-z][a-z0-9+.-]*:\/\//iu.test(address) ? address : `https://${address}`);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  // "forum" alone is far more likely a slip than a host, except for the machine itself.
  const host = url.hostname;
  return host === "localhost" || host.includes(".") || host.startsWith("[") ? openOrigin(url.origin) : null;
}

/** An origin as people know it: the host, with the port and the scheme only where they are unusual. */
export function siteName(origin: string): string {
  const url = parsed(origin);
  if (url === null) return origin;
  return url.protocol === "https:" ? url.host : url.origin;
}
