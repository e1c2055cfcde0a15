// Files of the extension's own package. Nothing else is ever fetched.

type Bytes = Uint8Array<ArrayBuffer>;

async function answer(path: string): Promise<Response> {
  const response = await fetch(chrome.runtime.getURL(path));
  if (!response.ok) throw new Error(`${path} is not in the package`);
  return response;
}

/**
 * Lets a file be taken in, and gives its memory back. Left to itself the browser keeps it until it tidies up, which a quiet
 * background hardly makes it do; and to detach the bytes is not enough, for what was fetched is held on the browser's own
 * side too. What is handed over to a closed channel goes at once.
 */
export async function takenIn<T>(bytes: Bytes, take: (bytes: Bytes) => T | Promise<T>): Promise<T> {
  try {
    return await take(bytes);
  } finally {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    port1.postMessage(null, [bytes.buffer]);
    port1.close();
  }
}

export async function packaged(path: string): Promise<Bytes> {
  return new Uint8Array(await (await answer(path)).arrayBuffer());
}

/** A reader that fills memory it is given; null where the browser has none for what it fetches. */
function byteReader(body: ReadableStream<Bytes> | null): ReadableStreamBYOBReader | null {
  try {
    return body?.getReader({ mode: "byob" }) ?? null;
  } catch {
    return null;
  }
}

/**
 * A large file, of a length that is known: read straight into its place, which takes a third less time than putting
 * parts together. Whether it is the one that was built, its hash tells.
 */
export async function packagedLarge(path: string, bytes: number): Promise<Bytes> {
  const response = await answer(path);
  const reader = byteReader(response.body);
  if (reader === null) return new Uint8Array(await response.arrayBuffer());
  const broken = new Error(`${path} is not whole`);
  let room: Bytes = new Uint8Array(bytes);
  try {
    for (let filled = 0; filled < bytes; ) {
      const { value } = await reader.read(room.subarray(filled));
      if (value === undefined || value.length === 0) throw broken;
      // The memory changes hands with each read.
      room = new Uint8Array(value.buffer);
      filled += value.length;
    }
    const { done } = await reader.read(new Uint8Array(1));
    if (!done) throw broken;
    return room;
  } finally {
    await reader.cancel();
  }
}
