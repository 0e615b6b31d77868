import type { FamilyName } from "../../families/family.ts";

/** Strengths from the largest down to a share of it, even on the log scale. */
export function strengthSequence(largest: number, smallestRatio: number, number: number): Float64Array {
  if (number === 1) return Float64Array.of(largest);
  return Float64Array.from({ length: number }, (_, k) => largest * smallestRatio ** (k / (number - 1)));
}

/** When a path of its own strengths ends early, as glmnet ends it. */
export interface PathStopping {
  /** Ends once the deviance ratio is above this. */
  readonly largestDevianceRatio: number;
  /**
   * Ends once the deviance ratio gains less than this from one strength to the next; for gaussian a share of itself, for poisson ten times
   * that over four strengths.
   */
  readonly smallestGain: number;
}

/** Strengths that are always fitted. */
const LEAST_STRENGTHS = 5;

/** Whether the path so far, told by its deviance ratios, has nothing more to gain. */
export function isPathDone(ratios: readonly number[], family: FamilyName, { largestDevianceRatio, smallestGain }: PathStopping): boolean {
  const number = ratios.length;
  if (number < LEAST_STRENGTHS) return false;
  const last = ratios[number - 1];
  if (last > largestDevianceRatio) return true;
  if (family === "gaussian") return last - ratios[number - 2] < smallestGain * last;
  if (family === "poisson") return last - ratios[number - LEAST_STRENGTHS] < 10 * smallestGain * last;
  return last - ratios[number - 2] < smallestGain;
}
