import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { importSklearn, TreeEnsemble } from "../../src/trees/index.ts";
import type { Matrix } from "../../src/table/index.ts";
import { toMatrix } from "./tree-cases.ts";

/** Forests are divided by their number of trees leaf by leaf, not at the end; links may differ by the last bits of exp. */
const FLOAT64 = 1e-12;

interface SklearnCase {
  readonly name: string;
  readonly X: readonly (readonly (number | null)[])[] | null;
  readonly table?: Readonly<Record<string, readonly (string | number | boolean | null)[]>>;
  readonly raw: readonly (readonly number[])[];
  readonly prediction: readonly (number | readonly number[])[];
  readonly probability?: readonly (readonly number[])[];
  readonly scoreSamples?: readonly number[];
  readonly folder: string;
}

interface SklearnTree {
  readonly children_left: readonly number[];
  readonly children_right: readonly number[];
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly missing_go_to_left: readonly number[];
  readonly left_categories?: readonly (readonly number[] | null)[];
}

function readCases(folder: string): SklearnCase[] {
  return readdirSync(folder)
    .filter((file) => /^sk_\w+\.json$/.test(file))
    .map((file) => ({ ...JSON.parse(readFileSync(join(folder, file), "utf8")), folder }) as SklearnCase);
}

const cases = [resolve(import.meta.dirname, "treeshap"), resolve(import.meta.dirname, "sklearn")].flatMap(readCases);
const text = ({ folder, name }: SklearnCase): string => readFileSync(join(folder, `${name}.sk.json`), "utf8");

function largestMiss(found: Float64Array, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(found[i] - value) / Math.max(1, Math.abs(value))));
}

/** What `TreeEnsemble.predict` should give: the response of scikit-learn's own. */
function expectedResponse({ prediction, probability, scoreSamples, raw }: SklearnCase): readonly number[] {
  if (scoreSamples) return scoreSamples.map((score) => -score);
  if (probability) return raw[0].length === 1 ? probability.map((row) => row[1]) : probability.flat();
  return prediction.flat();
}

function rowsOf({ X, table }: SklearnCase): Matrix | NonNullable<typeof table> {
  return X === null ? (table as NonNullable<typeof table>) : toMatrix(X);
}

describe("predictions equal scikit-learn's", () => {
  test("every case is found", () => {
    expect(cases.length).toBe(5 + 15 + 5 * 3);
  });
  test.each(cases)("$name", (one) => {
    const model = importSklearn(text(one));
    const rows = rowsOf(one);
    expect(model.warnings).toEqual([]);
    expect(largestMiss(model.predict(rows, { scale: "raw" }), one.raw.flat())).toBeLessThan(FLOAT64);
    expect(largestMiss(model.predict(rows), expectedResponse(one))).toBeLessThan(FLOAT64);
    const restored = TreeEnsemble.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(restored.predict(rows)).toEqual(model.predict(rows));
  });
  test.each(cases.filter(({ name }) => /boosting|hist|hgb|gb_/.test(name)))("$name, raw scores to the bit", (one) => {
    expect([...importSklearn(text(one)).predict(rowsOf(one), { scale: "raw" })]).toEqual(one.raw.flat());
  });
});

/** A threshold, its neighbours and the doubles halfway between the float32 around it. */
function around(x: number): number[] {
  const near = Math.fround(x);
  const step = 2 ** (Math.floor(Math.log2(Math.abs(near) || 2 ** -126)) - 24);
  return [x, near, near + step, near - step, near + 2 * step, near - 2 * step].flatMap((y) => [y, y * (1 + 2e-16), y * (1 - 2e-16)]);
}

/** The leaf that a row reaches by the words of scikit-learn's rule, without the library's thresholds. */
function findLeaf(tree: SklearnTree, row: readonly number[], cell: (x: number) => number): number {
  let i = 0;
  while (tree.children_left[i] >= 0) {
    const x = cell(row[tree.feature[i]]);
    const left = Number.isNaN(x) ? tree.missing_go_to_left[i] === 1 : x <= tree.threshold[i];
    i = left ? tree.children_left[i] : tree.children_right[i];
  }
  return i;
}

describe("rows on and beside every split go where scikit-learn's rule sends them", () => {
  const numeric = cases.filter(
    ({ name, X }) => X !== null && !/codes_|two_targets|isolation|iforest|forest|et_|extra|sk_tree|rf_/.test(name),
  );
  test.each(numeric)("$name", (one) => {
    const file = JSON.parse(text(one)) as { trees: (SklearnTree & { value: (number | [number])[]; outputClass?: number })[] } & Record<
      string,
      never
    >;
    const model: TreeEnsemble = importSklearn(text(one));
    const histogram = "baseline" in file;
    const numOutputs = model.numOutputs;
    const start = (one.X as (number | null)[][])[0].map((x) => x ?? NaN);
    const rows = file.trees.flatMap((tree) =>
      tree.children_left.flatMap((child, i) => (child < 0 ? [] : around(tree.threshold[i]).map((x) => start.with(tree.feature[i], x)))),
    );
    for (const j of start.keys()) rows.push(start.with(j, NaN), start.with(j, 0), start.with(j, -0), start.with(j, 5e-324));
    const found = model.predict(toMatrix(rows), { scale: "raw" });
    const wrong = rows.filter((row, r) => {
      const sums: number[] = [...((histogram ? file["baseline"] : file["init"]) as unknown as number[])];
      file.trees.forEach((tree, t) => {
        const value = tree.value[findLeaf(tree, row, histogram ? Number : Math.fround)];
        const leaf = Array.isArray(value) ? value[0] : value;
        sums[tree.outputClass ?? t % numOutputs] += histogram ? leaf : leaf * (file["learning_rate"] as unknown as number);
      });
      return sums.some((sum, k) => sum !== found[r * numOutputs + k]);
    });
    expect(wrong).toEqual([]);
  });
});
