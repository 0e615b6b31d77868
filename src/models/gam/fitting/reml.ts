import { dot } from "../../../numeric/index.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import { determinantPart, directionsOf, gatherGradient, gatherHessian, type Evaluation } from "./evaluation.ts";
import { addParameters } from "./own-parameters.ts";
import type { RowSource } from "./rows.ts";
import { penalizedDeviance, type Place } from "./settle.ts";

export interface LaplaceOptions {
  /** Whether log dispersion is the last outer coordinate. */
  readonly seeksDispersion: boolean;
  /** Integrate over the coefficients that are penalized alone (ML) instead of over all (REML). */
  readonly isMarginal: boolean;
  /** Divides the likelihood: above 1 for smoother fits. */
  readonly gamma: number;
  /** Which of the family's own parameters are outer coordinates, after those of smoothing. @defaultValue none */
  readonly chosen?: readonly number[];
}

/**
 * Minus the log of the likelihood in which coefficients are integrated out by Laplace's approximation, with the exact gradient, and second
 * derivatives in which X'WX does not change.
 *
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x, equations 4 and 5 and section 3.5
 */
export function* evaluateLaplace(
  rows: RowSource,
  place: Place,
  { outer, dispersion }: { readonly outer: Float64Array; readonly dispersion: number },
  { seeksDispersion, isMarginal, gamma, chosen = [] }: LaplaceOptions,
): PassSteps<Evaluation> {
  const { frame, visit, curvature, roughness, pulls, gain } = place;
  const { penalized, width } = rows.system;
  const count = frame.terms.length;
  const part = isMarginal ? curvature.within(penalized) : curvature;
  const { product: ofRows, saturated, byParameters } = yield* rows.slope(visit, turnBack(place, part.inverse), dispersion);
  const product = frame.rotation ? frame.rotation.multiplyTransposed(ofRows) : ofRows;
  const directions = directionsOf(place);
  const determinant = determinantPart(place, part, { product, directions });
  const nullity = isMarginal ? 0 : width - penalized.length;
  const misfit = (penalizedDeviance(frame, visit) - gain) / (2 * dispersion);
  const value = (misfit - saturated[0]) / gamma + determinant.value - 0.5 * nullity * Math.log((2 * Math.PI * dispersion) / gamma);
  const weight = 1 / (2 * dispersion * gamma);
  const size = outer.length;
  const gradient = gatherGradient(
    frame,
    roughness.map((rough, k) => weight * rough + determinant.gradient[k]),
    size,
  );
  const ofTerms = determinant.hessian.slice();
  for (let k = 0; k < count; k++) {
    ofTerms[k * count + k] += weight * roughness[k];
    for (let l = 0; l < count; l++) ofTerms[k * count + l] += 2 * weight * dot(pulls[k], directions[l]);
  }
  const hessian = gatherHessian(frame, ofTerms, size);
  const known = { place, dispersion, gamma, product, directions };
  const ownDirections = byParameters ? addParameters({ gradient, hessian }, byParameters, chosen, { ...known, seeksDispersion }) : [];
  if (seeksDispersion) {
    const last = size - 1;
    gradient[last] = (-misfit - saturated[1]) / gamma - 0.5 * nullity;
    hessian[last * size + last] = (misfit - saturated[2]) / gamma;
    frame.terms.forEach(({ parameter }, k) => {
      if (parameter < 0) return;
      hessian[parameter * size + last] -= weight * roughness[k];
      hessian[last * size + parameter] -= weight * roughness[k];
    });
  }
  return { outer, place, dispersion, value, criterion: value, gradient, hessian, directions, ownDirections };
}

/** P in working coordinates. */
function turnBack({ frame }: Place, inverse: Float64Array): Float64Array {
  return frame.rotation ? frame.rotation.expand(inverse) : inverse;
}
