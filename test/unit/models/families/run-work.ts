import type { Family } from "../../../../src/models/index.ts";

/** One row through a loop: all that it writes. */
export function runWork(
  work: Family["work"],
  response: number,
  linearPredictor: number,
  weight = 1,
  observed = false,
): { deviance: number; mean: number; information: number; score: number } {
  const mean = new Float64Array(1);
  const information = new Float64Array(1);
  const score = new Float64Array(1);
  const deviance = work({
    count: 1,
    response: Float64Array.of(response),
    linearPredictor: Float64Array.of(linearPredictor),
    weights: Float64Array.of(weight),
    mean,
    information,
    score,
    observed,
  });
  return { deviance, mean: mean[0], information: information[0], score: score[0] };
}

/** One row through a loop for the slope of its information. */
export function runSlope(
  informationSlope: Family["informationSlope"],
  response: number,
  eta: number,
  weight = 1,
  observed = false,
): number {
  const slope = new Float64Array(1);
  const rows = { response: Float64Array.of(response), linearPredictor: Float64Array.of(eta), weights: Float64Array.of(weight) };
  informationSlope({ count: 1, ...rows, slope, observed });
  return slope[0];
}
