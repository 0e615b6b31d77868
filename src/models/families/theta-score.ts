import { digamma, trigamma } from "../../numeric/index.ts";

/** Counts with their means. All arrays have one number a row. */
export interface ThetaRows {
  readonly response: Float64Array;
  readonly mean: Float64Array;
  readonly weights: Float64Array;
}

/** Whole counts up to `exceeding.length`, tallied; the rows of other counts by position. */
export interface CountTally {
  /** At j, the total weight of the whole, small counts above j. */
  readonly exceeding: Float64Array;
  /** Rows whose counts are fractions or large. */
  readonly others: readonly number[];
}

/** Counts up to here are tallied; larger ones are few, and their digamma differences exact enough. */
const LARGEST_TALLIED = 2000;

export function tallyCounts({ response, weights }: ThetaRows): CountTally {
  const others: number[] = [];
  const at = new Float64Array(LARGEST_TALLIED + 1);
  let largest = 0;
  for (let i = 0; i < response.length; i++) {
    const y = response[i];
    if (weights[i] === 0) continue;
    if (Number.isInteger(y) && y <= LARGEST_TALLIED) {
      at[y] += weights[i];
      if (y > largest) largest = y;
    } else others.push(i);
  }
  const exceeding = new Float64Array(largest);
  let above = 0;
  for (let j = largest - 1; j >= 0; j--) {
    above += at[j + 1];
    exceeding[j] = above;
  }
  return { exceeding, others };
}

/**
 * The derivative of the log-likelihood by θ, and minus the second one.
 * Γ(θ + y) / Γ(θ) is θ (θ + 1) … (θ + y − 1): over all rows its logarithm's derivative is Σ exceeding[j] / (θ + j), with no cancellation.
 */
export function thetaScore(tally: CountTally, rows: ThetaRows, theta: number): { score: number; information: number } {
  const { exceeding, others } = tally;
  let score = 0;
  let information = 0;
  for (let j = exceeding.length - 1; j >= 0; j--) {
    const inverse = 1 / (theta + j);
    score += exceeding[j] * inverse;
    information += exceeding[j] * inverse * inverse;
  }
  for (const i of others) {
    const y = rows.response[i];
    score += rows.weights[i] * (digamma(theta + y) - digamma(theta));
    information += rows.weights[i] * (trigamma(theta) - trigamma(theta + y));
  }
  return addMeans(rows, theta, score, information);
}

/** log θ − log(θ + mean) + (mean − y) / (θ + mean) and its derivative, added over the rows. */
function addMeans(
  { response, mean, weights }: ThetaRows,
  theta: number,
  ofCounts: number,
  ofTrigammas: number,
): { score: number; information: number } {
  let score = ofCounts;
  let information = ofTrigammas;
  for (let i = 0; i < response.length; i++) {
    const w = weights[i];
    if (w === 0) continue;
    const mu = mean[i];
    const inverse = 1 / (theta + mu);
    const lack = (mu - response[i]) * inverse;
    score += w * (lack - Math.log1p(mu / theta));
    information += w * inverse * (lack - mu / theta);
  }
  return { score, information };
}
