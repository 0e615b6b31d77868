/** Model files of one or two small trees, to be bent in tests. */

/** One tree of an XGBoost file. */
export interface XgboostTreeJson {
  [field: string]: unknown;
  left_children: number[];
  right_children: number[];
  split_indices: number[];
  split_conditions: (number | null)[];
  split_type: number[];
  default_left: (number | boolean)[];
  sum_hessian: (number | null)[];
  base_weights: number[];
  categories: number[];
  categories_nodes: number[];
  categories_segments: number[];
  categories_sizes: number[];
}

interface XgboostModelJson {
  [field: string]: unknown;
  trees: XgboostTreeJson[];
  tree_info: number[];
}

/** An XGBoost file. */
export interface XgboostJson {
  version: number[];
  learner: {
    [field: string]: unknown;
    attributes: Record<string, string>;
    feature_names: string[];
    feature_types: string[];
    learner_model_param: Record<string, string>;
    objective: { name: string };
    gradient_booster: { [field: string]: unknown; name: string; model: XgboostModelJson };
  };
}

/** `age < 30` left: leaf 1; else, and for missing ages, `city` in {1, 2} right: leaf 3, other cities left: leaf 2. */
export function smallXgboostTree(): XgboostTreeJson {
  return {
    tree_param: { num_deleted: "0", num_feature: "2", num_nodes: "5", size_leaf_vector: "1" },
    left_children: [1, -1, 3, -1, -1],
    right_children: [2, -1, 4, -1, -1],
    split_indices: [0, 0, 1, 0, 0],
    split_conditions: [30, 1, 1e-45, 2, 3],
    split_type: [0, 0, 1, 0, 0],
    default_left: [0, 0, 1, 0, 0],
    sum_hessian: [10, 4, 6, 5, 1],
    base_weights: [0, 9, 0, 9, 9],
    categories: [1, 2],
    categories_nodes: [2],
    categories_segments: [0],
    categories_sizes: [2],
  };
}

/** An XGBoost 1.7 file with one {@link smallXgboostTree} and base score 0.5, changed by `change`. */
export function smallXgboost(change: (file: XgboostJson) => void = () => {}): string {
  const file: XgboostJson = {
    learner: {
      attributes: {},
      feature_names: ["age", "city"],
      feature_types: ["float", "c"],
      learner_model_param: { base_score: "5E-1", num_class: "0", num_feature: "2", num_target: "1" },
      objective: { name: "reg:squarederror" },
      gradient_booster: {
        name: "gbtree",
        model: { gbtree_model_param: { num_parallel_tree: "1", num_trees: "1" }, tree_info: [0], trees: [smallXgboostTree()] },
      },
    },
    version: [1, 7, 4],
  };
  change(file);
  return JSON.stringify(file);
}

/** The tree of {@link smallXgboost}, changed by `change`. */
export function smallXgboostWithTree(change: (tree: XgboostTreeJson) => void): string {
  return smallXgboost((file) => change(file.learner.gradient_booster.model.trees[0]));
}

/** `age <= 30` left: leaf 1; else `city` in {1, 33} left: leaf 2, other cities and missing ones right: leaf 3. NaN ages go left. */
export const smallLightgbmTree = `Tree=0
num_leaves=3
num_cat=1
split_feature=0 1
split_gain=1 1
threshold=30 0
decision_type=10 1
left_child=-1 -2
right_child=1 -3
leaf_value=1 2 3
leaf_weight=4 5 1
leaf_count=4 5 1
internal_value=0 0
internal_weight=10 6
internal_count=10 6
cat_boundaries=0 2
cat_threshold=2 2
is_linear=0
shrinkage=1
`;

/** A LightGBM file of one {@link smallLightgbmTree}; `replacements` are pairs of a text that stands there and its replacement. */
export function smallLightgbm(...replacements: readonly (readonly [string, string])[]): string {
  const file = `tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=1
objective=regression
feature_names=age city
feature_infos=[0:90] 1:0:33
tree_sizes=300

${smallLightgbmTree}

end of trees

feature_importances:
age=1

parameters:
[boosting: gbdt]
[categorical_feature: 1]

end of parameters

pandas_categorical:null
`;
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the file has no ${JSON.stringify(from)}`);
    return text.replace(from, to);
  }, file);
}
