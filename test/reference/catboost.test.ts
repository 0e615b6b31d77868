import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { importCatboost, TreeEnsemble } from "../../src/trees/index.ts";
import { cityHash64 } from "../../src/trees/derived/city-hash.ts";
import type { Matrix } from "../../src/table/index.ts";
import { toMatrix } from "./tree-cases.ts";

/** CatBoost adds the bias at the end and its links may differ by the last bits of exp. */
const FLOAT64 = 1e-12;

export interface CatboostCase {
  readonly name: string;
  readonly X?: readonly (readonly (number | null)[])[];
  readonly table?: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
  readonly raw: readonly (readonly number[])[];
  readonly prediction: readonly (readonly number[])[];
  /** Rows × outputs × (features and the expected value). */
  readonly shap: readonly (readonly (readonly number[])[])[];
}

const folder = resolve(import.meta.dirname, "catboost");
const cases = readdirSync(folder)
  .filter((file) => /^cat_\w+\.json$/.test(file))
  .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as CatboostCase);
const text = (name: string): string => readFileSync(join(folder, `${name}.cat.json`), "utf8");
const rowsOf = ({ X, table }: CatboostCase): Matrix | NonNullable<typeof table> => (X ? toMatrix(X) : (table as NonNullable<typeof table>));

function largestMiss(found: Float64Array, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(found[i] - value) / Math.max(1, Math.abs(value))));
}

describe("predictions equal CatBoost's", () => {
  test("every case is found", () => {
    expect(cases.length).toBe(17);
  });
  test.each(cases)("$name", (one) => {
    const model = importCatboost(text(one.name));
    const rows = rowsOf(one);
    expect(model.warnings).toEqual([]);
    expect(largestMiss(model.predict(rows, { scale: "raw" }), one.raw.flat())).toBeLessThan(FLOAT64);
    expect(largestMiss(model.predict(rows), one.prediction.flat())).toBeLessThan(FLOAT64);
    const restored = TreeEnsemble.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(restored.predict(rows)).toEqual(model.predict(rows));
  });
});

test("categories are hashed as CatBoost does", () => {
  const hashes = JSON.parse(readFileSync(join(folder, "city-hash.json"), "utf8")) as [string, number][];
  expect(hashes.length).toBeGreaterThan(80);
  expect(hashes.map(([category]) => Number(cityHash64(category) & 0xffffffffn))).toEqual(hashes.map(([, hash]) => hash));
});
