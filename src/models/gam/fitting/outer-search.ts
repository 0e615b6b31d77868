import type { PassSteps } from "../../glm/fitting/drive.ts";
import type { Evaluation } from "./evaluation.ts";
import { descentStep, newtonStep, sortCoordinates, type OuterStep } from "./outer-step.ts";

/** Evaluates a criterion elsewhere, starting from what is known at a place; null where it has no value. */
export type EvaluateAt = (outer: Float64Array, from: Evaluation) => PassSteps<Evaluation | null>;

export interface OuterSettings {
  /** The first so many coordinates are log smoothing parameters. */
  readonly numParameters: number;
  /** A fall of the criterion that counts as nothing, in its own units. */
  readonly tolerance: number;
  readonly maxIterations: number;
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
const MOST_HALVINGS = 25;
/** After so many halvings of a Newton step the gradient is followed instead. */
const FEW_HALVINGS = 3;
/** Slopes and curvatures below this share of the tolerance's root say that a parameter no longer counts. */
const IDLE = 1e-8;

/**
 * Newton's method for smoothing parameters: steps are at most 5 long on the log scale, are halved until the criterion falls as its quadratic
 * model foretells, and follow the gradient where Newton's direction does not serve. Parameters on their way to infinity leave in a few long steps.
 *
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x, section 3.5 and appendix A
 */
export function* searchOuter(evaluateAt: EvaluateAt, start: Evaluation, settings: OuterSettings): PassSteps<OuterResult> {
  const { numParameters, tolerance, maxIterations } = settings;
  let evaluation = start;
  for (let iterations = 0; ; iterations++) {
    const coordinates = sortCoordinates(evaluation, numParameters, IDLE * (tolerance / 1e-10));
    const newton = newtonStep(evaluation, coordinates);
    if (-newton.change <= tolerance) return { evaluation, iterations, converged: true };
    if (iterations === maxIterations) return { evaluation, iterations, converged: false };
    let next = yield* tryStep(evaluateAt, evaluation, newton, FEW_HALVINGS);
    next ??= yield* tryStep(evaluateAt, evaluation, descentStep(evaluation, coordinates), MOST_HALVINGS);
    // No step makes the criterion fall by more than its rounding.
    if (!next) return { evaluation, iterations, converged: -newton.change <= Math.sqrt(tolerance) };
    evaluation = next;
  }
}

function* tryStep(evaluateAt: EvaluateAt, from: Evaluation, { step, change }: OuterStep, halvings: number): PassSteps<Evaluation | null> {
  const rounding = ROUNDING * (1 + Math.abs(from.value));
  for (let halving = 0, share = 1; halving <= halvings; halving++, share /= 2) {
    const next = yield* evaluateAt(
      from.outer.map((value, k) => value + share * step[k]),
      from,
    );
    if (!next || !Number.isFinite(next.value)) continue;
    const actual = next.value - from.value;
    const foretold = change * share * (2 - share);
    if (-foretold <= HIDDEN * rounding && actual <= rounding) return next;
    if (actual < 0 && Math.abs(foretold - actual) < FORETOLD * Math.max(-foretold, -actual)) return next;
  }
  return null;
}
