import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hatchAreas } from "../../src/charts/shapes.ts";
import type { Pixel } from "../../src/charts/shapes.ts";
import { traceRegion } from "../../src/charts/trace-region.ts";
import type { Grid, Place } from "../../src/charts/trace-region.ts";

/** Grids of whole numbers, so that levels between them hit no corner; some places are not known. */
const grids = fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 2, max: 9 })).chain(([width, height]) =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -5, max: 5 }) }, { weight: 1, arbitrary: fc.constant(NaN) }), {
      minLength: width * height,
      maxLength: width * height,
    })
    .map((values): Grid => ({ width, height, values: Float64Array.from(values) })),
);
const levels = fc.integer({ min: -6, max: 5 }).map((level) => level + 0.5);

/** The signed area of a closed line: positive where it runs counter-clockwise. */
function areaOf(ring: readonly Place[]): number {
  return ring.slice(1).reduce((sum, [x, y], k) => sum + (ring[k][0] * y - x * ring[k][1]) / 2, 0);
}

/** How often closed lines run round a place. */
function windings(rings: readonly (readonly Place[])[], x: number, y: number): number {
  return rings.reduce((count, ring) => {
    return ring.slice(1).reduce((sum, [endX, endY], k) => {
      const [startX, startY] = ring[k];
      if (startY <= y === endY <= y) return sum;
      const at = startX + ((y - startY) / (endY - startY)) * (endX - startX);
      return at > x ? sum + (endY > startY ? 1 : -1) : sum;
    }, count);
  }, 0);
}

test("outlines are closed, stay on the grid and hold just the places at or above the level", () => {
  fc.assert(
    fc.property(grids, levels, (grid, level) => {
      const { rings } = traceRegion(grid, level);
      for (const ring of rings) {
        expect(ring[0]).toEqual(ring[ring.length - 1]);
        for (const [x, y] of ring) expect(x >= 0 && x <= grid.width - 1 && y >= 0 && y <= grid.height - 1).toBe(true);
      }
      // Corners of the grid lie on outlines that run along its border: looked at a little inside.
      const inwards = (at: number, size: number): number => at + (at === 0 ? 0.01 : at === size - 1 ? -0.01 : 0.003);
      for (const [place, value] of grid.values.entries()) {
        const [x, y] = [inwards(place % grid.width, grid.width), inwards(Math.floor(place / grid.width), grid.height)];
        expect(windings(rings, x, y)).toBe(value >= level ? 1 : 0);
      }
    }),
  );
});

test("what lies at or above a higher level lies within what lies at or above a lower one", () => {
  const area = (grid: Grid, level: number): number => traceRegion(grid, level).rings.reduce((sum, ring) => sum + areaOf(ring), 0);
  fc.assert(
    fc.property(grids, levels, levels, (grid, a, b) => {
      // Rounding of sums of a hundred products.
      expect(area(grid, Math.max(a, b))).toBeLessThanOrEqual(area(grid, Math.min(a, b)) + 1e-9);
      expect(area(grid, Math.min(a, b))).toBeLessThanOrEqual(area(grid, -Infinity) + 1e-9);
    }),
  );
});

test("lines of a level lie where the grid, straight between neighbours, has it", () => {
  fc.assert(
    fc.property(grids, levels, (grid, level) => {
      for (const line of traceRegion(grid, level).lines) {
        for (const [x, y] of line) {
          const [i, j] = [Math.floor(x), Math.floor(y)];
          const [right, up] = [x > i ? i + 1 : i, y > j ? j + 1 : j];
          const at = (column: number, row: number): number => grid.values[row * grid.width + column];
          const share = x > i ? x - i : y - j;
          expect(at(i, j) + share * (at(right, up) - at(i, j))).toBeCloseTo(level, 9);
        }
      }
    }),
  );
});

test("hatches are as long as the area over the distance between them, and lie within it", () => {
  const corner = fc.tuple(fc.integer({ min: 20, max: 200 }), fc.integer({ min: 20, max: 200 }));
  fc.assert(
    fc.property(corner, corner, ([left, top], [width, height]) => {
      const ring: Pixel[] = [
        [left, top],
        [left + width, top],
        [left + width, top + height],
        [left, top + height],
        [left, top],
      ];
      const hatches = hatchAreas([ring], 1);
      const length = hatches.reduce((sum, [[x0, y0], [x1, y1]]) => sum + Math.hypot(x1 - x0, y1 - y0), 0);
      // Lines of x + y = k are 1 / √2 apart; the sum over whole k of the lengths is that of a trapezoid rule.
      expect(length / Math.SQRT2 / (width * height)).toBeCloseTo(1, 9);
      for (const [x, y] of hatches.flat()) {
        expect(x >= left - 1e-9 && x <= left + width + 1e-9 && y >= top - 1e-9 && y <= top + height + 1e-9).toBe(true);
      }
    }),
  );
});
