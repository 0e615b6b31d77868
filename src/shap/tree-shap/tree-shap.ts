import type { Matrix, TableLike } from "../../table/index.ts";
import type { TreeEnsemble } from "../../trees/index.ts";
import type { AttributionIndex } from "../attribution-indexes.ts";
import type { Explanation } from "../explanation.ts";
import { checkOptions } from "./check-tree-options.ts";
import { explainRaw } from "./explain-raw.ts";
import { layTrees } from "./lay-trees.ts";
import { prepareGame } from "./tree-game.ts";

/** Options of {@link treeShap}. */
export interface TreeShapOptions {
  /**
   * The rows that stand for "feature absent": the interventional game, averaged over all of them. Beyond preparing them once, any number of
   * rows costs the same per explained row, but for trees with more than a dozen features on a path. Without it absent features are averaged
   * by the model's own training covers: the path-dependent game.
   */
  readonly background?: TableLike | Matrix;
  /** A weight for each background row, not negative. @defaultValue all equal */
  readonly backgroundWeights?: ArrayLike<number>;
  /** The scale to explain: `raw` is the model's margin (log-odds, log of the mean, …). @defaultValue "raw" */
  readonly output?: "raw";
  /**
   * How a feature's ways of joining others are weighted. Banzhaf values weigh every coalition alike; they do not sum to the prediction, and the
   * explanation says so (`isAdditive`). @defaultValue "shapley"
   */
  readonly index?: AttributionIndex;
  /** Features to treat as one: `{ housing: ["rent", "own"] }`. Exact Shapley values of the groups, not sums. Others stay alone. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

/** Explains rows by exact Shapley values of a tree ensemble. */
export interface TreeShapExplainer {
  /**
   * @param data - rows as a table (columns found by name) or a matrix in the model's column order
   * @returns values for each row and output; Shapley values and the base value sum to the model's raw prediction
   * @throws InputError when a column is missing, a category is unknown or a text stands where a number should
   */
  explain(data: TableLike | Matrix): Explanation;
}

/**
 * Tree SHAP: exact Shapley values in float64, by pattern tables and Gauss–Legendre quadrature.
 * One row costs about the number of leaves times the depth, whatever the size of the background. What is prepared for a background is made at
 * the first call and kept, up to 1 GiB; a model that needs more (some 250 trees of depth 8) is prepared anew at each call, so explain its rows
 * together.
 * @throws InputError when the model's file has no covers and no background is given, or options do not fit the model
 * @example
 * const explanation = treeShap(importLightgbm(text), { background: train }).explain(applicants);
 * @see Lundberg et al. (2020), doi:10.1038/s42256-019-0138-9; Wettenstein, Mitchell & Yu (2026), arXiv:2605.04497; docs/maths/tree-shap.md
 */
export function treeShap(ensemble: TreeEnsemble, options: TreeShapOptions = {}): TreeShapExplainer {
  checkOptions(ensemble, options);
  const game = prepareGame(ensemble, options);
  const engine = layTrees(game);
  return { explain: (data) => explainRaw(game, engine, data) };
}
