export { estimateTheta } from "./families/estimate-theta.ts";
export type { ThetaEstimate } from "./families/estimate-theta.ts";
export {
  beta,
  binomial,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  quasi,
  quasibinomial,
  quasipoisson,
  scaledT,
  tweedie,
  zeroInflatedPoisson,
} from "./families/families.ts";
export type {
  BetaOptions,
  FamilyOptions,
  NegativeBinomialOptions,
  QuasiOptions,
  ScaledTOptions,
  TweedieOptions,
  ZeroInflatedPoissonOptions,
} from "./families/families.ts";
export type {
  Cumulative,
  Family,
  FamilyJson,
  FamilyName,
  FamilyParameter,
  FittedRows,
  ParameterLikelihood,
  ParameterRows,
  ResponseProblem,
  SaturatedLikelihood,
  SaturatedRows,
  SlopeRows,
  WorkingRows,
} from "./families/family.ts";
export type { Link, LinkName as GlmLinkName } from "./families/link.ts";
export type { VarianceName } from "./families/quasi.ts";
export type { FamilyLike } from "./families/resolve-family.ts";
export { link, power } from "./families/resolve-link.ts";
export type { LinkLike } from "./families/resolve-link.ts";
export type { ThetaRows } from "./families/theta-score.ts";
export { tweedieLogLikelihood } from "./families/tweedie-likelihood.ts";
export type { TweedieProfile, TweedieRows } from "./families/tweedie-likelihood.ts";
export type { BasisCheck, BasisCheckOptions } from "./gam/checks/basis-check.ts";
export type { Concurvity, ConcurvityMeasures } from "./gam/checks/concurvity.ts";
export type { RangeCheck } from "./gam/checks/range-check.ts";
export { fitGam } from "./gam/fit-gam.ts";
export { fitGamElsewhere } from "./gam/fit-gam-elsewhere.ts";
export { fitGamChunks } from "./gam/fit-gam-chunks.ts";
export type { GamChunkOptions } from "./gam/fit-gam-chunks.ts";
export type { CorrectedFit, FittedSmooth, GamFit, SmoothingSearch } from "./gam/gam-fit.ts";
export type { GamJson, SmoothJson } from "./gam/gam-json.ts";
export { GamModel } from "./gam/gam-model.ts";
export type { GamPredictOptions, GamTermOptions } from "./gam/gam-model.ts";
export type { GamOptions } from "./gam/gam-options.ts";
export type { GamSummary } from "./gam/gam-summary.ts";
export type { Band, BandOptions } from "./gam/effect-band.ts";
export type { TermChoice } from "./gam/chosen-terms.ts";
export type { PenaltyBlock, ShapeRows } from "./gam/fitting/penalty-block.ts";
export type { EstimatedParameter, SmoothingMethod } from "./gam/fitting/smoothing-fit.ts";
export type { CoefficientDraws, DrawOptions, PredictionDraws } from "./gam/posterior.ts";
export type { DerivativeOptions, DifferenceOptions, SmoothEffect, SmoothEffectOptions } from "./gam/smooth-effects.ts";
export type { GridOptions } from "./gam/smooth-grid.ts";
export type { GamTermTest } from "./gam/term-tests.ts";
export type { GlmFit, GlmProblem, TrainingData } from "./glm/glm-fit.ts";
export type { Coefficient } from "./glm/coefficient-table.ts";
export { anomalies } from "./glm/diagnostics/anomalies.ts";
export type { Anomaly, AnomalyDriver, AnomalyOptions } from "./glm/diagnostics/anomalies.ts";
export type { OverdispersionTest, RegressionTest, ZeroInflationTest } from "./glm/diagnostics/count-checks.ts";
export type { VarianceInflation } from "./glm/diagnostics/variance-inflation.ts";
export type { ResidualType } from "./glm/diagnostics/residuals.ts";
export { fitGlm } from "./glm/fit-glm.ts";
export { fitGlmElsewhere, runSentPass } from "./glm/fit-glm-elsewhere.ts";
export type { PassRunner, RowNumbersOfFit, SentPass } from "./glm/fit-glm-elsewhere.ts";
export type {
  PassRequest,
  ParameterSums,
  PassSums,
  RemainderRequest,
  RemainderSums,
  SlopeRequest,
  SlopeSums,
  WorkingRequest,
  WorkingSums,
} from "./glm/fitting/pass.ts";
export { fitGlmChunks } from "./glm/fit-glm-chunks.ts";
export type { ChunkRowOptions, ChunkSource } from "./glm/chunk-reader.ts";
export type { GlmChunkOptions } from "./glm/fit-glm-chunks.ts";
export type { FitJson, GlmJson } from "./glm/glm-json.ts";
export { GlmModel } from "./glm/glm-model.ts";
export { RegressionModel } from "./glm/regression-model.ts";
export type { ConstraintOptions, GlmOptions, PenaltyOptions, RowNumbers, RowOptions } from "./glm/glm-options.ts";
export type { CoefficientInterval, ConfidenceIntervals, IntervalOptions } from "./glm/inference/confidence-intervals.ts";
export type { ClusterLabels } from "./glm/inference/clusters.ts";
export type { HypothesisOptions, HypothesisTest } from "./glm/inference/hypothesis-test.ts";
export type { MarginalMean, MarginalMeans, MarginalMeansOptions } from "./glm/inference/marginal-means.ts";
export type { Contrast, ContrastOptions, Contrasts } from "./glm/inference/pairwise-contrasts.ts";
export type { Hypothesis, HypothesisMatrix } from "./glm/inference/read-hypothesis.ts";
export type { GridValues, GridWeights } from "./glm/inference/reference-grid.ts";
export type { Relativities, RelativityOptions, RelativityRow } from "./glm/inference/relativities.ts";
export type { RobustOptions, RobustType } from "./glm/inference/robust-covariance.ts";
export type { TermTestType } from "./glm/inference/term-comparisons.ts";
export type { TermTest, TermTestOptions, TermTests } from "./glm/inference/term-tests.ts";
export type { PredictionsWithErrors, PredictOptions, TermPredictions } from "./glm/predictions.ts";
export type { GlmSummary } from "./glm/summary.ts";
export type { CrossValidation } from "./glm/path/cross-validation.ts";
export { fitGlmPath } from "./glm/path/fit-glm-path.ts";
export type { GlmPathJson } from "./glm/path/glm-path-json.ts";
export type { GlmPathFit } from "./glm/path/glm-path-fit.ts";
export type { GlmPathOptions } from "./glm/path/glm-path-options.ts";
export { GlmPath } from "./glm/path/glm-path.ts";
export type { PathPredictOptions, StrengthChoice } from "./glm/path/glm-path.ts";
export { termEffect } from "./effects/term-effect.ts";
export type { TermEffectOptions } from "./effects/term-effect.ts";
export { surfaceEffect } from "./effects/surface-effect.ts";
export type { SurfaceEffectOptions } from "./effects/surface-effect.ts";
export type { SurfaceAxis, SurfaceEffect } from "./surface-effect.ts";
export type { EffectScale, TermEffect, TermPoint } from "./term-effect.ts";
export { factor, interaction, linear, polynomial, re, s, t2, Table, te, ti } from "../table/index.ts";
export type { ContrastName, ModelFormula } from "../table/index.ts";
