import { dot } from "../../../numeric/index.ts";
import type { Family } from "../../families/family.ts";
import type { ParameterSums } from "../../glm/fitting/pass.ts";
import type { Place } from "./settle.ts";

/** Parameters of a family's own that are sought along with those of smoothing. */
export interface OwnParameters {
  /** Their positions among `family.parameters`. */
  readonly chosen: readonly number[];
  /** Where to start, on the scale without bounds. */
  readonly start: Float64Array;
  /** The family with given values on that scale. */
  readonly familyAt: (free: Float64Array) => Family;
}

/** @param given values of all parameters to start from; null: the middle of each scale */
export function ownParameters(family: Family, given: readonly number[] | null): OwnParameters {
  const { parameters } = family;
  const values = parameters.map((parameter, k) => parameter.value ?? given?.[k] ?? parameter.fromFree(0));
  const chosen = [...parameters.keys()].filter((k) => family.estimatesParameter && parameters[k].value === null);
  return {
    chosen,
    start: Float64Array.from(chosen, (k) => parameters[k].toFree(values[k])),
    familyAt: (free) => {
      const natural = values.slice();
      chosen.forEach((k, at) => (natural[k] = parameters[k].fromFree(free[at])));
      return family.withParameters(natural);
    },
  };
}

/**
 * Writes derivatives of the Laplace criterion by a family's own parameters; in second ones X'WX does not change.
 * @param chosen positions of the parameters that are outer coordinates
 * @returns for each of them d coefficients / d parameter, in the coordinates of the frame
 * @see Wood, Pya and Säfken (2016), doi:10.1080/01621459.2016.1180986, section 3
 */
export function addParameters(
  { gradient, hessian }: { readonly gradient: Float64Array; readonly hessian: Float64Array },
  sums: ParameterSums,
  chosen: readonly number[],
  known: {
    readonly place: Place;
    readonly dispersion: number;
    readonly gamma: number;
    readonly product: Float64Array;
    readonly directions: readonly Float64Array[];
    readonly seeksDispersion: boolean;
  },
): Float64Array[] {
  const { place, dispersion, gamma, product, directions, seeksDispersion } = known;
  const { frame, curvature } = place;
  const size = gradient.length;
  const count = sums.score.length;
  const first = size - chosen.length - Number(seeksDispersion);
  const scores = chosen.map((k) => (frame.rotation ? frame.rotation.multiplyTransposed(sums.score[k]) : sums.score[k]));
  const answers = scores.map((score) => curvature.solve(score));
  const weight = 1 / (dispersion * gamma);
  chosen.forEach((k, at) => {
    const own = first + at;
    gradient[own] = -sums.gradient[k] / gamma + 0.5 * (sums.trace[k] + dot(product, answers[at]));
    chosen.forEach((l, other) => {
      hessian[own * size + first + other] = -sums.hessian[k * count + l] / gamma - weight * dot(scores[at], answers[other]);
    });
    frame.terms.forEach(({ parameter }, t) => {
      if (parameter < 0) return;
      const tie = -weight * dot(scores[at], directions[t]);
      hessian[parameter * size + own] += tie;
      hessian[own * size + parameter] += tie;
    });
    if (seeksDispersion) hessian[own * size + size - 1] = hessian[(size - 1) * size + own] = -sums.withDispersion[k] / gamma;
  });
  return answers;
}
