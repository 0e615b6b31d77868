import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beta, type Family, scaledT, zeroInflatedPoisson } from "../../src/models/index.ts";
import { gaussLegendre } from "../../src/numeric/index.ts";
import { runSlope, runWork } from "../unit/models/families/run-work.ts";

/** Five-point differences with a step of 1e-4: h⁴ of the fifth derivative, and some hundred roundings divided by the step. */
const TRUNCATION = 1e-7;
const ROUNDING = 1e-10;

function expectSlope(f: (x: number) => number, x: number, slope: number, size: number): void {
  const h = 1e-4;
  const difference = (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
  expect(Math.abs(difference - slope)).toBeLessThanOrEqual(TRUNCATION * Math.abs(slope) + ROUNDING * (1 + size));
}

const anyNumber = fc.double({ min: -50, max: 50, noNaN: true });
const share = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true });
const wide = fc.double({ min: -8, max: 8, noNaN: true });
const middle = fc.double({ min: -3, max: 3, noNaN: true });

/** Family, responses, linear predictors. */
const families: readonly (readonly [string, Family, fc.Arbitrary<number>, fc.Arbitrary<number>])[] = [
  ["scaledT", scaledT({ degreesOfFreedom: 4.5, scale: 0.7 }), anyNumber, anyNumber],
  ["scaledT of few degrees", scaledT({ degreesOfFreedom: 1, scale: 3 }), anyNumber, anyNumber],
  ["scaledT log", scaledT({ degreesOfFreedom: 30, scale: 2, link: "log" }), anyNumber, middle],
  ["beta logit", beta({ precision: 8 }), share, wide],
  ["beta of low precision", beta({ precision: 0.4 }), share, middle],
  ["beta probit", beta({ precision: 50, link: "probit" }), share, middle],
  ["zero inflated Poisson", zeroInflatedPoisson({ presenceIntercept: -0.4, presenceSlope: 0.8 }), fc.integer({ min: 0, max: 40 }), middle],
  ["beta cloglog", beta({ precision: 3, link: "cloglog" }), share, fc.double({ min: -5, max: 1.3, noNaN: true })],
];

describe("families of a likelihood", () => {
  it.each(families)("%s: score, information and its slope are derivatives, one of the other", (_, family, ys, etas) => {
    fc.assert(
      fc.property(ys, etas, fc.double({ min: 0.1, max: 5, noNaN: true }), (y, eta, weight) => {
        const at = (x: number, observed = true): ReturnType<typeof runWork> => runWork(family.work, y, x, weight, observed);
        const { deviance, score, information } = at(eta);
        const expected = at(eta, false).information;
        // The saturated likelihood of a beta response is a difference of terms that grow with its precision.
        const size = Math.abs(score) + Math.abs(information) + expected + Math.abs(deviance) + 100 * weight;
        expectSlope((x) => -0.5 * at(x).deviance, eta, score, size);
        expectSlope((x) => -at(x).score, eta, information, size);
        expectSlope((x) => at(x).information, eta, runSlope(family.informationSlope, y, eta, weight, true), size);
        expectSlope((x) => at(x, false).information, eta, runSlope(family.informationSlope, y, eta, weight, false), size);
        expect(expected).toBeGreaterThan(0);
      }),
    );
  });

  it.each(families)(
    "%s: the unit deviance is at least 0 and the same by linear predictor, 0 where no other mean does better",
    (_, family, ys, etas) => {
      fc.assert(
        fc.property(ys, etas, (y, eta) => {
          const mean = family.link.inverse(eta);
          const deviance = family.unitDeviance(y, mean);
          expect(deviance).toBeGreaterThanOrEqual(0);
          expect(Math.abs(family.unitDevianceAt(y, eta) - deviance)).toBeLessThanOrEqual(1e-9 * (1 + deviance));
          if (family.name === "scaledT") expect(family.unitDeviance(mean, mean)).toBe(0);
          // A response's likelihood at any mean is at most the saturated one.
          const rows = { response: Float64Array.of(y), weights: Float64Array.of(1) };
          const likelihood = family.logLikelihood({ ...rows, mean: Float64Array.of(mean), deviance, dispersion: 1 }) as number;
          expect(likelihood).toBeLessThanOrEqual(family.saturated({ ...rows, dispersion: 1 })[0]);
        }),
      );
    },
  );

  const densities = families.filter(([, { name }]) => name !== "zeroInflatedPoisson");
  it.each(densities)("%s: the likelihood is a density, and its probabilities add up", (_, family, __, etas) => {
    fc.assert(
      fc.property(etas, fc.double({ min: 0.02, max: 0.98, noNaN: true }), fc.double({ min: 0.02, max: 0.98, noNaN: true }), (eta, u, v) => {
        const mean = family.link.inverse(eta);
        const isShare = family.name === "beta";
        const toResponse = (x: number): number => (isShare ? x : mean + 10 * (x - 0.5));
        const [low, high] = [toResponse(Math.min(u, v)), toResponse(Math.max(u, v))];
        const density = (y: number): number =>
          Math.exp(
            family.logLikelihood({
              response: Float64Array.of(y),
              mean: Float64Array.of(mean),
              weights: Float64Array.of(1),
              deviance: family.unitDevianceAt(y, eta),
              dispersion: 1,
            }) as number,
          );
        const mass = integrate(density, low, high);
        const [below, above] = [family.cumulative(low, mean, 1, 1), family.cumulative(high, mean, 1, 1)];
        if (!below || !above) throw new Error("no distribution function");
        expect(Math.abs(above.atOrBelow - below.atOrBelow - mass)).toBeLessThan(1e-6);
        expect(Math.abs(below.above - above.above - mass)).toBeLessThan(1e-6);
      }),
      { numRuns: 40 },
    );
  });
});

/** Gauss–Legendre on 60 pieces: densities are smooth between their ends. */
function integrate(f: (x: number) => number, low: number, high: number): number {
  const { nodes, weights } = gaussLegendre(12);
  const width = (high - low) / 60;
  let sum = 0;
  for (let piece = 0; piece < 60; piece++) {
    for (let k = 0; k < nodes.length; k++) sum += width * weights[k] * f(low + width * (piece + nodes[k]));
  }
  return sum;
}

describe("expected information", () => {
  it.each([2.5, 4.5, 30])("scaledT of %f degrees of freedom: the mean of the observed one", (degreesOfFreedom) => {
    const { work, logLikelihood, unitDevianceAt } = scaledT({ degreesOfFreedom, scale: 1.3 });
    // With y = t / (1 − t²) the whole line.
    const mean = integrate(
      (u) => {
        const t = 2 * u - 1;
        const y = t / (1 - t * t);
        const row = { response: Float64Array.of(y), mean: Float64Array.of(0), weights: Float64Array.of(1), dispersion: 1 };
        const density = Math.exp(logLikelihood({ ...row, deviance: unitDevianceAt(y, 0) }) as number);
        return density * runWork(work, y, 0, 1, true).information * 2 * ((1 + t * t) / ((1 - t * t) * (1 - t * t)));
      },
      0,
      1,
    );
    expect(Math.abs(mean / runWork(work, 1, 0).information - 1)).toBeLessThan(1e-6);
  });

  it("beta: the observed one but for what the link bends", () => {
    const { work } = beta({ precision: 6, link: "identity" });
    for (const y of [0.1, 0.7]) expect(runWork(work, y, 0.3, 1, true).information).toBeCloseTo(runWork(work, 0.2, 0.3).information, 10);
  });
});

describe("zero inflated Poisson counts", () => {
  const parameters = fc.record({
    presenceIntercept: fc.double({ min: -2, max: 1, noNaN: true }),
    presenceSlope: fc.double({ min: 0.2, max: 2, noNaN: true }),
  });

  it("have probabilities that add up, with the mean and the variance that the family says", () => {
    fc.assert(
      fc.property(parameters, middle, (options, eta) => {
        const family = zeroInflatedPoisson(options);
        const mean = family.link.inverse(eta);
        const probabilityOf = (y: number): number => {
          const row = { response: Float64Array.of(y), mean: Float64Array.of(mean), weights: Float64Array.of(1), dispersion: 1 };
          return Math.exp(family.logLikelihood({ ...row, deviance: family.unitDevianceAt(y, eta) }) as number);
        };
        let [total, first, square] = [0, 0, 0];
        for (let y = 0; y < 200; y++) {
          const p = probabilityOf(y);
          total += p;
          first += y * p;
          square += y * y * p;
          const cumulative = family.cumulative(y, mean, 1, 1);
          if (!cumulative) throw new Error("no distribution function");
          expect(Math.abs(cumulative.atOrBelow - total)).toBeLessThan(1e-10);
          expect(Math.abs(cumulative.above - (1 - total))).toBeLessThan(1e-10);
          expect(Math.abs(cumulative.atOrBelow - cumulative.below - p)).toBeLessThan(1e-10);
          expect(Math.abs(cumulative.atOrAbove - cumulative.above - p)).toBeLessThan(1e-10);
        }
        expect(Math.abs(total - 1)).toBeLessThan(1e-10);
        expect(Math.abs(first - mean)).toBeLessThan(1e-9 * (1 + mean));
        expect(Math.abs(square - first * first - family.variance(mean))).toBeLessThan(1e-8 * (1 + family.variance(mean)));
      }),
      { numRuns: 30 },
    );
  });

  it("have a link whose functions are derivatives, and that is undone", () => {
    fc.assert(
      fc.property(parameters, fc.double({ min: -6, max: 5, noNaN: true }), (options, eta) => {
        const { link, variance, varianceSlope, varianceCurvature } = zeroInflatedPoisson(options);
        const size = link.inverse(eta);
        expectSlope(link.inverse, eta, link.slope(eta), size);
        expectSlope(link.slope, eta, link.curvature(eta), size);
        expectSlope(link.curvature, eta, link.curvatureSlope(eta), size);
        expect(Math.abs(link.apply(size) - eta)).toBeLessThan(1e-11 * (1 + Math.abs(eta)));
        // Along the linear predictor, which both the mean and the variance rise with.
        const ofMean = (f: (mean: number) => number) => (e: number) => f(link.inverse(e));
        expectSlope(ofMean(variance), eta, varianceSlope(size) * link.slope(eta), variance(size) + size);
        expectSlope(ofMean(varianceSlope), eta, varianceCurvature(size) * link.slope(eta), 10 * (1 + Math.abs(varianceSlope(size))));
      }),
    );
  });

  it("are scored by what a linear predictor makes likely: the expected information is the mean of the observed one", () => {
    for (const eta of [-2, 0.3, 2]) {
      const { work, unitDevianceAt, logLikelihood, link } = zeroInflatedPoisson({ presenceIntercept: 0.3, presenceSlope: 0.6 });
      let sum = 0;
      for (let y = 0; y < 120; y++) {
        const row = { response: Float64Array.of(y), mean: Float64Array.of(link.inverse(eta)), weights: Float64Array.of(1), dispersion: 1 };
        const probability = Math.exp(logLikelihood({ ...row, deviance: unitDevianceAt(y, eta) }) as number);
        sum += probability * runWork(work, y, eta, 1, true).information;
      }
      expect(sum).toBeCloseTo(runWork(work, 1, eta).information, 10);
    }
  });
});
