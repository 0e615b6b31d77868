import { sum } from "./sum.ts";

/** A logistic curve through grouped rows, `logit P(event) = intercept + slope × x`. */
export interface LogisticFit {
  readonly intercept: number;
  readonly slope: number;
  /** Variance of the intercept, covariance, variance of the slope (the last two 0 when the slope was held). */
  readonly covariance: readonly [number, number, number];
}

/** Rows gathered by `x`: how many, and how many with the event. */
export interface GroupedRows {
  readonly x: Float64Array;
  readonly counts: Float64Array;
  readonly events: Float64Array;
}

/** Where the search begins, what it may move, and for how long. */
export interface LogisticSearch {
  readonly intercept: number;
  readonly slope: number;
  readonly freeSlope: boolean;
  readonly mostSteps: number;
}

interface Curvature {
  readonly logLikelihood: number;
  readonly gradient: readonly [number, number];
  /** Fisher information: intercept, both, slope. */
  readonly information: readonly [number, number, number];
}

/** Newton's steps are quadratic: after one this small (in log-odds) the next would be far below rounding. */
const SMALLEST_STEP = 1e-9;
/** Rounding of the log-likelihood, relative: a step may lose this much and still count as uphill. */
const ROUNDING = 1e-12;
const MOST_HALVINGS = 60;

/**
 * Maximum likelihood by Newton's method with step halving; `x` should be centred. Null when it does not settle in
 * `mostSteps`, as happens when the maximum lies at infinity.
 */
export function fitLogistic(rows: GroupedRows, { freeSlope, mostSteps, ...start }: LogisticSearch): LogisticFit | null {
  let { intercept, slope } = start;
  for (let step = 0; step < mostSteps; step++) {
    const here = curvatureAt(rows, intercept, slope);
    const covariance = invertInformation(here.information, freeSlope);
    const [byIntercept, bySlope] = here.gradient;
    const moveIntercept = covariance[0] * byIntercept + covariance[1] * bySlope;
    const moveSlope = covariance[1] * byIntercept + covariance[2] * bySlope;
    const least = here.logLikelihood - ROUNDING * Math.abs(here.logLikelihood);
    let part = 1;
    for (let halving = 0; halving < MOST_HALVINGS; halving++) {
      if (curvatureAt(rows, intercept + part * moveIntercept, slope + part * moveSlope).logLikelihood >= least) break;
      part /= 2;
    }
    intercept += part * moveIntercept;
    slope += part * moveSlope;
    if (Math.max(Math.abs(moveIntercept), Math.abs(moveSlope)) < SMALLEST_STEP) return { intercept, slope, covariance };
  }
  return null;
}

function invertInformation([ofIntercept, both, ofSlope]: Curvature["information"], freeSlope: boolean): [number, number, number] {
  if (!freeSlope) return [1 / ofIntercept, 0, 0];
  const determinant = ofIntercept * ofSlope - both * both;
  return [ofSlope / determinant, -both / determinant, ofIntercept / determinant];
}

function curvatureAt({ x, counts, events }: GroupedRows, intercept: number, slope: number): Curvature {
  let logLikelihood = 0;
  const gradient: [number, number] = [0, 0];
  const information: [number, number, number] = [0, 0, 0];
  for (let g = 0; g < x.length; g++) {
    const logOdds = intercept + slope * x[g];
    const tail = Math.exp(-Math.abs(logOdds));
    const probability = (logOdds >= 0 ? 1 : tail) / (1 + tail);
    const residual = events[g] - counts[g] * probability;
    const weight = (counts[g] * tail) / (1 + tail) ** 2;
    logLikelihood += events[g] * logOdds - counts[g] * (Math.max(logOdds, 0) + Math.log1p(tail));
    gradient[0] += residual;
    gradient[1] += residual * x[g];
    information[0] += weight;
    information[1] += weight * x[g];
    information[2] += weight * x[g] * x[g];
  }
  return { logLikelihood, gradient, information };
}

/** Mean of `x` over the rows. */
export function meanOfRows({ x, counts }: GroupedRows): number {
  return sum(x.map((value, g) => value * counts[g])) / sum(counts);
}
