// Serves the demo by itself and prints where it is. Ends with Ctrl+C.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDemo } from "./server.js";

const folder = mkdtempSync(join(tmpdir(), "second-reading-demo-"));
const demo = await startDemo(folder, Number(process.argv[2] ?? 4080));
for (const [name, origin] of Object.entries(demo.origins)) console.log(`${name.padEnd(6)} ${origin}/`);
console.log("Ctrl+C ends the demo.");
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void demo.close().then(() => rmSync(folder, { recursive: true, force: true }));
  });
}
