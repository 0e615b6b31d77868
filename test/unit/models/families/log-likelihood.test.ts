import { describe, expect, it } from "vitest";
import {
  binomial,
  type Family,
  gamma,
  gaussian,
  inverseGaussian,
  negativeBinomial,
  poisson,
  tweedie,
  tweedieLogLikelihood,
} from "../../../../src/models/index.ts";
import * as numeric from "../../../../src/numeric/index.ts";
import { maximize } from "../../../../src/models/families/maximize.ts";

/** Sums of a handful of logarithms. */
const ROUNDING = 1e-12;

interface Rows {
  readonly response: Float64Array;
  readonly mean: Float64Array;
  readonly weights: Float64Array;
  readonly frequencies?: Float64Array;
}

function rowsOf(response: number[], mean: number[], weights: number[], frequencies?: number[]): Rows {
  const [y, mu, w] = [response, mean, weights].map((values) => Float64Array.from(values));
  return { response: y, mean: mu, weights: w, ...(frequencies ? { frequencies: Float64Array.from(frequencies) } : {}) };
}

function logLikelihoodOf(family: Family, rows: Rows, dispersion = 1): number {
  const deviance = rows.response.reduce(
    (sum, y, i) => sum + (rows.weights[i] > 0 ? rows.weights[i] * family.unitDeviance(y, rows.mean[i]) : 0),
    0,
  );
  return family.logLikelihood({ ...rows, deviance, dispersion }) as number;
}

function expectRelative(actual: number, expected: number, tolerance = ROUNDING): void {
  expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

const positive = rowsOf([0.3, 2, 5, 11], [0.5, 1.7, 6, 9], [1, 2, 0.5, 3]);

describe("log-likelihood", () => {
  it("gaussian, gamma and inverse gaussian: densities at the dispersion of the deviance", () => {
    const { response, mean, weights } = positive;
    const total = weights.reduce((sum, w) => sum + w, 0);
    const sumOf = (logDensity: (y: number, mu: number, w: number) => number): number =>
      response.reduce((sum, y, i) => sum + logDensity(y, mean[i], weights[i]), 0);
    const devianceOf = (family: Family): number => sumOf((y, mu, w) => w * family.unitDeviance(y, mu));
    const normalDispersion = devianceOf(gaussian()) / 4;
    expectRelative(
      logLikelihoodOf(gaussian(), positive),
      sumOf((y, mu, w) => {
        const deviation = Math.sqrt(normalDispersion / w);
        return numeric.normal.logDensity((y - mu) / deviation) - Math.log(deviation);
      }),
    );
    const dispersion = devianceOf(gamma()) / total;
    expectRelative(
      logLikelihoodOf(gamma(), positive),
      sumOf((y, mu, w) => w * numeric.gamma.logDensity(y, 1 / dispersion, mu * dispersion)),
    );
    const inverse = devianceOf(inverseGaussian()) / total;
    expectRelative(
      logLikelihoodOf(inverseGaussian(), positive),
      sumOf((y, mu, w) => w * numeric.inverseGaussian.logDensity(y, mu, inverse)),
    );
  });

  it("counts: weighted densities", () => {
    const counts = rowsOf([0, 2, 5, 140], [0.5, 1.7, 6, 90], [1, 2, 0.5, 3]);
    const sumOf = (logDensity: (y: number, mu: number) => number): number =>
      counts.response.reduce((sum, y, i) => sum + counts.weights[i] * logDensity(y, counts.mean[i]), 0);
    expectRelative(
      logLikelihoodOf(poisson(), counts),
      sumOf((y, mu) => numeric.poisson.logDensity(y, mu)),
    );
    expectRelative(
      logLikelihoodOf(negativeBinomial(), counts),
      sumOf((y, mu) => numeric.poisson.logDensity(y, mu)),
    );
    for (const theta of [0.05, 1.3, 1e7]) {
      expectRelative(
        logLikelihoodOf(negativeBinomial({ theta }), counts),
        sumOf((y, mu) => numeric.negativeBinomial.logDensity(y, mu, theta)),
      );
    }
  });

  it("binomial: the weights are trials", () => {
    const rows = rowsOf([0, 0.25, 1, 0.3], [0.1, 0.3, 0.8, 0.5], [3, 8, 2, 1000]);
    const expected = rows.response.reduce(
      (sum, y, i) => sum + numeric.binomial.logDensity(y * rows.weights[i], rows.weights[i], rows.mean[i]),
      0,
    );
    expectRelative(logLikelihoodOf(binomial(), rows), expected);
  });

  it("frequencies are rows said several times", () => {
    const frequencies = [1, 3, 2, 1];
    const weights = positive.weights.map((w, i) => w * frequencies[i]);
    const said = { ...positive, weights, frequencies: Float64Array.from(frequencies) };
    const repeat = (values: Float64Array): number[] =>
      Array.from(values).flatMap((value, i) => Array.from({ length: frequencies[i] }, () => value));
    const written = rowsOf(repeat(positive.response), repeat(positive.mean), repeat(positive.weights));
    for (const family of [gaussian(), gamma(), inverseGaussian(), tweedie({ power: 1.5 })]) {
      expectRelative(logLikelihoodOf(family, said, 0.7), logLikelihoodOf(family, written, 0.7));
    }
    const shares = rowsOf([0.5, 0.25], [0.4, 0.3], [8, 12], [2, 3]);
    const single = rowsOf([0.5, 0.5, 0.25, 0.25, 0.25], [0.4, 0.4, 0.3, 0.3, 0.3], [4, 4, 4, 4, 4]);
    expectRelative(logLikelihoodOf(binomial(), shares), logLikelihoodOf(binomial(), single));
  });

  it("rows without weight are no rows", () => {
    const longer = rowsOf([...positive.response, -7], [...positive.mean, 1], [...positive.weights, 0]);
    for (const family of [gaussian(), gamma(), inverseGaussian(), poisson(), negativeBinomial({ theta: 2 }), tweedie({ power: 1.5 })]) {
      const whole = family.name === "poisson" ? { ...longer, response: longer.response.map(Math.round) } : longer;
      const shorter = { ...positive, response: whole.response.slice(0, 4) };
      expect(logLikelihoodOf(family, whole)).toBe(logLikelihoodOf(family, shorter));
    }
  });

  it("is that of no Poisson count for a fraction, and of gamma functions for fractional trials", () => {
    expect(logLikelihoodOf(poisson(), rowsOf([2.5], [2], [1]))).toBe(-Infinity);
    // Γ(n + 1) / (Γ(x + 1) Γ(n − x + 1)) at n = 2.5, x = 1.25.
    const coefficient = numeric.logGamma(3.5) - 2 * numeric.logGamma(2.25);
    expectRelative(logLikelihoodOf(binomial(), rowsOf([0.5], [0.3], [2.5])), coefficient + 1.25 * Math.log(0.3) + 1.25 * Math.log(0.7));
    expectRelative(logLikelihoodOf(binomial(), rowsOf([1], [0.3], [0.5])), 0.5 * Math.log(0.3));
  });
});

describe("tweedieLogLikelihood", () => {
  const rows = rowsOf([0, 0, 1.3, 4, 0.2, 9, 0, 2.2], [0.5, 1, 1.5, 3, 1, 6, 0.4, 2], [1, 2, 1, 1, 0.5, 1, 1, 3]);

  it.each([1.2, 1.5, 1.85])("at power %s profiles the dispersion out: its neighbours are less likely", (power) => {
    const { dispersion, logLikelihood } = tweedieLogLikelihood(power, rows);
    for (const factor of [0.5, 0.999, 1.001, 2]) {
      const beside = tweedieLogLikelihood(power, rows, { dispersion: dispersion * factor });
      expect(beside).toMatchObject({ power, dispersion: dispersion * factor });
      expect(beside.logLikelihood).toBeLessThan(logLikelihood);
    }
    expect(tweedie({ power }).logLikelihood({ ...rows, deviance: NaN, dispersion })).toBe(logLikelihood);
  });

  it("finds the closed forms of powers 0 and 3: the mean deviance", () => {
    for (const [power, family] of [
      [0, gaussian()],
      [3, inverseGaussian()],
    ] as const) {
      const ones = { ...positive, weights: new Float64Array(4).fill(1) };
      const mean = ones.response.reduce((sum, y, i) => sum + family.unitDeviance(y, ones.mean[i]) / 4, 0);
      const profile = tweedieLogLikelihood(power, ones);
      // A parabola's peak is known to the root of a rounding.
      expectRelative(profile.dispersion, mean, 1e-7);
      expectRelative(profile.logLikelihood, logLikelihoodOf(family, ones));
    }
  });
});

describe("maximize", () => {
  it("finds a peak far off on either side", () => {
    for (const peak of [-30, -0.01, 0.05, 7, 35]) {
      const { at, value } = maximize((x) => 3 - (x - peak) ** 2 - 0.1 * (x - peak) ** 4, 0, 0.1, 100);
      expect(Math.abs(at - peak)).toBeLessThan(1e-6 * (1 + Math.abs(peak)));
      expect(3 - value).toBeLessThan(1e-12 * (1 + peak * peak));
    }
  });

  it("stops at the reach where there is no peak", () => {
    expect(maximize((x) => x, 0, 0.1, 40).at).toBeGreaterThan(40);
  });
});
