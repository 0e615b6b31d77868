import { describe, expect, test } from "vitest";
import { treeShap } from "../../../src/shap/index.ts";
import { packNumbers } from "../../../src/numeric/index.ts";
import { importLightgbm, importXgboost, TreeEnsemble } from "../../../src/trees/index.ts";
import type { TreeEnsembleJson } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { smallLightgbm, smallXgboost, smallXgboostWithTree } from "../../support/small-models.ts";

const MEND =
  "must be what JSON.stringify(ensemble) wrote, parsed again; got RECEIVED. Save the ensemble again with JSON.stringify(ensemble), and " +
  "restore it with TreeEnsemble.fromJSON(JSON.parse(text)).";
const DAMAGED = "The file is damaged or was changed by hand: save the model again with the library that trained it.";

function copy(ensemble: TreeEnsemble): TreeEnsemble {
  return TreeEnsemble.fromJSON(JSON.parse(JSON.stringify(ensemble)));
}

describe("an ensemble restored from its JSON is the same", () => {
  test.each([
    ["XGBoost", importXgboost(smallXgboost())],
    ["LightGBM", importLightgbm(smallLightgbm())],
    [
      "its categories",
      importXgboost(
        smallXgboost((file) => {
          file.version = [3, 2, 0];
          file.learner.gradient_booster.model["cats"] = { enc: [{ values: [] }, { values: [30, 10, 20] }] };
        }),
      ),
    ],
    ["an objective that is not known", importXgboost(smallXgboost((file) => (file.learner.objective.name = "mine")))],
    ["slopes and divisors", importLightgbm(smallLightgbm(["objective=regression", "average_output\nobjective=binary sigmoid:0.7"]))],
  ])("%s", (_, ensemble) => {
    const restored = copy(ensemble);
    expect(restored).toBeInstanceOf(TreeEnsemble);
    const { link, ...fields } = ensemble;
    expect(restored).toMatchObject(fields);
    expect({ ...restored.link, apply: null }).toEqual({ ...link, apply: null });
    expect([...restored.link.apply(Float64Array.of(-1, 0.3), 1)]).toEqual([...link.apply(Float64Array.of(-1, 0.3), 1)]);
    const rows = { values: Float64Array.of(20, 1, 40, 2, NaN, NaN, 40, 33), numRows: 4, numColumns: 2 };
    expect(restored.predict(rows)).toEqual(ensemble.predict(rows));
    expect(treeShap(restored).explain(rows).values).toEqual(treeShap(ensemble).explain(rows).values);
  });

  test("what it was verified against", () => {
    const ensemble = importXgboost(smallXgboost());
    expect(copy(ensemble).verification).toBeNull();
    ensemble.verify([{ age: 20, city: 1 }], [1.5]);
    expect(copy(ensemble).verification).toEqual({
      ok: true,
      maxAbsoluteError: 0,
      maxRelativeError: 0,
      worstRow: 0,
      numRows: 1,
      tolerance: 1e-6,
      scale: "response",
    });
  });

  test("a chain of 10,000 tests", () => {
    const depth = 10_000;
    const numNodes = 2 * depth + 1;
    const chain = smallXgboostWithTree((tree) =>
      Object.assign(tree, {
        tree_param: { num_nodes: String(numNodes) },
        left_children: Array.from({ length: numNodes }, (_, i) => (i % 2 === 0 && i < 2 * depth ? i + 1 : -1)),
        right_children: Array.from({ length: numNodes }, (_, i) => (i % 2 === 0 && i < 2 * depth ? i + 2 : -1)),
        ...Object.fromEntries(
          ["split_indices", "split_type", "default_left", "base_weights"].map((field) => [
            field,
            Array.from({ length: numNodes }, () => 0),
          ]),
        ),
        split_conditions: Array.from({ length: numNodes }, (_, i) => i),
        sum_hessian: Array.from({ length: numNodes }, (_, i) => numNodes - i),
        categories: [],
        categories_nodes: [],
        categories_segments: [],
        categories_sizes: [],
      }),
    );
    const ensemble = importXgboost(chain);
    expect(copy(ensemble).nodes).toEqual(ensemble.nodes);
  });
});

const saved = (change: (json: TreeEnsembleJson) => void): unknown => {
  const json = importXgboost(smallXgboost()).toJSON();
  change(json);
  return json;
};

describe("what is no such JSON is refused", () => {
  test.each<[string, string, unknown]>([
    ["json", "nothing", undefined],
    ["json.schema", '"vitrine/glm"', saved((json) => (json.schema = "vitrine/glm" as never))],
    ["json.schemaVersion", "2", saved((json) => (json.schemaVersion = 2 as never))],
    ["json.features", "an array of 0", saved((json) => (json.features = []))],
    ["json.features", "a name twice", saved((json) => (json.features[1].name = "age"))],
    ["json.features.0.levels", "levels of a number", saved((json) => (json.features[0].levels = ["a"]))],
    ["json.features.1.levels", "a level twice", saved((json) => (json.features[1].levels = ["a", "a"]))],
    ["json.features.1.kind", '"numeric" for a feature that trees test as a category', saved((json) => (json.features[1].kind = "numeric"))],
    ["json.categoryRule", '"toString"', saved((json) => (json.categoryRule = "toString" as never))],
    ["json.link.name", '"toString"', saved((json) => (json.link.name = "toString" as never))],
    ["json.link.slope", "0", saved((json) => (json.link.slope = 0))],
    ["json.trees.cover.base64", "no base64 of int8 numbers", saved((json) => (json.trees.cover.base64 = "?"))],
    ["json.trees.leafValues", "3 numbers for 3 leaves of 1000000000", saved((json) => (json.trees.leafWidth = 1e9))],
    ["json.trees.feature", "2, which is no whole number from -1 to 1", saved((json) => (json.trees.feature = packNumbers([2, -1, -1])))],
    [
      "json.trees.feature",
      "-0.5, which is no whole number from -1 to 1",
      saved((json) => (json.trees.feature = packNumbers([0, -0.5, -1]))),
    ],
    ["json.trees.treeOutput", "1, which is no whole number from 0 to 0", saved((json) => (json.trees.treeOutput = packNumbers([1])))],
    ["json.baseScores", "2 numbers instead of 1", saved((json) => (json.baseScores = packNumbers([1, 2])))],
    ["json.baseScores", "a number that is not finite", saved((json) => (json.baseScores = packNumbers([NaN])))],
    ["json.linearTerms.weights", "1 numbers instead of 2", saved((json) => (json.linearTerms = { weights: packNumbers([1]) }))],
  ])("%s: %s", (argument, received, json) => {
    const message = messageOf(() => TreeEnsemble.fromJSON(json));
    expect(message).toBe(`TreeEnsemble.fromJSON: ${argument} ${MEND.replace("RECEIVED", received)}`);
  });

  test.each<[string, unknown]>([
    [
      "trees.feature must be long enough for every child; got its end at tree 0",
      saved((json) => (json.trees.feature = packNumbers([0, 0, 0, -1, -1, -1]))),
    ],
    ["trees.cover must be 5 numbers for the nodes that there are; got 4", saved((json) => (json.trees.cover = packNumbers([10, 4, 6, 5])))],
    [
      "trees.threshold must be 1 numbers for the nodes that there are; got 2",
      saved((json) => (json.trees.threshold = packNumbers([30, 31]))),
    ],
    [
      "trees.flags must be a sum of flags, from 0 to 15; got 16 at tree 0, node 0",
      saved((json) => (json.trees.flags = packNumbers([16, 11]))),
    ],
    [
      "trees.numCategories must be up to 2, all that there are; got 1000000000 at tree 0, node 2",
      saved((json) => (json.trees.numCategories = packNumbers([1e9]))),
    ],
    [
      "trees.categories must be whole numbers from 0, ascending; got others at tree 0, node 2",
      saved((json) => (json.trees.categories = packNumbers([2, 1]))),
    ],
    [
      "a leaf value must be a finite number; got NaN at tree 0, node 1",
      saved((json) => (json.trees.leafValues = packNumbers([NaN, 1, 2]))),
    ],
    [
      "a cover must be a finite number from 0; got -1 at tree 0, node 0",
      saved((json) => (json.trees.cover = packNumbers([-1, 4, 6, 5, 1]))),
    ],
    [
      "the sum of the largest leaf values must be at most 1.7014117331926443e+38; got 3e+38",
      saved((json) => (json.trees.leafValues = packNumbers([3e38, 1, 2]))),
    ],
  ])("%s", (problem, json) => {
    expect(messageOf(() => TreeEnsemble.fromJSON(json))).toBe(`TreeEnsemble.fromJSON: ${problem}. ${DAMAGED}`);
  });
});
