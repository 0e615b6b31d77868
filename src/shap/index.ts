export { Explanation } from "./explanation.ts";
export type { BackgroundSummary, ExplainedFeature, ExplanationParts } from "./explanation.ts";
export type { ExplanationJson } from "./explanation-json.ts";
export type { Contribution, FeatureImportance, Reason, ReasonOptions, RowExplanation } from "./explanation-readings.ts";
export { exactShap } from "./exact-shap.ts";
export type { ExactShapExplainer, ExactShapOptions, PredictFunction } from "./exact-shap.ts";
export { treeShap } from "./tree-shap/tree-shap.ts";
export type { TreeShapExplainer, TreeShapOptions } from "./tree-shap/tree-shap.ts";
