import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/errors.ts";
import { importSklearn } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";

type Json = Record<string, unknown>;

/** `x1 <= 0.1`, missing right, then classes a and b. */
const tree = (): Json => ({
  children_left: [1, -1, -1],
  children_right: [2, -1, -1],
  feature: [1, -2, -2],
  threshold: [0.1, -2, -2],
  value: [
    [0.5, 0.5],
    [0.25, 0.75],
    [1, 0],
  ],
  weighted_n_node_samples: [8, 4, 4],
  n_node_samples: [8, 4, 4],
  missing_go_to_left: [0, 0, 0],
});
const forest = (change: (file: Json, tree: Json) => void = () => {}): string => {
  const one = tree();
  const file: Json = { estimator: "RandomForestClassifier", nFeatures: 2, classes: [["a", "b"]], aggregate: "mean", trees: [one, tree()] };
  change(file, one);
  return JSON.stringify(file);
};

/** `color` in {red}, unknown ones and missing ones left. */
const histogram = (change: (file: Json, tree: Json) => void = () => {}): string => {
  const one: Json = {
    outputClass: 0,
    children_left: [1, -1, -1],
    children_right: [2, -1, -1],
    feature: [0, -1, -1],
    threshold: [0, 0, 0],
    value: [0, 1, 2],
    count: [8, 4, 4],
    missing_go_to_left: [1, 0, 0],
    left_categories: [[1], null, null],
  };
  const file: Json = {
    estimator: "HistGradientBoostingRegressor",
    nFeatures: 1,
    featureNames: ["color"],
    trees: [one],
    baseline: [10],
    loss: "poisson",
    isCategorical: [true],
    categories: [["blue", "red"]],
  };
  change(file, one);
  return JSON.stringify(file);
};

describe("importSklearn", () => {
  test("compares float32 cells with float64 thresholds", () => {
    const model = importSklearn(new TextEncoder().encode(forest()));
    expect(model.outputNames).toEqual(["a", "b"]);
    expect(model.featureNames).toEqual(["x0", "x1"]);
    expect(model.link.units).toBe("probability");
    // float32(0.1) is above the double 0.1: scikit-learn sends 0.1 right.
    const rows = { values: Float64Array.of(0, 0.1, 0, 0.0999, 0, NaN), numRows: 3, numColumns: 2 };
    expect([...model.predict(rows)]).toEqual([1, 0, 0.25, 0.75, 1, 0]);
  });

  test("unknown categories go where missing ones go, known ones where the file says", () => {
    const model = importSklearn(histogram());
    expect(model.features[0]).toEqual({ name: "color", kind: "categorical", levels: ["blue", "red"] });
    const rows = { values: Float64Array.of(0, 1, 5, -1, NaN), numRows: 5, numColumns: 1 };
    expect([...model.predict(rows, { scale: "raw" })]).toEqual([12, 11, 11, 11, 11]);
    expect([...model.predict([{ color: "blue" }, { color: null }], { scale: "raw" })]).toEqual([12, 11]);
    const right = importSklearn(histogram((_, one) => (one["missing_go_to_left"] = [0, 0, 0])));
    expect([...right.predict(rows, { scale: "raw" })]).toEqual([12, 11, 12, 12, 12]);
  });

  test("thresholds may be infinite", () => {
    const model = importSklearn(forest((_, one) => (one["threshold"] = ["Infinity", -2, -2])));
    expect([...model.predict({ values: Float64Array.of(0, 1e300), numRows: 1, numColumns: 2 })]).toEqual([0.625, 0.375]);
  });

  test("a loss that nobody knows is said", () => {
    const model = importSklearn(histogram((file) => (file["loss"] = "custom")));
    expect(model.warnings.map(({ name, subjects }) => [name, subjects])).toEqual([["objective", ["custom"]]]);
    expect(model.link.name).toBe("identity");
  });

  test("chains of 10,000 nodes are read", () => {
    const depth = 10_000;
    const inner = (k: number): boolean => k % 2 === 0 && k < 2 * depth;
    const nodes = Array.from({ length: 2 * depth + 1 }, (_, k) => k);
    const chain = {
      children_left: nodes.map((k) => (inner(k) ? k + 1 : -1)),
      children_right: nodes.map((k) => (inner(k) ? k + 2 : -1)),
      feature: nodes.map((k) => (inner(k) ? 0 : -2)),
      threshold: nodes.map((k) => k),
      value: nodes.map((k) => [k]),
      n_node_samples: nodes.map(() => 1),
    };
    const model = importSklearn(JSON.stringify({ estimator: "DecisionTreeRegressor", nFeatures: 1, trees: [chain] }));
    expect([...model.predict({ values: Float64Array.of(1e9, 4), numRows: 2, numColumns: 1 })]).toEqual([2 * depth, 5]);
  });
});

describe("files that cannot be", () => {
  test.each([
    ["", "an empty file"],
    ["{", "text that ends before its JSON does (1 characters)"],
    ["[]", "JSON of another kind"],
    ['{"learner":{}}', "an XGBoost model in JSON. Read it with importXgboost."],
    ["tree\n", "a LightGBM model in text. Read it with importLightgbm."],
  ])("%j is %s", (text, what) => {
    expect(messageOf(() => importSklearn(text))).toContain(
      `model must be a scikit-learn model in the JSON of vitrine's exporter; got ${what}`,
    );
  });

  test("another estimator", () => {
    const message = messageOf(() => importSklearn(forest((file) => (file["estimator"] = "AdaBoostClassifier"))));
    expect(message).toContain('an isolation forest; got "AdaBoostClassifier". Export one of these');
  });

  const set = (where: "file" | "tree", field: string, value: unknown): string =>
    forest((file, one) => Object.assign(where === "file" ? file : one, { [field]: value }));
  test.each([
    [set("file", "nFeatures", 0), "nFeatures must be a number from 1; got 0"],
    [set("file", "nFeatures", 1), "feature[0] must be a whole number from -2 to 0; got 1 at tree 0"],
    [set("file", "trees", []), "trees must be an array of at least one tree; got an array of 0"],
    [set("file", "trees", [3]), "the model must be an object; got 3 at tree 0"],
    [set("file", "classes", [["a"]]), "classes must be 2 labels; got 1"],
    [set("file", "classes", [["1", 1]]), 'classes must be distinct; got "1" twice'],
    [set("file", "featureNames", ["a", "a"]), 'feature_names must be distinct; got "a" twice'],
    [set("tree", "children_left", []), "children_left must be an array of at least one node; got none at tree 0"],
    [set("tree", "children_left", [0, -1, -1]), "a child must be a node from 1 to 2; got 0 at tree 0, node 0"],
    [set("tree", "children_right", [1, -1, -1]), "every node must be the child of one node alone; got node 1 twice at tree 0"],
    [set("tree", "children_left", [1e9, -1, -1]), "children_left[0] must be a whole number from -1 to 2; got 1000000000 at tree 0"],
    [set("tree", "value", [[0.5, 0.5], [0.25], [1, 0]]), "value[1] must be an array of 2; got an array of 1 at tree 0"],
    [
      set("tree", "value", [
        [0.5, 0.5],
        [0.25, null],
        [1, 0],
      ]),
      "a leaf value must be a finite number; got NaN at tree 0, node 1",
    ],
    [set("tree", "value", [3, 3, 3]), "value[0] must be an array of at least one number; got something else at tree 0"],
    [set("tree", "weighted_n_node_samples", [1, -1, 2]), "a cover must be a finite number from 0; got -1 at tree 0, node 1"],
    [set("tree", "missing_go_to_left", [2, 0, 0]), "missing_go_to_left[0] must be a whole number from 0 to 1; got 2 at tree 0"],
    [histogram((file) => (file["baseline"] = [1, 2])), "baseline must be at most 1 numbers; got 2"],
    [histogram((file) => (file["categories"] = [["a", "a"]])), "categories[0] must be at most 256 distinct ones; got others"],
    [histogram((_, one) => (one["outputClass"] = 1)), "outputClass must be an output from 0 to 0; got 1 at tree 0"],
    [
      histogram((_, one) => (one["left_categories"] = [[256], null, null])),
      "left_categories[0][0] must be a whole number from 0 to 255; got 256",
    ],
  ])("%#: %s", (text, message) => {
    const found = messageOf(() => importSklearn(text));
    expect(found).toContain(`importSklearn: ${message}`);
    expect(() => importSklearn(text)).toThrow(InputError);
  });

  test("isolation forests and boosting have their own fields", () => {
    const isolation = { estimator: "IsolationForest", nFeatures: 2, trees: [tree()], features: [[0, 1]], max_samples: 8 };
    const boosting = {
      estimator: "GradientBoostingClassifier",
      nFeatures: 2,
      trees: [tree()],
      learning_rate: 0.1,
      init: [0, 0],
      numClass: 2,
    };
    const read = (file: Json): string => messageOf(() => importSklearn(JSON.stringify(file)));
    expect(read({ ...isolation, features: [] })).toContain("features must be 1 lists, one a tree; got 0");
    expect(read({ ...isolation, features: [[0, 7]] })).toContain("features[1] must be a whole number from 0 to 1; got 7 at tree 0");
    expect(read({ ...isolation, max_samples: 1 })).toContain("max_samples must be at least 2 rows a tree; got 1");
    expect(read(boosting)).toContain("the number of trees must be a multiple of 2, the number of classes; got 1");
    expect(importSklearn(JSON.stringify(isolation)).link.units).toBe("mean path length");
  });
});
