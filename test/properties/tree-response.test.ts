import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { TreeEnsemble, type LinkName, type TreeNodes } from "../../src/trees/index.ts";
import { outputLink } from "../../src/trees/output-link.ts";
import { makeEnsemble, makeMatrix } from "../support/make-ensemble.ts";
import { ALL_FEATURES, followTree, layTrees, nestedTree, randomRows } from "../support/random-trees.ts";
import { enumerateShapley } from "../support/shapley-oracle.ts";

/** Rounding of float64 sums over 32 coalitions, relative to the largest response among them. */
const EXACT = 1e-12;

interface Links {
  readonly name: LinkName;
  readonly numOutputs: number;
  readonly slope?: number;
  readonly divisor?: number;
}

function linked(nodes: TreeNodes, { name, numOutputs, ...link }: Links): TreeEnsemble {
  return new TreeEnsemble({ ...makeEnsemble(nodes, numOutputs, new Float64Array(numOutputs).fill(0.5)), link: outputLink(name, link) });
}

/** Raw sums of one row, by following each tree. */
function rawOf(nodes: TreeNodes, numOutputs: number, x: readonly number[]): Float64Array {
  const sums = new Float64Array(numOutputs).fill(0.5);
  for (let tree = 0; tree < nodes.treeStart.length - 1; tree++) {
    for (let part = 0; part < nodes.leafWidth; part++) sums[nodes.treeOutput[tree] + part] += followTree(nodes, tree, part, x);
  }
  return sums;
}

const mix = (x: readonly number[], b: readonly number[], present: (feature: number) => boolean): number[] =>
  x.map((value, j) => (present(j) ? value : b[j]));

const links: Links[] = [
  { name: "logistic", numOutputs: 1, slope: 0.5 },
  { name: "logistic", numOutputs: 2 },
  { name: "softmax", numOutputs: 2 },
  { name: "exp", numOutputs: 1, divisor: 4 },
  { name: "square", numOutputs: 1 },
  { name: "log1pExp", numOutputs: 1 },
  { name: "hinge", numOutputs: 1 },
  { name: "identity", numOutputs: 2, divisor: 3 },
];

describe("values of the response", () => {
  test.each(links)("$name of $numOutputs outputs: full enumeration, with weights", (link) => {
    const { numOutputs } = link;
    const cases = fc.record({
      trees: fc.array(nestedTree(5, numOutputs), { minLength: 1, maxLength: 3 }),
      rows: randomRows(2),
      background: randomRows(5),
      seeds: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 5 }),
    });
    fc.assert(
      fc.property(cases, ({ trees, rows, background, seeds }) => {
        const outputs = trees.map(() => 0);
        const nodes = layTrees(trees, outputs, numOutputs);
        const ensemble = linked(nodes, link);
        const backgroundWeights = background.map((_, b) => seeds[b] + (b === 0 ? 1 : 0));
        const total = backgroundWeights.reduce((a, b) => a + b, 0);
        const explanation = treeShap(ensemble, { output: "response", background: makeMatrix(background), backgroundWeights }).explain(
          makeMatrix(rows),
        );
        expect(explanation.warnings).toEqual([]);
        expect(explanation.standardErrors).toBeUndefined();
        rows.forEach((x, i) => {
          for (let k = 0; k < numOutputs; k++) {
            let size = 0;
            const values = enumerateShapley(ALL_FEATURES, (present) => {
              let sum = 0;
              background.forEach((other, b) => {
                const raw = rawOf(
                  nodes,
                  numOutputs,
                  mix(x, other, (j) => present[j]),
                );
                const response = ensemble.link.apply(raw, numOutputs)[k];
                size = Math.max(size, Math.abs(response));
                sum += (backgroundWeights[b] / total) * response;
              });
              return sum;
            });
            values.forEach((value, j) => expect(Math.abs(explanation.value(i, j, k) - value)).toBeLessThanOrEqual(EXACT * size));
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  test("of groups: each is one player", () => {
    fc.assert(
      fc.property(fc.array(nestedTree(5), { minLength: 1, maxLength: 3 }), randomRows(2), randomRows(3), (trees, rows, background) => {
        const nodes = layTrees(
          trees,
          trees.map(() => 0),
        );
        const ensemble = linked(nodes, { name: "logistic", numOutputs: 1 });
        const groups = { pair: ["x0", "x3"] };
        const explanation = treeShap(ensemble, { output: "response", background: makeMatrix(background), groups }).explain(
          makeMatrix(rows),
        );
        const members = [[0, 3], [1], [2], [4]];
        rows.forEach((x, i) => {
          const values = enumerateShapley(4, (present) => {
            const known = (feature: number): boolean => present[members.findIndex((group) => group.includes(feature))];
            const responses = background.map((other) => ensemble.link.apply(rawOf(nodes, 1, mix(x, other, known)), 1)[0]);
            return responses.reduce((sum, response) => sum + response, 0) / background.length;
          });
          values.forEach((value, j) => expect(Math.abs(explanation.value(i, j) - value)).toBeLessThanOrEqual(EXACT));
        });
      }),
      { numRuns: 100 },
    );
  });
});

describe("values of the log loss", () => {
  test.each([
    [
      "two classes",
      { name: "logistic", numOutputs: 1, slope: 2 } satisfies Links,
      (p: Float64Array, y: number) => -Math.log(y === 1 ? p[0] : 1 - p[0]),
    ],
    ["several classes", { name: "softmax", numOutputs: 3 } satisfies Links, (p: Float64Array, y: number) => -Math.log(p[y])],
  ] as const)("%s: full enumeration", (_, link, loss) => {
    const { numOutputs } = link;
    // Leaves are small, so that the oracle's probabilities stay away from 0 and 1.
    const trees = fc.array(nestedTree(4, numOutputs), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(trees, randomRows(2), randomRows(4), fc.integer({ min: 0, max: 2 }), (forest, rows, background, first) => {
        const laid = layTrees(
          forest,
          forest.map(() => 0),
          numOutputs,
        );
        const nodes = { ...laid, leafValues: laid.leafValues.map((value) => value / 10) };
        const ensemble = linked(nodes, link);
        const labels = rows.map((__, i) => (first + i) % Math.max(2, numOutputs));
        const explainer = treeShap(ensemble, { output: "logLoss", background: makeMatrix(background) });
        const explanation = explainer.explain(makeMatrix(rows), { response: labels });
        expect(explanation).toMatchObject({ scale: "logLoss", outputNames: ["log loss"], warnings: [] });
        rows.forEach((x, i) => {
          const lossOf = (row: readonly number[]): number =>
            loss(ensemble.link.apply(rawOf(nodes, numOutputs, row), numOutputs), labels[i]);
          expect(Math.abs(explanation.predictions[i] - lossOf(x))).toBeLessThan(EXACT);
          const values = enumerateShapley(
            ALL_FEATURES,
            (present) => background.reduce((sum, other) => sum + lossOf(mix(x, other, (j) => present[j])), 0) / background.length,
          );
          values.forEach((value, j) => expect(Math.abs(explanation.value(i, j) - value)).toBeLessThanOrEqual(EXACT * 10));
        });
      }),
      { numRuns: 60 },
    );
  });
});
