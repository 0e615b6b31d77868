import type { Family } from "../../families/family.ts";
import type { PassSteps } from "../../glm/fitting/drive.ts";
import type { Evaluation } from "./evaluation.ts";
import { frameAt } from "./penalty-frame.ts";
import { evaluatePredictionError } from "./prediction-error.ts";
import { evaluateLaplace, type LaplaceOptions } from "./reml.ts";
import type { RowSource, Visit } from "./rows.ts";
import { settle } from "./settle.ts";
import type { SmoothingMethod, SmoothingSettings } from "./smoothing-fit.ts";

/** All that decides a criterion's value but the rows and the outer coordinates. */
export interface CriterionOptions extends LaplaceOptions {
  readonly method: SmoothingMethod;
  /** Rows with weight, frequencies counted. */
  readonly numRows: number;
  /** The dispersion where it is no coordinate; null where GCV does without. */
  readonly dispersion: number | null;
}

/** @param chosen which of the family's own parameters are outer coordinates */
export function criterionOptions(family: Family, settings: SmoothingSettings, chosen: readonly number[]): CriterionOptions {
  const { dispersion, method, gamma, numObservations: numRows } = settings;
  const hasDispersion = method !== "GCV" && method !== "UBRE";
  return {
    method,
    numRows,
    gamma,
    chosen,
    dispersion: dispersion ?? (family.hasKnownDispersion ? 1 : null),
    seeksDispersion: dispersion === null && !family.hasKnownDispersion && hasDispersion,
    isMarginal: method === "ML",
  };
}

/**
 * The criterion at outer coordinates: log λ of each parameter, the family's own parameters, log dispersion.
 * @param from where to start settling from
 * @param tolerance what may be left to gain by another step of the coefficients, as a share of the dispersion
 */
export function* evaluateCriterion(
  source: RowSource,
  outer: Float64Array,
  { from, tolerance }: { readonly from: Visit; readonly tolerance: number },
  options: CriterionOptions,
): PassSteps<Evaluation | null> {
  const { method, numRows, gamma, seeksDispersion } = options;
  const { system } = source;
  const dispersion = seeksDispersion ? Math.exp(outer[outer.length - 1]) : options.dispersion;
  const frame = frameAt(system, outer.slice(0, system.numParameters).map(Math.exp));
  const place = yield* settle(source, frame, from, { dispersion, numRows, tolerance });
  if (!place) return null;
  if (method === "GCV") return yield* evaluatePredictionError(source, place, outer, { numRows, dispersion: null, gamma });
  const known = dispersion ?? 1;
  if (method === "UBRE") return yield* evaluatePredictionError(source, place, outer, { numRows, dispersion: known, gamma });
  return yield* evaluateLaplace(source, place, { outer, dispersion: known }, options);
}
