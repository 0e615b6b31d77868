import { dot, multiplyDense } from "../../../numeric/index.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import {
  directionsOf,
  gatherGradient,
  gatherHessian,
  pairTraces,
  termTraces,
  type Evaluation,
  type TermDerivatives,
} from "./evaluation.ts";
import { PenalizedCurvature } from "./penalized-curvature.ts";
import { multiplyByTerm, type PenaltyFrame } from "./penalty-frame.ts";
import type { RowSource } from "./rows.ts";
import type { Place } from "./settle.ts";

export interface PredictionErrorOptions {
  /** Rows with weight, frequencies counted. */
  readonly numRows: number;
  /** UBRE at this dispersion; null: GCV. */
  readonly dispersion: number | null;
  /** What a degree of freedom costs: 1, or more for smoother fits. */
  readonly gamma: number;
}

/**
 * Generalized cross validation n D / (n − γτ)² where the dispersion is unknown, or the unbiased risk estimate D / n − φ + 2γφτ / n (Mallows' Cp, AIC)
 * where it is known, τ being the effective degrees of freedom tr((X'WX + S)⁻¹ X'WX) of the expected information. What is minimized has the unit of
 * the log-likelihood: n/2 log GCV, or n/2 UBRE / φ. The gradient is exact; in second derivatives X'WX does not change.
 *
 * @see Wood (2008), doi:10.1111/j.1467-9868.2007.00646.x, sections 2 and 4; Craven and Wahba (1979), doi:10.1007/BF01404567
 */
export function* evaluatePredictionError(
  rows: RowSource,
  place: Place,
  outer: Float64Array,
  { numRows, dispersion, gamma }: PredictionErrorOptions,
): PassSteps<Evaluation> {
  const directions = directionsOf(place);
  const deviance = devianceDerivatives(place, directions);
  const degrees = yield* degreesOfFreedom(rows, place, directions);
  const left = numRows - gamma * degrees.value;
  const count = directions.length;
  const gradient = new Float64Array(count);
  const hessian = new Float64Array(count * count);
  for (let k = 0; k < count; k++) {
    const [fall, cost] = [deviance.gradient[k] / deviance.value, (2 * gamma * degrees.gradient[k]) / left];
    gradient[k] =
      dispersion === null ? 0.5 * numRows * (fall + cost) : deviance.gradient[k] / (2 * dispersion) + gamma * degrees.gradient[k];
    for (let l = 0; l < count; l++) {
      const cell = k * count + l;
      const [otherFall, otherCost] = [deviance.gradient[l] / deviance.value, (2 * gamma * degrees.gradient[l]) / left];
      hessian[cell] =
        dispersion === null
          ? 0.5 *
            numRows *
            (deviance.hessian[cell] / deviance.value -
              fall * otherFall +
              (2 * gamma * degrees.hessian[cell]) / left +
              0.5 * cost * otherCost)
          : deviance.hessian[cell] / (2 * dispersion) + gamma * degrees.hessian[cell];
    }
  }
  const size = outer.length;
  const ubre = deviance.value / numRows + (dispersion ?? 0) * ((2 * gamma * degrees.value) / numRows - 1);
  return {
    outer,
    place,
    directions,
    ownDirections: [],
    dispersion: dispersion ?? deviance.value / (numRows - degrees.value),
    // No criterion where there are as many degrees of freedom as rows.
    value:
      dispersion !== null
        ? (0.5 * numRows * ubre) / dispersion
        : left > 0
          ? 0.5 * numRows * Math.log((numRows * deviance.value) / (left * left))
          : Infinity,
    criterion: dispersion !== null ? ubre : (numRows * deviance.value) / (left * left),
    gradient: gatherGradient(place.frame, gradient, size),
    hessian: gatherHessian(place.frame, hessian, size),
  };
}

/** The deviance where the step that is left would lead, by log λ of the terms. */
function devianceDerivatives(place: Place, directions: readonly Float64Array[]): TermDerivatives {
  const { frame, visit, curvature, pulls, rest } = place;
  const count = directions.length;
  const pull = new Float64Array(frame.width);
  for (const one of pulls) for (let j = 0; j < pull.length; j++) pull[j] += one[j];
  const back = curvature.solve(pull);
  const bent = directions.map((direction) => multiplyDense(curvature.gram, direction.length, direction.length, direction, 1));
  const gradient = Float64Array.from(directions, (direction) => -2 * dot(pull, direction));
  const hessian = new Float64Array(count * count);
  // back' λS_k d_l for each pair.
  const pulled = frame.terms.map((term) => multiplyByTerm(back, frame.width, term));
  const crossed = (k: number, l: number): number => dot(pulled[k], directions[l].subarray(frame.terms[k].start));
  for (let k = 0; k < count; k++) {
    for (let l = 0; l < count; l++) hessian[k * count + l] = 2 * (dot(bent[k], directions[l]) + crossed(k, l) + crossed(l, k));
    hessian[k * count + k] += gradient[k];
  }
  return { value: visit.deviance - 2 * dot(pull, rest), gradient, hessian };
}

/** tr((X'WX + S)⁻¹ X'WX) with the expected information. */
function* degreesOfFreedom(rows: RowSource, place: Place, directions: readonly Float64Array[]): PassSteps<TermDerivatives> {
  const { frame, visit, rest } = place;
  const expected = visit.observed ? yield* rows.visit(visit.coefficients, false) : visit;
  const { inverse } = visit.observed ? new PenalizedCurvature(expected.gram, frame) : place.curvature;
  const { held, left } = splitInverse(inverse, frame);
  const { product: ofRows } = yield* rows.slope(expected, frame.rotation ? frame.rotation.expand(held) : held, 1);
  const product = frame.rotation ? frame.rotation.multiplyTransposed(ofRows) : ofRows;
  const traces = termTraces(left, frame);
  const count = directions.length;
  const hessian = pairTraces(inverse, left, frame).map((value) => 2 * value);
  for (let k = 0; k < count; k++) hessian[k * count + k] -= traces[k];
  return {
    value: frame.width - termTraces(inverse, frame).reduce((sum, value) => sum + value, 0) + dot(product, rest),
    gradient: Float64Array.from(directions, (direction, k) => dot(product, direction) - traces[k]),
    hessian,
  };
}

/** P S P and what it leaves of P: P X'WX P. */
function splitInverse(inverse: Float64Array, frame: PenaltyFrame): { readonly held: Float64Array; readonly left: Float64Array } {
  const { width: total, terms } = frame;
  const held = new Float64Array(total * total);
  for (const term of terms) {
    const half = multiplyByTerm(inverse, total, term);
    for (let i = 0; i < total; i++) {
      for (let k = 0; k < term.width; k++) {
        const value = half[i * term.width + k];
        if (value === 0) continue;
        for (let j = 0, from = (term.start + k) * total; j < total; j++) held[i * total + j] += value * inverse[from + j];
      }
    }
  }
  return { held, left: inverse.map((value, cell) => value - held[cell]) };
}
