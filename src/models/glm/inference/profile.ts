import { ConvergenceError } from "../../../errors.ts";
import { dot, multiply, selectColumns } from "../../../numeric/index.ts";
import type { BlockMatrix } from "../../../numeric/index.ts";
import { fitProblem } from "../fitting/fit-problem.ts";
import type { GlmFit, GlmProblem, TrainingData } from "../glm-fit.ts";
import { columnValues } from "./refit.ts";

/** The profile of one coefficient at one value. */
export interface ProfilePoint {
  /** √((deviance at this value − least deviance) / dispersion); Infinity where no means are valid or no fit is found. */
  readonly distance: number;
  /** d distance² / d value. */
  readonly squareSlope: number;
}

const NOWHERE: ProfilePoint = { distance: Infinity, squareSlope: NaN };

/**
 * The likelihood of one coefficient with all others at their best: its column moves to the offset and the rest is fitted again. The slope needs
 * no further fit: the others stand at a maximum, so that only the fixed coefficient moves the deviance (the envelope theorem).
 */
export class CoefficientProfile {
  readonly estimate: number;
  readonly standardError: number;
  readonly #fit: GlmFit;
  readonly #problem: GlmProblem;
  readonly #column: Float64Array;
  readonly #others: readonly number[];
  readonly #rest: BlockMatrix;
  /** How the other estimates move with this one: their covariance with it over its variance. */
  readonly #drift: Float64Array;
  /** Where the last refit ended, to start the next one from. */
  #last: { readonly value: number; readonly coefficients: Float64Array };

  /** @param position of a column that is not aliased @param covariance of the fit */
  constructor(fit: GlmFit, { problem }: TrainingData, position: number, covariance: Float64Array) {
    const p = fit.estimates.length;
    this.#fit = fit;
    this.#problem = { ...problem, family: fit.family };
    this.estimate = fit.estimates[position];
    this.standardError = Math.sqrt(covariance[position * p + position]);
    this.#column = columnValues(problem.matrix, position);
    this.#others = [...fit.aliased.keys()].filter((column) => fit.aliased[column] === 0 && column !== position);
    this.#rest = selectColumns(problem.matrix, this.#others);
    this.#drift = Float64Array.from(this.#others, (other) => covariance[other * p + position] / covariance[position * p + position]);
    this.#last = { value: this.estimate, coefficients: Float64Array.from(this.#others, (other) => fit.estimates[other]) };
  }

  /** Fits the other coefficients with this one at a value. */
  at(value: number): ProfilePoint {
    const offset = this.#column.map((x, row) => value * x + (this.#problem.offset ? this.#problem.offset[row] : 0));
    const linearPredictor = this.#others.length === 0 ? offset : this.#refit(value, offset);
    if (linearPredictor === null) return NOWHERE;
    const { deviance, score } = this.#work(linearPredictor);
    if (!Number.isFinite(deviance)) return NOWHERE;
    const { deviance: least, dispersion } = this.#fit;
    return {
      distance: Math.sqrt(Math.max(0, deviance - least) / dispersion),
      squareSlope: (-2 * dot(score, this.#column)) / dispersion,
    };
  }

  /** @returns the linear predictor of the fit, offset included; null where none is found */
  #refit(value: number, offset: Float64Array): Float64Array | null {
    const start = this.#last.coefficients.map((coefficient, k) => coefficient + this.#drift[k] * (value - this.#last.value));
    try {
      const { coefficients, converged } = fitProblem({ ...this.#problem, matrix: this.#rest, offset }, { start });
      if (!converged) return null;
      this.#last = { value, coefficients };
      return multiply(this.#rest, coefficients).map((eta, row) => eta + offset[row]);
    } catch (error) {
      if (error instanceof ConvergenceError) return null;
      throw error;
    }
  }

  #work(linearPredictor: Float64Array): { deviance: number; score: Float64Array } {
    const { response, weights, family, matrix } = this.#problem;
    const score = new Float64Array(matrix.numRows);
    const deviance = family.work({
      count: matrix.numRows,
      response,
      linearPredictor,
      weights,
      mean: new Float64Array(matrix.numRows),
      information: new Float64Array(matrix.numRows),
      score,
      observed: false,
    });
    return { deviance, score };
  }
}

const MOST_POINTS = 100;
/** The distance is met to this share of itself; deviances hold no more digits. */
const CLOSE = 1e-11;
/** Where doubling the way would add less than this share of the squared distance sought, the likelihood has flattened out. */
const FLAT = 1e-6;

/**
 * Where the profile comes to a distance from the estimate, on one side: Newton's method within a bracket.
 *
 * @param side - 1 above the estimate, −1 below
 * @returns ±Infinity where the likelihood flattens out before it comes so far
 */
export function findProfileEnd(profile: CoefficientProfile, distance: number, side: 1 | -1): number {
  const { estimate, standardError } = profile;
  let inside = 0;
  let outside = Infinity;
  let way = distance * standardError;
  for (let points = 0; points < MOST_POINTS; points++) {
    const point = profile.at(estimate + side * way);
    const squareSlope = side * point.squareSlope;
    if (Math.abs(point.distance - distance) <= CLOSE * distance) break;
    if (point.distance > distance) outside = way;
    else inside = way;
    if (outside === Infinity && squareSlope * way < FLAT * distance ** 2) return side * Infinity;
    const next = nextWay({ way, step: ((distance - point.distance) * 2 * point.distance) / squareSlope, inside, outside });
    if (Math.abs(next - way) <= 1e-14 * (Math.abs(estimate) + way)) break;
    way = next;
  }
  return estimate + side * way;
}

/** Newton's step where it stays within the bracket; its middle, or four times as far, where not. */
function nextWay({ way, step, inside, outside }: { way: number; step: number; inside: number; outside: number }): number {
  const newton = way + step;
  if (newton > inside && newton < Math.min(outside, 4 * way)) return newton;
  return outside === Infinity ? 4 * way : (inside + outside) / 2;
}
