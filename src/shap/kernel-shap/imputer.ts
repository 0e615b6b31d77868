import { createRandom } from "../../numeric/index.ts";
import { GaussianCopula } from "./gaussian-copula.ts";
import { NearestNeighbours } from "./nearest-neighbours.ts";
import type { SyntheticRows } from "./synthetic-rows.ts";

/** Makes the absent features of a coalition up from the present ones. */
export interface Imputer {
  /** Rows made for each coalition; each weighs the same. */
  readonly numDraws: number;
  /**
   * @param row - position of the explained row
   * @param mask - the players present
   * @returns one array a column of the background, numDraws cells each, in its codes; those of present columns are not read. Valid until the next
   * call.
   */
  impute(row: number, mask: Uint32Array): readonly (Float64Array | Int32Array)[];
}

/**
 * What stands for absent features: `marginal`, the background rows as they are; or what goes with the present ones, drawn from a Gaussian copula
 * (`gaussianCopula`) or taken from the background rows nearest in them (`nearestNeighbours`).
 */
export type AbsentFeatures = "marginal" | "gaussianCopula" | "nearestNeighbours";

export const ABSENT_NAMES: readonly string[] = ["marginal", "gaussianCopula", "nearestNeighbours"] satisfies AbsentFeatures[];

/** Null for `marginal`. */
export function makeImputer(
  kind: AbsentFeatures,
  rows: SyntheticRows,
  playerOf: Int32Array,
  numDraws: number,
  seed: number,
): Imputer | null {
  if (kind === "gaussianCopula") return new GaussianCopula(rows.columns, playerOf, numDraws, createRandom(seed));
  return kind === "nearestNeighbours" ? new NearestNeighbours(rows.columns, playerOf, numDraws) : null;
}
