import { dot } from "../../../numeric/index.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import { PenalizedCurvature } from "./penalized-curvature.ts";
import { applyTerm, type PenaltyFrame } from "./penalty-frame.ts";
import type { RowSource, Visit } from "./rows.ts";

/** The coefficients that minimize the penalized deviance at given smoothing parameters. Vectors are in the coordinates of the frame. */
export interface Place {
  readonly frame: PenaltyFrame;
  readonly visit: Visit;
  readonly curvature: PenalizedCurvature;
  readonly coefficients: Float64Array;
  /** λSβ of each term of the frame. */
  readonly pulls: readonly Float64Array[];
  /** β'λSβ of each term of the frame. */
  readonly roughness: Float64Array;
  /** The Newton step that is left: below the rounding of what is asked for. */
  readonly rest: Float64Array;
  /** By how much that step would lower the penalized deviance if that were quadratic. */
  readonly gain: number;
  readonly settled: boolean;
  readonly iterations: number;
}

export interface SettleOptions {
  /** What is left to gain is measured by it; null: by the deviance of a row. */
  readonly dispersion: number | null;
  readonly numRows: number;
  /** Stop when a step would lower the penalized deviance by less than this share of the dispersion. */
  readonly tolerance: number;
}

const MOST_ITERATIONS = 100;
const MOST_HALVINGS = 30;
/** The penalized deviance may rise by this share: rounding. */
const SLACK = 1e-8;
/** What is left to gain, as a share of the dispersion, where no step gains anything and yet the place counts as settled. */
const ROUNDING = 1e-5;

/**
 * Newton's method for the coefficients at given smoothing parameters, from a visit on: its first step needs no pass over the rows. The observed
 * information is used except where it is not positive definite. Null where the means leave their range whatever the step.
 *
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x, section 3.2 (penalized iteratively reweighted least squares with Newton weights)
 */
export function* settle(rows: RowSource, frame: PenaltyFrame, start: Visit, options: SettleOptions): PassSteps<Place | null> {
  let visit = start;
  let isIndefinite = false;
  for (let iterations = 0; ; iterations++) {
    let place = placeOf(frame, visit, iterations);
    if (!place.curvature.isDefinite && visit.observed) {
      isIndefinite = true;
      visit = yield* rows.visit(visit.coefficients, false);
      place = placeOf(frame, visit, iterations);
    }
    const isKnown = visit.coefficients !== null && visit.family === rows.family;
    const left = place.gain / (options.dispersion ?? visit.deviance / options.numRows);
    if (isKnown && left <= options.tolerance) {
      if (visit.observed || rows.family.isCanonical || rows.isConstant || isIndefinite) return { ...place, settled: true };
      // What is asked of the place is asked of the observed information.
      visit = yield* rows.visit(visit.coefficients, true);
      continue;
    }
    if (iterations === MOST_ITERATIONS) return place;
    const next = yield* advance(rows, place);
    if (!next) return isKnown ? { ...place, settled: left <= ROUNDING } : null;
    isIndefinite = false;
    visit = next;
  }
}

/** What is known at a visit under a frame's penalties. */
function placeOf(frame: PenaltyFrame, visit: Visit, iterations: number): Place {
  const curvature = new PenalizedCurvature(visit.gram, frame);
  const working = visit.coefficients ?? new Float64Array(frame.width);
  const coefficients = frame.rotation ? frame.rotation.multiplyTransposed(working) : working;
  const pulls = frame.terms.map((term) => applyTerm(term, coefficients));
  const roughness = Float64Array.from(pulls, (pull) => dot(pull, coefficients));
  const force = frame.rotation ? frame.rotation.multiplyTransposed(visit.score) : visit.score.slice();
  for (const pull of pulls) for (let j = 0; j < force.length; j++) force[j] -= pull[j];
  const rest = curvature.solve(force);
  return { frame, visit, curvature, coefficients, pulls, roughness, rest, gain: dot(rest, force), settled: false, iterations };
}

/** Goes along the step as far as the penalized deviance falls; null where it falls nowhere. */
function* advance(rows: RowSource, place: Place): PassSteps<Visit | null> {
  const { visit, frame, rest } = place;
  const origin = visit.coefficients ?? new Float64Array(frame.width);
  const step = frame.rotation ? frame.rotation.multiply(rest) : rest;
  const now = penalizedDeviance(frame, visit);
  // Deviances under other parameters of the family, or at the start means, bound nothing.
  const bound = visit.coefficients && visit.family === rows.family ? now + SLACK * (Math.abs(now) + 0.1) : Infinity;
  const most = visit.coefficients ? MOST_HALVINGS : 0;
  const observed = visit.coefficients !== null && !rows.family.isCanonical;
  for (let halving = 0, share = 1; halving <= most; halving++, share /= 2) {
    const coefficients = origin.map((value, j) => value + share * step[j]);
    const next = yield* rows.visit(coefficients, observed);
    if (Number.isFinite(next.deviance) && penalizedDeviance(frame, next) <= bound) return next;
  }
  return null;
}

/** D + β'ΣλSβ. */
export function penalizedDeviance(frame: PenaltyFrame, { coefficients, deviance }: Visit): number {
  if (!coefficients) return Infinity;
  const turned = frame.rotation ? frame.rotation.multiplyTransposed(coefficients) : coefficients;
  return frame.terms.reduce((sum, term) => sum + dot(applyTerm(term, turned), turned), deviance);
}
