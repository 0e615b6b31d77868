import { chiSquared, fisherF, normal, studentT } from "../../../numeric/index.ts";
import { usesNormal } from "../coefficient-table.ts";
import type { GlmFit } from "../glm-fit.ts";

/** What statistics of a fit are held against. */
export interface ReferenceDistribution {
  /** Degrees of freedom of the dispersion's estimate; Infinity where it is known: t is then normal, and q F is χ². */
  readonly degreesOfFreedom: number;
  /** The z or t value that is exceeded with this probability. */
  quantile(upperTail: number): number;
  /** Two-sided p-value of z or t. */
  twoSided(statistic: number): number;
}

/** Student's t where the dispersion was estimated, as in the table of coefficients; else the normal distribution. */
export function referenceDistribution(fit: GlmFit): ReferenceDistribution {
  return usesNormal(fit) ? NORMAL : student(fit.residualDegreesOfFreedom);
}

/** The normal distribution. */
export const NORMAL: ReferenceDistribution = {
  degreesOfFreedom: Infinity,
  quantile: (upperTail) => -normal.quantile(upperTail),
  twoSided: (statistic) => 2 * normal.upper(Math.abs(statistic)),
};

function student(degreesOfFreedom: number): ReferenceDistribution {
  return {
    degreesOfFreedom,
    quantile: (upperTail) => -studentT.quantile(upperTail, degreesOfFreedom),
    twoSided: (statistic) => studentT.twoSided(statistic, degreesOfFreedom),
  };
}

/** Probability that a χ² of so many degrees of freedom exceeds the statistic. */
export function chiSquaredTail(statistic: number, degreesOfFreedom: number): number {
  return chiSquared.upper(Math.max(0, statistic), degreesOfFreedom);
}

/** Probability that an F exceeds the statistic. */
export function fisherTail(statistic: number, numerator: number, denominator: number): number {
  return fisherF.upper(Math.max(0, statistic), numerator, denominator);
}
