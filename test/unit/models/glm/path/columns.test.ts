import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, denseRows, type BlockMatrix } from "../../../../../src/numeric/index.ts";
import { rescaleFactors } from "../../../../../src/models/glm/path/column-penalty.ts";
import { centreFarColumns, columnSpread } from "../../../../../src/models/glm/path/column-spread.ts";
import { pickRows } from "../../../../../src/models/glm/path/pick-rows.ts";
import { chooseWorkingSet } from "../../../../../src/models/glm/path/working-set.ts";
import { makeMatrix, matrixPlans } from "../../../../support/random-matrices.ts";

/** Sums of some hundred numbers near 1. */
const ROUNDING = 1e-12;

function columnOf(matrix: BlockMatrix, j: number): number[] {
  const rows = denseRows(matrix);
  return Array.from({ length: matrix.numRows }, (_, i) => rows[i * matrix.numColumns + j]);
}

describe("columnSpread", () => {
  it("is the weighted mean and deviation of every kind of column", () => {
    fc.assert(
      fc.property(matrixPlans(fc.integer({ min: 1, max: 40 })), (plan) => {
        const matrix = makeMatrix(plan);
        const random = createRandom(plan.seed + 1);
        const raw = Array.from({ length: matrix.numRows }, () => random.next() + 0.1);
        const total = raw.reduce((sum, value) => sum + value, 0);
        const weights = Float64Array.from(raw, (value) => value / total);
        const { means, deviations } = columnSpread(matrix, weights);
        for (let j = 0; j < matrix.numColumns; j++) {
          const column = columnOf(matrix, j);
          const mean = column.reduce((sum, value, i) => sum + weights[i] * value, 0);
          const variance = column.reduce((sum, value, i) => sum + weights[i] * (value - mean) ** 2, 0);
          expect(Math.abs(means[j] - mean)).toBeLessThan(ROUNDING);
          expect(Math.abs(deviations[j] ** 2 - variance)).toBeLessThan(ROUNDING);
        }
      }),
      { numRuns: 100, seed: 21 },
    );
  });

  it("gives a constant column deviation 0, however large it is", () => {
    const matrix: BlockMatrix = {
      numRows: 3,
      numColumns: 2,
      blocks: [{ kind: "dense", columns: Int32Array.of(0, 1), values: [Float64Array.of(1e9 / 3, 1e9 / 3, 1e9 / 3), null] }],
    };
    expect(Array.from(columnSpread(matrix, Float64Array.of(0.2, 0.3, 0.5)).deviations)).toEqual([0, 0]);
  });
});

describe("centreFarColumns", () => {
  it("moves only dense columns that lie far from zero", () => {
    const near = Float64Array.of(1, 2, 3);
    const far = Float64Array.of(1001, 1002, 1003);
    const matrix: BlockMatrix = {
      numRows: 3,
      numColumns: 3,
      blocks: [{ kind: "dense", columns: Int32Array.of(0, 1, 2), values: [null, near, far] }],
    };
    const centred = centreFarColumns(matrix, columnSpread(matrix, new Float64Array(3).fill(1 / 3)));
    expect(Array.from(centred.shifts)).toEqual([0, 0, expect.closeTo(1002, 9)]);
    const [block] = centred.matrix.blocks;
    const values = block.kind === "dense" ? block.values : [];
    expect(values[0]).toBeNull();
    expect(values[1]).toBe(near);
    expect(Array.from(values[2] ?? [])).toEqual([-1, 0, 1].map((value) => expect.closeTo(value, 9)));
    expect(far[0]).toBe(1001);
  });
});

describe("pickRows", () => {
  it("takes rows of every kind of block", () => {
    fc.assert(
      fc.property(matrixPlans(fc.integer({ min: 1, max: 30 })), (plan) => {
        const matrix = makeMatrix(plan);
        const rows = Int32Array.from(Array.from({ length: plan.numRows }, (_, i) => i).filter((i) => (i * 7 + plan.seed) % 3 > 0));
        const picked = pickRows(matrix, rows);
        expect(picked.numRows).toBe(rows.length);
        for (let j = 0; j < matrix.numColumns; j++) {
          const column = columnOf(matrix, j);
          expect(columnOf(picked, j)).toEqual(Array.from(rows, (row) => column[row]));
        }
      }),
      { numRuns: 100, seed: 22 },
    );
  });
});

describe("rescaleFactors", () => {
  it("sums to the number of penalisable columns; those left out count as 1", () => {
    const factors = rescaleFactors(Float64Array.of(9, 1, 3, 0, Number.POSITIVE_INFINITY), 0);
    expect(Array.from(factors)).toEqual([0, 0.8, expect.closeTo(2.4, 12), 0, Number.POSITIVE_INFINITY]);
    expect(Array.from(rescaleFactors(Float64Array.of(0, 0), -1))).toEqual([0, 0]);
  });
});

describe("chooseWorkingSet", () => {
  const sizes = Float64Array.from({ length: 100 }, (_, j) => 100 - j);

  it("stays the same array while nothing new is wanted", () => {
    const current = sizes.map((size) => Number(size > 90));
    const flags = Uint8Array.from(current);
    expect(chooseWorkingSet(flags, sizes, 91)).toBe(flags);
  });

  it("at least doubles, taking the likeliest", () => {
    const flags = Uint8Array.from(sizes, (size) => Number(size > 80));
    const grown = chooseWorkingSet(flags, sizes, 80);
    expect(grown.reduce((sum, flag) => sum + flag, 0)).toBe(40);
    expect(Array.from(grown.keys()).filter((j) => grown[j] === 1)).toEqual(Array.from({ length: 40 }, (_, j) => j));
    expect(chooseWorkingSet(flags, sizes, 10).reduce((sum, flag) => sum + flag, 0)).toBe(91);
  });
});
