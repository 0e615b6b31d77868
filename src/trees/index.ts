export { findLeaf } from "./add-leaves.ts";
export { importLightgbm } from "./lightgbm/import-lightgbm.ts";
export {
  CATEGORICAL,
  countTrees,
  goesLeft,
  isListed,
  MISSING_LEFT,
  OTHERS_LEFT,
  ZERO_IS_MISSING,
  ZERO_THRESHOLD,
  type TreeNodes,
} from "./nodes.ts";
export type { LinkName, OutputLink } from "./output-link.ts";
export type { EncodedRows, ModelFeature } from "./encoded-rows.ts";
export { TreeEnsemble, type PredictionScale, type SinglePrecision, type TreeEnsembleParts } from "./tree-ensemble.ts";
export type { Verification, VerifyOptions } from "./verify-predictions.ts";
export { importXgboost, type ImportXgboostOptions } from "./xgboost/import-xgboost.ts";
