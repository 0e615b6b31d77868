import type { Family } from "./family.ts";

/** What a family is without its link. */
export interface ResponseDistribution extends Omit<
  Family,
  "link" | "isCanonical" | "unitDevianceAt" | "work" | "informationSlope" | "withParameter" | "toJSON"
> {
  /** Which loops apply: of a variance mean^p, mean (1 − mean) or mean + mean² / θ. */
  readonly shape: "power" | "binomial" | "negativeBinomial";
  /** p where the variance is mean^p; NaN otherwise. */
  readonly variancePower: number;
}
