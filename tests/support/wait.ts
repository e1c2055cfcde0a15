// Waiting for a condition, with a bound, and saying what was there instead when the bound is reached.

/** How long anything that a person would wait for may take on a busy machine, in milliseconds. */
export const BOUND = 15_000;

/** How long a browser's driver may take to answer one call, in milliseconds; a call that never ends is named then. */
export const ANSWERS_WITHIN = 25_000;

/**
 * How long one question may go unanswered, in milliseconds. A page that is on its way elsewhere can take a question
 * with it: no answer ever comes, and the page that stands there now has to be asked.
 */
const UNANSWERED = 4_000;

/**
 * Asks until the answer is no longer null and returns it. For conditions that no event announces (another process's
 * database, a frame of another process); where an event exists, wait for that instead.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null> | T | null,
  bound = BOUND,
): Promise<T> {
  const end = performance.now() + bound;
  for (;;) {
    const answer = await answered(ask());
    if (answer !== null) return answer;
    if (performance.now() > end) throw new Error(`waited ${bound} ms in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The answer, or null where none comes. */
async function answered<T>(asked: Promise<T | null> | T | null): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const unanswered = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), UNANSWERED);
  });
  const answer = Promise.resolve(asked);
  // An answer that comes after all, or fails, is nobody's any more.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, unanswered]);
  } finally {
    clearTimeout(timer);
  }
}

/** The promise's value, or an error that names what did not come. */
export async function within<T>(what: string, promise: Promise<T>, bound = BOUND): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${bound} ms in vain for: ${what}`)), bound);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
