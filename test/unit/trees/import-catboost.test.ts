import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../src/errors.ts";
import { treeShap } from "../../../src/shap/index.ts";
import { importCatboost, TreeEnsemble } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";

type Json = Record<string, unknown>;
type Change = (file: { features_info: Json; oblivious_trees: Json[] } & Json) => void;

/** `age > 1` is bit 0, one-hot `city = 7` (by hash) bit 1. */
const small = (change: Change = () => {}): string => {
  const file = {
    features_info: {
      float_features: [{ feature_index: 0, flat_feature_index: 1, feature_id: "age", borders: [1], nan_value_treatment: "AsTrue" }],
      categorical_features: [{ feature_index: 0, flat_feature_index: 0, feature_id: "city", values: [7] }],
    },
    model_info: { params: { loss_function: { type: "RMSE", params: {} } } },
    oblivious_trees: [
      {
        leaf_values: [1, 2, 3, 4],
        leaf_weights: [4, 3, 2, 1],
        splits: [
          { split_type: "FloatFeature", float_feature_index: 0, border: 1, split_index: 0 },
          { split_type: "OneHotFeature", cat_feature_index: 0, value: 7, split_index: 1 },
        ],
      },
    ],
    scale_and_bias: [1, [10]],
  };
  change(file);
  return JSON.stringify(file);
};
const tree =
  (change: Json): Change =>
  (file) =>
    Object.assign(file.oblivious_trees[0], change);
const split = (change: Json): Change => tree({ splits: [change], leaf_values: [1, 2], leaf_weights: null });
const info =
  (change: Json): Change =>
  (file) =>
    Object.assign(file.features_info, change);

describe("importCatboost", () => {
  test("columns stand as in training, missing values go where the file says", () => {
    const model = importCatboost(small());
    expect(model.features).toEqual([
      { name: "city", kind: "categorical", levels: null },
      { name: "age", kind: "numeric", levels: null },
    ]);
    const rows = [1, 1 + 2 ** -24, 1.001, null].map((age) => ({ city: "Bern", age }));
    // float32(1 + 2^-24) is 1, which is not above the border.
    expect([...model.predict(rows, { scale: "raw" })]).toEqual([11, 11, 12, 12]);
    expect([...model.nodes.cover].slice(0, 1)).toEqual([10]);
  });

  test("older files have one bias, or none; weights may be absent", () => {
    const rows = [{ city: "Bern", age: 0 }];
    const predict = (change: Change): number => importCatboost(small(change)).predict(rows, { scale: "raw" })[0];
    expect(predict((file) => (file["scale_and_bias"] = [2, 10]))).toBe(12);
    expect(predict((file) => delete file["scale_and_bias"])).toBe(1);
    const bare = importCatboost(small((file) => delete file.oblivious_trees[0]["leaf_weights"]));
    expect(() => treeShap(bare)).toThrow(/background must be given/);
  });

  test("an objective that nobody knows is said", () => {
    const model = importCatboost(small((file) => (file["model_info"] = {})));
    expect(model.warnings.map(({ name }) => name)).toEqual(["objective"]);
  });

  test("cells of categories are texts or whole numbers", () => {
    const model = importCatboost(small());
    const predict = (city: unknown): string => messageOf(() => model.predict([{ city, age: 1 } as never]));
    expect(predict(null)).toContain(
      'column "city" must be a category in each row: CatBoost has no missing ones; got a missing value at row 0',
    );
    expect(predict(1.5)).toContain('column "city" must be whole numbers or texts, as CatBoost takes categories; got 1.5 at row 0');
    expect(messageOf(() => model.predict([{ age: 1 }]))).toContain("a table with all 2 columns of the model");
    const matrix = { values: Float64Array.of(3, 0), numRows: 1, numColumns: 2 };
    expect([...model.predict(matrix)]).toEqual([...model.predict([{ city: "3", age: 0 }])]);
  });

  test("with names of categories a matrix holds their codes", () => {
    const text = readFileSync(resolve(import.meta.dirname, "../../reference/catboost/cat_statistics_binary.cat.json"), "utf8");
    const model = importCatboost(text);
    const levels = model.features[1].levels as readonly string[];
    expect(levels).toContain("Zürich");
    const row = { size: 1, city: "Zürich", age: 0, grade: 20, flag: true, color: "red" };
    const code = (j: number, level: string): number => model.features[j].levels?.indexOf(level) as number;
    const values = Float64Array.of(1, code(1, "Zürich"), 0, code(3, "20"), code(4, "1"), code(5, "red"));
    const matrix = { values, numRows: 1, numColumns: 6 };
    expect([...model.predict(matrix)]).toEqual([...model.predict([row])]);
    expect(treeShap(model).explain(matrix).data.column("city")).toMatchObject({ kind: "categorical", levels });
    expect(messageOf(() => model.predict({ ...matrix, values: values.with(1, 99) }))).toContain("a code from 0 to");
  });
});

describe("files that cannot be", () => {
  test.each([
    ['{"learner":{}}', "an XGBoost model in JSON. Read it with importXgboost."],
    ['{"estimator":"x","trees":[]}', "a scikit-learn model in the JSON of vitrine's exporter. Read it with importSklearn."],
    ["[1]", "JSON of another kind"],
  ])("%s", (text, what) => {
    expect(messageOf(() => importCatboost(text))).toContain(`importCatboost: model must be a CatBoost model in JSON; got ${what}`);
  });

  const ctr = { identifier: "a", elements: [], ctr_type: "Borders", shift: 0, scale: 1, prior_numerator: 0, prior_denomerator: 1 };
  test.each<[string, Change]>([
    ["model must be a model with at least one tree; got none", (file) => (file.oblivious_trees = [])],
    ["leaf_values must be a multiple of 2^2; got 3 at tree 0", tree({ leaf_values: [1, 2, 3] })],
    ["leaf_weights must be an array of 4; got an array of 2 at tree 0", tree({ leaf_weights: [1, 2] })],
    ["a leaf value must be a finite number; got NaN", tree({ leaf_values: [1, 2, 3, null] })],
    ["a cover must be a finite number from 0; got -1", tree({ leaf_weights: [1, 2, -1, 1] })],
    [
      "float_feature_index must be those of a feature of the model; got 3",
      split({ split_type: "FloatFeature", float_feature_index: 3, border: 0 }),
    ],
    [
      "cat_feature_index and value must be those of a feature of the model; got 0 and 8",
      split({ split_type: "OneHotFeature", cat_feature_index: 0, value: 8 }),
    ],
    ["split_index must be those of a feature of the model; got 2", split({ split_type: "OnlineCtr", split_index: 2 })],
    ["scale_and_bias must be a bias for 1 outputs; got 3", (file) => (file["scale_and_bias"] = [1, [1, 2, 3]])],
    [
      'feature_names must be distinct; got "age" twice',
      info({ categorical_features: [{ feature_index: 0, flat_feature_index: 0, feature_id: "age", values: [7] }] }),
    ],
    [
      "flat_feature_index must be distinct; got 1 twice",
      info({ categorical_features: [{ feature_index: 0, flat_feature_index: 1, feature_id: "city" }] }),
    ],
    ["ctr_data must be a table for ctr 0; got none", info({ ctrs: [{ ...ctr, target_border_idx: 0, borders: [1] }] })],
  ])("%s", (message, change) => {
    const found = messageOf(() => importCatboost(small(change)));
    expect(found).toContain(`importCatboost: ${message}`);
    expect(() => importCatboost(small(change))).toThrow(InputError);
  });

  const withTable = (table: Json, change: Json = {}): string =>
    small((file) => {
      const elements = [{ cat_feature_index: 0, combination_element: "cat_feature_value" }];
      file.features_info["ctrs"] = [{ ...ctr, elements, target_border_idx: 0, borders: [0.5], ...change }];
      file["ctr_data"] = { a: table };
    });
  test.each<[string, Json, Json]>([
    ["hash_map must be a multiple of 3 entries; got 2", { hash_map: ["1", 2], hash_stride: 3 }, {}],
    ["hash_map[0] must be a hash of 64 bits as text; got 1", { hash_map: [1, 2, 3], hash_stride: 3 }, {}],
    [
      'hash_map[0] must be a hash of 64 bits as text; got "99999999999999999999"',
      { hash_map: ["99999999999999999999", 2, 3], hash_stride: 3 },
      {},
    ],
    ["hash_map must be distinct hashes; got 1 twice", { hash_map: ["1", 2, 3, "1", 2, 3], hash_stride: 3 }, {}],
    [
      "target_border_idx must be one of the 3 counts of the table; got 3",
      { hash_map: ["1", 2, 3, 4], hash_stride: 4 },
      { target_border_idx: 3 },
    ],
    [
      "elements must be features of the model; got index 5",
      { hash_map: ["1", 2, 3], hash_stride: 3 },
      { elements: [{ cat_feature_index: 5, combination_element: "cat_feature_value" }] },
    ],
    ["elements must be at least one feature; got none", { hash_map: ["1", 2, 3], hash_stride: 3 }, { elements: [] }],
  ])("%s", (message, table, change) => {
    expect(messageOf(() => importCatboost(withTable(table, change)))).toContain(`importCatboost: ${message}`);
  });

  test("derived columns that do not fit are refused when JSON is restored", () => {
    const model = importCatboost(withTable({ hash_map: ["1", 2, 3], hash_stride: 3 }));
    const restore = (change: (derived: { named: unknown[]; keys: Json[]; tables: Json[]; columns: Json[] }) => void): string => {
      const json = JSON.parse(JSON.stringify(model));
      change(json.derivedColumns);
      return messageOf(() => TreeEnsemble.fromJSON(json));
    };
    expect(restore((derived) => (derived.columns[0]["table"] = 4))).toContain("json.derivedColumns.columns.0");
    expect(restore((derived) => (derived.columns[0]["rule"] = "share"))).toContain("json.derivedColumns.columns.0");
    expect(restore((derived) => (derived.keys[0]["categories"] = [1]))).toContain("json.derivedColumns.keys.0");
    expect(restore((derived) => (derived.named[0] = null))).toContain("json.derivedColumns.named.0");
    expect(restore((derived) => (derived.tables[0]["width"] = 3))).toContain("json.derivedColumns.tables.0");
  });
});
