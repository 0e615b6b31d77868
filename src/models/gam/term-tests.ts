import { chiSquared, fisherF } from "../../numeric/index.ts";
import { usesNormal } from "../glm/coefficient-table.ts";
import { knownCovariance } from "../glm/covariance.ts";
import { pickForms, quadraticForm } from "../glm/inference/wald.ts";
import { zeroAliased } from "../glm/zero-aliased.ts";
import type { GamFit } from "./gam-fit.ts";

/** Whether a term of a {@link GamModel} is needed. */
export interface GamTermTest {
  readonly term: string;
  readonly kind: "parametric" | "smooth";
  /** Whole for a parametric term; the reference degrees of freedom of a smooth. */
  readonly degreesOfFreedom: number;
  /** F where the dispersion is estimated, else chi-squared. */
  readonly statistic: number;
  readonly pValue: number;
}

/** Wald tests of parametric terms by the Bayesian covariance, as mgcv's, and the tests of the smooths. */
export function testGamTerms(fit: GamFit): GamTermTest[] {
  const labels = new Set(fit.smooths.map(({ label }) => label));
  const covariance = knownCovariance("GamModel.testTerms", fit);
  const estimates = zeroAliased(fit.estimates);
  const parametric = fit.recipe.terms
    .filter(({ label, factors }) => factors.length > 0 && !labels.has(label))
    .map(({ label, positions }): GamTermTest => {
      const { statistic, rank } = quadraticForm(pickForms(estimates, covariance, positions));
      const isKnown = usesNormal(fit);
      const pValue = isKnown ? chiSquared.upper(statistic, rank) : fisherF.upper(statistic / rank, rank, fit.residualDegreesOfFreedom);
      return { term: label, kind: "parametric", degreesOfFreedom: rank, statistic: isKnown ? statistic : statistic / rank, pValue };
    });
  const smooth = fit.smooths.map(({ label, referenceDegreesOfFreedom, statistic, pValue }): GamTermTest => {
    return { term: label, kind: "smooth", degreesOfFreedom: referenceDegreesOfFreedom, statistic, pValue };
  });
  return [...parametric, ...smooth];
}
