import { describe, expect, test } from "vitest";
import { createRandom, findDistinctPoints } from "../../../src/numeric/index.ts";

describe("distinct points", () => {
  test("are in lexicographic order, with the rows of each", () => {
    const found = findDistinctPoints([Float64Array.of(2, 1, 2, 1, 1), Float64Array.of(5, 7, 5, -3, 7)]);
    expect(found.coordinates.map((values) => [...values])).toEqual([
      [1, 1, 2],
      [-3, 7, 5],
    ]);
    expect([...found.counts]).toEqual([1, 2, 2]);
    expect([...found.codes]).toEqual([2, 1, 2, 0, 1]);
    expect([...found.firstRows]).toEqual([3, 1, 0]);
  });

  test("take both zeros for one", () => {
    const found = findDistinctPoints([Float64Array.of(0, -0, 1, -0)]);
    expect([...found.codes]).toEqual([0, 0, 1, 0]);
    expect(Object.is(found.coordinates[0][0], 0)).toBe(true);
  });

  test.each([1, 2, 3])("of many rows of %i columns lead back to each row", (dimension) => {
    const random = createRandom(dimension);
    const numRows = 80_000;
    // Part of the columns repeats its numbers, part does not.
    const columns = Array.from({ length: dimension }, (_, k) =>
      Float64Array.from({ length: numRows }, () => (k === 1 ? random.next() : Math.floor(random.next() * 700) / 7)),
    );
    const { coordinates, counts, codes, firstRows } = findDistinctPoints(columns);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(numRows);
    for (let row = 0; row < numRows; row += 37) {
      for (let k = 0; k < dimension; k++) expect(coordinates[k][codes[row]]).toBe(columns[k][row]);
    }
    for (const [point, row] of firstRows.entries()) expect(codes[row]).toBe(point);
    for (let point = 1; point < counts.length; point++) {
      const k = coordinates.findIndex((values) => values[point] !== values[point - 1]);
      expect(coordinates[k][point]).toBeGreaterThan(coordinates[k][point - 1]);
    }
  });
});
