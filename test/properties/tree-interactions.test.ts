import * as fc from "fast-check";
import { expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { enumerateInteractions } from "../support/shapley-oracle.ts";
import { makeEnsemble, makeMatrix } from "../support/make-ensemble.ts";
import { ALL_FEATURES, followKnown, followTree, layTrees, nestedTree, randomRows } from "../support/random-trees.ts";

/** Rounding of float64 sums over a few dozen leaves of size 10, with room. */
const EXACT = 1e-12;

const forest = fc.array(nestedTree(6), { minLength: 1, maxLength: 3 });
const index = fc.constantFrom("shapley" as const, "banzhaf" as const);

function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expected.forEach((value, i) => expect(Math.abs(found[i] - value), `value ${i}: ${found[i]} against ${value}`).toBeLessThanOrEqual(EXACT));
}

test("path-dependent interactions equal full enumeration", () => {
  fc.assert(
    fc.property(forest, randomRows(3), index, (trees, rows, weighing) => {
      const nodes = layTrees(
        trees,
        trees.map(() => 0),
      );
      const { values } = treeShap(makeEnsemble(nodes), { index: weighing }).interactions(makeMatrix(rows));
      rows.forEach((x, i) => {
        const expected = enumerateInteractions(weighing, ALL_FEATURES, (present) =>
          trees.reduce((sum, _, tree) => sum + followKnown(nodes, nodes.treeStart[tree], 0, x, (feature) => present[feature]), 0),
        );
        expectClose(values.subarray(i * ALL_FEATURES ** 2, (i + 1) * ALL_FEATURES ** 2), expected);
      });
    }),
    { numRuns: 400 },
  );
});

test("interventional interactions equal full enumeration, with weights", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(forest, randomRows(3), randomRows(6), weights, index, (trees, rows, background, seeds, weighing) => {
      const nodes = layTrees(
        trees,
        trees.map(() => 0),
      );
      const backgroundWeights = background.map((_, b) => seeds[b] + (b === 0 ? 1 : 0));
      const total = backgroundWeights.reduce((a, b) => a + b, 0);
      const explainer = treeShap(makeEnsemble(nodes), { background: makeMatrix(background), backgroundWeights, index: weighing });
      const { values } = explainer.interactions(makeMatrix(rows));
      rows.forEach((x, i) => {
        const expected = enumerateInteractions(weighing, ALL_FEATURES, (present) => {
          let sum = 0;
          background.forEach((other, b) => {
            const mixed = x.map((value, j) => (present[j] ? value : other[j]));
            trees.forEach((_, tree) => (sum += (backgroundWeights[b] / total) * followTree(nodes, tree, 0, mixed)));
          });
          return sum;
        });
        expectClose(values.subarray(i * ALL_FEATURES ** 2, (i + 1) * ALL_FEATURES ** 2), expected);
      });
    }),
    { numRuns: 400 },
  );
});
