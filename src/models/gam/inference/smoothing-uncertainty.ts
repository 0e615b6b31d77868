import { multiplyDense, symmetricEigen, transformSymmetric } from "../../../numeric/index.ts";
import { invertUpper, upperCholeskyOfRest } from "./upper-cholesky.ts";
import type { PenalizedEstimates } from "./effective-degrees.ts";

/** How well the criterion determines the smoothing parameters, and what depends on them. */
export interface SmoothingCurvature {
  /** Second derivatives of the criterion (a minus log likelihood) by the logarithms of the M smoothing parameters, and then of others; square. */
  readonly hessian: Float64Array;
  /** By each log smoothing parameter, and by others whose uncertainty counts too: the derivatives of the p estimates. */
  readonly slopes: readonly Float64Array[];
  /** By each of the same: the derivative of the penalty Σ λS; p × p. */
  readonly penalties: readonly Float64Array[];
}

/** Variance that the second-order term's smoothing parameters are held to: so that its linearisation is asked for no long steps. */
const PRIOR_PRECISION = 0.1;

/**
 * What the uncertainty of the smoothing parameters adds to the covariance of the estimates: `J V J'` for the estimates themselves, and the change
 * of their conditional covariance to first order.
 *
 * @returns p × p
 * @see Wood, Pya and Säfken (2016), doi:10.1080/01621459.2016.1180986, section 4
 */
export function smoothingCovariance(
  { unscaledCovariance, estimates, fisherGram }: PenalizedEstimates,
  penalty: Float64Array,
  dispersion: number,
  { hessian, slopes, penalties }: SmoothingCurvature,
): Float64Array {
  const p = estimates.length;
  const upper = upperCholeskyOfRest(
    fisherGram.map((value, cell) => value + penalty[cell]),
    p,
  );
  const variance = generalInverse(hessian, 0);
  const heldVariance = generalInverse(hessian, PRIOR_PRECISION);
  const root = invertUpper(upper, p);
  const turned = penalties.map((matrix) => multiplyDense(root, p, p, upperHalf(transformSymmetric(matrix, p, root, p), p), p));
  const size = Math.round(Math.sqrt(hessian.length));
  const sum = new Float64Array(unscaledCovariance.length);
  for (let k = 0; k < slopes.length; k++) {
    for (let l = 0; l < slopes.length; l++) {
      addOuter(sum, variance[k * size + l], slopes[k], slopes[l]);
      addProduct(sum, dispersion * heldVariance[k * size + l], turned[k], turned[l], p);
    }
  }
  return sum;
}

/** (H + ridge)⁺ over the directions in which H rises; a criterion is flat where it does not. */
function generalInverse(hessian: Float64Array, ridge: number): Float64Array {
  const size = Math.round(Math.sqrt(hessian.length));
  const { values, vectors } = symmetricEigen(hessian, size);
  const inverse = new Float64Array(hessian.length);
  for (let j = 0; j < size; j++) {
    const divisor = Math.max(values[j], 0) + ridge;
    if (!(divisor > 0)) continue;
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) inverse[a * size + b] += (vectors[a * size + j] * vectors[b * size + j]) / divisor;
    }
  }
  return inverse;
}

/** The upper triangle with half of the diagonal: the derivative of a Cholesky factor of the identity. */
function upperHalf(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((value, cell) => {
    const [i, j] = [Math.floor(cell / size), cell % size];
    return i < j ? value : i === j ? value / 2 : 0;
  });
}

function addOuter(sum: Float64Array, factor: number, one: Float64Array, other: Float64Array): void {
  const p = one.length;
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sum[i * p + j] += factor * one[i] * other[j];
}

/** sum += factor · A B' of upper triangular A and B. */
function addProduct(sum: Float64Array, factor: number, a: Float64Array, b: Float64Array, p: number): void {
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      let cell = 0;
      for (let k = Math.max(i, j); k < p; k++) cell += a[i * p + k] * b[j * p + k];
      sum[i * p + j] += factor * cell;
    }
  }
}

/** What the uncertainty of the smoothing makes of the effective degrees of freedom: diag of `corrected covariance × X'WX / dispersion`, in sum at most `edf1`'s. */
export function correctedDegrees(corrected: Float64Array, fisherGram: Float64Array, dispersion: number, edf1: Float64Array): Float64Array {
  const p = edf1.length;
  const edf2 = edf1.map((_, j) => {
    let sum = 0;
    for (let k = 0; k < p; k++) sum += corrected[j * p + k] * fisherGram[k * p + j];
    return sum / dispersion;
  });
  return sumOf(edf2) > sumOf(edf1) ? edf1 : edf2;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
