import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { TreeEnsemble } from "../../src/trees/index.ts";
import { importLightgbm, importXgboost } from "../../src/trees/index.ts";
import { slowLightgbm, slowXgboost } from "../support/slow-trees.ts";
import { SHARED_ONLY_NAMES, sharedOnlyCases, toMatrix, treeCases } from "./tree-cases.ts";

/** Both are float64 sums in the same order, or differ by the last bits of exp. */
const FLOAT64 = 1e-12;
/** XGBoost applies its links in float32 (6e-8 a step); we round once at the end. */
const FLOAT32 = 1e-6;

interface PredictionCase {
  readonly name: string;
  readonly X: readonly (readonly (number | null)[])[];
  readonly raw: readonly (readonly number[])[];
  readonly prediction: readonly (number | readonly number[])[];
  /** The raw scores in float64. */
  readonly rawExact?: readonly (readonly number[])[];
  /** The same rows by column, with names of categories. */
  readonly table?: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
  readonly folder: string;
}

function modelText({ folder, name }: PredictionCase): string {
  const file = readdirSync(folder).find((one) => one === `${name}.lgb.txt` || one === `${name}.xgb.json`);
  return readFileSync(join(folder, file as string), "utf8");
}

function readModel(treeCase: PredictionCase): TreeEnsemble {
  return treeCase.name.startsWith("lgb_") ? importLightgbm(modelText(treeCase)) : importXgboost(modelText(treeCase));
}

function largestRelativeMiss(found: Float64Array, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => (found[i] === value ? 0 : Math.abs(found[i] - value) / Math.abs(value))));
}

function checkPredictions(treeCase: PredictionCase): void {
  const ensemble = readModel(treeCase);
  const rows = toMatrix(treeCase.X);
  expect([...ensemble.predict(rows, { scale: "raw" })]).toEqual(treeCase.raw.flat());
  const tolerance = ensemble.format === "lightgbm" ? FLOAT64 : FLOAT32;
  const prediction = treeCase.prediction.flat();
  expect(largestRelativeMiss(ensemble.predict(rows), prediction)).toBeLessThanOrEqual(tolerance);
  expect(ensemble.verify(rows, prediction).ok).toBe(true);
  expect(ensemble.verify(rows, treeCase.raw.flat(), { scale: "raw", tolerance: 0 })).toMatchObject({ ok: true, maxAbsoluteError: 0 });
  const exact = treeCase.rawExact ?? (ensemble.format === "lightgbm" ? treeCase.raw : undefined);
  if (exact) expect(largestRelativeMiss(ensemble.sumLeaves(ensemble.encode(rows, "test")), exact.flat())).toBeLessThanOrEqual(FLOAT64);
  if (treeCase.table) expect([...ensemble.predict(treeCase.table, { scale: "raw" })]).toEqual(treeCase.raw.flat());
}

const cases = treeCases as unknown as readonly PredictionCase[];
const sharedCases = sharedOnlyCases as unknown as readonly PredictionCase[];
const recentFolder = resolve(import.meta.dirname, "trees");
const recentCases = readdirSync(recentFolder)
  .filter((file) => /^\w+\.json$/.test(file))
  .map((file): PredictionCase => ({ ...JSON.parse(readFileSync(join(recentFolder, file), "utf8")), folder: recentFolder }));

describe("predictions equal the library's own", () => {
  test("every case is found", () => {
    expect([cases.length, recentCases.length]).toEqual([13, 17]);
  });
  test.each([...cases])("$name", checkPredictions);
  test.each(recentCases)("$name", checkPredictions);
  for (const name of SHARED_ONLY_NAMES) {
    const shared = sharedCases.find((one) => one.name === name);
    test.skipIf(shared === undefined)(name, () => checkPredictions(shared as PredictionCase));
  }
});

describe("rows on and beside every split equal a slow evaluator of the file's rules", () => {
  test.each([...cases])("$name", (treeCase) => {
    const ensemble = readModel(treeCase);
    const text = modelText(treeCase);
    const slow = ensemble.format === "lightgbm" ? slowLightgbm(text) : slowXgboost(text, ensemble.numOutputs);
    const start = treeCase.X[0].map((x) => x ?? NaN);
    const special = [NaN, 0, -0, 1e-35, -1e-35, 1.5e-35, Infinity, -Infinity, -0.5, -1, 1.7, 31, 32, 2 ** 24, 2 ** 31];
    const rows = slow.thresholds.flatMap(({ feature, value }) => neighbours(value).map((x) => start.with(feature, x)));
    for (const feature of start.keys()) rows.push(...special.map((x) => start.with(feature, x)));
    const found = ensemble.predict(toMatrix(rows), { scale: "raw" });
    const wrong = rows.filter((row, i) => slow.raw(row).some((value, k) => value !== found[i * ensemble.numOutputs + k]));
    expect(wrong).toEqual([]);
  });
});

/** A threshold, and the doubles and float32 around it, with the midpoints at which float32 rounding turns. */
function neighbours(x: number): number[] {
  const bits = new BigInt64Array(1);
  const number = new Float64Array(bits.buffer);
  const step = (from: number, by: bigint): number => {
    number[0] = from;
    bits[0] += from >= 0 ? by : -by;
    return number[0];
  };
  const halfFloat32 = 2 ** (Math.floor(Math.log2(Math.abs(x) || 2 ** -126)) - 24);
  return [x, x + halfFloat32, x - halfFloat32, x - halfFloat32 / 2].flatMap((y) => [y, step(y, 1n), y === 0 ? -5e-324 : step(y, -1n)]);
}
