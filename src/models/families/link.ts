/** Names of the links that take no parameter. */
export type LinkName = "identity" | "log" | "logit" | "probit" | "cloglog" | "cauchit" | "inverse" | "sqrt" | "inverseSquared";

/** From the mean of a response to the scale on which a model is linear: `linear predictor = link(mean)`. */
export interface Link {
  /** A link's name, `power`, or `zeroInflated` of zeroInflatedPoisson, which takes no other. */
  readonly name: LinkName | "power" | "zeroInflated";
  /** The exponent of a `power` link; absent for others. */
  readonly exponent?: number;
  /** The linear predictor of a mean. */
  apply(mean: number): number;
  /** The mean of a linear predictor. */
  inverse(linearPredictor: number): number;
  /** d mean / d linear predictor. */
  slope(linearPredictor: number): number;
  /** d² mean / d linear predictor². */
  curvature(linearPredictor: number): number;
  /** d³ mean / d linear predictor³. */
  curvatureSlope(linearPredictor: number): number;
  /** Whether a linear predictor has a mean. */
  isValid(linearPredictor: number): boolean;
}
