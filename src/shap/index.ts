export { additiveShap } from "./additive-shap/additive-shap.ts";
export type { AdditiveModel } from "./additive-shap/additive-model.ts";
export type { AdditiveShapExplainer, AdditiveShapOptions } from "./additive-shap/additive-shap.ts";
export type { AttributionIndex } from "./attribution-indexes.ts";
export { Explanation } from "./explanation.ts";
export type { BackgroundSummary, ExplainedFeature, ExplanationParts, SamplingSummary } from "./explanation.ts";
export type { ExplanationJson } from "./explanation-json.ts";
export type { Contribution, FeatureImportance, Reason, ReasonOptions, RowExplanation } from "./explanation-readings.ts";
export { exactShap } from "./exact-shap.ts";
export type { ExactShapExplainer, ExactShapOptions, PredictContext, PredictFunction } from "./exact-shap.ts";
export { InteractionExplanation } from "./interaction-explanation.ts";
export type { InteractionParts } from "./interaction-explanation.ts";
export { PairInteractions } from "./pair-interactions.ts";
export type { PairInteractionParts, RankedPair } from "./pair-interactions.ts";
export { kernelShap } from "./kernel-shap/kernel-shap.ts";
export type { KernelShapExplainer } from "./kernel-shap/kernel-shap.ts";
export type { KernelShapProgress, KernelShapRunOptions, RunningEstimate } from "./kernel-shap/running-estimate.ts";
export type { Hierarchy } from "./kernel-shap/hierarchy.ts";
export type { AbsentFeatures } from "./kernel-shap/imputer.ts";
export type { BackgroundSample } from "./kernel-shap/sample-background.ts";
export type { Estimator, KernelShapOptions } from "./kernel-shap/settings.ts";
export type { Tolerance } from "./kernel-shap/tolerance.ts";
export type { ValueLink } from "./kernel-shap/value-link.ts";
export { gradientShap } from "./gradient-shap/gradient-shap.ts";
export type { GradientShapExplainer, GradientShapRunOptions } from "./gradient-shap/gradient-shap.ts";
export type { DifferentiablePredictor, GradientShapOptions } from "./gradient-shap/settings.ts";
export type { InteractionRanking, RankInteractionsOptions, RowBatches } from "./tree-shap/interactions/explain-interactions.ts";
export { loadTreeShap } from "./tree-saving/load-tree-shap.ts";
export type { RowTask } from "./tree-shap/row-work.ts";
export type { RowChunks } from "./tree-threads/explain-stream.ts";
export type { TreeShapProgress, TreeThreadOptions } from "./tree-threads/thread-options.ts";
export { IDLE_MILLISECONDS, transferable } from "./tree-threads/tree-pool.ts";
export type { ThreadAnswer, TreePool, TreeWorker } from "./tree-threads/tree-pool.ts";
export { openTreeThread } from "./tree-threads/tree-thread.ts";
export { treeShap } from "./tree-shap/tree-shap.ts";
export type {
  TreeShapExplainer,
  TreeShapExplainOptions,
  TreeShapOptions,
  TreeShapParallelOptions,
  TreeShapOutput,
} from "./tree-shap/tree-shap.ts";
export { accumulatedLocalEffects } from "./tree-effects/accumulated-effects.ts";
export type { AccumulatedEffects, AccumulatedOptions } from "./tree-effects/accumulated-effects.ts";
export type { EffectOfFeature, TreeEffectOptions } from "./tree-effects/effect-setting.ts";
export { individualConditionalExpectation } from "./tree-effects/individual-curves.ts";
export type { IndividualCurves, IndividualOptions } from "./tree-effects/individual-curves.ts";
export { partialDependence } from "./tree-effects/partial-dependence.ts";
export type { CurveGrid, PartialDependence, PartialDependenceOptions } from "./tree-effects/partial-dependence.ts";
