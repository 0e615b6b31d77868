import type { Warning } from "../errors.ts";
import { checkBinary } from "./checks.ts";
import { estimateLoss, type LossEstimate } from "./mean-loss.ts";
import { sum } from "./sum.ts";

/** Log loss with what had to be bounded to compute it. */
export interface LogLoss extends LossEstimate {
  /** `certain-and-wrong` when rows got a probability of zero for what happened. */
  readonly warnings: readonly Warning[];
}

/** The smallest probability that log loss takes at its word, as in scikit-learn: the spacing of doubles at 1. */
export const SMALLEST_PROBABILITY: number = Number.EPSILON;

const LARGEST_LOSS = -Math.log(SMALLEST_PROBABILITY);

/**
 * Mean log loss, `−log` of the probability that the model gave to what happened, in nats. Probabilities below 2^-52
 * count as 2^-52, so that one such row costs 36 nats and not infinity; a warning names them.
 *
 * @param response - 0 or 1, one a row.
 * @param predictions - probabilities of the event, one a row.
 * @throws InputError like `areaUnderRoc`.
 * @see Good (1952), doi:10.1111/j.2517-6161.1952.tb00104.x.
 */
export function logLoss(response: Float64Array, predictions: Float64Array): LogLoss {
  checkBinary("logLoss", response, predictions);
  const rate = sum(response) / response.length;
  const losses = predictions.map((p, i) => boundLoss(response[i] === 1 ? -Math.log(p) : -Math.log1p(-p)));
  const baselineLosses = response.map((y) => (y === 1 ? -Math.log(rate) : -Math.log1p(-rate)));
  return { ...estimateLoss(losses, baselineLosses), warnings: warnOfCertainMisses(losses) };
}

/**
 * The Brier score: mean squared difference between probability and what happened (0 or 1).
 *
 * @throws InputError like `areaUnderRoc`.
 * @see Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
 */
export function brierScore(response: Float64Array, predictions: Float64Array): LossEstimate {
  checkBinary("brierScore", response, predictions);
  const rate = sum(response) / response.length;
  const losses = predictions.map((p, i) => (p - response[i]) ** 2);
  return estimateLoss(
    losses,
    response.map((y) => (rate - y) ** 2),
  );
}

/** Log loss of one row, with zero probabilities bounded. */
export function boundLoss(loss: number): number {
  // `+ 0` turns the -0 of a certain and right prediction into 0.
  return Math.min(loss, LARGEST_LOSS) + 0;
}

/** The rows whose loss met the bound, as a warning. */
export function warnOfCertainMisses(losses: Float64Array): Warning[] {
  const misses = losses.filter((loss) => loss === LARGEST_LOSS).length;
  if (misses === 0) return [];
  const rows = misses === 1 ? "1 row" : `${misses} rows`;
  const message = `The model ruled out what happened in ${rows}; log loss counts ${LARGEST_LOSS.toFixed(1)} for each instead of infinity.`;
  return [{ name: "certain-and-wrong", message }];
}
