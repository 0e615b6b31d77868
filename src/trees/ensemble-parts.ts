import type { Warning } from "../errors.ts";
import type { CategoryRule } from "./category-rule.ts";
import type { DerivedColumns } from "./derived/derived-columns.ts";
import type { ModelFeature } from "./encoded-rows.ts";
import type { LinearTerms } from "./linear-terms.ts";
import type { TreeNodes } from "./nodes.ts";
import type { OutputLink } from "./output-link.ts";
import type { Verification } from "./verify-predictions.ts";

/** Which scale predictions are on: the raw sum of leaves, or the response. */
export type PredictionScale = "raw" | "response";

/** What a library adds up in float32. */
export interface SinglePrecision {
  /** One an output. */
  readonly baseScores: Float32Array;
  /** Laid out as `nodes.leafValues`. */
  readonly leafValues: Float32Array;
  /** Whether base scores are added after the trees (onnxruntime) instead of before (XGBoost). @defaultValue false */
  readonly basesLast?: boolean;
}

/** What a model file says: the fields of {@link TreeEnsemble}. */
export interface TreeEnsembleParts {
  /** The library that wrote it, for example `xgboost`. */
  readonly format: string;
  readonly objective: string;
  readonly features: readonly ModelFeature[];
  readonly outputNames: readonly string[];
  readonly nodes: TreeNodes;
  /** Added to the sum of leaves, on the raw scale; one an output. */
  readonly baseScores: Float64Array;
  readonly link: OutputLink;
  /** For libraries that add up in float32, tree after tree: their own numbers; absent for those that use float64. */
  readonly singlePrecision?: SinglePrecision;
  /** Columns that count by weight beside the trees; null or left out where there are none. */
  readonly linearTerms?: LinearTerms | null;
  /** Columns that come from others before the trees test them (CatBoost); null or left out where there are none. */
  readonly derivedColumns?: DerivedColumns | null;
  /** What the library makes of categorical cells. */
  readonly categoryRule: CategoryRule;
  readonly warnings: readonly Warning[];
  /** The last comparison with predictions of the library itself; null or left out where there was none. */
  readonly verification?: Verification | null;
}
