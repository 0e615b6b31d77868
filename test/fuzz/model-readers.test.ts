import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { RandomForestClassifier } from "ml-random-forest";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/errors.ts";
import { treeShap } from "../../src/shap/index.ts";
import type { Matrix } from "../../src/table/index.ts";
import {
  importCatboost,
  importLightgbm,
  importMlRandomForest,
  importOnnx,
  importSklearn,
  importXgboost,
  type TreeEnsemble,
} from "../../src/trees/index.ts";
import { restoreEnsemble } from "../support/restore-ensemble.ts";
import { damage, damageFile } from "./mutate-file.ts";

type Reader = (bytes: Uint8Array) => TreeEnsemble;

/** Inputs a file. There are 23 files: more than 100,000 inputs in all. */
const RUNS = 5000;
/** Memory that typed arrays may hold at the end beyond that at the start: what one input leaves behind would be a thousandfold. */
const MOST_GROWTH = 2 ** 28;

function reference(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../reference/${file}`, import.meta.url)));
}

function ubjson(name: string): Uint8Array {
  const { cases } = JSON.parse(new TextDecoder().decode(reference("trees/xgboost/xgboost-3.4.1.json"))) as {
    cases: { name: string; ubjson: string }[];
  };
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(`no case ${name}`);
  return new Uint8Array(Buffer.from(found.ubjson, "base64"));
}

function mljsForest(): Uint8Array {
  const forest = new RandomForestClassifier({ nEstimators: 3, maxFeatures: 2, noOOB: true });
  const rows = Array.from({ length: 40 }, (_, i) => [i % 7, (i * 3) % 11, (i * 5) % 13]);
  forest.train(
    rows,
    rows.map(([a, b]) => (a > 3 ? 2 : b > 5 ? 1 : 0)),
  );
  return new TextEncoder().encode(JSON.stringify(forest));
}

const files: readonly (readonly [name: string, read: Reader, bytes: Uint8Array])[] = [
  ["XGBoost JSON with vector leaves", importXgboost, reference("trees/xgb_vector_leaf_old.xgb.json")],
  ["XGBoost JSON with deleted nodes", importXgboost, reference("trees/xgb_deleted_nodes.xgb.json")],
  ["XGBoost UBJSON with categories", importXgboost, ubjson("category_names")],
  ["XGBoost UBJSON with weights of trees", importXgboost, ubjson("dart_softprob")],
  ["LightGBM with categories", importLightgbm, reference("trees/lgb_pandas_categories.lgb.txt")],
  ["LightGBM forest", importLightgbm, reference("trees/lgb_forest_binary.lgb.txt")],
  ["scikit-learn tree", importSklearn, reference("sklearn/sk_tree_two_targets.sk.json")],
  ["scikit-learn tree with missing values", importSklearn, reference("sklearn/sk_tree_missing.sk.json")],
  ["CatBoost numbers and categories", importCatboost, reference("catboost/cat_one_hot_lossguide.cat.json")],
  ["CatBoost statistics of several features", importCatboost, reference("catboost/cat_combinations.cat.json")],
  ["ml-random-forest", importMlRandomForest, mljsForest()],
  ["an ensemble's own JSON", restoreEnsemble, new TextEncoder().encode(JSON.stringify(importXgboost(ubjson("category_names"))))],
  ...[
    "skl_tree_two_targets",
    "skl_boosting_two",
    "lgb_categories",
    "xgb_poisson",
    "cat_two",
    "hand_equality",
    "hand_order_double",
    "hand_probit",
    "v5_member",
    "v5_softmax",
    "hand_pick",
  ].map((name): [string, Reader, Uint8Array] => [`ONNX ${name}`, importOnnx, reference(`onnx/${name}.onnx`)]),
];

/** The result, or null for an InputError; any other error is a fault. */
function orInputError<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** Two rows of numbers that stress tests. */
function twoRows({ features, derivedColumns }: TreeEnsemble): Matrix {
  const fillers = [0, 1, -1, NaN, Infinity, -Infinity, 20.5, 1e-36, 1e30, 2];
  const numColumns = features.length;
  // CatBoost refuses missing categories.
  const fill = (_: unknown, cell: number): number =>
    derivedColumns && features[cell % numColumns].kind === "categorical" ? 0 : fillers[(cell * 7) % 10];
  return { values: Float64Array.from({ length: 2 * numColumns }, fill), numRows: 2, numColumns };
}

/** A model that was read predicts numbers, and its values are finite and add up, or say that they do not. */
function checkModel(model: TreeEnsemble): void {
  const data = twoRows(model);
  expect(model.predict(data, { scale: "raw" }).every(Number.isFinite)).toBe(true);
  expect(model.predict(data).some(Number.isNaN)).toBe(false);
  for (const options of [{}, { background: data }]) {
    const explanation = orInputError(() => treeShap(model, options).explain(data));
    const warned = explanation?.warnings.some(({ name }) => name === "additivity") ?? true;
    expect(warned || explanation?.values.every(Number.isFinite)).toBe(true);
  }
}

describe("a damaged file gives an InputError or a model that works", () => {
  test("there are 100,000 inputs", () => expect(files.length * RUNS).toBeGreaterThanOrEqual(100_000));

  test.each(files)("%s", (_, read, bytes) => {
    checkModel(read(bytes));
    const before = process.memoryUsage().arrayBuffers;
    let numRead = 0;
    fc.assert(
      fc.property(damage, (pieces) => {
        const damaged = damageFile(bytes, pieces);
        const model = orInputError(() => read(damaged));
        if (!model) return;
        numRead++;
        checkModel(model);
      }),
      { numRuns: RUNS },
    );
    // Damage that no file survives would test nothing beyond the first check.
    expect(numRead).toBeGreaterThan(10);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MOST_GROWTH);
  });
});
