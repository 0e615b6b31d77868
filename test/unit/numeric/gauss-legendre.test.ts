import { expect, test } from "vitest";
import { gaussLegendre } from "../../../src/numeric/index.ts";

/** Rounding of sums of up to 512 terms. */
const ROUNDING = 1e-14;

test.each([1, 2, 3, 4, 8, 16, 33, 64, 512])("%i nodes integrate every power up to 2K − 1 exactly", (size) => {
  const { nodes, weights } = gaussLegendre(size);
  for (const power of [0, 1, size, 2 * size - 2, 2 * size - 1]) {
    const sum = nodes.reduce((total, node, k) => total + weights[k] * node ** power, 0);
    expect(Math.abs(sum - 1 / (power + 1))).toBeLessThan(ROUNDING);
  }
});

test("one degree more is not exact: the rule has no nodes to spare", () => {
  const { nodes, weights } = gaussLegendre(2);
  expect(Math.abs(nodes.reduce((total, node, k) => total + weights[k] * node ** 4, 0) - 1 / 5)).toBeGreaterThan(1e-4);
});

test("nodes ascend within (0, 1) and lie symmetrically", () => {
  const { nodes, weights } = gaussLegendre(7);
  expect([...nodes]).toEqual([...nodes].sort((a, b) => a - b));
  nodes.forEach((node, k) => {
    expect(node).toBeGreaterThan(0);
    expect(Math.abs(node + nodes[6 - k] - 1)).toBeLessThan(ROUNDING);
    expect(weights[k]).toBe(weights[6 - k]);
  });
});
