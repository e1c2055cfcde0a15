// A proxy that writes down every request that a browser makes and lets only those to this computer through, so that a
// test can show that the extension makes none.

import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface LoggingProxy {
  readonly address: string;
  /** "GET http://t1.localhost:4080/form", or "CONNECT host:443" for what is encrypted; in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export async function startProxy(): Promise<LoggingProxy> {
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const address = new URL(incoming.url ?? "");
    requests.push(`${incoming.method ?? ""} ${address.href}`);
    if (!address.hostname.endsWith("localhost") && address.hostname !== "127.0.0.1") {
      outgoing.writeHead(403).end();
      return;
    }
    const onward = request(
      {
        host: "127.0.0.1",
        port: address.port,
        path: address.pathname + address.search,
        method: incoming.method,
        headers: incoming.headers,
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  server.on("connect", (incoming, socket) => {
    requests.push(`CONNECT ${incoming.url ?? ""}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  // A WebSocket without encryption.
  server.on("upgrade", (incoming, socket) => {
    requests.push(`UPGRADE ${incoming.url ?? ""}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
