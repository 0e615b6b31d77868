/** What was found at one strength. */
export interface PathPoint {
  /** One a column of the design, on its own scale. */
  readonly coefficients: Float64Array;
  /** With weights that sum to 1. */
  readonly deviance: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Fits one strength after the other, each from where the last one ended; quickest with strengths descending. */
export interface PathSolver {
  /** Deviance of the model with an intercept (if there is one) and offset alone; weights sum to 1. */
  readonly nullDeviance: number;
  /** The least strength at which all penalised coefficients are zero. */
  readonly largestStrength: number;
  solve(strength: number): PathPoint;
}
