import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttributionIndex } from "../../../../src/shap/index.ts";
import { codeColumns } from "../../../../src/shap/tree-shap/engine/coded-columns.ts";
import { findInteractingPairs, type InteractingPairs } from "../../../../src/shap/tree-shap/interactions/interacting-pairs.ts";
import { InteractionPairTree } from "../../../../src/shap/tree-shap/interactions/interaction-pair-tree.ts";
import { InteractionQuadratureTree } from "../../../../src/shap/tree-shap/interactions/interaction-quadrature-tree.ts";
import { InteractionTableTree } from "../../../../src/shap/tree-shap/interactions/interaction-table-tree.ts";
import type { CodedBackground, LaidTree } from "../../../../src/shap/tree-shap/engine/laid-tree.ts";
import { TreeEngine } from "../../../../src/shap/tree-shap/engine/tree-engine.ts";
import { compileTree, type TreeProgram } from "../../../../src/shap/tree-shap/engine/tree-program.ts";
import type { TreeNodes } from "../../../../src/trees/index.ts";
import { makeMatrix } from "../../../support/make-ensemble.ts";
import { ALL_FEATURES, followKnown, followTree, layTrees, nestedTree, randomRows, type NestedTree } from "../../../support/random-trees.ts";
import { enumerateInteractions } from "../../../support/shapley-oracle.ts";

/** Rounding of float64 sums over leaves of size 10. */
const EXACT = 1e-12;

type Layout = (
  kernel: TreeEngine["kernel"],
  program: TreeProgram,
  pairs: InteractingPairs,
  background: CodedBackground | null,
  index: AttributionIndex,
) => LaidTree;

const byQuadrature: Layout = (kernel, program, pairs, _, index) => new InteractionQuadratureTree(kernel, program, pairs, index);
const byTables: Layout = (kernel, program, pairs, background, index) => new InteractionTableTree(kernel, program, pairs, background, index);
const byPairs: Layout = (kernel, program, pairs, background, index) =>
  new InteractionPairTree(kernel, program, pairs, background as CodedBackground, index);

/** Whole interactions of one tree: a function of row and two features. */
function explainWith(
  layout: Layout,
  nodes: TreeNodes,
  numFeatures: number,
  rows: readonly (readonly number[])[],
  background: readonly (readonly number[])[] | null,
  index: AttributionIndex,
): (row: number, i: number, j: number) => number {
  const coding = codeColumns(nodes);
  const players = Int32Array.from({ length: numFeatures }, (_, j) => j);
  const program = compileTree(nodes, coding, 0, 0, players);
  const pairs = findInteractingPairs([program], numFeatures);
  if (pairs.count === 0) return () => 0;
  const engine = new TreeEngine(coding, pairs.count, 1);
  const coded = background && engine.placeBackground(makeMatrix(background), new Float64Array(background.length).fill(1));
  engine.placeTrees([layout(engine.kernel, program, pairs, coded, index)]);
  const found = engine.explain(makeMatrix(rows));
  return (row, i, j) => {
    const pair = pairs.find(i, j);
    return pair === undefined ? 0 : found[row * pairs.count + pair];
  };
}

describe("each algorithm equals full enumeration", () => {
  const index = fc.constantFrom("shapley" as const, "banzhaf" as const);
  test.each([
    ["path-dependent, quadrature", byQuadrature, false],
    ["path-dependent, tables", byTables, false],
    ["interventional, tables", byTables, true],
    ["interventional, pairs of patterns", byPairs, true],
  ] as const)("%s", (_, layout, isInterventional) => {
    fc.assert(
      fc.property(nestedTree(6), randomRows(3), randomRows(4), index, (tree, rows, background, weighing) => {
        const nodes = layTrees([tree], [0]);
        const found = explainWith(layout, nodes, ALL_FEATURES, rows, isInterventional ? background : null, weighing);
        rows.forEach((x, row) => {
          const expected = enumerateInteractions(weighing, ALL_FEATURES, (present) => {
            if (!isInterventional) return followKnown(nodes, 0, 0, x, (feature) => present[feature]);
            const mixes = background.map((other) => x.map((value, j) => (present[j] ? value : other[j])));
            return mixes.reduce((sum, mix) => sum + followTree(nodes, 0, 0, mix), 0) / background.length;
          });
          for (let i = 0; i < ALL_FEATURES; i++) {
            for (let j = 0; j < i; j++) {
              expect(Math.abs(found(row, i, j) - 2 * expected[i * ALL_FEATURES + j])).toBeLessThanOrEqual(EXACT);
            }
          }
        });
      }),
      { numRuns: 250 },
    );
  });
});

/** A chain that tests feature after feature: below 0.5 to a leaf of its own, else on. Its longest path holds every feature. */
function chain(features: number): NestedTree {
  let tree: NestedTree = { values: [features + 1], cover: 3 };
  for (let feature = features - 1; feature >= 0; feature--) {
    const left = { values: [Math.sin(feature)], cover: 1 + (feature % 4) };
    tree = { feature, threshold: 0.5, flags: 0, categories: [], left, right: tree };
  }
  return tree;
}

/** One leaf of the chain: its value, and for each feature on its path whether a row passes and the share of covers that does. */
function chainLeaves(
  nodes: TreeNodes,
  features: number,
): { value: number; passes: (row: readonly number[], j: number) => boolean; z: number[] }[] {
  const leaves = [];
  const above: number[] = [];
  for (let node = 0, leaf = 0; leaf <= features; leaf++) {
    const value = leaf === features ? features + 1 : Math.sin(leaf);
    const shares = leaf === features ? above : [...above, nodes.cover[nodes.left[node]] / nodes.cover[node]];
    leaves.push({ value, z: [...shares], passes: (row: readonly number[], j: number) => (j === leaf ? row[j] <= 0.5 : row[j] > 0.5) });
    if (leaf === features) break;
    above.push(nodes.cover[nodes.right[node]] / nodes.cover[node]);
    node = nodes.right[node];
  }
  return leaves;
}

/**
 * The interaction index of i and j in the game that gives `value` when o_k holds for each k that is in and z_k for each that is out: the others are
 * let in one after another, and what they come to is sorted by how many are in. Sums of positive numbers alone.
 */
function pairOfLeaf(value: number, o: readonly number[], z: readonly number[], i: number, j: number): number {
  let bySize = [1];
  o.forEach((_, k) => {
    if (k === i || k === j) return;
    const next = Array.from({ length: bySize.length + 1 }, () => 0);
    bySize.forEach((worth, size) => {
      next[size] += worth * z[k];
      next[size + 1] += worth * o[k];
    });
    bySize = next;
  });
  const others = o.length - 2;
  let [sum, weight] = [0, 1 / (others + 1)];
  bySize.forEach((worth, size) => {
    sum += weight * worth;
    weight *= (size + 1) / (others - size);
  });
  return value * (o[i] - z[i]) * (o[j] - z[j]) * sum;
}

describe("paths of many players", () => {
  const bit = (i: number, j: number): number => ((i * 7 + j * 13 + ((i * j) % 5)) % 6 === 0 ? 0 : 1);
  const makeRows = (count: number, features: number, from: number): number[][] => [
    ...Array.from({ length: count }, (_, i) => Array.from({ length: features }, (__, j) => bit(i + from, j))),
    Array.from({ length: features }, () => 1),
  ];

  test.each([7, 12, 20, 33, 64])("path-dependent: %i features on one path", (features) => {
    const nodes = layTrees([chain(features)], [0]);
    const rows = makeRows(3, features, 0);
    const found = explainWith(byQuadrature, nodes, features, rows, null, "shapley");
    const leaves = chainLeaves(nodes, features);
    rows.forEach((x, row) => {
      for (let i = 1; i < features; i += Math.ceil(features / 7)) {
        for (let j = 0; j < i; j += Math.ceil(features / 9)) {
          const expected = leaves.reduce((sum, { value, passes, z }) => {
            if (i >= z.length) return sum;
            return (
              sum +
              pairOfLeaf(
                value,
                z.map((_, k) => (passes(x, k) ? 1 : 0)),
                z,
                i,
                j,
              )
            );
          }, 0);
          expect(Math.abs(found(row, i, j) - expected)).toBeLessThanOrEqual(EXACT);
        }
      }
    });
  });

  test.each([20, 33, 70])("interventional: %i features on one path", (features) => {
    const nodes = layTrees([chain(features)], [0]);
    const rows = makeRows(3, features, 0);
    const background = makeRows(6, features, 100);
    const found = explainWith(byPairs, nodes, features, rows, background, "shapley");
    const leaves = chainLeaves(nodes, features);
    rows.forEach((x, row) => {
      for (let i = 1; i < features; i += Math.ceil(features / 7)) {
        for (let j = 0; j < i; j += Math.ceil(features / 9)) {
          let expected = 0;
          for (const { value, passes, z } of leaves) {
            if (i >= z.length) continue;
            const o = z.map((_, k) => (passes(x, k) ? 1 : 0));
            for (const other of background) {
              const absent = z.map((_, k) => (passes(other, k) ? 1 : 0));
              expected += pairOfLeaf(value, o, absent, i, j) / background.length;
            }
          }
          expect(Math.abs(found(row, i, j) - expected)).toBeLessThanOrEqual(EXACT);
        }
      }
    });
  });
});
