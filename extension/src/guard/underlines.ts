import type { Review } from "../shared/review.js";
import type { Composer } from "./composers.js";

export class Underlines {
  constructor(readonly signal: AbortSignal) {}
  show(_composer: Composer, _text: string, _review: Review): void {}
  changed(_composer: Composer, _text: string): void {}
  leave(): void {}
}
