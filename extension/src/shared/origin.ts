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

/** Second labels under .uk beneath which names are given out, as in example.co.uk. */
const GIVEN_OUT_UNDER_UK = new Set("co org gov ac net nhs police sch ltd plc me".split(" "));

/** Whether a host has nothing before the name as people register it, or before one that names are given out beneath. */
function isBare(host: string): boolean {
  const labels = host.split(".");
  const [first, second = ""] = labels;
  if (first === "www" || labels.at(-1) === "localhost" || labels.includes("")) return false;
  return labels.length === 2 || (labels.length === 3 && labels[2] === "uk" && GIVEN_OUT_UNDER_UK.has(second));
}

/**
 * The sites that a typed address means. A bare name most often leads on to www. and its pages: with the name alone
 * switched on, nothing there would ever be read.
 */
export function typedSites(typed: string): readonly string[] {
  const origin = typedOrigin(typed);
  if (origin === null) return [];
  const url = new URL(origin);
  if (!isBare(url.hostname)) return [origin];
  url.hostname = `www.${url.hostname}`;
  return [origin, url.origin];
}

/** An origin as people know it: the host, with the port and the scheme only where they are unusual. */
export function siteName(origin: string): string {
  const url = parsed(origin);
  if (url === null) return origin;
  return url.protocol === "https:" ? url.host : url.origin;
}
