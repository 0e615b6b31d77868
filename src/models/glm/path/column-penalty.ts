/** An elastic-net penalty as it falls on the p columns of a design. */
export interface ColumnPenalty {
  /** Share of the absolute part: 1 lasso, 0 ridge. */
  readonly l1Ratio: number;
  /** One factor a column: 0 unpenalised (as the intercept is), Infinity left out; the others as they multiply the strength. */
  readonly factors: Float64Array;
  /** Position of the intercept; −1 where there is none. */
  readonly intercept: number;
  /** Bounds of each coefficient, on its own scale. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Whether columns are brought to unit weighted standard deviation (divisor n) before they are penalised. */
  readonly standardize: boolean;
}

/** When a search for the coefficients at one strength ends. */
export interface PathSettings {
  /** Longest last step, as a share of the root of the null deviance, each coefficient in units of its curvature. */
  readonly tolerance: number;
  /** Most passes over the rows at one strength. */
  readonly maxIterations: number;
}

/**
 * Factors as glmnet uses them: rescaled so that they sum to the number of penalisable columns. Columns left out count as 1 in that sum.
 *
 * @param factors - one a column, any scale; Infinity leaves a column out
 */
export function rescaleFactors(factors: Float64Array, intercept: number): Float64Array {
  let sum = 0;
  factors.forEach((factor, j) => (sum += j === intercept ? 0 : factor === Number.POSITIVE_INFINITY ? 1 : factor));
  const number = factors.length - (intercept < 0 ? 0 : 1);
  const share = sum > 0 ? number / sum : 1;
  return factors.map((factor, j) => (j === intercept ? 0 : factor * share));
}
