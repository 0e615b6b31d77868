import { describe, expect, test } from "vitest";
import { importXgboost } from "../../../src/trees/index.ts";
import { smallXgboost, smallXgboostWithTree, type XgboostJson } from "../../support/small-models.ts";
import { messageOf } from "../../support/message-of.ts";

const DAMAGED = "The file is damaged or was changed by hand: save the model again with the library that trained it.";
const SAVE = 'Save it with booster.save_model("model.json") and pass the whole text or bytes of that file.';

function messageFor(file: unknown): string {
  return messageOf(() => importXgboost(file as string));
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const asText = (text: string): Uint8Array => new TextEncoder().encode(text);
const withLearner = (change: (file: XgboostJson["learner"]) => void): string => smallXgboost((file) => change(file.learner));
const withModel = (change: (file: XgboostJson["learner"]["gradient_booster"]["model"]) => void): string =>
  withLearner((file) => change(file.gradient_booster.model));
const removeField = (holder: object, field: string): void => {
  delete (holder as Record<string, unknown>)[field];
};
const withParameters = (change: Record<string, string>): string =>
  smallXgboostWithTree((tree) => Object.assign(tree["tree_param"] as object, change));

describe("files of another kind", () => {
  const wanted = "importXgboost: model must be an XGBoost model in JSON or UBJSON; got";

  test.each([
    ["", `${wanted} an empty file. Save the model again.`],
    [bytes(), `${wanted} an empty file. Save the model again.`],
    [" \n", `${wanted} an empty file. Save the model again.`],
    ["tree\nversion=v4\n", `${wanted} a LightGBM model in text. Read it with importLightgbm.`],
    [asText("tree\r\nversion=v4\r\n"), `${wanted} a LightGBM model in text. Read it with importLightgbm.`],
    [
      '{"tree_info":[],"feature_names":[]}',
      `${wanted} a LightGBM dump in JSON (dump_model). Save the model itself with booster.save_model("model.txt") and read that with importLightgbm.`,
    ],
    ['{"oblivious_trees":[]}', `${wanted} a CatBoost model in JSON. Read it with importCatboost.`],
    ['{"estimator":"X","trees":[]}', `${wanted} a scikit-learn model in the JSON of vitrine's exporter. Read it with importSklearn.`],
    [
      '[{"nodeid":0}]',
      `${wanted} an XGBoost dump (get_dump or dump_model), which leaves out parts of the model. Save the model itself with booster.save_model("model.json").`,
    ],
    ["<!doctype html>", `${wanted} a web page or XML. Download the model file itself, not the page that shows it.`],
    [
      "{L\0\0\0\0\0\0\0\u0007learner",
      `${wanted} an XGBoost model in UBJSON that was read as text. Pass the bytes of the file to importXgboost: read it without an encoding.`,
    ],
    [
      '{"learner":{"generic_param":{},"learner_train_param":{}},"version":[3,4,1]}',
      `${wanted} the settings of an XGBoost model (save_config), which hold no trees. Save the model itself with booster.save_model("model.json").`,
    ],
    ['{"Config":{},"Model":[1]}', `${wanted} JSON of another kind. ${SAVE}`],
    [asText("{i\u0001a[]}"), `${wanted} UBJSON of another kind. ${SAVE}`],
    [
      asText("binf\0\0\0?"),
      `${wanted} an XGBoost model in the old binary format. Load it with the XGBoost that wrote it (before 3.1) and save it with booster.save_model("model.json").`,
    ],
    [
      bytes(0x80, 4, 0x95),
      `${wanted} a Python pickle. Load it in Python and save the model in its own format: XGBoost as model.json, LightGBM as model.txt.`,
    ],
    [
      "\uFFFD\u0004\uFFFD",
      `${wanted} a Python pickle. Load it in Python and save the model in its own format: XGBoost as model.json, LightGBM as model.txt.`,
    ],
    [bytes(0x1f, 0x8b, 8), `${wanted} a compressed file. Unpack it first.`],
    ["PK\u0003\u0004", `${wanted} a compressed file. Unpack it first.`],
    [bytes(0xff, 0xfe, 0x7b), `${wanted} 3 bytes that are not UTF-8 text. ${SAVE}`],
    ["[1, 2]", `${wanted} JSON of another kind. ${SAVE}`],
    ["hello {}", `${wanted} text that is not JSON (8 characters). ${SAVE}`],
    [smallXgboost().slice(0, 500), `${wanted} text that ends before its JSON does (500 characters). ${SAVE}`],
    [{}, `importXgboost: model must be text or a Uint8Array; got an object of type Object. ${SAVE}`],
    [undefined, `importXgboost: model must be text or a Uint8Array; got nothing. ${SAVE}`],
  ])("%#", (file, message) => expect(messageFor(file)).toBe(message));

  test("a model without trees", () => {
    const file = smallXgboost(({ learner }) => (learner.gradient_booster.model.trees = []));
    expect(messageFor(file)).toBe(
      "importXgboost: model must be a model with at least one tree; got none. Train at least one round: without trees every prediction is the base score.",
    );
  });

  test("a range of rounds that the model does not have", () => {
    const expected = "Give the first round, counted from 0, and the one after the last, as XGBoost's iteration_range.";
    expect(messageOf(() => importXgboost(smallXgboost(), { iterations: [0, 2] }))).toBe(
      `importXgboost: iterations must be a range of rounds that the model has; got [0, 2] in a model of 1 trees. ${expected}`,
    );
    expect(messageOf(() => importXgboost(smallXgboost(), { iterations: [0, 0] }))).toBe(
      `importXgboost: iterations must be a range of rounds that the model has; got [0, 0] in a model of 1 trees. ${expected}`,
    );
  });

  test("a range of rounds of a linear model", () => {
    const linear = smallXgboost(({ learner }) => (learner.gradient_booster = { name: "gblinear", model: { weights: [1, 2, 3] } } as never));
    expect(messageOf(() => importXgboost(linear, { iterations: [0, 1] }))).toBe(
      'importXgboost: iterations must be "all" or "best"; got [0,1] of a linear model. Leave it out for all rounds, or say "best" for those that XGBModel.predict uses.',
    );
  });

  test("an option with a slip of the pen", () => {
    expect(messageOf(() => importXgboost(smallXgboost(), { iteration: "best" } as object))).toBe(
      'importXgboost: options must be made of "iterations"; got "iteration". Correct the name, or leave it out.',
    );
  });

  test("a choice of iterations that does not exist", () => {
    expect(messageOf(() => importXgboost(smallXgboost(), { iterations: "last" as "all" }))).toBe(
      'importXgboost: iterations must be "all", "best" or [first, end]; got "last". Leave it out for all rounds, or say "best" for those that XGBModel.predict uses.',
    );
  });
});

describe("damage to the model", () => {
  test.each([
    ["learner.objective must be present; got nothing", withLearner((file) => removeField(file, "objective"))],
    ["learner.feature_names must be an array of texts; got 3", withLearner((file) => (file.feature_names = 3 as never))],
    ["learner.feature_names.0 must be a text; got 7", withLearner((file) => (file.feature_names = [7 as never, "b"]))],
    [
      'learner.gradient_booster.name must be "gbtree", "dart" or "gblinear"; got "forest"',
      withLearner((file) => (file.gradient_booster.name = "forest")),
    ],
    ["learner.gradient_booster.model.trees must be an array; got 3", withModel((file) => (file.trees = 3 as never))],
    [
      'learner.learner_model_param.num_feature must be a whole number from 0; got "two"',
      withLearner((file) => (file.learner_model_param["num_feature"] = "two")),
    ],
    [
      'learner.learner_model_param.num_class must be a whole number from 0; got "-1"',
      withLearner((file) => (file.learner_model_param["num_class"] = "-1")),
    ],
    ["feature_names must be 3 names; got 2", withLearner((file) => (file.learner_model_param["num_feature"] = "3"))],
    ['feature_names must be distinct; got "age" twice', withLearner((file) => (file.feature_names = ["age", "age"]))],
    ["feature_types must be 2 types; got 1", withLearner((file) => (file.feature_types = ["float"]))],
    [
      "the number of features without names must be at most 100000; got 999999999",
      withLearner((file) => {
        file.feature_names = [];
        file.learner_model_param["num_feature"] = "999999999";
      }),
    ],
    [
      "the number of outputs must be at most 1, the number of trees; got 999999999",
      withLearner((file) => (file.learner_model_param["num_class"] = "999999999")),
    ],
    ['base_score must be one number; got "[1,2]"', withLearner((file) => (file.learner_model_param["base_score"] = "[1,2]"))],
    ['base_score must be one number; got "[]"', withLearner((file) => (file.learner_model_param["base_score"] = "[]"))],
    ['base_score must be one number; got "high"', withLearner((file) => (file.learner_model_param["base_score"] = "high"))],
    [
      "base_score must be above 0 for objective count:poisson; got 0",
      withLearner((file) => {
        file.objective = { name: "count:poisson" };
        file.learner_model_param["base_score"] = "0";
      }),
    ],
    [
      'base_score must be ascending for objective reg:expectileerror; got "[2,2]"',
      smallXgboost(({ learner }) => {
        learner.objective.name = "reg:expectileerror";
        Object.assign(learner.learner_model_param, { base_score: "[2,2]", num_target: "2" });
        const { model } = learner.gradient_booster;
        model.trees.push(model.trees[0]);
        model.tree_info = [0, 1];
      }),
    ],
    ["tree_info must be an array of 1; got an array of 0", withModel((file) => (file.tree_info = []))],
    ["tree_info[0] must be a whole number from 0 to 0; got 1", withModel((file) => (file.tree_info = [1]))],
    ["weight_drop must be an array of 1; got an array of 0", withModel((file) => (file["weight_drop"] = []))],
    [
      "the sum of the largest leaf values must be at most 1.7014117331926443e+38; got NaN",
      withModel((file) => (file["weight_drop"] = [null])),
    ],
    ["cats.enc must be 2 tables, one a feature; got 1", withModel((file) => (file["cats"] = { enc: [{}] }))],
    [
      "a table of categories must be a list of values; got something else at cats.enc[0]",
      withModel((file) => (file["cats"] = { enc: [{}, {}] })),
    ],
    ["a category must be a number; got {} at cats.enc[0]", withModel((file) => (file["cats"] = { enc: [{ values: [{}] }, {}] }))],
    [
      "the categories of a feature must be distinct; got one twice at cats.enc[0]",
      withModel((file) => (file["cats"] = { enc: [{ values: [1, 1] }, {}] })),
    ],
    [
      "offsets must be in ascending order; got a smaller one after a larger at cats.enc[0]",
      withModel((file) => (file["cats"] = { enc: [{ offsets: [0, 2, 1], values: [65, 66] }, {}] })),
    ],
    [
      "category 0 must be UTF-8 text; got other bytes at cats.enc[0]",
      smallXgboost((file) => {
        file.version = [3, 4, 0];
        file.learner.gradient_booster.model["cats"] = { enc: [{ offsets: [0, 1], values: [-61] }, {}] };
      }),
    ],
  ])("%s", (problem, file) => expect(messageFor(file)).toBe(`importXgboost: ${problem}. ${DAMAGED}`));

  test("a best iteration that the file does not have", () => {
    const file = withLearner((one) => (one.attributes = { best_iteration: "7" }));
    expect(messageOf(() => importXgboost(file, { iterations: "best" }))).toBe(
      `importXgboost: the end of the best iteration must be a tree from 1 to 1; got 8. ${DAMAGED}`,
    );
  });
});

describe("damage to a tree", () => {
  test.each([
    ["left_children must be an array of 6; got an array of 5 at tree 0", withParameters({ num_nodes: "6" })],
    ["size_leaf_vector must be 1 or 1, the number of outputs; got 3 at tree 0", withParameters({ size_leaf_vector: "3" })],
    ["num_deleted must be 0, the number of nodes marked as deleted; got 1 at tree 0", withParameters({ num_deleted: "1" })],
    ["right_children must be an array of 5; got an array of 0 at tree 0", smallXgboostWithTree((tree) => (tree.right_children = []))],
    ["left_children[0] must be a whole number from -1 to 4; got 5 at tree 0", smallXgboostWithTree((tree) => (tree.left_children[0] = 5))],
    [
      "left_children[0] must be a whole number from -1 to 4; got 1.5 at tree 0",
      smallXgboostWithTree((tree) => (tree.left_children[0] = 1.5)),
    ],
    ["a child must be a node from 1 to 4; got 0 at tree 0, node 2", smallXgboostWithTree((tree) => (tree.left_children[2] = 0))],
    ["a child must be a node from 1 to 4; got 9 at tree 0, node 0", smallXgboostWithTree((tree) => (tree.right_children[0] = 9))],
    [
      "every node must be the child of one node alone; got node 1 twice at tree 0",
      smallXgboostWithTree((tree) => (tree.right_children[2] = 1)),
    ],
    [
      "every node must be the child of one node alone; got node 2 twice at tree 0",
      smallXgboostWithTree((tree) => (tree.left_children[2] = 2)),
    ],
    [
      "the number of nodes that the root leads to must be 5 (all but the 0 deleted); got 3 at tree 0",
      smallXgboostWithTree((tree) => (tree.left_children[2] = -1)),
    ],
    ["a split feature must be a column from 0 to 1; got 2 at tree 0, node 2", smallXgboostWithTree((tree) => (tree.split_indices[2] = 2))],
    ["split_conditions[0] must be a number; got NaN at tree 0", smallXgboostWithTree((tree) => (tree.split_conditions[0] = null))],
    [
      "split_conditions[1] must be a number; got an object of type Object at tree 0",
      smallXgboostWithTree((tree) => (tree.split_conditions[1] = {} as never)),
    ],
    ["a leaf value must be a finite number; got NaN at tree 0, node 1", smallXgboostWithTree((tree) => (tree.split_conditions[1] = null))],
    [
      "a leaf value must be a finite number; got Infinity at tree 0, node 1",
      smallXgboostWithTree((tree) => (tree.split_conditions[1] = 1e39)),
    ],
    [
      "the sum of the largest leaf values must be at most 1.7014117331926443e+38; got 6.39999995764212e+38",
      smallXgboost((file) => {
        const { model } = file.learner.gradient_booster;
        model.trees[0].split_conditions[1] = 3.2e38;
        model.trees.push(model.trees[0]);
        model.tree_info = [0, 0];
      }),
    ],
    ["default_left[0] must be a whole number from 0 to 1; got 2 at tree 0", smallXgboostWithTree((tree) => (tree.default_left[0] = 2))],
    ["split_type[0] must be a whole number from 0 to 1; got 3 at tree 0", smallXgboostWithTree((tree) => (tree.split_type[0] = 3))],
    [
      'feature "age" must be numeric or categorical throughout; got tests of both kinds',
      smallXgboostWithTree((tree) => (tree.split_indices[2] = 0)),
    ],
    ["sum_hessian must be an array of 5; got an array of 1 at tree 0", smallXgboostWithTree((tree) => (tree.sum_hessian = [1]))],
    [
      "a cover must be a finite number from 0; got Infinity at tree 0, node 0",
      smallXgboostWithTree((tree) => (tree.sum_hessian[0] = 1e39)),
    ],
    [
      "categories[0] must be a whole number from 0 to 16777215; got -1 at tree 0",
      smallXgboostWithTree((tree) => (tree.categories[0] = -1)),
    ],
    [
      "categories_segments[0] must be a part of categories of its own; got 1 to 3 of 2 for node 2 at tree 0",
      smallXgboostWithTree((tree) => (tree.categories_segments = [1])),
    ],
    [
      "categories_segments[1] must be a part of categories of its own; got 0 to 2 of 2 for node 2 at tree 0",
      smallXgboostWithTree((tree) =>
        Object.assign(tree, { categories_nodes: [0, 2], categories_segments: [0, 0], categories_sizes: [2, 2] }),
      ),
    ],
    [
      "left_children must be present; got nothing at tree 0",
      smallXgboostWithTree((tree) => delete (tree as Record<string, unknown>)["left_children"]),
    ],
  ])("%s", (problem, file) => expect(messageFor(file)).toBe(`importXgboost: ${problem}. ${DAMAGED}`));

  test("a leaf without its vector", () => {
    const file = smallXgboost((one) => {
      one.learner.learner_model_param["num_target"] = "2";
      Object.assign(one.learner.gradient_booster.model.trees[0], {
        tree_param: { num_nodes: "5", size_leaf_vector: "2" },
        right_children: [2, 0, 4, 2, 5],
        leaf_weights: [1, 10, 3, 30, 2, 20],
      });
    });
    expect(messageFor(file)).toBe(
      `importXgboost: right_children[4] must be the row of a leaf in leaf_weights, below 3; got 5 at tree 0. ${DAMAGED}`,
    );
  });

  test("trees of different leaf widths", () => {
    const file = smallXgboost((one) => {
      one.learner.learner_model_param["num_target"] = "2";
      const { model } = one.learner.gradient_booster;
      model.trees.push(structuredClone(model.trees[0]));
      model.tree_info = [0, 1];
      Object.assign(model.trees[1], { tree_param: { num_nodes: "5", size_leaf_vector: "2" } });
    });
    expect(messageFor(file)).toBe(`importXgboost: size_leaf_vector must be 1 as in the first tree; got 2 at tree 1. ${DAMAGED}`);
  });
});

test("names that objects inherit are names like any other", () => {
  const names = ["__proto__", "constructor"];
  const ensemble = importXgboost(smallXgboost(({ learner }) => (learner.feature_names = names)));
  expect(ensemble.featureNames).toEqual(names);
  const rows = [JSON.parse('{ "__proto__": 40, "constructor": 1 }') as Record<string, unknown>];
  expect([...ensemble.predict(rows)]).toEqual([3.5]);
  const file = smallXgboost().replace('"learner":{', '"__proto__":{"polluted":1},"learner":{"__proto__":{"polluted":1},');
  expect(importXgboost(file).numTrees).toBe(1);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
