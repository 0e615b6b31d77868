import { normal, studentT } from "../../numeric/index.ts";
import { varianceOf } from "./covariance.ts";
import type { GlmFit } from "./glm-fit.ts";

/** One coefficient with its inference. */
export interface Coefficient {
  /** R's name: `regionnorth`, `age:regionnorth`. */
  readonly name: string;
  /** On the link scale; null where aliased. */
  readonly estimate: number | null;
  /** Null where aliased, or where a penalty or constraint leaves none. */
  readonly standardError: number | null;
  /** Estimate / standard error: z where the dispersion is known, else t. */
  readonly statistic: number | null;
  /** Two-sided, of the hypothesis that the coefficient is 0. */
  readonly pValue: number | null;
  readonly aliased: boolean;
}

/** Whether tests refer to the normal distribution; else to Student's t. */
export function usesNormal({ dispersionMethod }: GlmFit): boolean {
  return dispersionMethod === "known" || dispersionMethod === "given";
}

/** Estimates, standard errors and Wald tests. */
export function coefficientTable(fit: GlmFit): Coefficient[] {
  const hasErrors = fit.restriction === null || fit.restriction === "firth";
  return fit.recipe.columnNames.map((name, j): Coefficient => {
    if (fit.aliased[j]) return { name, estimate: null, standardError: null, statistic: null, pValue: null, aliased: true };
    const estimate = fit.estimates[j];
    const variance = varianceOf(fit, j);
    const standardError = hasErrors && Number.isFinite(variance) ? Math.sqrt(variance) : null;
    const statistic = standardError === null ? null : estimate / standardError;
    return { name, estimate, standardError, statistic, pValue: statistic === null ? null : pValueOf(fit, statistic), aliased: false };
  });
}

/** Two-sided p-value of a z or t statistic; null where no degrees of freedom are left. */
function pValueOf(fit: GlmFit, statistic: number): number | null {
  if (Number.isNaN(statistic)) return null;
  if (usesNormal(fit)) return 2 * normal.upper(Math.abs(statistic));
  return fit.residualDegreesOfFreedom > 0 ? studentT.twoSided(statistic, fit.residualDegreesOfFreedom) : null;
}
