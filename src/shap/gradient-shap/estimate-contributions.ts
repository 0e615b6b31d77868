import type { PathSamples } from "./path-samples.ts";

/** What is to be explained of one output for one row. */
export interface PathIntegral {
  /** `(x - b) ∂f/∂x` at each point: points × players, row-major. */
  readonly slopes: Float64Array;
  /** f(x). */
  readonly prediction: number;
  /** f of each background row. */
  readonly bases: Float64Array;
  /** Of the background rows, of sum 1. */
  readonly weights: Float64Array;
}

/** Contributions of one output for one row. */
export interface Contributions {
  readonly values: Float64Array;
  readonly standardErrors: Float64Array;
  /** Absent unless every background row has points of its own. */
  readonly backgroundErrors?: Float64Array;
  /**
   * How far the integral along the lines misses `f(x) - mean f(b)`, in units of what chance explains (its standard error and float32 rounding).
   */
  readonly surprise: number;
}

/** float32 keeps 2^-24 of a number; a network of some layers loses a few bits more. */
const ROUNDING = 2 ** -18;

/**
 * Means over the points, corrected by what is known exactly: along every line the slopes of all players integrate to f(x) - f(b), so that
 * the sum of means should be f(x) - mean f(b). What it misses is shared out as a control variate: the coefficients that leave the least
 * variance, `Σ Δ_j ΔT / Σ ΔT²` over the differences within pairs (T: the sum over players), add up to one, so that base value and contributions
 * add up to the prediction exactly. The same differences give the standard errors.
 */
export function estimateContributions(integral: PathIntegral, samples: PathSamples): Contributions {
  const { slopes, prediction, bases, weights } = integral;
  const numPoints = 2 * samples.numPairs;
  const numPlayers = slopes.length / numPoints;
  const totals = sumRows(slopes, numPoints, numPlayers);
  const means = meanOfRows(slopes, numPoints, numPlayers);
  const expected = prediction - bases.reduce((sum, base, row) => sum + weights[row] * base, 0);
  const miss = mean(totals) - expected;
  const rounding =
    ROUNDING * (Math.abs(prediction) + bases.reduce((sum, base, row) => sum + weights[row] * Math.abs(base), 0) + sumOfSizes(means));
  const { shares, variances, totalVariance } = regressOnTotals(slopes, totals, means, samples.numPairs, rounding);
  const surprise = Math.abs(miss) / Math.max(Math.sqrt(totalVariance) + rounding, Number.MIN_VALUE);
  const values = means.map((value, j) => value - shares[j] * miss);
  const spread = spreadOverBackground(integral, samples, shares, values, variances);
  return { values, standardErrors: variances.map(Math.sqrt), ...(spread ? { backgroundErrors: spread.map(Math.sqrt) } : {}), surprise };
}

/** The share of each player in what the total misses, and the variances that are left. */
function regressOnTotals(
  slopes: Float64Array,
  totals: Float64Array,
  means: Float64Array,
  numPairs: number,
  rounding: number,
): { shares: Float64Array; variances: Float64Array; totalVariance: number } {
  const numPlayers = means.length;
  const products = new Float64Array(numPlayers);
  let squares = 0;
  for (let pair = 0; pair < numPairs; pair++) {
    const total = totals[2 * pair] - totals[2 * pair + 1];
    squares += total * total;
    for (let j = 0; j < numPlayers; j++) {
      products[j] += total * (slopes[2 * pair * numPlayers + j] - slopes[(2 * pair + 1) * numPlayers + j]);
    }
  }
  const totalVariance = squares / (4 * numPairs * numPairs);
  // Where totals vary by no more than rounding there is but rounding to share: in proportion to size.
  const sizes = sumOfSizes(means);
  const shares = means.map((value, j) =>
    totalVariance > rounding * rounding ? products[j] / squares : sizes > 0 ? Math.abs(value) / sizes : 0,
  );
  const variances = new Float64Array(numPlayers);
  for (let pair = 0; pair < numPairs; pair++) {
    const total = totals[2 * pair] - totals[2 * pair + 1];
    for (let j = 0; j < numPlayers; j++) {
      const own = slopes[2 * pair * numPlayers + j] - slopes[(2 * pair + 1) * numPlayers + j];
      variances[j] += (own - shares[j] * total) ** 2;
    }
  }
  // A pair's mean varies by a quarter of its squared difference; one degree of freedom went into the shares.
  const scale = 1 / (4 * numPairs * Math.max(1, numPairs - 1));
  return { shares, variances: variances.map((sum) => sum * scale), totalVariance };
}

/**
 * Variance of the values as weighted means over background rows, `Σ w² (value of the row - value)² / (1 - Σ w²)`, less what of it comes from
 * drawing points; undefined where some rows have no points.
 */
function spreadOverBackground(
  { slopes, prediction, bases, weights }: PathIntegral,
  { rows }: PathSamples,
  shares: Float64Array,
  values: Float64Array,
  variances: Float64Array,
): Float64Array | undefined {
  const numPlayers = values.length;
  const counts = new Float64Array(weights.length);
  const sums = new Float64Array(weights.length * numPlayers);
  rows.forEach((row, point) => {
    counts[row]++;
    for (let j = 0; j < numPlayers; j++) sums[row * numPlayers + j] += slopes[point * numPlayers + j];
  });
  if (weights.length < 2 || counts.includes(0)) return undefined;
  const spread = new Float64Array(numPlayers);
  let squares = 0;
  counts.forEach((count, row) => {
    squares += weights[row] ** 2;
    let miss = bases[row] - prediction;
    for (let j = 0; j < numPlayers; j++) miss += sums[row * numPlayers + j] / count;
    for (let j = 0; j < numPlayers; j++) {
      spread[j] += (weights[row] * (sums[row * numPlayers + j] / count - shares[j] * miss - values[j])) ** 2;
    }
  });
  return spread.map((sum, j) => Math.max(0, sum / (1 - squares) - variances[j]));
}

function sumRows(values: Float64Array, numRows: number, width: number): Float64Array {
  return Float64Array.from({ length: numRows }, (_, row) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += values[row * width + j];
    return sum;
  });
}

function meanOfRows(values: Float64Array, numRows: number, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let row = 0; row < numRows; row++) for (let j = 0; j < width; j++) sums[j] += values[row * width + j];
  return sums.map((sum) => sum / numRows);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sumOfSizes(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}
