import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { importLightgbm, importSklearn, importXgboost, type TreeEnsemble } from "../../src/trees/index.ts";
import type { Matrix } from "../../src/table/index.ts";

type JsonNumber = number | null | "Infinity" | "-Infinity";

/** Exact Shapley values of one output, by enumeration or leaf by leaf. */
export interface ExactValues {
  /** Rows × features. */
  readonly values: readonly (readonly number[])[];
  readonly expectedValue: number;
  /** Rows × features × features, SHAP's convention; of models with at most 12 features. */
  readonly interactions?: readonly (readonly (readonly number[])[])[];
}

interface ExactGame {
  /** XGBoost's own `pred_interactions`, in float32, of the first rows: outputs × rows × features × features. */
  readonly libraryInteractions?: readonly NonNullable<ExactValues["interactions"]>[];
  readonly exact?: readonly ExactValues[];
  readonly exactLeafwise?: readonly ExactValues[];
}

/** One case: a model file of the source library, rows, and what it should give. See test/reference/treeshap/PROVENANCE.md. */
export interface TreeCase {
  readonly name: string;
  readonly kind: "lightgbm" | "xgboost" | "sklearn";
  readonly modelFile: string;
  readonly featureNames: readonly string[];
  readonly X: readonly (readonly JsonNumber[])[];
  readonly background: readonly (readonly JsonNumber[])[];
  readonly numClass: number;
  readonly pathDependent: ExactGame;
  readonly interventional: ExactGame;
  readonly folder: string;
}

const committed = resolve(import.meta.dirname, "treeshap");
/** Cases whose data may not be copied into the project: used where that folder stands beside it. */
const sharedOnly = resolve(import.meta.dirname, "../../../shared/reference/shared-only/treeshap");

/** Names of the cases that stay unread where the shared folder is absent. */
export const SHARED_ONLY_NAMES = ["lgb_deep_california", "lgb_poisson_bike", "lgb_rf_bike"] as const;

function readFolder(folder: string, names = /^(lgb|xgb)_\w+\.json$/): TreeCase[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => names.test(file))
    .map((file) => ({ ...(JSON.parse(readFileSync(join(folder, file), "utf8")) as TreeCase), folder }));
}

export const treeCases: readonly TreeCase[] = readFolder(committed);
export const sklearnCases: readonly TreeCase[] = readFolder(committed, /^sk_\w+\.json$/);
export const sharedOnlyCases: readonly TreeCase[] = readFolder(sharedOnly);

export function importCase(treeCase: TreeCase): TreeEnsemble {
  const text = readFileSync(join(treeCase.folder, treeCase.modelFile), "utf8");
  const readers = { lightgbm: importLightgbm, xgboost: importXgboost, sklearn: importSklearn };
  return readers[treeCase.kind](text);
}

/** Rows of JSON numbers (null: NaN) as a matrix. */
export function toMatrix(rows: readonly (readonly JsonNumber[])[]): Matrix {
  return {
    values: Float64Array.from(rows.flat(), (x) => (x === null ? NaN : Number(x))),
    numRows: rows.length,
    numColumns: rows[0].length,
  };
}
