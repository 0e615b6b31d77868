import * as v from "valibot";
import { anyArray, parseShape, wholeNumber } from "../parse-shape.ts";

/** One tree as it stands in the file. */
export interface XgboostTree {
  readonly numNodes: number;
  readonly numDeleted: number;
  /** Values a leaf holds; 0 and 1 both mean one. */
  readonly leafWidth: number;
  readonly left: readonly unknown[];
  readonly right: readonly unknown[];
  readonly splitIndices: readonly unknown[];
  readonly splitConditions: readonly unknown[];
  readonly splitTypes: readonly unknown[] | null;
  readonly defaultLeft: readonly unknown[];
  /** null for vector leaves before XGBoost 3.1. */
  readonly sumHessian: readonly unknown[] | null;
  readonly baseWeights: readonly unknown[];
  readonly leafWeights: readonly unknown[] | null;
  readonly categories: readonly unknown[];
  readonly categoryNodes: readonly unknown[];
  readonly categoryStarts: readonly unknown[];
  readonly categorySizes: readonly unknown[];
}

const SHAPE = v.object(
  {
    tree_param: v.object(
      { num_nodes: wholeNumber, num_deleted: v.optional(wholeNumber, 0), size_leaf_vector: v.optional(wholeNumber, 0) },
      "an object",
    ),
    left_children: anyArray,
    right_children: anyArray,
    split_indices: anyArray,
    split_conditions: anyArray,
    split_type: v.optional(anyArray),
    default_left: anyArray,
    sum_hessian: v.optional(anyArray),
    base_weights: anyArray,
    leaf_weights: v.optional(anyArray),
    categories: v.optional(anyArray, []),
    categories_nodes: v.optional(anyArray, []),
    categories_segments: v.optional(anyArray, []),
    categories_sizes: v.optional(anyArray, []),
  },
  "an object",
);

/** Checks the envelope of one tree. @throws InputError at the first field that is missing or of another kind. */
export function readXgboostTree(call: string, json: unknown, where: string): XgboostTree {
  const found = parseShape(call, SHAPE, json, where);
  return {
    numNodes: found.tree_param.num_nodes,
    numDeleted: found.tree_param.num_deleted,
    leafWidth: Math.max(1, found.tree_param.size_leaf_vector),
    left: found.left_children,
    right: found.right_children,
    splitIndices: found.split_indices,
    splitConditions: found.split_conditions,
    splitTypes: found.split_type ?? null,
    defaultLeft: found.default_left,
    sumHessian: found.sum_hessian ?? null,
    baseWeights: found.base_weights,
    leafWeights: found.leaf_weights ?? null,
    categories: found.categories,
    categoryNodes: found.categories_nodes,
    categoryStarts: found.categories_segments,
    categorySizes: found.categories_sizes,
  };
}
