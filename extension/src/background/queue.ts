// Changes to what is stored happen one after another: each reads, decides and writes before the next begins.

/** A line in which changes wait for one another. A failed one does not hold up the next. */
export function line(): <T>(change: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (change) => {
    const next = last.then(change, change);
    last = next.catch(() => {});
    return next;
  };
}
