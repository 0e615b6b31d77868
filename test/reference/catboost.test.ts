import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { importCatboost, TreeEnsemble } from "../../src/trees/index.ts";
import { cityHash64 } from "../../src/trees/derived/city-hash.ts";
import type { Matrix } from "../../src/table/index.ts";
import { toMatrix } from "./tree-cases.ts";

/** CatBoost adds the bias at the end and its links may differ by the last bits of exp. */
const FLOAT64 = 1e-12;

/** CatBoost's sums run over the same leaves in another order. */
const SHAP = 1e-9;

interface CatboostCase {
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

describe("path-dependent values equal CatBoost's own", () => {
  const explained = cases.filter(({ shap }) => shap.length > 0);
  /** CatBoost 1.2.10 explains trees that are not symmetric wrongly: its values do not sum to its own prediction. */
  const odd = new Set(["cat_depthwise", "cat_lossguide", "cat_one_hot_lossguide", "cat_combinations_depthwise"]);

  test.each(explained.filter(({ name }) => !odd.has(name)))("$name", (one) => {
    const explanation = treeShap(importCatboost(text(one.name))).explain(rowsOf(one));
    const miss = one.shap.flatMap((outputs, row) =>
      outputs.flatMap((values, k) => values.slice(0, -1).map((value, j) => Math.abs(explanation.value(row, j, k) - value))),
    );
    expect(Math.max(...miss)).toBeLessThan(SHAP);
    expect(explanation.warnings.map(({ name }) => name)).toEqual(one.name.includes("combinations") ? ["shared-statistics"] : []);
  });

  test.each(explained.filter(({ name }) => odd.has(name)))("$name: ours add up, CatBoost's do not", (one) => {
    const explanation = treeShap(importCatboost(text(one.name))).explain(rowsOf(one));
    expect(Math.max(...explanation.additivityResiduals.map(Math.abs))).toBeLessThan(FLOAT64 * 10);
    const gaps = one.shap.flatMap((outputs, row) => outputs.map((values, k) => values.reduce((sum, x) => sum + x, -one.raw[row][k])));
    expect(Math.max(...gaps.map(Math.abs))).toBeGreaterThan(0.01);
  });
});

describe("statistics of several features together", () => {
  const one = cases.find(({ name }) => name === "cat_combinations") as CatboostCase;
  const model = importCatboost(text(one.name));
  const rows = rowsOf(one);
  const together = { everything: model.featureNames.filter((name) => name !== "size"), size: ["size"] };

  test("are exact for groups that hold these features", () => {
    const background = rows;
    const grouped = treeShap(model, { groups: together, background }).explain(rows);
    expect(grouped.warnings).toEqual([]);
    const shared = treeShap(model, { background }).explain(rows);
    expect(shared.featureNames).toEqual(model.featureNames);
    expect(shared.warnings[0].subjects?.length).toBeGreaterThan(0);
    expect(Math.max(...shared.additivityResiduals.map(Math.abs))).toBeLessThan(FLOAT64 * 10);
    // With two players Shapley values are (v(both) - v(other) + v(own) - v(none)) / 2, whatever the trees look like.
    const table = rows as NonNullable<CatboostCase["table"]>;
    const numRows = one.raw.length;
    const mixed = (own: (name: string) => boolean, row: number): number => {
      const mix = Object.fromEntries(Object.entries(table).map(([name, cells]) => [name, own(name) ? cells.map(() => cells[row]) : cells]));
      return model.predict(mix, { scale: "raw" }).reduce((sum, x) => sum + x, 0) / numRows;
    };
    for (const row of [0, 5]) {
      const [all, rest, size, none] = [() => true, (n: string) => n !== "size", (n: string) => n === "size", () => false].map((own) =>
        mixed(own, row),
      );
      const player = grouped.featureNames.indexOf("size");
      expect(Math.abs(grouped.value(row, player) - (all - rest + size - none) / 2)).toBeLessThan(FLOAT64 * 10);
    }
  });

  test("have no interactions that belong to one feature", () => {
    expect(() => treeShap(model).interactions(rows)).toThrow("Put such features together with `groups`");
  });
});

test("categories are hashed as CatBoost does", () => {
  const hashes = JSON.parse(readFileSync(join(folder, "city-hash.json"), "utf8")) as [string, number][];
  expect(hashes.length).toBeGreaterThan(80);
  expect(hashes.map(([category]) => Number(cityHash64(category) & 0xffffffffn))).toEqual(hashes.map(([, hash]) => hash));
});
