// The few WebDriver BiDi commands that the driver library does not offer for Firefox: opening the extension's own
// pages, running code with the browser's own rights, and keys for a frame that the library cannot see focus in.
// It reaches for the library's connection, which its types keep to themselves; the pinned version makes that safe.

import type { Browser, Frame } from "puppeteer-core";

interface Connection {
  send(method: string, params: unknown): Promise<{ readonly result: unknown }>;
}

function isConnection(value: unknown): value is Connection {
  return typeof value === "object" && value !== null && "send" in value && typeof value.send === "function";
}

async function send(browser: Browser, method: string, params: unknown): Promise<Record<string, unknown>> {
  const connection: unknown = Reflect.get(browser, "connection");
  if (!isConnection(connection)) throw new TypeError("the driver library no longer shows its connection");
  const { result } = await connection.send(method, params);
  return (result ?? {}) as Record<string, unknown>;
}

/** The name of a frame's (or page's) browsing context. */
function contextOf(frame: Frame): string {
  return (frame as Frame & { readonly _id: string })._id;
}

/** Opens an address that the library's own `goto` would wait for in vain, and waits until it has loaded. */
export async function navigate(browser: Browser, frame: Frame, url: string): Promise<void> {
  await send(browser, "browsingContext.navigate", { context: contextOf(frame), url, wait: "complete" });
}

/**
 * Runs a function's source with the browser's own rights (`Services`, `WebExtensionPolicy`, …) in its main window,
 * with one argument that JSON can carry, and returns what JSON can carry back.
 */
export async function runInBrowser(browser: Browser, source: string, argument: unknown): Promise<unknown> {
  const tree = await send(browser, "browsingContext.getTree", { "moz:scope": "chrome" });
  const [window] = tree["contexts"] as readonly { readonly context: string }[];
  if (window === undefined) throw new Error("Firefox shows no window");
  const answer = await send(browser, "script.callFunction", {
    functionDeclaration: `async (argument) => JSON.stringify((await (${source})(JSON.parse(argument))) ?? null)`,
    arguments: [{ type: "string", value: JSON.stringify(argument) }],
    target: { context: window.context },
    awaitPromise: true,
  });
  if (answer["type"] === "exception")
    throw new Error(`in Firefox itself: ${JSON.stringify(answer["exceptionDetails"])}`);
  return JSON.parse((answer["result"] as { readonly value: string }).value);
}

const KEYS: Readonly<Record<string, string>> = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Escape: "\uE00C",
  Space: " ",
};

/** Presses keys together (the last one with the others held) in exactly this frame. */
export async function pressInFrame(browser: Browser, frame: Frame, keys: readonly string[]): Promise<void> {
  const values = keys.map((key) => KEYS[key] ?? key);
  const actions = [
    ...values.map((value) => ({ type: "keyDown", value })),
    ...values.toReversed().map((value) => ({ type: "keyUp", value })),
  ];
  await send(browser, "input.performActions", {
    context: contextOf(frame),
    actions: [{ type: "key", id: "keyboard of the frame", actions }],
  });
}
