import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { createRandom, randomNormal, symmetricEigen } from "../../numeric/index.ts";
import type { Random } from "../../numeric/index.ts";
import type { TableLike } from "../../table/index.ts";
import { knownCovariance } from "../glm/covariance.ts";
import { predictMeansOf } from "../glm/predictions.ts";
import type { PredictOptions } from "../glm/predictions.ts";
import { zeroAliased } from "../glm/zero-aliased.ts";
import type { GamFit } from "./gam-fit.ts";

/** How draws are made. */
export interface DrawOptions {
  /** The same seed gives the same draws. @defaultValue 1 */
  readonly seed?: number;
  /** Draw with the uncertainty of the smoothing parameters. @defaultValue false */
  readonly unconditional?: boolean;
}

/** Coefficients drawn from their posterior distribution. */
export interface CoefficientDraws {
  /** draws × coefficients, row-major. */
  readonly values: Float64Array;
  readonly numDraws: number;
  readonly numCoefficients: number;
  /** Names of the coefficients. */
  readonly names: readonly string[];
}

/** Predictions by drawn coefficients. */
export interface PredictionDraws {
  /** draws × rows, row-major. */
  readonly values: Float64Array;
  readonly numDraws: number;
  readonly numRows: number;
}

const SEED = 1;

/** Draws from the normal distribution around the estimates. @throws {@link InputError} for odd options */
export function drawCoefficients(call: string, fit: GamFit, count: number, options: DrawOptions): CoefficientDraws {
  refuseUnknownOptions(call, options, ["seed", "unconditional"]);
  const estimates = zeroAliased(fit.estimates);
  const p = estimates.length;
  checkDraws(call, count, p, options.seed);
  const deviates = drawDeviates(knownCovariance(call, fit), p, count, createRandom(options.seed ?? SEED));
  const values = deviates.map((value, cell) => estimates[cell % p] + value);
  return { values, numDraws: count, numCoefficients: p, names: fit.recipe.columnNames };
}

/** Predictions by the same draws. @throws {@link InputError} for odd options and data */
export function drawPredictions(
  call: string,
  fit: GamFit,
  data: TableLike,
  count: number,
  options: DrawOptions & PredictOptions,
): PredictionDraws {
  const { seed, unconditional, ...rest } = options;
  const draws = drawCoefficients(call, fit, count, {
    ...(seed === undefined ? {} : { seed }),
    ...(unconditional === undefined ? {} : { unconditional }),
  });
  const p = draws.numCoefficients;
  const parts = predictMeansOf(
    fit,
    Array.from({ length: count }, (_, k) => draws.values.subarray(k * p, (k + 1) * p)),
    data,
    rest,
    call,
  );
  const numRows = parts[0].length;
  const values = new Float64Array(count * numRows);
  parts.forEach((part, k) => values.set(part, k * numRows));
  return { values, numDraws: count, numRows };
}

/** count × size deviates of mean 0 and a covariance, by its eigenvectors: it may be singular. */
export function drawDeviates(covariance: Float64Array, size: number, count: number, random: Random): Float64Array {
  const { values, vectors } = symmetricEigen(covariance, size);
  const root = vectors.map((value, cell) => value * Math.sqrt(Math.max(0, values[cell % size])));
  const out = new Float64Array(count * size);
  const standard = new Float64Array(size);
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < size; j++) standard[j] = randomNormal(random);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += root[i * size + j] * standard[j];
      out[k * size + i] = sum;
    }
  }
  return out;
}

/** Numbers that draws may take up in memory, 2 GB. */
const MOST_NUMBERS = 2 ** 28;

function checkDraws(call: string, count: number, numCoefficients: number, seed: number | undefined): void {
  const most = Math.floor(MOST_NUMBERS / numCoefficients);
  if (!(Number.isInteger(count) && count >= 1 && count <= most)) {
    const mend = "Take 1000 for intervals.";
    const expected = count > most ? `a whole number from 1 to ${most}` : "a whole number of at least 1";
    throw new InputError({ call, argument: "count", expected, received: describeReceived(count), mend });
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    throw new InputError({
      call,
      argument: "seed",
      expected: "a whole number",
      received: describeReceived(seed),
      mend: "Leave it out for 1.",
    });
  }
}
