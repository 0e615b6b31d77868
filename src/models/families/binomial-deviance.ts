import { devianceTerm } from "../../numeric/index.ts";
import type { ProbabilityPoint } from "./probability-point.ts";

/** Probabilities below have logarithms, but no digits to lose in a quotient. */
const SMALLEST = 1e-290;

/** The unit deviance of a proportion at a located probability: exact for 0 and 1, and nothing cancels where the proportion is near the mean. */
export function binomialDeviance(y: number, point: ProbabilityPoint): number {
  if (y === 1) return -2 * point.logMean;
  if (y === 0) return -2 * point.logComplement;
  if (point.mean > SMALLEST && point.complement > SMALLEST)
    return 2 * (devianceTerm(y, point.mean) + devianceTerm(1 - y, point.complement));
  return 2 * (y * (Math.log(y) - point.logMean) + (1 - y) * (Math.log1p(-y) - point.logComplement));
}

/** The same from a mean alone, whose complement is 1 − mean. */
export function binomialDevianceOfMean(y: number, mean: number): number {
  if (y === 1) return -2 * Math.log(mean);
  if (y === 0) return -2 * Math.log1p(-mean);
  return 2 * (devianceTerm(y, mean) + devianceTerm(1 - y, 1 - mean));
}
