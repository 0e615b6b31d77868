import { describe, expect, test } from "vitest";
import { importXgboost } from "../../../src/trees/index.ts";
import type { TreeEnsemble } from "../../../src/trees/index.ts";
import { smallXgboost, smallXgboostTree, smallXgboostWithTree, type XgboostJson } from "../../support/small-models.ts";

/** Raw predictions for rows of age and city code. */
function predictRows(ensemble: TreeEnsemble, ...rows: number[][]): number[] {
  const matrix = { values: Float64Array.from(rows.flat()), numRows: rows.length, numColumns: rows[0].length };
  return [...ensemble.predict(matrix, { scale: "raw" })];
}

const twoTargets = (baseScore: string): string =>
  smallXgboost(({ learner }) => {
    learner.learner_model_param = { ...learner.learner_model_param, base_score: baseScore, num_target: "2" };
    const { model } = learner.gradient_booster;
    model.trees.push(smallXgboostTree());
    model.tree_info = [0, 1];
  });

const twoTrees = ({ learner }: XgboostJson): void => {
  learner.gradient_booster.model.trees.push(smallXgboostTree());
  learner.gradient_booster.model.tree_info = [0, 0];
};

const vectorLeaves = (change: Record<string, unknown>): string =>
  smallXgboost(({ learner }) => {
    learner.learner_model_param["num_target"] = "2";
    const [tree] = learner.gradient_booster.model.trees;
    Object.assign(tree, { tree_param: { num_deleted: "0", num_nodes: "5", size_leaf_vector: "2" }, ...change });
  });

const threeRounds = (change: (file: XgboostJson) => void): string =>
  smallXgboost((file) => {
    file.learner.attributes = { best_iteration: "1" };
    file.learner.gradient_booster.model.trees.push(smallXgboostTree(), smallXgboostTree());
    file.learner.gradient_booster.model.tree_info = [0, 0, 0];
    change(file);
  });

const named = (tables: unknown, version = [3, 2, 0]): string =>
  smallXgboost((file) => {
    file.version = version;
    file.learner.gradient_booster.model["cats"] = { enc: tables };
  });

const textTable = (levels: readonly string[]): unknown => {
  const bytes = levels.map((level) => [...new TextEncoder().encode(level)]);
  const offsets = [0];
  for (const one of bytes) offsets.push(offsets[offsets.length - 1] + one.length);
  return { offsets, values: bytes.flat().map((byte) => (byte > 127 ? byte - 256 : byte)) };
};

describe("what a file holds", () => {
  const ensemble = importXgboost(smallXgboost());

  test("names, kinds, covers and shape", () => {
    expect(ensemble.format).toBe("xgboost");
    expect(ensemble.objective).toBe("reg:squarederror");
    expect(ensemble.features).toEqual([
      { name: "age", kind: "numeric", levels: null },
      { name: "city", kind: "categorical", levels: null },
    ]);
    expect(ensemble.featureNames).toEqual(["age", "city"]);
    expect(ensemble.outputNames).toEqual(["output"]);
    expect(ensemble.numTrees).toBe(1);
    expect(ensemble.warnings).toEqual([]);
    expect([...ensemble.nodes.cover]).toEqual([10, 4, 6, 5, 1]);
  });

  test("a threshold is not below itself, and missing values follow the default", () => {
    expect(predictRows(ensemble, [29, 0], [30, 0], [NaN, 0], [NaN, NaN])).toEqual([1.5, 2.5, 2.5, 2.5]);
  });

  test("listed categories go right; others, negative and too large ones left", () => {
    const cities = [1, 2, 2.9, 0, 3, -1, -0.5, 2 ** 24, 1e30, Infinity];
    const expected = [3.5, 3.5, 3.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5];
    expect(predictRows(ensemble, ...cities.map((city) => [40, city]))).toEqual(expected);
  });

  test("bytes read as text does, with and without a byte order mark", () => {
    const bytes = new TextEncoder().encode(smallXgboost());
    expect(importXgboost(bytes).nodes).toEqual(ensemble.nodes);
    expect(importXgboost(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes)).nodes).toEqual(ensemble.nodes);
    expect(importXgboost(`\uFEFF${smallXgboost()}`).nodes).toEqual(ensemble.nodes);
  });

  test("a model beside its settings is read, as R's xgb.serialize writes both", () => {
    const both = { Config: { learner: { learner_train_param: {} } }, Model: JSON.parse(smallXgboost()) };
    expect(importXgboost(JSON.stringify(both)).toJSON()).toEqual(ensemble.toJSON());
  });

  test("features without names are x0, x1, …", () => {
    const file = smallXgboost(({ learner }) => {
      learner.feature_names = [];
      learner.feature_types = [];
    });
    expect(importXgboost(file).features).toEqual([
      { name: "x0", kind: "numeric", levels: null },
      { name: "x1", kind: "categorical", levels: null },
    ]);
  });
});

describe("traps of the format", () => {
  test("bare NaN and Infinity are numbers, but not inside texts", () => {
    const text = smallXgboost(({ learner }) => (learner.feature_names = ['a "NaN', "-Infinity\\"]))
      .replace('"split_conditions":[30,1,1e-45', '"split_conditions":[Infinity,1,NaN')
      .replace('"base_weights":[0', '"base_weights":[-Infinity');
    const ensemble = importXgboost(text);
    expect(ensemble.featureNames).toEqual(['a "NaN', "-Infinity\\"]);
    expect(predictRows(ensemble, [1e30, 0], [Infinity, 0])).toEqual([1.5, 2.5]);
  });

  test("default_left as booleans", () => {
    const ensemble = importXgboost(smallXgboostWithTree((tree) => (tree.default_left = [true, false, false, false, false])));
    expect(predictRows(ensemble, [NaN, 0], [40, NaN])).toEqual([1.5, 3.5]);
  });

  test("base_score as a list of one number, from XGBoost 3.1", () => {
    const file = smallXgboost(({ learner }) => (learner.learner_model_param["base_score"] = "[2.5E-1]"));
    expect(predictRows(importXgboost(file), [0, 0])).toEqual([1.25]);
  });

  test("base_score as one number an output, or one for all", () => {
    const ensemble = importXgboost(twoTargets("[2.5E-1,-1E0]"));
    expect(ensemble.outputNames).toEqual(["target 0", "target 1"]);
    expect(predictRows(ensemble, [0, 0])).toEqual([1.25, 0]);
    expect(predictRows(importXgboost(twoTargets("2.5E-1")), [0, 0])).toEqual([1.25, 1.25]);
  });

  test.each([
    ["binary:logistic", "0.3", Math.log(Math.fround(0.3) / (1 - Math.fround(0.3))), "log-odds"],
    ["binary:logistic", "1", -Math.log(1 / Math.fround(1 - 1e-6) - 1), "log-odds"],
    ["reg:logistic", "0.5", 0, "log-odds"],
    ["binary:logitraw", "0.3", Math.fround(0.3), "log-odds"],
    ["binary:hinge", "0.3", Math.fround(0.3), "margin"],
    ["count:poisson", "2", Math.log(2), "log of the mean"],
    ["reg:gamma", "2", Math.log(2), "log of the mean"],
    ["reg:tweedie", "2", Math.log(2), "log of the mean"],
    ["survival:cox", "2", Math.log(2), "log of the hazard ratio"],
    ["survival:aft", "2", Math.log(2), "log of the time"],
    ["rank:ndcg", "0.5", 0.5, ""],
    ["reg:absoluteerror", "0.5", 0.5, ""],
  ])("%s with base score %s starts at %f", (name, baseScore, expected, units) => {
    const ensemble = importXgboost(
      smallXgboost(({ learner }) => {
        learner.objective = { name };
        learner.learner_model_param["base_score"] = baseScore;
      }),
    );
    // Two float64 routes to the same logarithm: a few units in the last place, which 1 - p near 0 magnifies.
    expect(Math.abs(ensemble.baseScores[0] - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
    expect(ensemble.link.units).toBe(units);
    expect(ensemble.warnings).toEqual([]);
  });

  test("a mean and its variance are called so", () => {
    const file = twoTargets("[1,2]").replace("reg:squarederror", "reg:normal");
    expect(importXgboost(file).outputNames).toEqual(["mean", "log of the variance"]);
  });

  test("an unknown objective predicts raw scores, and says so", () => {
    const ensemble = importXgboost(smallXgboost(({ learner }) => (learner.objective = { name: "my:loss" })));
    expect(ensemble.warnings).toEqual([
      {
        name: "objective",
        message: 'The objective "my:loss" is not known here, so the response equals the raw score.',
        subjects: ["my:loss"],
      },
    ]);
    expect([...ensemble.predict([{ age: 1, city: 0 }])]).toEqual([1.5]);
  });

  test("nodes that pruning deleted are left out", () => {
    const ensemble = importXgboost(
      smallXgboostWithTree((tree) => {
        tree["tree_param"] = { num_deleted: "2", num_nodes: "5" };
        tree.left_children[2] = -1;
        tree.right_children[2] = -1;
        tree.split_conditions[2] = 7;
        tree.split_indices = [0, 0, 0, 2 ** 31 - 1, 2 ** 32 - 1];
      }),
    );
    expect(ensemble.nodes.feature.length).toBe(3);
    expect(predictRows(ensemble, [0, 0], [40, 0])).toEqual([1.5, 7.5]);
  });

  test("a categorical node that lists nothing sends all left", () => {
    const none = { categories: [], categories_nodes: [], categories_segments: [], categories_sizes: [] };
    const ensemble = importXgboost(smallXgboostWithTree((tree) => Object.assign(tree, none)));
    expect(predictRows(ensemble, [40, 1], [40, NaN])).toEqual([2.5, 2.5]);
  });

  test("covers: zero stays, below zero counts as zero, and a file may have none", () => {
    const covers = importXgboost(smallXgboostWithTree((tree) => (tree.sum_hessian = [0, -1e-9, 0, null, 0.1]))).nodes.cover;
    expect([...covers]).toEqual([0, 0, 0, NaN, Math.fround(0.1)]);
    const none = importXgboost(smallXgboostWithTree((tree) => delete (tree as Record<string, unknown>)["sum_hessian"]));
    expect(none.nodes.cover.every(Number.isNaN)).toBe(true);
  });

  test("a tree of one leaf", () => {
    const leaf = {
      tree_param: { num_deleted: "0", num_nodes: "1" },
      left_children: [-1],
      right_children: [-1],
      split_indices: [0],
      split_conditions: [4],
      split_type: [0],
      default_left: [0],
      sum_hessian: [10],
      base_weights: [9],
      categories: [],
      categories_nodes: [],
      categories_segments: [],
      categories_sizes: [],
    };
    expect(predictRows(importXgboost(smallXgboostWithTree((tree) => Object.assign(tree, leaf))), [0, 0])).toEqual([4.5]);
  });

  const weights = [0.1, 0.5];
  const dartSum = Math.fround(Math.fround(0.5 + Math.fround(Math.fround(0.1) * 1)) + 0.5);

  test.each([
    [
      "beside the trees, up to 3.2",
      smallXgboost((file) => {
        twoTrees(file);
        const { model } = file.learner.gradient_booster;
        file.learner.gradient_booster = { name: "dart", gbtree: { name: "gbtree", model }, weight_drop: weights } as never;
      }),
    ],
    [
      "among the trees, from 3.3",
      smallXgboost((file) => {
        twoTrees(file);
        file.learner.gradient_booster.model["weight_drop"] = weights;
      }),
    ],
  ])("DART weights %s", (_, file) => {
    const ensemble = importXgboost(file);
    expect(predictRows(ensemble, [0, 0])).toEqual([dartSum]);
    expect([...ensemble.sumLeaves({ values: Float64Array.of(0, 0), numRows: 1, numColumns: 2 })]).toEqual([0.5 + 0.1 + 0.5]);
  });

  test.each([
    ["in base_weights, before 3.1", vectorLeaves({ base_weights: [0, 0, 1, 10, 0, 0, 2, 20, 3, 30], sum_hessian: undefined })],
    ["in leaf_weights, from 3.1", vectorLeaves({ right_children: [2, 0, 4, 2, 1], leaf_weights: [1, 10, 3, 30, 2, 20], base_weights: [] })],
  ])("vector leaves %s", (_, file) => {
    const ensemble = importXgboost(file);
    expect(ensemble.nodes.leafWidth).toBe(2);
    expect(predictRows(ensemble, [0, 0], [40, 0], [40, 1])).toEqual([1.5, 10.5, 2.5, 20.5, 3.5, 30.5]);
  });

  test.each([
    ["by counting", threeRounds(() => {})],
    ["by iteration_indptr", threeRounds(({ learner }) => (learner.gradient_booster.model["iteration_indptr"] = [0, 1, 2, 3]))],
  ])("the best iteration %s", (_, file) => {
    expect(importXgboost(file).numTrees).toBe(3);
    expect(importXgboost(file, { iterations: "best" }).numTrees).toBe(2);
    expect(importXgboost(smallXgboost(), { iterations: "best" }).numTrees).toBe(1);
  });
});

describe("categories that the file names", () => {
  const texts = ["Delft", "Athens", "Cork"];
  const nothing = { offsets: [], values: [] };

  test("texts", () => {
    const ensemble = importXgboost(named([nothing, textTable(texts)]));
    expect(ensemble.features[1].levels).toEqual(texts);
    const rows = [
      { age: 40, city: "Athens" },
      { age: 40, city: "Delft" },
      { age: 40, city: null },
    ];
    expect([...ensemble.predict(rows)]).toEqual([3.5, 2.5, 2.5]);
  });

  test("numbers, as numbers or as texts", () => {
    const ensemble = importXgboost(named([nothing, { type: 15, values: [30, 10, 20] }]));
    expect(ensemble.features[1].levels).toEqual(["30", "10", "20"]);
    expect([...ensemble.predict({ age: [40, 40, 40], city: [10, 30, NaN] })]).toEqual([3.5, 2.5, 2.5]);
    expect([...ensemble.predict({ age: [40, 40], city: ["20", "30"] })]).toEqual([3.5, 2.5]);
  });

  test("letters beyond ASCII are read from XGBoost 3.4 on", () => {
    const levels = ["Zürich", "Łódź", "東京"];
    expect(importXgboost(named([nothing, textTable(levels)], [3, 4, 0])).features[1].levels).toEqual(levels);
  });

  test("letters beyond ASCII leave no levels before, and a warning", () => {
    const ensemble = importXgboost(named([nothing, textTable(["Zürich", "x"])]));
    expect(ensemble.features[1]).toEqual({ name: "city", kind: "categorical", levels: null });
    expect(ensemble.warnings).toEqual([
      {
        name: "categories",
        message:
          'XGBoost before 3.4 cuts categories with letters beyond ASCII, so the file does not tell those of "city": ' +
          "give these columns as codes, or save the model with a newer XGBoost.",
        subjects: ["city"],
      },
    ]);
  });
});
