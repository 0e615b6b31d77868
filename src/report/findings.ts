import type { QualityReport } from "../quality/index.ts";
import { findBinary } from "./findings-binary.ts";
import { findClasses } from "./findings-classes.ts";
import { findNumbers } from "./findings-numbers.ts";
import type { Facts } from "./facts.ts";

/** One figure in a tile: what it is, the figure, and how sure it is. */
export interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** What the quality of a model comes to, for those with one minute. */
export interface Findings {
  /** One sentence. */
  readonly headline: string;
  /** What the sentence takes for granted. */
  readonly explanation: string;
  /** What was measured on what, in one more sentence. */
  readonly evidence: string;
  readonly tiles: readonly Tile[];
}

/** The findings on quality in the words of the report. */
export function findQuality(facts: Facts, quality: QualityReport): Findings {
  if (quality.kind === "binary") return findBinary(facts, quality);
  return quality.kind === "multiclass" ? findClasses(facts, quality) : findNumbers(facts, quality);
}
