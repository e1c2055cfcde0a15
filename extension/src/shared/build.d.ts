// Constants that the build puts in place of these names: what is packaged, where, and with which content.

/** A bundle packaged with the extension: its payload's path inside the package and its SHA-256 in hex. */
interface BuiltinBundle {
  readonly id: string;
  readonly serial: number;
  readonly path: string;
  readonly sha256: string;
}

declare const BUILTIN_BUNDLES: readonly BuiltinBundle[];

/** The engine's WebAssembly inside the package, such as "/engine.wasm". */
declare const ENGINE_WASM_PATH: string;

/** The semantic reviewer's WebAssembly inside the package, the fastest first. */
declare const SEMANTIC_WASM_PATHS: readonly string[];

/** The semantic reviewer's weights inside the package. */
declare const WEIGHTS: { readonly path: string; readonly bytes: number; readonly sha256: string };
