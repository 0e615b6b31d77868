import { array, assert, double, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { findDistinctPoints } from "../../../src/numeric/distinct-points.ts";
import { findRoundedPoints } from "../../../src/numeric/rounded-points.ts";
import { createRandom } from "../../../src/numeric/index.ts";

const numbers = array(double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 });

describe("findRoundedPoints", () => {
  it("leaves numbers alone of which there are few different ones", () => {
    const column = Float64Array.from([3, 1, 3, 2, -0, 0, 1]);
    expect(findRoundedPoints([column], [4])).toEqual(findDistinctPoints([column]));
  });

  it("keeps the mean of every column, and puts every row into the cell of its code", () => {
    assert(
      property(numbers, integer({ min: 2, max: 40 }), (values, cells) => {
        const column = Float64Array.from(values);
        const { coordinates, counts, codes, firstRows } = findRoundedPoints([column], [cells]);
        const [points] = coordinates;
        expect(points.length).toBeLessThanOrEqual(cells);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        for (let k = 1; k < points.length; k++) expect(points[k]).toBeGreaterThan(points[k - 1]);
        const members = [...points.keys()].map((point) => values.filter((_, row) => codes[row] === point));
        for (const [point, own] of members.entries()) {
          expect(own.length).toBe(counts[point]);
          expect(codes.indexOf(point)).toBe(firstRows[point]);
          const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
          expect(Math.abs(points[point] - mean)).toBeLessThanOrEqual(1e-12 * Math.max(1, ...own.map(Math.abs)));
          if (point > 0) expect(Math.min(...own)).toBeGreaterThan(Math.max(...members[point - 1]));
        }
      }),
    );
  });

  it("has narrow cells in spite of a stray number", () => {
    const random = createRandom(1);
    const column = Float64Array.from({ length: 5000 }, () => random.next());
    column[17] = 1e6;
    const { coordinates, codes } = findRoundedPoints([column], [100]);
    const worst = column.reduce((most, value, row) => Math.max(most, Math.abs(value - coordinates[0][codes[row]])), 0);
    expect(worst).toBeLessThan(0.05);
  });

  it("combines columns that are rounded alone, whether looked up or hashed", () => {
    const random = createRandom(2);
    const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: 2000 }, () => random.next()));
    for (const cells of [20, 400]) {
      const alone = columns.map((column) => findRoundedPoints([column], [cells]));
      const together = findRoundedPoints(columns, [cells, cells, cells]);
      const rounded = alone.map(({ codes, coordinates: [values] }) => Float64Array.from(codes, (code) => values[code]));
      expect(together).toEqual(findDistinctPoints(rounded));
    }
  });
});
