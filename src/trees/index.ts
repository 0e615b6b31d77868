export { findLeaf } from "./add-leaves.ts";
export { importCatboost } from "./catboost/import-catboost.ts";
export { sourcesOf, type DerivedColumns } from "./derived/derived-columns.ts";
export { importLightgbm } from "./lightgbm/import-lightgbm.ts";
export { importMlCart, type ImportMlCartOptions } from "./ml-cart/import-ml-cart.ts";
export { importMlRandomForest } from "./ml-cart/import-ml-random-forest.ts";
export {
  CATEGORICAL,
  countTrees,
  goesLeft,
  isListed,
  MISSING_LEFT,
  OTHERS_LEFT,
  ZERO_IS_MISSING,
  ZERO_THRESHOLD,
  type LinearLeaves,
  type TreeNodes,
} from "./nodes.ts";
export type { LinkName, OutputLink } from "./output-link.ts";
export type { EncodedRows, ModelFeature } from "./encoded-rows.ts";
export { importOnnx, type ImportOnnxOptions } from "./onnx/import-onnx.ts";
export { importSklearn } from "./sklearn/import-sklearn.ts";
export type { CategoryRule } from "./category-rule.ts";
export type { TreeEnsembleJson } from "./ensemble-json.ts";
export type { PredictionScale, SinglePrecision, TreeEnsembleParts } from "./ensemble-parts.ts";
export type { LinearTerms } from "./linear-terms.ts";
export { TreeEnsemble } from "./tree-ensemble.ts";
export type { Verification, VerifyOptions } from "./verify-predictions.ts";
export { importXgboost, type ImportXgboostOptions } from "./xgboost/import-xgboost.ts";
