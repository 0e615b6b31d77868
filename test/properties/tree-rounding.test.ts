import * as fc from "fast-check";
import { expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { makeEnsemble, makeMatrix } from "../support/make-ensemble.ts";
import { ALL_FEATURES, followTree, layTrees, nestedTree, randomRows } from "../support/random-trees.ts";
import { enumerateShapley } from "../support/shapley-oracle.ts";

/** 5!: what makes whole numbers of Shapley values of whole worths. */
const FACTORIAL = 120;

test("the sum of all errors of a row is within what is certified, which is small", () => {
  const forest = fc.array(nestedTree(6), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(forest, randomRows(3), randomRows(4), fc.boolean(), (trees, rows, background, isBinary) => {
      const laid = layTrees(
        trees,
        trees.map(() => 0),
      );
      // Whole leaves, and as many background rows as a power of two: then 120 times the values times the rows are whole, and known exactly.
      const nodes = { ...laid, leafValues: laid.leafValues.map(Math.round) };
      const others = background.slice(0, isBinary && background.length > 1 ? 2 : 1);
      const ensemble = makeEnsemble(nodes, 1, Float64Array.of(0.1));
      const explanation = treeShap(ensemble, { background: makeMatrix(others) }).explain(makeMatrix(rows));
      const certified = explanation.certifiedErrors as Float64Array;
      rows.forEach((x, row) => {
        const worths = enumerateShapley(ALL_FEATURES, (present) => {
          let sum = 0;
          for (const other of others) {
            const mixed = x.map((value, j) => (present[j] ? value : other[j]));
            trees.forEach((_, tree) => (sum += followTree(nodes, tree, 0, mixed)));
          }
          return sum * FACTORIAL;
        });
        const error = worths.reduce(
          (total, worth, j) => total + Math.abs(explanation.value(row, j) - Math.round(worth) / FACTORIAL / others.length),
          0,
        );
        expect(error).toBeLessThanOrEqual(certified[row]);
        expect(Math.abs(explanation.additivityResiduals[row])).toBeLessThanOrEqual(certified[row]);
        expect(certified[row]).toBeLessThan(1e-9);
      });
    }),
    { numRuns: 300 },
  );
});

test("path-dependent residuals are within what is certified, also where covers are rounded", () => {
  const forest = fc.array(nestedTree(7, 2), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(forest, randomRows(3), fc.double({ min: -4e-8, max: 4e-8, noNaN: true }), (trees, rows, noise) => {
      const laid = layTrees(
        trees,
        trees.map(() => 0),
        2,
      );
      const nodes = { ...laid, cover: laid.cover.map((cover, i) => cover * (1 + (i % 3) * noise)) };
      const explanation = treeShap(makeEnsemble(nodes, 2)).explain(makeMatrix(rows));
      const certified = explanation.certifiedErrors as Float64Array;
      expect(explanation.warnings).toEqual([]);
      explanation.additivityResiduals.forEach((residual, cell) => expect(Math.abs(residual)).toBeLessThanOrEqual(certified[cell]));
      expect([...explanation.output(1).certifiedErrors!]).toEqual(rows.map((_, row) => certified[row * 2 + 1]));
    }),
    { numRuns: 200 },
  );
});
