/**
 * A log-likelihood by its derivatives, for responses that are no exponential family: all of one row of weight 1, and written where they are asked for,
 * so that nothing is allocated. `complement` is 1 − mean, computed as such; only distributions on (0, 1) need it.
 */
export interface MeanLikelihood {
  /** Writes the first, second and third derivative by the mean. */
  slopes(response: number, mean: number, complement: number, out: Float64Array): void;
  /** Writes the expected information on the mean, minus the mean of the second derivative, and its derivative by the mean. */
  expected(mean: number, complement: number, out: Float64Array): void;
  /** Twice what the log-likelihood lacks to the largest that any mean gives the response. */
  unitDeviance(response: number, mean: number, complement: number): number;
  /** That largest log-likelihood. */
  saturated(response: number): number;
  /** Writes derivatives by the own parameters on the scales without bounds. */
  byParameters(response: number, mean: number, complement: number, out: ParameterDerivatives): void;
}

/** Derivatives by q own parameters. */
export interface ParameterDerivatives {
  /** q: of the log-likelihood. */
  readonly first: Float64Array;
  /** q × q: second ones. */
  readonly second: Float64Array;
  /** q: of its derivative by the mean. */
  readonly slope: Float64Array;
  /** q: of its second derivative by the mean. */
  readonly curvature: Float64Array;
  /** q: of the expected information on the mean. */
  readonly expected: Float64Array;
}

export function emptyDerivatives(q: number): ParameterDerivatives {
  const numbers = (): Float64Array => new Float64Array(q);
  return { first: numbers(), second: new Float64Array(q * q), slope: numbers(), curvature: numbers(), expected: numbers() };
}
