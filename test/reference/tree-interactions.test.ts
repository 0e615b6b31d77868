import { describe, expect, test } from "vitest";
import { treeShap, type InteractionExplanation } from "../../src/shap/index.ts";
import { importCase, sharedOnlyCases, sklearnCases, toMatrix, treeCases, type ExactValues, type TreeCase } from "./tree-cases.ts";

/** Both sides are float64 sums over the same leaves; relative to the largest value of the case. */
const TOLERANCE = 1e-12;
/** XGBoost 1.7 computes interactions in float32, as differences of values: relative to the largest value of the case. */
const FLOAT32 = 2e-5;

type Interactions = NonNullable<ExactValues["interactions"]>;

function largestMiss(found: InteractionExplanation, expected: readonly Interactions[]): number {
  let [miss, size] = [0, 1];
  expected.forEach((rows, output) =>
    rows.forEach((matrix, row) =>
      matrix.forEach((line, i) =>
        line.forEach((value, j) => {
          miss = Math.max(miss, Math.abs(found.value(row, i, j, output) - value));
          size = Math.max(size, Math.abs(value));
        }),
      ),
    ),
  );
  return miss / size;
}

const cases = [...treeCases, ...sklearnCases, ...sharedOnlyCases];

describe("interactions equal full enumeration", () => {
  const exactCases = cases.filter(({ pathDependent }) => pathDependent.exact?.[0].interactions);

  test("most committed cases have exact interactions", () => {
    expect(exactCases.length).toBeGreaterThanOrEqual(12);
  });

  test.each(exactCases)("$name", (treeCase: TreeCase) => {
    const ensemble = importCase(treeCase);
    const background = toMatrix(treeCase.background);
    for (const [game, options] of [
      [treeCase.pathDependent, {}],
      [treeCase.interventional, { background }],
    ] as const) {
      const exact = (game.exact as readonly ExactValues[]).map(({ interactions }) => interactions as Interactions);
      const found = treeShap(ensemble, options).interactions(toMatrix(treeCase.X));
      expect(found.outputNames.length).toBe(exact.length);
      expect(largestMiss(found, exact)).toBeLessThan(TOLERANCE);
    }
  });
});

describe("interactions agree with XGBoost's own in float32", () => {
  test.each(cases.filter(({ pathDependent }) => pathDependent.libraryInteractions))("$name", (treeCase: TreeCase) => {
    const library = treeCase.pathDependent.libraryInteractions as readonly Interactions[];
    const found = treeShap(importCase(treeCase)).interactions(toMatrix(treeCase.X));
    expect(largestMiss(found, library)).toBeLessThan(FLOAT32);
  });
});
