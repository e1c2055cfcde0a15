// Bundles a fixture page's real editor from its npm package, once for each run of the tests.

import { join } from "node:path";
import { build } from "esbuild";

export const EDITORS = ["quill", "tiptap", "lexical", "slate", "ckeditor", "draft", "react"] as const;
export type Editor = (typeof EDITORS)[number];

const bundles = new Map<string, Promise<string>>();

export function bundleEditor(name: string): Promise<string> {
  const known = bundles.get(name);
  if (known !== undefined) return known;
  const bundle = build({
    entryPoints: [join(import.meta.dirname, "..", "fixtures", "editors", `${name}.tsx`)],
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    // The editors' style sheets change nothing that the tests look at.
    loader: { ".css": "empty", ".svg": "text" },
    logLevel: "silent",
  }).then((result) => result.outputFiles[0]?.text ?? "");
  bundles.set(name, bundle);
  return bundle;
}
