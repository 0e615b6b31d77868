import { InputError } from "../../errors.ts";
import type { Family } from "../families/family.ts";
import type { SmoothingSettings } from "./fitting/smoothing-fit.ts";
import { isLikelihood } from "./gam-options.ts";
import type { GamOptions } from "./gam-options.ts";

/** The search ends when the criterion, a log-likelihood, would fall by less. */
const TOLERANCE = 1e-9;
const MAX_ITERATIONS = 200;

/** How a fit is sought, as the options want it. */
export function smoothingSettings(
  options: GamOptions,
  rows: Pick<SmoothingSettings, "numObservations" | "fallback" | "startParameters">,
): SmoothingSettings {
  return {
    method: options.method ?? "REML",
    dispersion: typeof options.dispersion === "number" ? options.dispersion : null,
    gamma: options.gamma ?? 1,
    start: null,
    startSmoothing: null,
    maxIterations: options.maxIterations ?? MAX_ITERATIONS,
    tolerance: options.tolerance ?? TOLERANCE,
    ...rows,
  };
}

/** Checks that the criterion and the dispersion suit the family. @throws {@link InputError} */
export function checkCriterion(call: string, family: Family, options: GamOptions): void {
  checkRiskEstimate(call, family, options);
  checkDispersion(call, family, options);
}

/** The unbiased risk estimate is one where the dispersion is known. */
function checkRiskEstimate(call: string, { hasKnownDispersion, label }: Family, { method, dispersion }: GamOptions): void {
  if (method !== "UBRE" || hasKnownDispersion || typeof dispersion === "number") return;
  throw new InputError({
    call,
    argument: "method",
    expected: 'another than "UBRE" where the dispersion is not known',
    received: `"UBRE" and the family ${label}`,
    mend: 'Take "GCV", or give the dispersion as a number.',
  });
}

/** Only a likelihood has a dispersion of its own. */
function checkDispersion(call: string, { hasKnownDispersion, label }: Family, { method = "REML", dispersion }: GamOptions): void {
  if (dispersion !== "likelihood" || (isLikelihood(method) && !hasKnownDispersion)) return;
  throw new InputError({
    call,
    argument: "dispersion",
    expected: 'another than "likelihood", as the criterion has no dispersion of its own',
    received: `the method ${JSON.stringify(method)} and the family ${label}`,
    mend: 'Take "fletcher", or the method "REML".',
  });
}
