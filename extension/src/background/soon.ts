// Pages may hang, or stand still behind a question of their own: whoever asks one must not wait for ever.

/** How long a page may take to say what it knows, in milliseconds. */
const ANSWERS_MS = 2000;

/** What a page says, or `late` where that takes too long. */
export function soon<T, L>(answer: Promise<T>, late: L): Promise<T | L> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), ANSWERS_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
