import type { PassSteps } from "../../glm/fitting/drive.ts";
import { gatherGradient, termTraces, type Evaluation } from "./evaluation.ts";
import type { EvaluateAt, OuterResult, OuterSettings } from "./outer-search.ts";

const MOST_HALVINGS = 20;
/** No log λ changes by more in one step. */
const LONGEST = 5;
/** Steps that shrink slowly are stretched at most so many times. */
const MOST_STRETCH = 8;
/** A penalty that leaves less than this share of its directions free has λ at infinity. */
const HELD = 1e-8;

/**
 * The extended Fellner-Schall iteration: λ ← λ φ (tr(S⁻S_k) − tr(P S_k)) / β'S_kβ, which needs no derivatives of the weights and so neglects how
 * they change with λ: an approximation to restricted likelihood, but for normal responses with identity link. Each log λ goes as far as its last two
 * steps, if they shrink at a steady rate, would lead; the dispersion is that of the restricted likelihood.
 *
 * @see Wood and Fasiolo (2017), doi:10.1111/biom.12666
 */
export function* iterateFellnerSchall(
  evaluateAt: EvaluateAt,
  start: Evaluation,
  settings: Omit<OuterSettings, "hasExactHessian">,
): PassSteps<OuterResult> {
  const { numParameters, tolerance, maxIterations } = settings;
  let evaluation = start;
  let last: { readonly step: Float64Array; readonly made: Float64Array } | null = null;
  for (let iterations = 0; ; iterations++) {
    const { step, change } = stepOf(evaluation, numParameters);
    if (change <= tolerance) return { evaluation, iterations, converged: true };
    if (iterations === maxIterations) return { evaluation, iterations, converged: false };
    const made: Float64Array = stretch(step, last);
    let next: Evaluation | null = null;
    for (let halving = 0, share = 1; halving <= MOST_HALVINGS && !next; halving++, share /= 2) {
      const outer = evaluation.outer.map((value, k) => value + share * made[k]);
      next = yield* evaluateAt(outer, evaluation, change);
    }
    if (!next) return { evaluation, iterations, converged: false };
    evaluation = next;
    last = { step, made };
  }
}

/** Where the step has become smaller by some factor, to where a series of such steps would lead. */
function stretch(step: Float64Array, last: { readonly step: Float64Array; readonly made: Float64Array } | null): Float64Array {
  return step.map((move, k) => {
    const slope = last && last.made[k] !== 0 ? (last.step[k] - move) / last.made[k] : 1;
    const factor = slope > 1 / MOST_STRETCH ? Math.min(1 / slope, MOST_STRETCH) : 1;
    return Math.max(-LONGEST, Math.min(LONGEST, factor * move));
  });
}

/**
 * The logarithms of the factors; for log dispersion Newton's step, where it is a coordinate. `change`: by how much they should move the criterion,
 * by its slope without the weights' own change.
 */
function stepOf(
  { place, gradient, hessian, dispersion }: Evaluation,
  numParameters: number,
): { readonly step: Float64Array; readonly change: number } {
  const { frame, curvature, roughness } = place;
  const size = gradient.length;
  const traces = termTraces(curvature.inverse, frame);
  const free = gatherGradient(
    frame,
    frame.slopes.map((slope, k) => slope - traces[k]),
    numParameters,
  );
  const whole = gatherGradient(frame, frame.slopes, numParameters);
  const pull = gatherGradient(frame, roughness, numParameters);
  const step = new Float64Array(size);
  let change = 0;
  for (let k = 0; k < numParameters; k++) {
    if (free[k] <= HELD * whole[k]) continue;
    step[k] = pull[k] > 0 ? Math.log((dispersion * free[k]) / pull[k]) : LONGEST;
    change += 0.5 * Math.abs((pull[k] / dispersion - free[k]) * step[k]);
  }
  for (let k = numParameters; k < size; k++) {
    step[k] = -gradient[k] / Math.abs(hessian[k * size + k]);
    change += Math.abs(gradient[k] * step[k]);
  }
  return { step, change };
}
