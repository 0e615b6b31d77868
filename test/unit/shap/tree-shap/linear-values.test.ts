import { describe, expect, test } from "vitest";
import { exactShap, treeShap, type Explanation, type TreeShapOptions } from "../../../../src/shap/index.ts";
import { Table } from "../../../../src/table/index.ts";
import { importXgboost, TreeEnsemble } from "../../../../src/trees/index.ts";
import { makeEnsemble, makeMatrix } from "../../../support/make-ensemble.ts";
import { messageOf } from "../../../support/message-of.ts";
import { layTrees, type NestedTree } from "../../../support/random-trees.ts";
import { smallXgboost } from "../../../support/small-models.ts";

/** Two float64 routes to numbers of some ten. */
const TOLERANCE = 1e-12;

const leaf = (value: number, cover = 1): NestedTree => ({ values: [value], cover });
const split = (feature: number, threshold: number, left: NestedTree, right: NestedTree): NestedTree => ({
  feature,
  threshold,
  flags: 0,
  categories: [],
  left,
  right,
});

const trees = [split(0, 0, split(1, 1, leaf(3), leaf(-1, 2)), leaf(2, 4)), split(2, 0.5, leaf(1), leaf(-2, 3))];
const forest = makeEnsemble(layTrees(trees, [0, 1]), 2);
const weights = Float64Array.of(1, -2, 0.5, 0, 3, 1, 0, 0.25, -1, 2);
const mixed = new TreeEnsemble({ ...forest, features: forest.features, linearTerms: { weights } });
const linear = new TreeEnsemble({ ...mixed, features: mixed.features, nodes: layTrees([], []) });

const rows = makeMatrix([
  [0.5, 2, -1, 3, 1],
  [-1, 0, 1, NaN, 2],
  [NaN, 1.5, 0.25, 0, 0],
]);
const background = makeMatrix([
  [0, 0, 0, 1, 1],
  [1, NaN, 2, 0, 4],
  [-2, 3, 0.75, 2, NaN],
]);
const backgroundWeights = [1, 2, 0.5];
const groups = { pair: ["x0", "x3"] };

function expectClose(found: Float64Array, expected: Float64Array): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(TOLERANCE));
}

function explain(ensemble: TreeEnsemble, options: TreeShapOptions = {}): Explanation {
  const explanation = treeShap(ensemble, options).explain(rows);
  if (options.index !== "banzhaf") expect(explanation.warnings).toEqual([]);
  return explanation;
}

/** What the terms of a row give a column alone. */
function termsOf(row: number, column: number, output: number): number {
  const x = rows.values[row * 5 + column];
  return Number.isNaN(x) ? 0 : x * weights[column * 2 + output];
}

describe.each([
  ["beside trees", mixed],
  ["without trees", linear],
])("linear terms %s", (_, ensemble) => {
  test.each([{}, { groups }])("equal enumeration over a background, %j", async (more) => {
    const names = ensemble.featureNames;
    const oracle = exactShap((table) => ensemble.predict(table, { scale: "raw" }), {
      background: Table.fromMatrix(background.values, names),
      backgroundWeights,
      outputNames: ensemble.outputNames,
      ...more,
    });
    const expected = await oracle.explain(Table.fromMatrix(rows.values, names));
    const found = explain(ensemble, { background, backgroundWeights, ...more });
    expectClose(found.values, expected.values);
    expectClose(found.baseValues, expected.baseValues);
  });

  test.each(["shapley", "banzhaf", "saabas"] as const)("without a background add their own value, %s", (index) => {
    const without = new TreeEnsemble({ ...ensemble, features: ensemble.features, linearTerms: null });
    const expected = explain(without, { index }).values.map(
      (value, cell) => value + termsOf(Math.floor(cell / 10), Math.floor(cell / 2) % 5, cell % 2),
    );
    expectClose(explain(ensemble, { index }).values, expected);
  });

  test("do not interact", () => {
    const found = treeShap(ensemble, { background }).interactions(rows);
    const without = new TreeEnsemble({ ...ensemble, features: ensemble.features, linearTerms: null });
    const expected = treeShap(without, { background }).interactions(rows);
    const { values } = explain(ensemble, { background });
    for (let row = 0; row < 3; row++) {
      for (let i = 0; i < 5; i++) {
        for (let k = 0; k < 2; k++) {
          let sum = 0;
          for (let j = 0; j < 5; j++) {
            sum += found.value(row, i, j, k);
            if (i !== j) expect(found.value(row, i, j, k)).toBe(expected.value(row, i, j, k));
          }
          expect(Math.abs(sum - values[(row * 5 + i) * 2 + k])).toBeLessThanOrEqual(TOLERANCE);
        }
      }
    }
  });
});

test("a response through a link is refused", () => {
  const file = smallXgboost(({ learner }) => {
    learner.objective.name = "count:poisson";
    learner.gradient_booster = { name: "gblinear", model: { weights: [1, 2, 3] } } as never;
  });
  const data = { age: [1], city: [2] };
  expect(messageOf(() => treeShap(importXgboost(file), { background: data, output: "response" }))).toBe(
    'treeShap: ensemble must be a model of trees alone, for output "response"; got a model with linear terms. Use output "raw", or explain its predictions with kernelShap.',
  );
});
