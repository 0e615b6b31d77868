import { expect, test } from "vitest";
import { maximizeInTwo } from "../../../../src/models/families/maximize-in-two.ts";

test("finds a skew peak and its curvature along the ridge", () => {
  // −log likelihood of a hill whose axes are not those of x and y.
  const f = (x: number, y: number): number => -500 * Math.cosh(x + 0.5 * y - 1) - 300 * Math.cosh(y - x);
  const { x, y, curvatureOfX, converged } = maximizeInTwo(f, { x: -1, y: 2 });
  expect(converged).toBe(true);
  // Differences over a step of 1e-3 place the peak to about its square.
  expect(x).toBeCloseTo(2 / 3, 6);
  expect(y).toBeCloseTo(2 / 3, 6);
  // Hessian −[[800, −50], [−50, 425]]: 800 − 50² / 425.
  expect(curvatureOfX).toBeCloseTo(800 - 2500 / 425, 1);
});

test("climbs from where the function bends upwards", () => {
  const f = (x: number, y: number): number => 100 / (1 + x * x + y * y);
  const { x, y, converged } = maximizeInTwo(f, { x: 3, y: -2 });
  expect(converged).toBe(true);
  expect(Math.hypot(x, y)).toBeLessThan(1e-4);
});

test("a function that rises for ever has no peak, and ends", () => {
  expect(maximizeInTwo((x, y) => x + y, { x: 0, y: 0 }).converged).toBe(false);
});
