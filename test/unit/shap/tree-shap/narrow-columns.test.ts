import { expect, test } from "vitest";
import { treeShap } from "../../../../src/shap/index.ts";
import { narrowColumns, narrowTest } from "../../../../src/shap/tree-shap/engine/narrow-columns.ts";
import { codeColumns } from "../../../../src/shap/tree-shap/engine/coded-columns.ts";
import type { TreeNodes } from "../../../../src/trees/index.ts";
import { makeEnsemble, makeMatrix } from "../../../support/make-ensemble.ts";

/** More thresholds than 16 bits can count, so that the column falls into three parts. */
const LEAVES = 2 ** 17;
/** Rounding of a mean over so many leaves of sizes up to `LEAVES`. */
const ROUNDING = 1e-12 * LEAVES;

/** A balanced tree on feature 0: leaf k, of value k, holds the numbers in (k − 1, k]. Missing goes right all the way. */
function stairs(): TreeNodes {
  const size = 2 * LEAVES - 1;
  const ints = (): Int32Array => new Int32Array(size).fill(-1);
  const [feature, left, right, leafStart] = [ints(), ints(), ints(), ints()];
  const threshold = new Float64Array(size).fill(NaN);
  const cover = new Float64Array(size);
  let next = 0;
  const lay = (from: number, count: number): number => {
    const at = next++;
    cover[at] = count;
    if (count === 1) {
      leafStart[at] = from;
      return at;
    }
    feature[at] = 0;
    threshold[at] = from + count / 2 - 1;
    left[at] = lay(from, count / 2);
    right[at] = lay(from + count / 2, count / 2);
    return at;
  };
  lay(0, LEAVES);
  return {
    treeStart: Int32Array.of(0, size),
    feature,
    threshold,
    left,
    right,
    flags: new Uint8Array(size),
    categoryStart: new Int32Array(size),
    categoryEnd: new Int32Array(size),
    categories: new Int32Array(0),
    cover,
    leafStart,
    leafValues: Float64Array.from({ length: LEAVES }, (_, k) => k),
    leafWidth: 1,
    treeOutput: Int32Array.of(0),
  };
}

const ensemble = makeEnsemble(stairs());
const mean = (LEAVES - 1) / 2;
const cells = [-1, 0, 0.5, 1, 59_998, 59_999, 59_999.5, 60_000, 60_001, 119_999, 120_000, 120_000.5, 120_001, LEAVES - 2, LEAVES, NaN];
const leafOf = (x: number): number => (Number.isNaN(x) ? LEAVES - 1 : Math.min(LEAVES - 1, Math.max(0, Math.ceil(x))));
const rows = makeMatrix(cells.map((x) => [x, 0, 0, 0, 0]));

test("a column of more thresholds than 16 bits can count is split, and every test lies in the part that its limit is in", () => {
  const columns = narrowColumns(codeColumns(ensemble.nodes));
  expect(columns.parts.map(({ base }) => base)).toEqual([0, 60_000, 120_000]);
  expect(narrowTest(columns, 0, 60_000)).toEqual({ column: 0, limit: 60_000 });
  expect(narrowTest(columns, 0, 60_001)).toEqual({ column: 1, limit: 1 });
  expect(narrowTest(columns, 0, 0)).toEqual({ column: 0, limit: 0 });
});

test("path-dependent values of a split column are leaf − mean", () => {
  const { values } = treeShap(ensemble).explain(rows);
  cells.forEach((x, i) => expect(Math.abs(values[i * 5] - (leafOf(x) - mean)), `x = ${x}`).toBeLessThan(ROUNDING));
});

test("interventional values of a split column are leaf − mean leaf of the background", () => {
  const { values } = treeShap(ensemble, { background: rows }).explain(rows);
  const base = cells.reduce((sum, x) => sum + leafOf(x), 0) / cells.length;
  cells.forEach((x, i) => expect(Math.abs(values[i * 5] - (leafOf(x) - base)), `x = ${x}`).toBeLessThan(ROUNDING));
});
