import * as fc from "fast-check";
import { expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { TreeEnsemble, type TreeNodes } from "../../src/trees/index.ts";
import { followLinear, layLinear, linearFunctions } from "../support/linear-leaves.ts";
import { makeEnsemble, makeMatrix } from "../support/make-ensemble.ts";
import { layTrees, nestedTree, randomRows } from "../support/random-trees.ts";
import { enumerateValues } from "../support/shapley-oracle.ts";

/** Rounding of float64 sums over three trees of leaves up to some 50, with room. */
const EXACT = 2e-12;

/** Rows without infinite numbers, which linear leaves refuse. */
const finiteRows = (most: number): fc.Arbitrary<number[][]> =>
  randomRows(most).map((rows) => rows.map((row) => row.map((x) => (Math.abs(x) === Infinity ? Math.sign(x) * 4 : x))));

const forest = fc.tuple(fc.array(nestedTree(4), { minLength: 1, maxLength: 3 }), linearFunctions).map(([trees, functions]) =>
  layLinear(
    layTrees(
      trees,
      trees.map((_, t) => t % 2),
    ),
    functions,
  ),
);

/** The raw sum of an output. */
function evaluate(nodes: TreeNodes, output: number, x: readonly number[]): number {
  let sum = 0;
  nodes.treeOutput.forEach((own, tree) => (sum += own === output ? followLinear(nodes, tree, x) : 0));
  return sum;
}

const players = { alone: [[0], [1], [2], [3], [4]], grouped: [[0, 3], [1, 2], [4]] };
const groups = { "x0 x3": ["x0", "x3"], "x1 x2": ["x1", "x2"] };

test.each(["shapley", "banzhaf"] as const)("values of linear leaves (%s) equal full enumeration of the model", (index) => {
  fc.assert(
    fc.property(
      forest,
      finiteRows(3),
      finiteRows(5),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 5, maxLength: 5 }),
      fc.boolean(),
      (nodes, rows, background, seeds, isGrouped) => {
        const backgroundWeights = background.map((_, b) => seeds[b] + (b === 0 ? 1 : 0));
        const total = backgroundWeights.reduce((a, b) => a + b, 0);
        const ensemble = makeEnsemble(nodes, 2);
        const options = { background: makeMatrix(background), backgroundWeights, index, ...(isGrouped ? { groups } : {}) };
        const explanation = treeShap(ensemble, options).explain(makeMatrix(rows));
        const members = isGrouped ? players.grouped : players.alone;
        const width = members.length * 2;
        rows.forEach((x, i) => {
          for (const output of [0, 1]) {
            const expected = enumerateValues(index, members.length, (present) =>
              background.reduce((sum, other, b) => {
                const mixed = x.map((value, j) => (present[members.findIndex((group) => group.includes(j))] ? value : other[j]));
                return sum + (backgroundWeights[b] / total) * evaluate(nodes, output, mixed);
              }, 0),
            );
            expected.forEach((value, j) => {
              const found = explanation.values[i * width + j * 2 + output];
              expect(Math.abs(found - value), `value ${j}: ${found} against ${value}`).toBeLessThanOrEqual(EXACT);
            });
          }
        });
      },
    ),
    { numRuns: 300 },
  );
});

test("predictions follow the definition, and JSON restores linear leaves", () => {
  fc.assert(
    fc.property(forest, finiteRows(5), (nodes, rows) => {
      const ensemble = makeEnsemble(nodes, 2);
      const found = ensemble.predict(makeMatrix(rows), { scale: "raw" });
      rows.forEach((x, i) => [0, 1].forEach((output) => expect(found[i * 2 + output]).toBe(evaluate(nodes, output, x))));
      const restored = TreeEnsemble.fromJSON(JSON.parse(JSON.stringify(ensemble)));
      expect(restored.nodes.linearLeaves).toEqual(nodes.linearLeaves);
      expect([...restored.predict(makeMatrix(rows), { scale: "raw" })]).toEqual([...found]);
    }),
  );
});

test("a tree without tests, and the features of an all-missing row", () => {
  const nodes = layLinear(layTrees([{ values: [7], cover: 1 }], [0]), [{ constant: 1, terms: [{ feature: 1, coefficient: 2 }] }]);
  const background = makeMatrix([
    [0, 3, 0, 0, 0],
    [0, NaN, 0, 0, 0],
  ]);
  const explanation = treeShap(makeEnsemble(nodes), { background }).explain(
    makeMatrix([
      [0, NaN, 0, 0, 0],
      [0, 5, 0, 0, 0],
    ]),
  );
  expect([...explanation.values]).toEqual([0, 0, 0, 0, 0, 0, 4, 0, 0, 0]);
  expect([...explanation.baseValues]).toEqual([7, 7]);
  expect(explanation.warnings).toEqual([]);
});
