import { selectColumns } from "../../../numeric/index.ts";
import type { BlockMatrix } from "../../../numeric/index.ts";
import type { ColumnPenalty } from "./column-penalty.ts";

/**
 * The columns that a path is fitted on: those of a design without the ones left out and the constant ones. Fitting happens in units of the
 * scales: a coefficient there is the design's times the column's scale. Arrays have m numbers, one a column of `matrix`.
 */
export interface PathColumns {
  readonly matrix: BlockMatrix;
  /** Positions in the design. */
  readonly positions: Int32Array;
  /** Place of the intercept among them; −1 for none. */
  readonly intercept: number;
  readonly scales: Float64Array;
  readonly factors: Float64Array;
  /** In units of the scales. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly l1Ratio: number;
  /** What the squared part of the penalty is multiplied by: see `ridgeScale`. */
  readonly ridgeScale: number;
  /** Columns of the design. */
  readonly designSize: number;
}

/**
 * Chooses and scales the columns.
 *
 * @param deviations - of the columns of the matrix
 */
export function preparePathColumns(matrix: BlockMatrix, deviations: Float64Array, penalty: ColumnPenalty, ridgeScale: number): PathColumns {
  const isKept = (j: number): boolean => j === penalty.intercept || (deviations[j] > 0 && penalty.factors[j] < Number.POSITIVE_INFINITY);
  const positions = Int32Array.from(Array.from({ length: matrix.numColumns }, (_, j) => j).filter(isKept));
  const scales = Float64Array.from(positions, (j) => (penalty.standardize && j !== penalty.intercept ? deviations[j] : 1));
  return {
    matrix: positions.length === matrix.numColumns ? matrix : selectColumns(matrix, positions),
    positions,
    intercept: positions.indexOf(penalty.intercept),
    scales,
    factors: Float64Array.from(positions, (j) => penalty.factors[j]),
    lower: Float64Array.from(positions, (j, k) => penalty.lower[j] * scales[k]),
    upper: Float64Array.from(positions, (j, k) => penalty.upper[j] * scales[k]),
    l1Ratio: penalty.l1Ratio,
    ridgeScale,
    designSize: matrix.numColumns,
  };
}

/** Coefficients of the design (0 for columns not fitted) from those in units of the scales. */
export function toDesignScale({ positions, scales, designSize }: PathColumns, scaled: Float64Array): Float64Array {
  const coefficients = new Float64Array(designSize);
  positions.forEach((j, k) => (coefficients[j] = scaled[k] / scales[k]));
  return coefficients;
}

/** The two parts of the penalty on each column at a strength; an infinite strength holds all penalised columns at zero. */
export function penaltyParts(
  { factors, l1Ratio, ridgeScale }: PathColumns,
  strength: number,
): { readonly l1: Float64Array; readonly l2: Float64Array } {
  if (strength === Number.POSITIVE_INFINITY) {
    return { l1: factors.map((factor) => (factor > 0 ? strength : 0)), l2: new Float64Array(factors.length) };
  }
  const squared = strength * (1 - l1Ratio) * ridgeScale;
  return { l1: factors.map((factor) => factor * strength * l1Ratio), l2: factors.map((factor) => factor * squared) };
}

/** Below this share of the absolute part the largest strength is that of this share, as glmnet has it: ridge alone never zeroes all. */
export const LEAST_RATIO = 1e-3;

/** The least strength at which all penalised coefficients are zero, from the gradient where they are. */
export function largestStrength({ factors, l1Ratio }: PathColumns, gradient: Float64Array): number {
  let most = 0;
  factors.forEach((factor, k) => (most = factor > 0 ? Math.max(most, Math.abs(gradient[k]) / factor) : most));
  return most / Math.max(l1Ratio, LEAST_RATIO);
}
