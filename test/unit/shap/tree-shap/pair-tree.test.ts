import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributionIndex } from "../../../../src/shap/index.ts";
import { codeColumns } from "../../../../src/shap/tree-shap/engine/coded-columns.ts";
import type { CodedBackground, LaidTree } from "../../../../src/shap/tree-shap/engine/laid-tree.ts";
import { planCells } from "../../../../src/shap/tree-shap/engine/cell-plan.ts";
import { PairTree } from "../../../../src/shap/tree-shap/engine/pair-tree.ts";
import { TreeEngine } from "../../../../src/shap/tree-shap/engine/tree-engine.ts";
import { compileTree, type TreeProgram } from "../../../../src/shap/tree-shap/engine/tree-program.ts";
import type { TreeNodes } from "../../../../src/trees/index.ts";
import { layTable } from "../../../support/lay-table.ts";
import { makeMatrix } from "../../../support/make-ensemble.ts";
import { ALL_FEATURES, layTrees, nestedTree, randomRows, type NestedTree } from "../../../support/random-trees.ts";

/** Rounding of float64 sums over leaves of size 10. */
const EXACT = 1e-12;

type Layout = (engine: TreeEngine, program: TreeProgram, background: CodedBackground, index: AttributionIndex) => LaidTree;

const layPairs: Layout = ({ kernel }, program, background, index) => new PairTree(kernel, program, background, index);

function explainWith(
  layTree: Layout,
  nodes: TreeNodes,
  numFeatures: number,
  rows: number[][],
  background: number[][],
  index: AttributionIndex = "shapley",
): Float64Array {
  const coding = codeColumns(nodes);
  const program = compileTree(
    nodes,
    coding,
    0,
    0,
    Int32Array.from({ length: numFeatures }, (_, j) => j),
  );
  const engine = new TreeEngine(coding, numFeatures, 1);
  const coded = engine.placeBackground(makeMatrix(background), new Float64Array(background.length).fill(1));
  engine.placeTrees(program.depth > 0 ? [layTree(engine, program, coded, index)] : []);
  return engine.explain(makeMatrix(rows));
}

test("pairs of patterns give what tables give", () => {
  fc.assert(
    fc.property(nestedTree(6), randomRows(4), randomRows(30), fc.constantFrom("shapley", "banzhaf"), (tree, rows, background, index) => {
      const nodes = layTrees([tree], [0]);
      const byTables = explainWith(layTable, nodes, ALL_FEATURES, rows, background, index);
      const byPairs = explainWith(layPairs, nodes, ALL_FEATURES, rows, background, index);
      byTables.forEach((value, cell) => expect(Math.abs(byPairs[cell] - value)).toBeLessThanOrEqual(EXACT));
    }),
    { numRuns: 200 },
  );
});

/** A chain that tests feature after feature: below 0.5 to a leaf of its own, else on. Its longest path holds every feature. */
function chain(features: number): NestedTree {
  let tree: NestedTree = { values: [features + 1], cover: 1 };
  for (let feature = features - 1; feature >= 0; feature--) {
    tree = { feature, threshold: 0.5, flags: 0, categories: [], left: { values: [Math.sin(feature)], cover: 1 }, right: tree };
  }
  return tree;
}

function chainLeaf(x: readonly number[]): number {
  const end = x.findIndex((value) => value <= 0.5);
  return end < 0 ? x.length + 1 : Math.sin(end);
}

/** The value of each feature by sampling nothing: averages over all orders, of which a chain needs only the ranks of differing features. */
function pairwiseOracle(features: number, x: readonly number[], other: readonly number[]): number[] {
  const values = Array.from({ length: features }, () => 0);
  // Leaf k is reached from a mix when features 0 … k−1 are above 0.5 and feature k is not.
  for (let leaf = 0; leaf <= features; leaf++) {
    const w = leaf === features ? features + 1 : Math.sin(leaf);
    const passes = (row: readonly number[], j: number): boolean => (j === leaf ? row[j] <= 0.5 : row[j] > 0.5);
    const path = Array.from({ length: Math.min(leaf + 1, features) }, (_, j) => j);
    if (path.some((j) => !passes(x, j) && !passes(other, j))) continue;
    const own = path.filter((j) => passes(x, j) && !passes(other, j));
    const theirs = path.filter((j) => !passes(x, j) && passes(other, j));
    const [p, q] = [own.length, theirs.length];
    // (p−1)! q! / (p+q)! = 1 / (p C(p+q, q)), and the same with p and q changed over.
    let choose = 1;
    for (let i = 1; i <= q; i++) choose = (choose * (p + i)) / i;
    for (const j of own) values[j] += w / (p * choose);
    for (const j of theirs) values[j] -= w / (q * choose);
  }
  return values;
}

describe("paths of more players than a table or a word of bits can hold", () => {
  test.each([20, 33, 70])("%i features on one path", (features) => {
    const nodes = layTrees([chain(features)], [0]);
    const program = compileTree(
      nodes,
      codeColumns(nodes),
      0,
      0,
      Int32Array.from({ length: features }, (_, j) => j),
    );
    expect(planCells(program)).toBeNull();
    const bit = (i: number, j: number): number => ((i * 7 + j * 13 + ((i * j) % 5)) % 4 === 0 ? 0 : 1);
    const rows = Array.from({ length: 5 }, (_, i) => Array.from({ length: features }, (__, j) => bit(i, j)));
    rows.push(Array.from({ length: features }, () => 1));
    const background = Array.from({ length: 9 }, (_, i) => Array.from({ length: features }, (__, j) => bit(i + 100, j)));
    background.push(Array.from({ length: features }, () => 1));
    const values = explainWith(layPairs, nodes, features, rows, background);
    rows.forEach((x, i) => {
      const expected = background.map((other) => pairwiseOracle(features, x, other));
      let sum = 0;
      for (let j = 0; j < features; j++) {
        const mean = expected.reduce((total, each) => total + each[j], 0) / background.length;
        expect(Math.abs(values[i * features + j] - mean)).toBeLessThanOrEqual(EXACT);
        sum += values[i * features + j];
      }
      const base = background.reduce((total, other) => total + chainLeaf(other), 0) / background.length;
      expect(Math.abs(sum - (chainLeaf(x) - base))).toBeLessThanOrEqual(EXACT * features);
    });
  });

  test("lists that outgrow their first room are made again in a larger one", () => {
    const features = 20;
    const nodes = layTrees([chain(features)], [0]);
    // 80,000 rows of nearly as many patterns on the longest paths: about 6 MB of lists, where 4 MB are tried first.
    const background = Array.from({ length: 80_000 }, (_, i) =>
      Array.from({ length: features }, (__, j) => ((i * 2654435761) >>> (j + 4)) & 1),
    );
    const x = Array.from({ length: features }, (_, j) => (j === 11 ? 0 : 1));
    const values = explainWith(layPairs, nodes, features, [x], background);
    const expected = Array.from({ length: features }, () => 0);
    for (const other of background) pairwiseOracle(features, x, other).forEach((value, j) => (expected[j] += value / background.length));
    expected.forEach((value, j) => expect(Math.abs(values[j] - value)).toBeLessThanOrEqual(EXACT * 10));
  });
});
