import type { Warning } from "../../../errors.ts";
import { symmetricEigen } from "../../../numeric/index.ts";
import type { Family } from "../../families/family.ts";
import type { Evaluation } from "./evaluation.ts";
import type { EstimatedParameter } from "./smoothing-fit.ts";

/** A criterion that bends less than this, in units of the log-likelihood, no longer tells a parameter. */
const FLAT = 1e-5;
/** Eigenvalues of the Hessian below this share of the largest have no inverse. */
const SINGULAR = 1e-12;
/** Change on the scale without bounds over which the slope of the natural scale is differenced. */
const CHANGE = 1e-5;

/** Estimates of a family's own parameters, with standard errors from the curvature of the criterion. @param asked the family as it was asked for */
export function describeEstimates(asked: Family, { place, outer, hessian }: Evaluation, numParameters: number): EstimatedParameter[] {
  const found = place.visit.family;
  if (found === asked || !asked.estimatesParameter) return [];
  const size = outer.length;
  const { values, vectors } = symmetricEigen(hessian, size);
  const varianceOf = (k: number): number => {
    return values.reduce((sum, value, e) => sum + (value > SINGULAR * values[0] ? vectors[k * size + e] ** 2 / value : 0), 0);
  };
  const chosen = [...asked.parameters.keys()].filter((k) => asked.parameters[k].value === null);
  return chosen.map((k, at) => {
    const { name, value, toFree, fromFree } = found.parameters[k];
    const natural = value as number;
    const free = toFree(natural);
    const slope = (fromFree(free + CHANGE) - fromFree(free - CHANGE)) / (2 * CHANGE);
    const coordinate = numParameters + at;
    const isTold = coordinate < size && hessian[coordinate * (size + 1)] > FLAT;
    return { name, value: natural, standardError: isTold ? Math.abs(slope) * Math.sqrt(varianceOf(coordinate)) : null };
  });
}

export function warnOfLimits(estimates: readonly EstimatedParameter[]): Warning[] {
  return estimates
    .filter(({ standardError }) => standardError === null)
    .map(({ name, value }) => ({
      name: "parameterAtLimit",
      message: `The likelihood rises towards the end of the range of ${JSON.stringify(name)} (${Number(value.toPrecision(4))}), where it stands without a standard error: the data may be those of a simpler family, or of one with other tails.`,
      subjects: [name],
    }));
}
