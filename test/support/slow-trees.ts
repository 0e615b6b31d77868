/**
 * Slow evaluators, written from the libraries' own rules and not from ours: they read the model file again, node by node, and
 * compare as the library compares. They know one base score, and neither vector leaves nor named
 * categories.
 */

interface XgboostTreeJson {
  readonly left_children: number[];
  readonly right_children: number[];
  readonly split_indices: number[];
  readonly split_conditions: (number | null)[];
  readonly split_type: number[];
  readonly default_left: (number | boolean)[];
  readonly categories: number[];
  readonly categories_nodes: number[];
  readonly categories_segments: number[];
  readonly categories_sizes: number[];
}

/** A model that evaluates one row at a time, and the thresholds that it tests each column against. */
export interface SlowModel {
  /** Raw scores, one an output. */
  raw(row: readonly number[]): number[];
  readonly thresholds: readonly { readonly feature: number; readonly value: number }[];
}

/** XGBoost: everything in float32, left when `x < condition`, listed categories right. */
export function slowXgboost(text: string, numOutputs: number): SlowModel {
  const { learner } = JSON.parse(text.replaceAll(/\bNaN\b/g, "null"));
  const base = Math.fround(Number(learner.learner_model_param.base_score));
  const isLogistic = learner.objective.name === "binary:logistic";
  const baseScore = isLogistic ? -Math.fround(Math.log(Math.fround(Math.fround(1 / base) - 1))) : base;
  const booster = learner.gradient_booster;
  const weights: number[] | undefined = booster.weight_drop;
  const { trees, tree_info: outputs } = (booster.gbtree ?? booster).model as { trees: XgboostTreeJson[]; tree_info: number[] };
  const goesLeft = (tree: XgboostTreeJson, i: number, cell: number): boolean => {
    const x = Math.fround(cell);
    if (Number.isNaN(x)) return Boolean(tree.default_left[i]);
    if (tree.split_type[i] !== 1) return x < Math.fround(tree.split_conditions[i] as number);
    if (x < 0 || x >= 2 ** 24) return true;
    const list = tree.categories_nodes.indexOf(i);
    const start = tree.categories_segments[list];
    return !tree.categories.slice(start, start + tree.categories_sizes[list]).includes(Math.trunc(x));
  };
  return {
    raw(row) {
      const sums = Array.from({ length: numOutputs }, () => baseScore);
      for (const [t, tree] of trees.entries()) {
        let i = 0;
        while (tree.left_children[i] !== -1) {
          i = goesLeft(tree, i, row[tree.split_indices[i]]) ? tree.left_children[i] : tree.right_children[i];
        }
        const leaf = Math.fround(Math.fround(tree.split_conditions[i] as number) * Math.fround(weights?.[t] ?? 1));
        sums[outputs[t]] = Math.fround(sums[outputs[t]] + leaf);
      }
      return sums;
    },
    thresholds: trees.flatMap((tree) =>
      tree.left_children.flatMap((left, i) =>
        left === -1 || tree.split_type[i] === 1
          ? []
          : [{ feature: tree.split_indices[i], value: Math.fround(tree.split_conditions[i] as number) }],
      ),
    ),
  };
}

/** LightGBM: everything in float64, left when `x <= threshold`, listed categories left. */
export function slowLightgbm(text: string): SlowModel {
  const [header, ...blocks] = text.split("end of trees")[0].split(/^Tree=\d+$/m);
  const numOutputs = Number(/^num_tree_per_iteration=(\d+)$/m.exec(header)?.[1]);
  const trees = blocks.map((block) => {
    const numbers = (key: string): number[] =>
      (new RegExp(`^${key}=(.*)$`, "m").exec(block)?.[1] ?? "").replaceAll("inf", "Infinity").split(" ").filter(Boolean).map(Number);
    return {
      features: numbers("split_feature"),
      thresholds: numbers("threshold"),
      decisions: numbers("decision_type"),
      left: numbers("left_child"),
      right: numbers("right_child"),
      leaves: numbers("leaf_value"),
      boundaries: numbers("cat_boundaries"),
      words: numbers("cat_threshold"),
    };
  });
  const goesLeft = (tree: (typeof trees)[number], i: number, cell: number): boolean => {
    const decision = tree.decisions[i];
    if (decision & 1) {
      const category = Math.trunc(cell);
      if (Number.isNaN(cell) || category < 0 || category >= 2 ** 31) return false;
      const set = tree.thresholds[i];
      const words = tree.words.slice(tree.boundaries[set], tree.boundaries[set + 1]);
      return category < 32 * words.length && Math.floor(words[Math.floor(category / 32)] / 2 ** (category % 32)) % 2 === 1;
    }
    const missing = ["none", "zero", "nan"][decision >> 2];
    const x = Number.isNaN(cell) && missing !== "nan" ? 0 : cell;
    const isMissing = missing === "zero" ? Math.abs(x) <= Math.fround(1e-35) : missing === "nan" && Number.isNaN(x);
    return isMissing ? (decision & 2) !== 0 : x <= tree.thresholds[i];
  };
  return {
    raw(row) {
      const sums = Array.from({ length: numOutputs }, () => 0);
      for (const [t, tree] of trees.entries()) {
        let i = tree.features.length === 0 ? -1 : 0;
        while (i >= 0) i = goesLeft(tree, i, row[tree.features[i]]) ? tree.left[i] : tree.right[i];
        sums[t % numOutputs] += tree.leaves[~i];
      }
      return sums;
    },
    thresholds: trees.flatMap(({ features, thresholds, decisions }) =>
      features.flatMap((feature, i) => (decisions[i] & 1 ? [] : [{ feature, value: thresholds[i] }])),
    ),
  };
}
