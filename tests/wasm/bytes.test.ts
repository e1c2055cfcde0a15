// The readers of what a browser hands over: bytes whole, limits kept, faults as errors with a name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOfBlob, bytesOfResponse } from "../../extension/generated/engine.js";
import "./module.js";

const BYTES = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);

async function refused(name: string, promise: Promise<unknown>): Promise<string> {
  let message = "";
  await assert.rejects(promise, (error) => {
    assert.ok(error instanceof Error, "errors are Error objects");
    assert.equal(error.name, name);
    message = error.message;
    return true;
  });
  return message;
}

/** A response whose body comes in pieces; `cancelled` tells whether reading was given up. */
function inPieces(pieces: readonly Uint8Array[]): { response: Response; cancelled: () => boolean } {
  let cancelled = false;
  const waiting = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = waiting.shift();
      if (piece) {
        controller.enqueue(piece);
      } else {
        controller.close();
      }
    },
    cancel() {
      cancelled = true;
    },
  });
  return { response: new Response(body), cancelled: () => cancelled };
}

test("a response is read whole, in one piece or many", async () => {
  assert.deepEqual(await bytesOfResponse(new Response(BYTES), BYTES.length), BYTES);
  const pieces = [BYTES.slice(0, 1), BYTES.slice(1, 60_000), new Uint8Array(), BYTES.slice(60_000)];
  assert.deepEqual(await bytesOfResponse(inPieces(pieces).response, BYTES.length), BYTES);
});

test("a response without a body has no bytes", async () => {
  assert.deepEqual(await bytesOfResponse(new Response(null), 10), new Uint8Array());
  assert.deepEqual(await bytesOfResponse(new Response(""), 0), new Uint8Array());
});

test("a response beyond the limit is given up", async () => {
  const { response, cancelled } = inPieces([BYTES, BYTES, BYTES]);
  const message = await refused("TooLargeError", bytesOfResponse(response, BYTES.length + 1));
  assert.ok(message.includes("100001"), message);
  assert.ok(cancelled());
});

test("a response that is an error, was read before or breaks off is a fault", async () => {
  const message = await refused("ReadError", bytesOfResponse(new Response("no", { status: 404 }), 10));
  assert.ok(message.includes("404"), message);
  const read = new Response(BYTES);
  await read.arrayBuffer();
  await refused("ReadError", bytesOfResponse(read, 1e6));
  const locked = new Response(BYTES);
  locked.body?.getReader();
  await refused("ReadError", bytesOfResponse(locked, 1e6));
  const broken = new ReadableStream({
    start(controller) {
      controller.error(new Error("the line went dead"));
    },
  });
  const why = await refused("ReadError", bytesOfResponse(new Response(broken), 10));
  assert.ok(why.includes("the line went dead"), why);
});

test("a file and a blob are read whole", async () => {
  assert.deepEqual(await bytesOfBlob(new Blob([BYTES]), BYTES.length), BYTES);
  assert.deepEqual(await bytesOfBlob(new File([BYTES], "bundle.srb"), 1e6), BYTES);
  assert.deepEqual(await bytesOfBlob(new Blob([]), 0), new Uint8Array());
});

test("a file beyond the limit is not read at all", async () => {
  const blob = new Blob([BYTES]);
  let read = false;
  blob.arrayBuffer = async () => {
    read = true;
    return new ArrayBuffer(0);
  };
  await refused("TooLargeError", bytesOfBlob(blob, BYTES.length - 1));
  assert.equal(read, false);
});

test("a file that cannot be read any more is a fault", async () => {
  const blob = new Blob([BYTES]);
  blob.arrayBuffer = async () => {
    throw new DOMException("The file was moved.", "NotReadableError");
  };
  const why = await refused("ReadError", bytesOfBlob(blob, 1e6));
  assert.ok(why.includes("The file was moved."), why);
});

test("a limit must be a number of bytes", async () => {
  for (const limit of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
    await refused("LimitError", bytesOfBlob(new Blob([]), limit));
    await refused("LimitError", bytesOfResponse(new Response(""), limit));
  }
});
