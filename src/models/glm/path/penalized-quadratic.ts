/**
 * A quadratic function with an elastic-net penalty, at a place that moves:
 * `q(b) + Σ l1_j |b_j| + ½ Σ l2_j b_j²` over `lower ≤ b ≤ upper`, where q has the given Hessian. Arrays have `size` numbers.
 */
export interface PenalizedQuadratic {
  readonly size: number;
  /** size × size, symmetric, positive semidefinite. */
  readonly hessian: Float64Array;
  /** Where the search stands; moved to the minimum. */
  readonly coefficients: Float64Array;
  /** Gradient of q there; kept up to date. */
  readonly gradient: Float64Array;
  readonly l1: Float64Array;
  readonly l2: Float64Array;
  /** At most 0. */
  readonly lower: Float64Array;
  /** At least 0. */
  readonly upper: Float64Array;
}

/** Adds `step` to coefficient j and carries the gradient along. */
export function moveCoefficient({ size, hessian, coefficients, gradient }: PenalizedQuadratic, j: number, step: number): void {
  coefficients[j] += step;
  const row = j * size;
  for (let k = 0; k < size; k++) gradient[k] += hessian[row + k] * step;
}

/**
 * One visit to each coordinate (or to those that are not zero), each set to its minimum given the others.
 * @returns the longest step, in units of `√hessian_jj`
 * @see Friedman, Hastie and Tibshirani (2010), doi:10.18637/jss.v033.i01, equation 5.
 */
export function sweepCoordinates(quadratic: PenalizedQuadratic, onlyActive: boolean): number {
  const { size, hessian, coefficients, gradient, l1, l2, lower, upper } = quadratic;
  let longest = 0;
  for (let j = 0; j < size; j++) {
    const before = coefficients[j];
    if (onlyActive && before === 0) continue;
    const curvature = hessian[j * size + j];
    const bend = curvature + l2[j];
    if (!(bend > 0)) continue;
    const pull = curvature * before - gradient[j];
    const shrunk = pull > l1[j] ? pull - l1[j] : pull < -l1[j] ? pull + l1[j] : 0;
    const after = Math.min(upper[j], Math.max(lower[j], shrunk / bend));
    if (after === before) continue;
    moveCoefficient(quadratic, j, after - before);
    coefficients[j] = after;
    longest = Math.max(longest, Math.sqrt(curvature) * Math.abs(after - before));
  }
  return longest;
}
