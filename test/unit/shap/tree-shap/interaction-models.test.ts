import { describe, expect, test } from "vitest";
import { loadTreeShap, treeShap, type InteractionRanking } from "../../../../src/shap/index.ts";
import type { TreeEnsemble } from "../../../../src/trees/index.ts";
import { makeEnsemble, makeMatrix } from "../../../support/make-ensemble.ts";
import { messageOf } from "../../../support/message-of.ts";
import { layTrees, type NestedTree } from "../../../support/random-trees.ts";

const leaf = (value: number): NestedTree => ({ values: [value], cover: 1 });
const split = (feature: number, threshold: number, left: NestedTree, right: NestedTree): NestedTree => ({
  feature,
  threshold,
  flags: 0,
  categories: [],
  left,
  right,
});

/** Rounding of float64 sums of a few terms. */
const ROUNDING = 1e-14;

test("each value of a vector leaf has the interactions of a tree of its own", () => {
  const pick = (tree: NestedTree, part: number): NestedTree =>
    "left" in tree ? { ...tree, left: pick(tree.left, part), right: pick(tree.right, part) } : { ...tree, values: [tree.values[part]] };
  const both: NestedTree = split(
    0,
    0.5,
    { values: [1, 4], cover: 3 },
    split(1, 0.5, { values: [2, -3], cover: 2 }, split(0, 1.5, { values: [5, 0], cover: 1 }, { values: [-2, 7], cover: 4 })),
  );
  const rows = makeMatrix([
    [0, 1, 0, 0, 0],
    [2, 1, 0, 0, 0],
  ]);
  for (const options of [{}, { background: makeMatrix([[1, 1, 0, 0, 0]]) }]) {
    const found = treeShap(makeEnsemble(layTrees([both], [0], 2), 2), options).interactions(rows);
    for (const part of [0, 1]) {
      const alone = treeShap(makeEnsemble(layTrees([pick(both, part)], [0])), options).interactions(rows);
      alone.values.forEach((value, cell) => expect(Math.abs(found.values[cell * 2 + part] - value)).toBeLessThanOrEqual(ROUNDING));
    }
  }
});

test("an explainer that was saved and loaded has the same interactions", () => {
  const ensemble = makeEnsemble(layTrees([split(0, 0.5, leaf(1), split(1, 0.5, leaf(2), split(2, 0.5, leaf(5), leaf(-1))))], [0]));
  const rows = makeMatrix([
    [1, 1, 0, 0, 0],
    [0, 1, 1, 0, 0],
  ]);
  for (const options of [{}, { background: rows, backgroundWeights: [1, 2] }, { background: rows, index: "banzhaf" as const }]) {
    const explainer = treeShap(ensemble, options);
    expect(loadTreeShap(explainer.toBytes()).interactions(rows).values).toEqual(explainer.interactions(rows).values);
  }
});

test.each([{}, { background: makeMatrix([[-5000.5, 0, 0, 0, 0]]) }])("a path of 10,000 tests, %#", (options) => {
  const tests = 10_000;
  const numNodes = 2 * tests + 1;
  const isTest = (node: number): boolean => node % 2 === 0 && node < numNodes - 1;
  const words = (of: (node: number) => number): Int32Array => Int32Array.from({ length: numNodes }, (_, node) => of(node));
  const numbers = (of: (node: number) => number): Float64Array => Float64Array.from({ length: numNodes }, (_, node) => of(node));
  const nodes = {
    treeStart: Int32Array.of(0, numNodes),
    feature: words((node) => (isTest(node) ? (node / 2) % 3 : -1)),
    threshold: numbers((node) => (isTest(node) ? -node : NaN)),
    left: words((node) => (isTest(node) ? node + 2 : -1)),
    right: words((node) => (isTest(node) ? node + 1 : -1)),
    flags: new Uint8Array(numNodes),
    categoryStart: words(() => 0),
    categoryEnd: words(() => 0),
    categories: new Int32Array(0),
    cover: numbers((node) => (isTest(node) ? tests - node / 2 + 1 : 1)),
    leafStart: words((node) => (isTest(node) ? -1 : node)),
    leafValues: numbers((node) => Math.sin(node)),
    leafWidth: 1,
    treeOutput: Int32Array.of(0),
  };
  const explainer = treeShap(makeEnsemble(nodes), options);
  const rows = makeMatrix([[-300.5, -5000.5, -20_000, 1, 1]]);
  const found = explainer.interactions(rows);
  expect(explainer.pairInteractions(rows).numPairs).toBe(3);
  for (const residual of found.totals().additivityResiduals) expect(Math.abs(residual)).toBeLessThan(1e-12);
  expect(found.values.some((value) => value !== 0)).toBe(true);
});

/** A model of many columns: one small tree for every two of them. */
function wideModel(features: number): TreeEnsemble {
  const trees = Array.from({ length: features / 2 }, (_, t) => split(2 * t, 0.5, leaf(0), split(2 * t + 1, 0.5, leaf(0), leaf(t + 1))));
  const nodes = layTrees(
    trees,
    trees.map(() => 0),
  );
  return makeEnsemble(nodes, 1, new Float64Array(1), features);
}

describe("wide models", () => {
  const features = 2000;
  const rows = makeMatrix(Array.from({ length: 40 }, (_, i) => Array.from({ length: features }, () => i % 3)));

  test("dense matrices beyond the limit are refused with the way out", () => {
    expect(messageOf(() => treeShap(wideModel(features)).interactions(rows))).toBe(
      "treeShap.interactions: data must be of so few rows that all pairs of features take at most 1 GiB; got 40 rows × 2000 × 2000 features. Use pairInteractions, which holds only the pairs that can interact, or explain fewer rows at once.",
    );
    expect(messageOf(() => treeShap(wideModel(features)).pairInteractions(rows).dense())).toBe(
      "PairInteractions.dense: data must be of so few rows that all pairs of features take at most 1 GiB; got 40 rows × 2000 × 2000 features. Read the pairs as they are, or explain fewer rows at once.",
    );
  });

  test("pairs that meet are few, and ranked", async () => {
    const explainer = treeShap(wideModel(features));
    const found = explainer.pairInteractions(rows);
    expect(found.numPairs).toBe(1000);
    expect(found.value(0, 0, 3)).toBe(0);
    const { value } = await explainer.rankInteractions([rows], { top: 3 }).next();
    expect((value as InteractionRanking).pairs.map(({ features: names }) => names)).toEqual([
      ["x1998", "x1999"],
      ["x1996", "x1997"],
      ["x1994", "x1995"],
    ]);
  });
});
