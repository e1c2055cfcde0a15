// `node time.mjs MODULE.wasm WEIGHTS TEXT…`: how long loading and reading take in WebAssembly, best and middle of many.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const TIMES = 40;
const [, , modulePath, weightsPath, ...texts] = process.argv;
const code = readFileSync(modulePath);
const { instance } = await WebAssembly.instantiate(code, {});
const { memory, room, load, read, pieces } = instance.exports;

function put(bytes) {
  const at = room(bytes.length);
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
}

function timed(count, one) {
  const times = Array.from({ length: count }, () => {
    const began = performance.now();
    one();
    return performance.now() - began;
  }).sort((a, b) => a - b);
  return `best ${times[0].toFixed(1)} ms, middle ${times[Math.floor(count / 2)].toFixed(1)} ms`;
}

console.log(`module ${code.length} bytes, gzipped ${gzipSync(code, { level: 9 }).length}`);
const weights = readFileSync(weightsPath);
console.log(
  `load: ${timed(5, () => {
    put(weights);
    if (load() !== 1) throw new Error("the weights do not load");
  })}`,
);
for (const text of texts) {
  const bytes = new TextEncoder().encode(text);
  put(bytes);
  const any = read();
  const told = timed(TIMES, () => read());
  console.log(`${[...text].length} characters, ${pieces()} pieces: ${told} (${any.toFixed(4)})`);
}
console.log(`memory ${(memory.buffer.byteLength / 2 ** 20).toFixed(0)} MB`);
