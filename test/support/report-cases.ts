import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readCsv } from "../../src/node/index.ts";
import type { ReportOptions } from "../../src/report/index.ts";
import { Table } from "../../src/table/index.ts";
import { importLightgbm, importXgboost } from "../../src/trees/index.ts";
import type { TreeEnsemble } from "../../src/trees/index.ts";
import { importCase, toMatrix, treeCases } from "../reference/tree-cases.ts";

const example = resolve(import.meta.dirname, "../../examples/credit-risk");
/** The day that reports of tests name. */
const DAY = new Date(2026, 10, 22);

/** A report on a tree ensemble. */
export type TreeReport = ReportOptions & { readonly model: TreeEnsemble };

/** The credit-risk example as the demo reports on it, on a fixed day. */
export function creditReport(): TreeReport {
  const dictionary = JSON.parse(readFileSync(resolve(example, "dictionary.json"), "utf8")) as Parameters<Table["describe"]>[0];
  const model = importLightgbm(readFileSync(resolve(example, "model.lgb.txt"), "utf8"));
  const data = readCsv(resolve(example, "applicants.csv")).describe(dictionary);
  const { predictions } = JSON.parse(readFileSync(resolve(example, "expected.json"), "utf8")) as { predictions: number[] };
  model.verify(data, predictions);
  return {
    title: "Will this applicant repay? How the credit-risk model decides",
    model,
    data,
    response: "defaulted",
    background: readCsv(resolve(example, "train.csv")),
    narrative: { case: "applicant", cases: "applicants", prediction: "risk of default", event: "default" },
    date: DAY,
  };
}

interface ReferenceRows {
  readonly model: TreeEnsemble;
  /** Explained rows and background together, for more rows to judge. */
  readonly data: Table;
  readonly predictions: Float64Array;
}

function readReference(name: string): ReferenceRows {
  const found = treeCases.find((each) => each.name === name);
  if (!found) throw new Error(`no reference case ${name}`);
  const model = importCase(found);
  const data = Table.fromMatrix(toMatrix([...found.X, ...found.background]).values, model.featureNames);
  return { model, data, predictions: model.predict(data) };
}

/** Made-up noise between -1 and 1, the same in every run. */
function noise(row: number): number {
  return Math.sin(12.9898 * (row + 1) ** 2);
}

/** An XGBoost model of three classes, with outcomes that are the predicted class but for every eighth row. */
export function classReport(): TreeReport {
  const { model, data, predictions } = readReference("xgb_multiclass_wine");
  const response = Array.from({ length: data.numRows }, (_, row) => {
    const probabilities = predictions.subarray(3 * row, 3 * row + 3);
    const best = probabilities.indexOf(Math.max(...probabilities));
    return row % 8 === 7 ? (best + 1) % 3 : best;
  });
  return { title: "Which wine is it?", model, data, response, date: DAY };
}

/** A LightGBM model of a number, with outcomes that are the prediction and noise. */
export function numberReport(): TreeReport {
  const { model, data, predictions } = readReference("lgb_regression_diabetes");
  const response = Array.from(predictions, (prediction, row) => prediction + 60 * noise(row));
  const described = Table.of([
    ...data.columns,
    { kind: "numeric", name: "progression", values: Float64Array.from(response), description: { label: "Progression", unit: "points" } },
  ]);
  return { title: "How will it progress?", model, data: described, response: "progression", date: DAY };
}

/** An XGBoost model of counts (Poisson, DART), with counts scattered around its predictions. */
export function countReport(): TreeReport {
  const folder = resolve(import.meta.dirname, "../reference/trees");
  const model = importXgboost(readFileSync(resolve(folder, "xgb_dart_poisson.xgb.json"), "utf8"));
  const { X } = JSON.parse(readFileSync(resolve(folder, "xgb_dart_poisson.json"), "utf8")) as { X: number[][] };
  const data = Table.fromMatrix(toMatrix(X).values, model.featureNames);
  const response = Array.from(model.predict(data), (mean, row) => Math.max(0, Math.round(mean * (1 + 1.5 * noise(row)))));
  return { title: "How many claims?", model, data, response, narrative: { prediction: "number of claims" }, date: DAY };
}

/** A model of a probability for which nobody knows yet what happened. */
export function openReport(): TreeReport {
  const { model, data } = readReference("lgb_binary_nan_breast_cancer");
  return { title: "Is it benign? Nobody knows yet", model, data, date: DAY };
}
