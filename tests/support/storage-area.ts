// A storage area of the browser that holds what it is given, for tests that run without a browser.

export const nobody = { addListener: () => undefined };

export function area(items: Record<string, unknown>) {
  return {
    get: (keys: string | null) => Promise.resolve(keys === null ? { ...items } : { [keys]: items[keys] }),
    set: (more: object) => Promise.resolve(Object.assign(items, more)),
    onChanged: nobody,
  };
}
