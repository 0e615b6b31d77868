import { dot } from "../../../numeric/index.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import type { Evaluation } from "./evaluation.ts";
import { descentStep, newtonStep, sortCoordinates, type OuterCoordinates, type OuterStep } from "./outer-step.ts";

/**
 * Evaluates a criterion elsewhere, starting from what is known at a place; null where it has no value.
 * @param change by how much it is expected to differ: where that is much it need not be known to the last digit
 */
export type EvaluateAt = (outer: Float64Array, from: Evaluation, change: number) => PassSteps<Evaluation | null>;

export interface OuterSettings {
  /** The first so many coordinates are log smoothing parameters. */
  readonly numParameters: number;
  /** A fall of the criterion that counts as nothing, in its own units. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Whether second derivatives are all there is, and nothing is to be learned of them. */
  readonly hasExactHessian: boolean;
}

export interface OuterResult {
  readonly evaluation: Evaluation;
  readonly iterations: number;
  readonly converged: boolean;
}

/** The quadratic model must foretell the change to this share, or the step is too long. */
const FORETOLD = 0.8;
/** Criteria are sums over the rows: differences below this share of them are rounding. */
const ROUNDING = 1e-12;
/** Falls that may be hidden by rounding: so many times as much. */
const HIDDEN = 100;
/** Newton steps that are tried, each shorter than the last, before the gradient is followed. */
const MOST_TRIALS = 8;
const MOST_HALVINGS = 25;
/** When so many steps together lower the criterion by less than so many tolerances, it is flat there. */
const STILL = 6;
const STILLNESS = 1e3;
/** Slopes and curvatures below this, in units of the log-likelihood, say that a parameter no longer counts. */
const IDLE = 1e-8;
/** An exact Hessian could not make a step from which more is left than this: then second derivatives are to be mended and not to be believed. */
const NEAR = 1e-5;

/**
 * Newton's method for smoothing parameters: steps are at most 5 long on the log scale, become shorter until the criterion falls as its quadratic model
 * foretells, and follow the gradient where Newton's direction does not serve. What second derivatives leave out is learned from how the exact gradient
 * changes along the steps. Parameters on their way to infinity leave in a few long steps.
 *
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x, section 3.5 and appendix A; Conn, Gould and Toint (1991), doi:10.1007/BF01594934 (the
 * symmetric rank-one update)
 */
export function* searchOuter(evaluateAt: EvaluateAt, start: Evaluation, settings: OuterSettings): PassSteps<OuterResult> {
  const { numParameters, tolerance, maxIterations, hasExactHessian } = settings;
  const curvature = new LearnedCurvature(start.outer.length, hasExactHessian);
  let evaluation = start;
  let change = Infinity;
  const values = [start.value];
  for (let iterations = 0; ; iterations++) {
    const coordinates = sortCoordinates(evaluation, numParameters, IDLE * (tolerance / 1e-10));
    const newton = newtonStep(curvature.mend(evaluation), coordinates);
    const plain = newtonStep(evaluation, coordinates);
    const isSettled = -newton.change <= tolerance && -plain.change <= Math.max(tolerance, NEAR);
    if ((isSettled || iterations === maxIterations) && change > Math.sqrt(tolerance)) {
      // What looks settled may be so for want of digits.
      change = 0;
      evaluation = (yield* evaluateAt(evaluation.outer, evaluation, change)) ?? evaluation;
      iterations--;
      continue;
    }
    if (isSettled) return { evaluation, iterations, converged: true };
    if (iterations === maxIterations) return { evaluation, iterations, converged: false };
    let next = yield* tryNewton(evaluateAt, evaluation, coordinates, curvature);
    next ??= yield* tryDescent(evaluateAt, evaluation, descentStep(evaluation, coordinates));
    // No step makes the criterion fall by more than its rounding.
    if (!next) return { evaluation, iterations, converged: -newton.change <= Math.sqrt(tolerance) };
    change = -newton.change;
    evaluation = next;
    values.push(next.value);
    const before = values[values.length - 1 - STILL];
    if (before - next.value < STILLNESS * tolerance) return { evaluation, iterations: iterations + 1, converged: true };
  }
}

/** Newton steps, each at most half as long as the last and with what the last one told of the curvature. */
function* tryNewton(
  evaluateAt: EvaluateAt,
  from: Evaluation,
  coordinates: OuterCoordinates,
  curvature: LearnedCurvature,
): PassSteps<Evaluation | null> {
  let longest = Infinity;
  for (let trial = 0; trial < MOST_TRIALS; trial++) {
    const { step, change } = newtonStep(curvature.mend(from), coordinates);
    const length = step.reduce((most, move) => Math.max(most, Math.abs(move)), 0);
    const share = Math.min(1, longest / length);
    const next = yield* evaluateAt(
      from.outer.map((value, k) => value + share * step[k]),
      from,
      -share * change,
    );
    longest = (share * length) / 2;
    if (!next || !Number.isFinite(next.value)) continue;
    const isAccepted = isForetold(from, next, change * share * (2 - share));
    if (isAccepted) curvature.learnOnWay(from, next, coordinates);
    else curvature.learn(from, next, coordinates, from);
    if (isAccepted) return next;
  }
  return null;
}

function* tryDescent(evaluateAt: EvaluateAt, from: Evaluation, { step, change }: OuterStep): PassSteps<Evaluation | null> {
  for (let halving = 0, share = 1; halving <= MOST_HALVINGS; halving++, share /= 2) {
    const next = yield* evaluateAt(
      from.outer.map((value, k) => value + share * step[k]),
      from,
      0,
    );
    if (next && Number.isFinite(next.value) && isForetold(from, next, change * share)) return next;
  }
  return null;
}

/** Whether the criterion fell, by about as much as was foretold, or as rounding may hide. */
function isForetold(from: Evaluation, next: Evaluation, foretold: number): boolean {
  const rounding = ROUNDING * (1 + Math.abs(from.value));
  const actual = next.value - from.value;
  if (-foretold <= HIDDEN * rounding && actual <= rounding) return true;
  return actual < 0 && Math.abs(foretold - actual) < FORETOLD * Math.max(-foretold, -actual);
}

/** What the gradient's changes tell of second derivatives beyond those that are computed: a sum of symmetric rank-one updates. */
class LearnedCurvature {
  readonly #size: number;
  readonly #isExact: boolean;
  readonly #correction: Float64Array;

  constructor(size: number, isExact: boolean) {
    this.#size = size;
    this.#isExact = isExact;
    this.#correction = new Float64Array(size * size);
  }

  mend(evaluation: Evaluation): Evaluation {
    return { ...evaluation, hessian: evaluation.hessian.map((value, cell) => value + this.#correction[cell]) };
  }

  /** From a step that was made: of short ones alone, for curvatures change along long ones, and what was learned before is then forgotten. */
  learnOnWay(from: Evaluation, to: Evaluation, coordinates: OuterCoordinates): void {
    const isShort = coordinates.free.every((k) => Math.abs(to.outer[k] - from.outer[k]) < SHORT);
    if (isShort && !this.#isExact) this.learn(from, to, coordinates, to);
    else this.#correction.fill(0);
  }

  /** @param at whose Hessian is to be mended @param coordinates of which the free ones are learned from */
  learn(from: Evaluation, to: Evaluation, { free }: OuterCoordinates, at: Evaluation): void {
    const size = this.#size;
    const { hessian } = this.mend(at);
    const step = new Float64Array(size);
    for (const k of free) step[k] = to.outer[k] - from.outer[k];
    const miss = new Float64Array(size);
    for (const k of free) {
      miss[k] = to.gradient[k] - from.gradient[k];
      for (const l of free) miss[k] -= hessian[k * size + l] * step[l];
    }
    const along = dot(miss, step);
    if (!(Math.abs(along) > DEPENDABLE * Math.sqrt(dot(miss, miss) * dot(step, step)))) return;
    for (const k of free) for (const l of free) this.#correction[k * size + l] += (miss[k] * miss[l]) / along;
  }
}

/** Steps of log λ along which curvatures hardly change. */
const SHORT = 0.5;
/** An update that is at so nearly a right angle to its step would be all but arbitrary. */
const DEPENDABLE = 1e-2;
