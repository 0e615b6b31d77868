import type { Family } from "./family.ts";
import type { ParameterOfVariance } from "./parameter-slopes.ts";

/** What a family is without its link. */
export interface ResponseDistribution extends Omit<
  Family,
  | "link"
  | "isCanonical"
  | "unitDevianceAt"
  | "parameterSlopes"
  | "withParameters"
  | "work"
  | "informationSlope"
  | "withParameter"
  | "toJSON"
> {
  /** Which loops apply: of a variance mean^p, mean (1 − mean) or mean + mean² / θ. */
  readonly shape: "power" | "binomial" | "negativeBinomial";
  /** How it depends on its one own parameter; null where it has none, or none that is sought. */
  readonly ofParameter: ParameterOfVariance | null;
  /** p where the variance is mean^p; NaN otherwise. */
  readonly variancePower: number;
}
