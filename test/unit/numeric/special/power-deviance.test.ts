import * as fc from "fast-check";
import { expect, it } from "vitest";
import { gaussLegendre, powerDevianceTerm } from "../../../../src/numeric/index.ts";

/** Gauss–Legendre over log t, to which the integrand is smooth: exact to roundings at this size and reach. */
const RULE = gaussLegendre(40);
const TOLERANCE = 1e-12;

function byQuadrature(y: number, mu: number, power: number): number {
  const length = Math.log1p((y - mu) / mu);
  let sum = 0;
  RULE.nodes.forEach((node, k) => {
    // (y − t) / t = (y − mu) / mu at the start, 0 at the end; with u = log(t / mu) it is exp(length − u) − 1.
    sum += RULE.weights[k] * Math.expm1(length * (1 - node)) * Math.exp((2 - power) * length * node);
  });
  return mu ** (2 - power) * length * sum;
}

it("powerDevianceTerm is its integral, near the mean and far from it", () => {
  const power = fc.oneof(
    fc.double({ min: 0.1, max: 5, noNaN: true }).filter((p) => p !== 1 && p !== 2),
    fc.constantFrom(1.01, 1.5, 1.99, 2.01, 3, 4),
  );
  const logRatio = fc.oneof(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: -1e-3, max: 1e-3, noNaN: true }));
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), logRatio, power, (mu, l, p) => {
      const y = mu * Math.exp(l);
      const expected = byQuadrature(y, mu, p);
      // Beside the powers 1 and 2 the closed form divides by a small number.
      const cancelled = 1 + 1 / Math.abs(1 - p);
      expect(Math.abs(powerDevianceTerm(y, mu, p) - expected)).toBeLessThanOrEqual(TOLERANCE * cancelled * expected);
    }),
    { numRuns: 500 },
  );
});

it("keeps its digits a rounding away from the mean, where it is (y − mu)² / (2 mu^power)", () => {
  const y = 2 * (1 + 1e-9);
  for (const power of [0.5, 1.5, 2.5, 3, 7]) {
    const expected = (y - 2) ** 2 / (2 * 2 ** power);
    expect(Math.abs(powerDevianceTerm(y, 2, power) / expected - 1)).toBeLessThan(1e-8);
  }
});
