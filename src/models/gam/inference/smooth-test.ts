import {
  chiSquared,
  fisherF,
  multiplyDense,
  symmetricEigen,
  transformSymmetric,
  transposeDense,
  weightedChiSquared,
} from "../../../numeric/index.ts";
import { upperCholesky } from "./upper-cholesky.ts";

/** The coefficients of one smooth; matrices are size × size. */
export interface SmoothCoefficients {
  readonly estimates: Float64Array;
  /** Their covariance given the data and the smoothing parameters. */
  readonly covariance: Float64Array;
  /** Their part of X'WX. */
  readonly gram: Float64Array;
}

/** What a statistic is referred to. */
export interface ReferenceScale {
  /** Degrees of freedom that the dispersion was estimated with; Infinity where it is known. */
  readonly residualDegreesOfFreedom: number;
}

/**
 * The upper tail of a weighted sum of chi-squared variables over a mean square. Its degrees of freedom are rounded, so that p-values agree with
 * those of mgcv, whose algorithm needs whole ones: they differ by a thousandth of themselves at a hundred degrees of freedom.
 */
export function upperOfMixture(
  statistic: number,
  weights: readonly number[] | Float64Array,
  { residualDegreesOfFreedom }: ReferenceScale,
): number {
  return weightedChiSquared.upperOfRatio(statistic, weights, Math.max(1, Math.round(residualDegreesOfFreedom)));
}

export interface SmoothTest {
  /** An F value where the dispersion is estimated, else a chi-squared value. */
  readonly statistic: number;
  readonly referenceDegreesOfFreedom: number;
  /** Of the hypothesis that the smooth is 0 everywhere. */
  readonly pValue: number;
}

/** Eigenvalues below this share of the largest carry no information. */
const NO_INFORMATION = 1e-14;
/** Ranks this near to a whole number are whole. */
const WHOLE = 1e-8;

/**
 * Whether a smooth is 0, by a Wald statistic that uses as many directions of its values at the data as it has effective degrees of freedom: a
 * whole number of eigenvectors of their covariance, and two more that share what is left over.
 *
 * @param rank the sum of the smooth's reference degrees of freedom (edf1)
 * @see Wood (2013), On p-values for smooth components of an extended generalized additive model, doi:10.1093/biomet/ass048
 */
export function testSmooth(smooth: SmoothCoefficients, rank: number, scale: ReferenceScale): SmoothTest {
  const { residualDegreesOfFreedom } = scale;
  const { lengths, values } = fittedDirections(smooth);
  const informative = values.filter((value) => value > NO_INFORMATION * values[0]).length;
  const bounded = Math.min(rank, informative);
  const nearest = Math.max(1, Math.round(bounded));
  const used = Math.abs(bounded - nearest) < WHOLE || bounded < 1 ? nearest : bounded;
  const whole = Math.floor(used);
  const share = used - whole;
  let base = 0;
  for (let i = 0; i < (share === 0 ? whole : whole - 1); i++) base += lengths[i] ** 2 / values[i];
  if (share === 0) {
    return describe(base, used, upperOfWhole(base, used, residualDegreesOfFreedom), residualDegreesOfFreedom);
  }
  const pair = (sign: number): number => {
    const [one, two] = [(sign * lengths[whole - 1]) / Math.sqrt(values[whole - 1]), lengths[whole] / Math.sqrt(values[whole])];
    return one ** 2 + share * two ** 2 + 2 * Math.sqrt((share * (1 - share)) / 2) * one * two;
  };
  const spread = Math.sqrt((share + 1) * (1 - share));
  const weights = [...new Float64Array(whole - 1).fill(1), (share + 1 + spread) / 2, (share + 1 - spread) / 2];
  const [first, second] = [base + pair(1), base + pair(-1)];
  // The signs of eigenvectors are arbitrary: both are looked at.
  const pValue = (upperOfMixture(first, weights, scale) + upperOfMixture(second, weights, scale)) / 2;
  return describe(first, used, pValue, residualDegreesOfFreedom);
}

function upperOfWhole(statistic: number, rank: number, df: number): number {
  return df === Infinity ? chiSquared.upper(statistic, rank) : fisherF.upper(statistic / rank, rank, df);
}

function describe(statistic: number, rank: number, pValue: number, df: number): SmoothTest {
  return { statistic: df === Infinity ? statistic : statistic / rank, referenceDegreesOfFreedom: rank, pValue };
}

/** The smooth's values at the data along the eigenvectors of their covariance, whose first entries are made positive, and the eigenvalues. */
function fittedDirections({ estimates, covariance, gram }: SmoothCoefficients): { lengths: Float64Array; values: Float64Array } {
  const k = estimates.length;
  const root = upperCholesky(gram, k) ?? symmetricRoot(gram, k);
  const fitted = multiplyDense(root, k, k, estimates, 1);
  const { values, vectors } = symmetricEigen(transformSymmetric(covariance, k, transposeDense(root, k, k), k), k);
  const lengths = estimates.map((_, j) => {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += vectors[i * k + j] * fitted[i];
    return vectors[j] < 0 ? -sum : sum;
  });
  return { lengths, values };
}

/** For columns that depend on each other. */
function symmetricRoot(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, size);
  const scaled = vectors.map((value, cell) => value * Math.sqrt(Math.max(0, values[cell % size])));
  return multiplyDense(scaled, size, size, transposeDense(vectors, size, size), size);
}
