// Looks over a page for what keeps people from using it: axe-core's checks of WCAG 2.2 A and AA, run inside the page.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "puppeteer-core";

const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What a page does wrong, a line each, naming the element. An empty list is what is wanted. */
export async function violations(frame: Frame): Promise<readonly string[]> {
  // As an expression: pages whose policy forbids eval take it all the same, since it comes from the driver.
  await frame.evaluate(SOURCE);
  const found = (await frame.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ["violations"] }).then((result) => result.violations)`,
  )) as readonly Violation[];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html} ${node.failureSummary ?? ""}`),
  );
}
