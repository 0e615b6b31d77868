import * as fc from "fast-check";
import { expect, test } from "vitest";
import { treeShap, type AttributionIndex } from "../../src/shap/index.ts";
import { codeColumns } from "../../src/shap/tree-shap/engine/coded-columns.ts";
import type { LaidTree } from "../../src/shap/tree-shap/engine/laid-tree.ts";
import { QuadratureTree } from "../../src/shap/tree-shap/engine/quadrature-tree.ts";
import { TreeEngine } from "../../src/shap/tree-shap/engine/tree-engine.ts";
import { compileTree, type TreeProgram } from "../../src/shap/tree-shap/engine/tree-program.ts";
import { enumerateShapley, enumerateValues } from "../support/shapley-oracle.ts";
import { layTable } from "../support/lay-table.ts";
import { makeEnsemble, makeMatrix } from "../support/make-ensemble.ts";
import { ALL_FEATURES, followKnown, followTree, layTrees, nestedTree, randomRows } from "../support/random-trees.ts";

/** Rounding of float64 sums over a few dozen leaves of size 10, with room. */
const EXACT = 1e-12;

const forest = fc.array(nestedTree(6), { minLength: 1, maxLength: 3 });

function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expected.forEach((value, i) => expect(Math.abs(found[i] - value), `value ${i}: ${found[i]} against ${value}`).toBeLessThanOrEqual(EXACT));
}

/** The algorithms of the path-dependent game. */
const layouts: readonly [string, (engine: TreeEngine, program: TreeProgram, index: AttributionIndex) => LaidTree][] = [
  ["quadrature", ({ kernel }, program, index) => new QuadratureTree(kernel, program, index)],
  ["tables", (engine, program, index) => layTable(engine, program, null, index)],
];

test.each(layouts.flatMap(([name, make]) => (["shapley", "banzhaf"] as const).map((index) => [name, index, make] as const)))(
  "path-dependent values by %s (%s) equal full enumeration",
  (_name, index, make) => {
    fc.assert(
      fc.property(forest, randomRows(3), (trees, rows) => {
        const nodes = layTrees(
          trees,
          trees.map(() => 0),
        );
        const coding = codeColumns(nodes);
        const engine = new TreeEngine(coding, ALL_FEATURES, 1);
        const programs = trees.map((_, tree) =>
          compileTree(
            nodes,
            coding,
            tree,
            0,
            Int32Array.from({ length: ALL_FEATURES }, (__, j) => j),
          ),
        );
        engine.placeTrees(programs.filter(({ depth }) => depth > 0).map((program) => make(engine, program, index)));
        const found = engine.explain(makeMatrix(rows));
        rows.forEach((x, i) => {
          const values = enumerateValues(index, ALL_FEATURES, (present) =>
            trees.reduce((sum, _, tree) => sum + followKnown(nodes, nodes.treeStart[tree], 0, x, (feature) => present[feature]), 0),
          );
          expectClose(found.subarray(i * ALL_FEATURES, (i + 1) * ALL_FEATURES), values);
        });
      }),
      { numRuns: 300 },
    );
  },
);

test("interventional values equal full enumeration, with weights", () => {
  fc.assert(
    fc.property(
      forest,
      randomRows(3),
      randomRows(6),
      fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 6, maxLength: 6 }),
      fc.constantFrom("shapley" as const, "banzhaf" as const),
      (trees, rows, background, seeds, index) => {
        const nodes = layTrees(
          trees,
          trees.map(() => 0),
        );
        const backgroundWeights = background.map((_, b) => seeds[b] + (b === 0 ? 1 : 0));
        const total = backgroundWeights.reduce((a, b) => a + b, 0);
        const explanation = treeShap(makeEnsemble(nodes), { background: makeMatrix(background), backgroundWeights, index }).explain(
          makeMatrix(rows),
        );
        expect(explanation).toMatchObject({ index, warnings: [] });
        rows.forEach((x, i) => {
          const values = enumerateValues(index, ALL_FEATURES, (present) => {
            let sum = 0;
            background.forEach((other, b) => {
              const mixed = x.map((value, j) => (present[j] ? value : other[j]));
              trees.forEach((_, tree) => (sum += (backgroundWeights[b] / total) * followTree(nodes, tree, 0, mixed)));
            });
            return sum;
          });
          expectClose(explanation.values.subarray(i * ALL_FEATURES, (i + 1) * ALL_FEATURES), values);
        });
      },
    ),
    { numRuns: 300 },
  );
});

test("values and base value add up to the prediction, for several outputs and vector leaves", () => {
  fc.assert(
    fc.property(fc.array(nestedTree(4, 2), { minLength: 1, maxLength: 4 }), randomRows(5), fc.boolean(), (trees, rows, interventional) => {
      const nodes = layTrees(
        trees,
        trees.map(() => 0),
        2,
      );
      const ensemble = makeEnsemble(nodes, 2, Float64Array.of(0.5, -3));
      const explanation = treeShap(ensemble, interventional ? { background: makeMatrix(rows.slice(0, 2)) } : {}).explain(makeMatrix(rows));
      expect(explanation.values.length).toBe(rows.length * ALL_FEATURES * 2);
      expect(explanation.warnings).toEqual([]);
      for (const residual of explanation.additivityResiduals) expect(Math.abs(residual)).toBeLessThan(EXACT);
    }),
  );
});

test("a group's value is the exact Shapley value of the group as one player", () => {
  fc.assert(
    fc.property(forest, randomRows(2), (trees, rows) => {
      const nodes = layTrees(
        trees,
        trees.map(() => 0),
      );
      const explanation = treeShap(makeEnsemble(nodes), { groups: { pair: ["x0", "x3"] } }).explain(makeMatrix(rows));
      expect(explanation.featureNames).toEqual(["pair", "x1", "x2", "x4"]);
      const members = [[0, 3], [1], [2], [4]];
      rows.forEach((x, i) => {
        const values = enumerateShapley(4, (present) => {
          const known = (feature: number): boolean => present[members.findIndex((group) => group.includes(feature))];
          return trees.reduce((sum, _, tree) => sum + followKnown(nodes, nodes.treeStart[tree], 0, x, known), 0);
        });
        expectClose(explanation.values.subarray(i * 4, (i + 1) * 4), values);
      });
    }),
  );
});
