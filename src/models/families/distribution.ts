import type { Family } from "./family.ts";
import type { Link } from "./link.ts";
import type { MeanLikelihood } from "./likelihood.ts";
import type { ParameterOfVariance } from "./parameter-slopes.ts";

/** What a family is without its link. */
export type ResponseDistribution = PlainDistribution & (ByVariance | ByLikelihood);

/** An exponential family, or a quasi family: its variance function says all. */
interface ByVariance {
  /** Which loops apply: of a variance mean^p, mean (1 − mean) or mean + mean² / θ. */
  readonly shape: "power" | "binomial" | "negativeBinomial";
}

/** Any other distribution: its likelihood says all. */
interface ByLikelihood {
  readonly shape: "likelihood";
  readonly likelihood: MeanLikelihood;
  /** The link of the mean where the likelihood is one of the linear predictor itself and knows no other: it stands in place of the asked one. */
  readonly linkOfMean?: Link;
}

interface PlainDistribution extends Omit<
  Family,
  | "link"
  | "isExponential"
  | "isCanonical"
  | "unitDevianceAt"
  | "parameterSlopes"
  | "withParameters"
  | "work"
  | "informationSlope"
  | "withParameter"
  | "toJSON"
> {
  /** How it depends on its one own parameter; null where it has none, or none that is sought. */
  readonly ofParameter: ParameterOfVariance | null;
  /** p where the variance is mean^p; NaN otherwise. */
  readonly variancePower: number;
}
