export { estimateTheta } from "./families/estimate-theta.ts";
export type { ThetaEstimate } from "./families/estimate-theta.ts";
export {
  binomial,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  quasi,
  quasibinomial,
  quasipoisson,
  tweedie,
} from "./families/families.ts";
export type { FamilyOptions, NegativeBinomialOptions, QuasiOptions, TweedieOptions } from "./families/families.ts";
export type { Family, FamilyJson, FamilyName, FittedRows, ResponseProblem, WorkingRows } from "./families/family.ts";
export type { Link, LinkName } from "./families/link.ts";
export type { VarianceName } from "./families/quasi.ts";
export type { FamilyLike } from "./families/resolve-family.ts";
export { link, power } from "./families/resolve-link.ts";
export type { LinkLike } from "./families/resolve-link.ts";
export type { ThetaRows } from "./families/theta-score.ts";
export { tweedieLogLikelihood } from "./families/tweedie-likelihood.ts";
export type { TweedieProfile, TweedieRows } from "./families/tweedie-likelihood.ts";
export type { GlmFit, GlmProblem, TrainingData } from "./glm/glm-fit.ts";
