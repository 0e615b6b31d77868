import { describeReceived, InputError } from "../../errors.ts";
import { createRandom, dot, normal } from "../../numeric/index.ts";
import { drawDeviates } from "./posterior.ts";

/** How a band is made. */
export interface BandOptions {
  /** The confidence of the band, 0 to 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /**
   * Whether the band is to hold the whole curve with that confidence; else it holds each point with it, on the average over the curve.
   * @defaultValue false
   */
  readonly simultaneous?: boolean;
  /** Draws behind a simultaneous band. @defaultValue 10000 */
  readonly draws?: number;
  /** The same seed gives the same band. @defaultValue 1 */
  readonly seed?: number;
}

/** Linear combinations of coefficients, one a point. */
export interface LinearRows {
  /** points × coefficients, row-major. */
  readonly rows: Float64Array;
  readonly coefficients: Float64Array;
  /** Square. */
  readonly covariance: Float64Array;
}

/** Values at points with a band around them. */
export interface Band {
  readonly estimate: Float64Array;
  readonly standardErrors: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly confidence: number;
  readonly simultaneous: boolean;
  /** How many standard errors the band reaches to each side. */
  readonly criticalValue: number;
}

const MOST_DRAWS = 1_000_000;

/**
 * Estimates, standard errors and a band.
 *
 * @see Marra and Wood (2012), doi:10.1111/j.1467-9469.2011.00760.x (coverage of pointwise bands); Ruppert, Wand and Carroll (2003),
 * doi:10.1017/CBO9780511755453, section 6.5 (simultaneous bands)
 */
export function makeBand(linear: LinearRows, options: BandOptions): Band {
  const { rows, coefficients, covariance } = linear;
  const q = coefficients.length;
  const numPoints = rows.length / q;
  const rowAt = (i: number): Float64Array => rows.subarray(i * q, (i + 1) * q);
  const estimate = new Float64Array(numPoints);
  const standardErrors = new Float64Array(numPoints);
  for (let i = 0; i < numPoints; i++) {
    const row = rowAt(i);
    estimate[i] = dot(row, coefficients);
    let variance = 0;
    for (let a = 0; a < q; a++) if (row[a] !== 0) variance += row[a] * dot(row, covariance.subarray(a * q, (a + 1) * q));
    standardErrors[i] = Math.sqrt(Math.max(0, variance));
  }
  const { confidence = 0.95, simultaneous = false } = options;
  const criticalValue = simultaneous
    ? simultaneousValue({ rows, covariance, numCoefficients: q }, standardErrors, options)
    : normal.quantile((1 + confidence) / 2);
  return {
    estimate,
    standardErrors,
    low: estimate.map((value, i) => value - criticalValue * standardErrors[i]),
    high: estimate.map((value, i) => value + criticalValue * standardErrors[i]),
    confidence,
    simultaneous,
    criticalValue,
  };
}

/** The quantile of the greatest deviation, in standard errors, over all points. */
export function simultaneousValue(
  { rows, covariance, numCoefficients: q }: Pick<LinearRows, "rows" | "covariance"> & { readonly numCoefficients: number },
  standardErrors: Float64Array,
  options: Pick<BandOptions, "confidence" | "draws" | "seed">,
): number {
  const { confidence = 0.95, draws = 10_000, seed = 1 } = options;
  const deviates = drawDeviates(covariance, q, draws, createRandom(seed));
  const greatest = new Float64Array(draws);
  for (let k = 0; k < draws; k++) {
    const deviate = deviates.subarray(k * q, (k + 1) * q);
    for (let i = 0; i < standardErrors.length; i++) {
      if (standardErrors[i] === 0) continue;
      let sum = 0;
      for (let a = 0; a < q; a++) sum += rows[i * q + a] * deviate[a];
      greatest[k] = Math.max(greatest[k], Math.abs(sum) / standardErrors[i]);
    }
  }
  greatest.sort();
  return greatest[Math.min(draws - 1, Math.ceil(confidence * draws) - 1)];
}

/** @throws {@link InputError} for odd options */
export function checkBandOptions(call: string, { confidence, simultaneous, draws, seed }: BandOptions): void {
  const fail = (argument: string, expected: string, received: unknown, mend: string): never => {
    throw new InputError({ call, argument, expected, received: describeReceived(received), mend });
  };
  if (confidence !== undefined && !(confidence > 0 && confidence < 1)) {
    fail("confidence", "a number between 0 and 1", confidence, "Leave it out for 0.95.");
  }
  if (simultaneous !== undefined && typeof simultaneous !== "boolean") {
    fail("simultaneous", "true or false", simultaneous, "Leave it out for false.");
  }
  if (draws !== undefined && !(Number.isInteger(draws) && draws >= 100 && draws <= MOST_DRAWS)) {
    fail("draws", `a whole number from 100 to ${MOST_DRAWS}`, draws, "Leave it out for 10000.");
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) fail("seed", "a whole number", seed, "Leave it out for 1.");
}
