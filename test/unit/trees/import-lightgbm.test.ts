import { describe, expect, test } from "vitest";
import { importLightgbm, importXgboost } from "../../../src/trees/index.ts";
import type { TreeEnsemble } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { smallLightgbm, smallLightgbmTree, smallXgboost } from "../../support/small-models.ts";

const DAMAGED = "The file is damaged or was changed by hand: save the model again with the library that trained it.";
const SAVE = 'Save it with booster.save_model("model.txt") and pass the whole text or bytes of that file.';

/** Raw predictions for rows of age and city code. */
function predictRows(ensemble: TreeEnsemble, ...rows: number[][]): number[] {
  const matrix = { values: Float64Array.from(rows.flat()), numRows: rows.length, numColumns: rows[0].length };
  return [...ensemble.predict(matrix, { scale: "raw" })];
}

describe("what a file holds", () => {
  const ensemble = importLightgbm(smallLightgbm());

  test("names, kinds, covers and shape", () => {
    expect(ensemble.format).toBe("lightgbm");
    expect(ensemble.objective).toBe("regression");
    expect(ensemble.features).toEqual([
      { name: "age", kind: "numeric", levels: null },
      { name: "city", kind: "categorical", levels: null },
    ]);
    expect(ensemble.outputNames).toEqual(["output"]);
    expect([...ensemble.nodes.cover]).toEqual([10, 4, 6, 5, 1]);
    expect(ensemble.warnings).toEqual([]);
  });

  test("a threshold passes itself", () => expect(predictRows(ensemble, [30, 0], [30.000001, 0])).toEqual([1, 3]));

  test("listed categories go left; others, missing, negative and too large ones right", () => {
    const cities = [1, 33, 1.9, 33.5, 0, 2, 32, -1, NaN, 1e10, -1e10, Infinity];
    expect(predictRows(ensemble, ...cities.map((city) => [40, city]))).toEqual([2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3]);
  });

  test("a negative code of less than one is category 0", () => {
    const listsZero = importLightgbm(smallLightgbm(["cat_threshold=2 2", "cat_threshold=1 0"]));
    expect(predictRows(listsZero, [40, -0.5], [40, -1])).toEqual([2, 3]);
  });

  test("bytes and Windows line ends read as text does", () => {
    expect(importLightgbm(new TextEncoder().encode(smallLightgbm())).nodes).toEqual(ensemble.nodes);
    expect(importLightgbm(smallLightgbm().replaceAll("\n", "\r\n")).nodes).toEqual(ensemble.nodes);
  });
});

describe("missing values", () => {
  /** The leaf for NaN, 0, 1e-36 and 1 with threshold -1, then 0.5. */
  test.each([
    ["none, which takes NaN for 0", 0, [3, 3, 3, 3], [1, 1, 1, 3]],
    ["none, whatever the default", 2, [3, 3, 3, 3], [1, 1, 1, 3]],
    ["zero, default right", 4, [3, 3, 3, 3], [3, 3, 3, 3]],
    ["zero, default left", 6, [1, 1, 1, 3], [1, 1, 1, 3]],
    ["NaN, default right", 8, [3, 3, 3, 3], [3, 1, 1, 3]],
    ["NaN, default left", 10, [1, 3, 3, 3], [1, 1, 1, 3]],
  ])("%s", (_, decision, below, above) => {
    const model = (threshold: string): TreeEnsemble =>
      importLightgbm(smallLightgbm(["threshold=30 0", `threshold=${threshold} 0`], ["decision_type=10 1", `decision_type=${decision} 1`]));
    const rows = [
      [NaN, 0],
      [0, 0],
      [1e-36, 0],
      [1, 0],
    ];
    expect(predictRows(model("-1"), ...rows)).toEqual(below);
    expect(predictRows(model("0.5"), ...rows)).toEqual(above);
  });

  test("an infinite threshold parts numbers from missing values", () => {
    const ensemble = importLightgbm(smallLightgbm(["threshold=30 0", "threshold=inf 0"], ["decision_type=10 1", "decision_type=8 1"]));
    expect(predictRows(ensemble, [Infinity, 0], [NaN, 0])).toEqual([1, 3]);
  });
});

describe("traps of the format", () => {
  const leafOnly = "Tree=0\nnum_leaves=1\nnum_cat=0\nsplit_feature=\nthreshold=\ndecision_type=\nleft_child=\nright_child=\nleaf_value=4\n";

  test("a tree of one leaf, with a count and without", () => {
    expect(predictRows(importLightgbm(smallLightgbm([smallLightgbmTree, leafOnly])), [0, 0])).toEqual([4]);
    expect([...importLightgbm(smallLightgbm([smallLightgbmTree, leafOnly])).nodes.cover]).toEqual([NaN]);
    expect([...importLightgbm(smallLightgbm([smallLightgbmTree, `${leafOnly}leaf_count=7\n`])).nodes.cover]).toEqual([7]);
  });

  test("a tree of one leaf that names nothing else", () => {
    const bare = "Tree=0\nnum_leaves=1\nleaf_value=4\n";
    expect(predictRows(importLightgbm(smallLightgbm([smallLightgbmTree, bare])), [0, 0])).toEqual([4]);
  });

  test("a random forest: the raw score is the sum, the response the average", () => {
    const second = smallLightgbmTree.replace("Tree=0", "Tree=1");
    const ensemble = importLightgbm(
      smallLightgbm(
        ["objective=regression", "objective=binary sigmoid:1\naverage_output"],
        [smallLightgbmTree, `${smallLightgbmTree}\n\n${second}`],
        ["tree_sizes=300", "tree_sizes=300 300"],
      ),
    );
    expect(predictRows(ensemble, [0, 0])).toEqual([2]);
    expect([...ensemble.predict([{ age: 0, city: 0 }])]).toEqual([1 / (1 + Math.exp(-1))]);
    expect(ensemble.link.units).toBe("log-odds summed over 2 iterations");
  });

  test("several trees an iteration are several outputs", () => {
    const second = smallLightgbmTree.replace("Tree=0", "Tree=1").replace("leaf_value=1 2 3", "leaf_value=1 2 30");
    const ensemble = importLightgbm(
      smallLightgbm(
        ["num_tree_per_iteration=1", "num_tree_per_iteration=2"],
        ["objective=regression", "objective=multiclass num_class:2"],
        [smallLightgbmTree, `${smallLightgbmTree}\n\n${second}`],
        ["tree_sizes=300", "tree_sizes=300 300"],
      ),
    );
    expect(ensemble.outputNames).toEqual(["class 0", "class 1"]);
    expect(predictRows(ensemble, [0, 0], [40, 0])).toEqual([1, 1, 3, 30]);
    const [even, odd] = ensemble.predict([{ age: 0, city: 0 }]);
    expect([even, odd]).toEqual([0.5, 0.5]);
  });

  test.each([
    ["binary sigmoid:2", "logistic", "log-odds / 2"],
    ["multiclassova num_class:1 sigmoid:1", "logistic", "log-odds"],
    ["cross_entropy", "logistic", "log-odds"],
    ["cross_entropy_lambda", "log1pExp", "log of (exp(response) - 1)"],
    ["poisson", "exp", "log of the mean"],
    ["regression sqrt", "square", "signed square root"],
    ["huber sqrt", "identity", ""],
    ["lambdarank", "identity", ""],
  ])("objective %s", (objective, name, units) => {
    const { link, warnings } = importLightgbm(smallLightgbm(["objective=regression", `objective=${objective}`]));
    expect({ name: link.name, units: link.units, warnings }).toEqual({ name, units, warnings: [] });
  });

  test.each([
    ["objective=mine", 'The objective "mine" is not known here, so the response equals the raw score.', "mine"],
    ["", "The file names no objective (a custom one), so the response equals the raw score.", ""],
  ])("an unknown objective: %s", (line, message, subject) => {
    const ensemble = importLightgbm(smallLightgbm(["objective=regression", line]));
    expect(ensemble.warnings).toEqual([{ name: "objective", message, subjects: [subject] }]);
    expect(ensemble.link.name).toBe("identity");
  });
});

/** The small file with these lists of categories. */
const pandas = (json: string, ...more: [string, string][]): TreeEnsemble =>
  importLightgbm(smallLightgbm(["pandas_categorical:null", `pandas_categorical:${json}`], ...more));

describe("categories of pandas columns", () => {
  test("belong to the categorical features in order", () => {
    const ensemble = pandas('[["Athens", "Bern"]]');
    expect(ensemble.features[1].levels).toEqual(["Athens", "Bern"]);
    expect([...ensemble.predict({ age: [40, 40, 40], city: ["Bern", "Athens", null] })]).toEqual([2, 3, 3]);
  });

  test("numbers and booleans are levels by how they print", () => {
    expect([...pandas("[[7, 1.0]]").predict({ age: [40, 40], city: [1, 7] })]).toEqual([2, 3]);
    expect([...pandas("[[false, true]]").predict({ age: [40, 40], city: [true, false] })]).toEqual([2, 3]);
  });

  test("a constant column counts where training was told that it is categorical", () => {
    const constant = pandas(
      '[["only"], ["Athens", "Bern"]]',
      ["feature_infos=[0:90] 1:0:33", "feature_infos=none 1:0:33"],
      ["categorical_feature: 1", "categorical_feature: 0,1"],
      ["split_feature=0 1", "split_feature=1 1"],
      ["threshold=30 0", "threshold=1 0"],
      ["decision_type=10 1", "decision_type=1 1"],
      ["num_cat=1", "num_cat=2"],
      ["cat_boundaries=0 2", "cat_boundaries=0 2 3"],
      ["cat_threshold=2 2", "cat_threshold=2 2 1"],
    );
    expect(constant.features.map(({ levels }) => levels)).toEqual([["only"], ["Athens", "Bern"]]);
  });

  test("that do not match the features are left out, with a warning", () => {
    const ensemble = pandas('[["low", "high"], ["Athens", "Bern"]]');
    expect(ensemble.features.map(({ levels }) => levels)).toEqual([null, null]);
    expect(ensemble.warnings).toEqual([
      {
        name: "categories",
        message:
          "The file lists the categories of 2 pandas columns, but the model has 1 categorical features (ordered categories count as numbers), " +
          "so they cannot be told apart: give such columns as pandas codes.",
      },
    ]);
  });
});

describe("files of another kind", () => {
  const wanted = "importLightgbm: model must be a LightGBM model in text; got";
  test.each([
    ["", `${wanted} an empty file. Save the model again.`],
    [smallXgboost(), `${wanted} an XGBoost model in JSON. Read it with importXgboost.`],
    ['{"features_info":{},"model_info":{}}', `${wanted} a CatBoost model in JSON. Read it with importCatboost.`],
    [
      '{"tree_info":[],"feature_names":[]}',
      `${wanted} a LightGBM dump in JSON (dump_model). Save the model itself with booster.save_model("model.txt") and read that with importLightgbm.`,
    ],
    ["<html>", `${wanted} a web page or XML. Download the model file itself, not the page that shows it.`],
    ["tree of life", `${wanted} text of another kind. ${SAVE}`],
    [7, `importLightgbm: model must be text or a Uint8Array; got 7. ${SAVE}`],
  ])("%#", (file, message) => expect(messageOf(() => importLightgbm(file as string))).toBe(message));

  test("importXgboost sends a LightGBM model here", () => {
    expect(messageOf(() => importXgboost(smallLightgbm()))).toBe(
      "importXgboost: model must be an XGBoost model in JSON or UBJSON; got a LightGBM model in text. Read it with importLightgbm.",
    );
  });

  test("an unknown version", () => {
    const [start, end] = [
      'importLightgbm: version must be one of "v2", "v3", "v4"; got',
      "at the header. Save the model with LightGBM 2.2 to 4.x.",
    ];
    expect(messageOf(() => importLightgbm(smallLightgbm(["version=v4", "version=v5"])))).toBe(`${start} "v5" ${end}`);
    expect(messageOf(() => importLightgbm(smallLightgbm(["version=v4\n", ""])))).toBe(`${start} nothing ${end}`);
  });
});

describe("damage", () => {
  test.each<[string, [string, string][]]>([
    ['the file must be whole, with the line "end of trees"; got a file that ends before it', [["end of trees", "end of tre"]]],
    ['the file must be whole, with the line "end of parameters"; got a file that ends before it', [["end of parameters", "end"]]],
    ["the number of trees must be 2, as the header counts them; got 1", [["tree_sizes=300", "tree_sizes=300 300"]]],
    ["the number of trees must be a multiple of 2, above 0; got 1", [["num_tree_per_iteration=1", "num_tree_per_iteration=2"]]],
    [
      "the number of trees must be a multiple of 1, above 0; got 0",
      [
        [smallLightgbmTree, ""],
        ["tree_sizes=300", "tree_sizes="],
      ],
    ],
    ["the number of a tree must be 0; got 3", [["Tree=0", "Tree=3"]]],
    ['max_feature_idx must be a whole number from 0; got "x" at the header', [["max_feature_idx=1", "max_feature_idx=x"]]],
    ["max_feature_idx must be a whole number from 0; got nothing at the header", [["max_feature_idx=1\n", ""]]],
    ["feature_names must be 2 names; got 3", [["feature_names=age city", "feature_names=age city more"]]],
    ['feature_names must be distinct; got "age" twice', [["feature_names=age city", "feature_names=age age"]]],
    ["feature_infos must be 2 entries; got 1", [["feature_infos=[0:90] 1:0:33", "feature_infos=[0:90]"]]],
    ["sigmoid must be a positive number; got -1 at objective", [["objective=regression", "objective=binary sigmoid:-1"]]],
    ['num_leaves must be a whole number from 1; got "0" at tree 0', [["num_leaves=3", "num_leaves=0"]]],
    ["leaf_value must be 999999999 numbers; got 3 at tree 0", [["num_leaves=3", "num_leaves=999999999"]]],
    ["threshold must be 2 numbers; got nothing at tree 0", [["threshold=30 0\n", ""]]],
    ['threshold must be numbers; got "nan" at tree 0', [["threshold=30 0", "threshold=nan 0"]]],
    ['leaf_value must be numbers; got "x" at tree 0', [["leaf_value=1 2 3", "leaf_value=1 x 3"]]],
    ["a leaf value must be a finite number; got Infinity at tree 0, node 2", [["leaf_value=1 2 3", "leaf_value=inf 2 3"]]],
    ["decision_type must be whole numbers from 0 to 11; got 12 at tree 0", [["decision_type=10 1", "decision_type=12 1"]]],
    ["split_feature must be whole numbers from 0 to 2147483647; got -1 at tree 0", [["split_feature=0 1", "split_feature=-1 1"]]],
    ["a split feature must be a column from 0 to 1; got 2 at tree 0, node 0", [["split_feature=0 1", "split_feature=2 1"]]],
    ["left_child must be whole numbers from -3 to 1; got -4 at tree 0", [["left_child=-1 -2", "left_child=-4 -2"]]],
    ["right_child must be whole numbers from -3 to 1; got 2 at tree 0", [["right_child=1 -3", "right_child=2 -3"]]],
    ["a child must be a node from 1 to 4; got 0 at tree 0, node 1", [["right_child=1 -3", "right_child=1 0"]]],
    ["every node must be the child of one node alone; got node 2 twice at tree 0", [["left_child=-1 -2", "left_child=-1 -1"]]],
    [
      "the number of nodes that the root leads to must be 5 (all but the 0 deleted); got 3 at tree 0",
      [["right_child=1 -3", "right_child=-2 -3"]],
    ],
    ["leaf_count must be whole numbers from 0 to 9007199254740992; got -1 at tree 0", [["leaf_count=4 5 1", "leaf_count=4 -1 1"]]],
    ['num_cat must be a whole number from 1; got "0" at tree 0', [["num_cat=1", "num_cat=0"]]],
    ["cat_boundaries must be ascending from 0; got 1 2 at tree 0", [["cat_boundaries=0 2", "cat_boundaries=1 2"]]],
    ["cat_threshold must be 3 numbers; got 2 at tree 0", [["cat_boundaries=0 2", "cat_boundaries=0 3"]]],
    [
      "cat_threshold must be whole numbers from 0 to 4294967295; got 4294967296 at tree 0",
      [["cat_threshold=2 2", "cat_threshold=4294967296 2"]],
    ],
    ["threshold 1 must be a set of categories of its own, below 1; got 1 at tree 0", [["threshold=30 0", "threshold=30 1"]]],
    [
      "threshold 1 must be a set of categories of its own, below 1; got 0 at tree 0",
      [
        ["threshold=30 0", "threshold=0 0"],
        ["decision_type=10 1", "decision_type=1 1"],
      ],
    ],
    ['feature "age" must be numeric or categorical throughout; got tests of both kinds', [["split_feature=0 1", "split_feature=0 0"]]],
    ["pandas_categorical must be JSON; got text that is not JSON", [["pandas_categorical:null", 'pandas_categorical:[["a"']]],
    ["pandas_categorical must be lists of distinct categories; got something else", [["pandas_categorical:null", "pandas_categorical:{}"]]],
    [
      "pandas_categorical must be lists of distinct categories; got something else",
      [["pandas_categorical:null", "pandas_categorical:[1]"]],
    ],
    ["pandas_categorical must be lists of distinct categories; got {}", [["pandas_categorical:null", "pandas_categorical:[[{}]]"]]],
    [
      "pandas_categorical must be lists of distinct categories; got a category twice",
      [["pandas_categorical:null", "pandas_categorical:[[1,1]]"]],
    ],
  ])("%s", (problem, replacements) => {
    expect(messageOf(() => importLightgbm(smallLightgbm(...replacements)))).toBe(`importLightgbm: ${problem}. ${DAMAGED}`);
  });
});

describe("linear leaves", () => {
  const linear = "is_linear=1\nleaf_const=10 20 30\nnum_features=1 0 2\nleaf_features=0   0 0 \nleaf_coeff=0.5   2 0.25 ";
  const read = (...more: readonly (readonly [string, string])[]): TreeEnsemble =>
    importLightgbm(smallLightgbm(["is_linear=0", linear], ...more));

  test("give constant plus coefficient times value; with a missing value, the plain value of the leaf", () => {
    expect(predictRows(read(), [20, 0], [40, 1], [40, 0], [NaN, 0])).toEqual([20, 20, 120, 1]);
  });

  test("leave infinite values to columns that no leaf multiplies", () => {
    expect(predictRows(read(), [40, Infinity])).toEqual([120]);
    expect(messageOf(() => predictRows(read(), [Infinity, 0]))).toBe(
      "TreeEnsemble.predict: data must be numbers that the model can multiply by its weights; got one that is infinite or too large at row 0. " +
        "Mark what is not known as missing (null or NaN).",
    );
  });

  test.each([
    ["is_linear must be 0 or 1; got 2 at tree 0", ["is_linear=1", "is_linear=2"]],
    ["leaf_features must be 3 numbers; got 2 at tree 0", ["leaf_features=0   0 0", "leaf_features=0   0"]],
    ["leaf_features must be 1000000001 numbers; got 3 at tree 0", ["num_features=1 0 2", "num_features=1 0 1000000000"]],
    ["a feature of a leaf must be a column from 0 to 1; got 7 at tree 0, node 2", ["leaf_features=0 ", "leaf_features=7 "]],
    ["a coefficient of a leaf must be a finite number; got Infinity at tree 0, node 2", ["leaf_coeff=0.5", "leaf_coeff=inf"]],
    ["the constant of a leaf must be a finite number; got Infinity at tree 0, node 2", ["leaf_const=10", "leaf_const=inf"]],
    ['feature "city" must be numeric or categorical throughout; got tests of both kinds', ["leaf_features=0 ", "leaf_features=1 "]],
  ] as const)("%s", (problem, replacement) => {
    const message = messageOf(() => read(replacement));
    expect(message).toBe(`importLightgbm: ${problem}. ${DAMAGED}`);
  });
});
