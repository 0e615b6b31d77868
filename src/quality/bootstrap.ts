import { refuseUnknownOptions } from "../errors.ts";
import { quantileSorted } from "simple-statistics";
import { createRandom } from "../numeric/index.ts";
import { checkWhole } from "./checks.ts";
import { makeInterval, type Estimate } from "./interval.ts";
import { sum } from "./sum.ts";

export interface BootstrapOptions {
  /**
   * How many times the rows are drawn again.
   * @defaultValue 1000
   */
  readonly resamples?: number;
  /**
   * Any whole number; the same seed gives the same intervals.
   * @defaultValue 1
   */
  readonly seed?: number;
}

/** Some statistics of a sample, by name. A statistic that the sample does not define counts as -Infinity. */
export type Statistics<Name extends string> = Readonly<Record<Name, number>>;

/**
 * Percentile bootstrap: draws the rows with replacement many times and takes the middle 95% of each statistic. The
 * standard error is the standard deviation over the resamples. Both are null where resamples leave the statistic
 * undefined too often to place the end, or where it never varies.
 *
 * @param numRows - rows in the sample.
 * @param measure - the statistics of the given row numbers (which may repeat); the array is reused from call to call.
 * @see Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13, doi:10.1201/9780429246593.
 */
export function bootstrap<Name extends string>(
  numRows: number,
  measure: (rows: Uint32Array) => Statistics<Name>,
  { resamples = 1000, seed = 1 }: BootstrapOptions,
): Record<Name, Estimate> {
  const random = createRandom(seed);
  const rows = Uint32Array.from({ length: numRows }, (_, i) => i);
  const whole = measure(rows);
  const names = Object.keys(whole) as Name[];
  const draws = names.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < numRows; i++) rows[i] = random.integer(numRows);
    const statistics = measure(rows);
    names.forEach((name, k) => (draws[k][resample] = statistics[name]));
  }
  const method = `percentile bootstrap, ${resamples} resamples, seed ${seed}`;
  return Object.fromEntries(names.map((name, k) => [name, estimateFromDraws(whole[name], draws[k], method)])) as Record<Name, Estimate>;
}

/** A seed is any whole number; fewer than 100 resamples do not place the ends of a 95% interval. */
export function checkBootstrap(call: string, options: BootstrapOptions): void {
  refuseUnknownOptions(call, options, ["resamples", "seed"]);
  const { resamples = 1000, seed = 1 } = options;
  checkWhole(call, "resamples", resamples, 100, "Leave it out for 1000 resamples.");
  checkWhole(call, "seed", seed, Number.MIN_SAFE_INTEGER, "Leave it out for seed 1.");
}

function estimateFromDraws(value: number, draws: Float64Array, method: string): Estimate {
  const ascending = Array.from(draws.sort());
  const low = quantileSorted(ascending, 0.025);
  const high = quantileSorted(ascending, 0.975);
  const spread = standardDeviation(draws);
  const isPlaced = Number.isFinite(low) && Number.isFinite(high) && low < high;
  return { value, standardError: Number.isFinite(spread) ? spread : null, interval: isPlaced ? makeInterval(low, high, method) : null };
}

function standardDeviation(values: Float64Array): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}
