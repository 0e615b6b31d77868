import type { Warning } from "../../errors.ts";
import { thetaScore, type ThetaRows, tallyCounts } from "./theta-score.ts";

/** What estimating θ found. */
export interface ThetaEstimate {
  readonly theta: number;
  /** From the observed information, the means taken as known (as MASS's `SE.theta`); null where θ stands at its limit. */
  readonly standardError: number | null;
  readonly iterations: number;
  readonly converged: boolean;
  /** `underdispersed` where the counts vary no more than Poisson counts, so that no finite θ is best. */
  readonly warnings: readonly Warning[];
}

/** Beyond, the variance exceeds a Poisson count's by less than a hundred-millionth of the mean, squared. */
const LARGEST_THETA = 1e8;
/** Relative change of θ at which Newton's method has arrived: its next step would be a rounding. */
const SETTLED = 1e-11;
const MOST_ITERATIONS = 100;

/**
 * Estimates θ of negative binomial counts by maximum likelihood, the means given: Newton's method on log θ inside a bracket.
 * Whole counts are tallied once, so that an iteration costs one logarithm a row and no gamma function.
 *
 * @param rows - counts, their means, and weights that multiply the log-likelihood; rows of weight 0 are left out.
 * @param start - where to start from, for example the θ of the last round. Unless given, the moment estimate of MASS.
 * @returns θ; 1e8 with a warning where the counts are not overdispersed
 * @see Lawless (1987), Negative binomial and mixed Poisson regression, doi:10.2307/3314912 (§2, likelihood by sums over counts)
 * @see Venables and Ripley (2002), Modern Applied Statistics with S, §7.4 (`theta.ml`)
 */
export function estimateTheta(rows: ThetaRows, start?: number): ThetaEstimate {
  const tally = tallyCounts(rows);
  let low = 0;
  let high = LARGEST_THETA;
  if (thetaScore(tally, rows, LARGEST_THETA).score >= 0) return limitOf();
  let theta = Math.min(Math.max(start ?? momentEstimate(rows), 1e-8), 1e6);
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const { score, information } = thetaScore(tally, rows, theta);
    if (score > 0) low = theta;
    else high = theta;
    const next = nextTheta(theta, score, information, low, high);
    const isSettled = Math.abs(next - theta) <= SETTLED * theta;
    theta = next;
    if (isSettled)
      return { theta, standardError: 1 / Math.sqrt(thetaScore(tally, rows, theta).information), iterations, converged: true, warnings: [] };
  }
  return { theta, standardError: null, iterations: MOST_ITERATIONS, converged: false, warnings: [] };
}

/** Newton's step for log θ, whose likelihood is the rounder one; halfway through the bracket where that leaves it. */
function nextTheta(theta: number, score: number, information: number, low: number, high: number): number {
  const curvature = theta * theta * information - theta * score;
  const newton = curvature > 0 ? theta * Math.exp(Math.max(-3, Math.min(3, (theta * score) / curvature))) : NaN;
  if (newton > low && newton < high) return newton;
  return low === 0 ? theta / 8 : Math.sqrt(low * high);
}

/** Σ w / Σ w (y / mean − 1)², as MASS starts. */
function momentEstimate({ response, mean, weights }: ThetaRows): number {
  let total = 0;
  let spread = 0;
  for (let i = 0; i < response.length; i++) {
    if (weights[i] === 0) continue;
    const excess = response[i] / mean[i] - 1;
    total += weights[i];
    spread += weights[i] * excess * excess;
  }
  return total / spread;
}

function limitOf(): ThetaEstimate {
  const message =
    "The counts vary no more than Poisson counts do: theta has no finite estimate and stands at 1e8. The poisson family says the same.";
  return { theta: LARGEST_THETA, standardError: null, iterations: 0, converged: true, warnings: [{ name: "underdispersed", message }] };
}
