import { checkCount } from "./checks.ts";
import { estimateLoss, type LossEstimate } from "./mean-loss.ts";
import { sum } from "./sum.ts";

/**
 * Mean Poisson deviance of predicted means, `2 (y log(y / mean) − (y − mean))` a row. Its `skill` is the share of the
 * deviance explained, against giving every row the mean response.
 *
 * @param response - counts (or rates) of 0 or more, one a row; not all 0.
 * @param predictions - means above 0, one a row.
 * @throws InputError on arrays of other lengths or other values.
 * @see McCullagh and Nelder (1989), Generalized Linear Models, section 2.3, doi:10.1007/978-1-4899-3242-6.
 */
export function meanPoissonDeviance(response: Float64Array, predictions: Float64Array): LossEstimate {
  checkCount("meanPoissonDeviance", response, predictions);
  const mean = sum(response) / response.length;
  return estimateLoss(
    response.map((y, i) => devianceOf(y, predictions[i])),
    response.map((y) => devianceOf(y, mean)),
  );
}

function devianceOf(y: number, mean: number): number {
  const byRatio = y === 0 ? 0 : y * Math.log(y / mean);
  // A deviance is never negative, but rounding can make it so where y and mean are nearly equal.
  return Math.max(0, 2 * (byRatio - (y - mean)));
}
