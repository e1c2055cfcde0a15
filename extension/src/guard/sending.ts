// Notices whether the browser itself is on its way with what a page publishes: the page is being left, though that shows
// only when the server answers, or a form was sent whose answer comes up in a frame or a window beside the page.

/** Whether the browser sends a form to a server, where the page leaves it to. */
function leadsToServer(form: HTMLFormElement, submitter: HTMLElement | null): boolean {
  const given = (name: "method" | "action") =>
    (submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name) ?? "").trim().toLowerCase();
  return given("method") !== "dialog" && !given("action").startsWith("javascript:");
}

/** Windows that nobody's act opens are blocked, and nothing is sent then. */
const mayOpenWindows = () => navigator.userActivation?.isActive ?? true;

function isSendingForm(event: Event): event is SubmitEvent {
  const form = event.composedPath()[0];
  return (
    event instanceof SubmitEvent &&
    event.isTrusted &&
    form instanceof HTMLFormElement &&
    leadsToServer(form, event.submitter) &&
    mayOpenWindows()
  );
}

/** Watches until `signal` aborts; what it returns tells what was seen by then. Of forms, those below `roots`. */
export function watchSending(roots: Iterable<Node>, signal: AbortSignal): () => boolean {
  let isLeaving = false;
  const sent: Event[] = [];
  const over = new AbortController();
  const leave = (event: Event) => {
    if (!event.isTrusted) return;
    isLeaving = true;
    over.abort();
  };
  // Only until it comes: a browser may not keep a page that listens to it for the person to come back to.
  const once = { signal: AbortSignal.any([over.signal, signal]), capture: true, passive: true };
  window.addEventListener("beforeunload", leave, once);
  const submit = (event: Event) => {
    if (isSendingForm(event)) sent.push(event);
  };
  for (const root of roots) root.addEventListener("submit", submit, { signal, capture: true, passive: true });
  // The page's own handlers come later, and may keep a form back.
  return () => isLeaving || sent.some((event) => !event.defaultPrevented);
}
