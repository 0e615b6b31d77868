import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitGlm, fitGlmPath, type GlmPath, type GlmPathOptions } from "../../src/models/index.ts";
import { createRandom } from "../../src/numeric/index.ts";

/** The default tolerance asks for 1e-9 of the root of the null deviance in each standardised coefficient; gradients are of that order. */
const GRADIENT = 1e-7;
const COEFFICIENT = 1e-6;

type FamilyName = "gaussian" | "binomial" | "poisson";

interface Sample {
  readonly family: FamilyName;
  readonly columns: Record<string, Float64Array>;
  readonly y: Float64Array;
  readonly w: Float64Array;
}

function normalOf(random: { next(): number }): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Correlated columns of different scales, some far from zero. */
function makeSample(family: FamilyName, seed: number, numRows = 60, numColumns = 5): Sample {
  const random = createRandom(seed);
  const columns: Record<string, Float64Array> = {};
  const shared = Float64Array.from({ length: numRows }, () => normalOf(random));
  const linear = new Float64Array(numRows);
  for (let j = 0; j < numColumns; j++) {
    const [scale, centre, effect] = [10 ** (2 * random.next() - 1), 20 * random.next() - 10, random.next() - 0.5];
    columns[`x${j}`] = shared.map((common, i) => {
      const value = 0.6 * common + 0.8 * normalOf(random);
      linear[i] += effect * value;
      return centre + scale * value;
    });
  }
  const y = linear.map((eta) => {
    if (family === "gaussian") return 3 + eta + normalOf(random);
    if (family === "binomial") return Number(random.next() < 1 / (1 + Math.exp(-eta)));
    return Math.floor(Math.exp(0.5 + eta) * 2 * random.next());
  });
  y[0] = 0;
  y[1] = 1;
  return { family, columns, y, w: y.map(() => 0.5 + random.next()) };
}

const samples = fc
  .record({ family: fc.constantFrom<FamilyName>("gaussian", "binomial", "poisson"), seed: fc.integer({ min: 1, max: 1e6 }) })
  .map(({ family, seed }) => makeSample(family, seed));

function fitPathOf(sample: Sample, options: GlmPathOptions = {}): GlmPath {
  const formula = `y ~ ${Object.keys(sample.columns).join(" + ")}`;
  return fitGlmPath(formula, { ...sample.columns, y: sample.y, w: sample.w }, { family: sample.family, weights: "w", ...options });
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function deviationOf(values: Float64Array, w: Float64Array): number {
  const mean = sum(values.map((value, i) => w[i] * value)) / sum(w);
  return Math.sqrt(sum(values.map((value, i) => w[i] * (value - mean) ** 2)) / sum(w));
}

/** Gradient of the mean half deviance by the coefficient of each standardised column; canonical links. */
function gradientsOf({ family, columns, y, w }: Sample, coefficients: ArrayLike<number>, scales: readonly number[]): number[] {
  const names = Object.keys(columns);
  const residuals = y.map((value, i) => {
    const eta = names.reduce((total, name, j) => total + columns[name][i] * coefficients[j + 1], coefficients[0]);
    const mean = family === "gaussian" ? eta : family === "poisson" ? Math.exp(eta) : 1 / (1 + Math.exp(-eta));
    return w[i] * (value - mean);
  });
  return names.map((name, j) => -sum(residuals.map((value, i) => value * columns[name][i])) / sum(w) / scales[j]);
}

function expectConditions(sample: Sample, path: GlmPath, l1Ratio: number, standardize: boolean): void {
  const names = Object.keys(sample.columns);
  const scales = names.map((name) => (standardize ? deviationOf(sample.columns[name], sample.w) : 1));
  const ridge = sample.family === "gaussian" ? 1 / deviationOf(sample.y, sample.w) : 1;
  const p = names.length + 1;
  path.strengths.forEach((strength, k) => {
    const coefficients = path.coefficients.subarray(k * p, (k + 1) * p);
    gradientsOf(sample, coefficients, scales).forEach((gradient, j) => {
      // Columns away from zero carry their mean times the intercept's rounding.
      const slack = GRADIENT * (1 + Math.abs(sum(sample.columns[names[j]])) / sample.y.length / scales[j]);
      const value = coefficients[j + 1] * scales[j];
      const smooth = gradient + strength * (1 - l1Ratio) * ridge * value;
      if (value === 0) expect(Math.abs(smooth)).toBeLessThanOrEqual(strength * l1Ratio + slack);
      else expect(Math.abs(smooth + strength * l1Ratio * Math.sign(value))).toBeLessThanOrEqual(slack);
    });
  });
}

describe("a path of the elastic net", () => {
  it("meets the Karush-Kuhn-Tucker conditions at every strength", () => {
    fc.assert(
      fc.property(samples, fc.constantFrom(1, 0.5, 0.1), fc.boolean(), (sample, l1Ratio, standardize) => {
        const path = fitPathOf(sample, { l1Ratio, standardize, numStrengths: 20, smallestGain: 0, largestDevianceRatio: 1 });
        expect(path.warnings.filter(({ name }) => name === "notConverged")).toEqual([]);
        expectConditions(sample, path, l1Ratio, standardize);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it("meets them with more columns than rows", () => {
    for (const family of ["gaussian", "binomial", "poisson"] as const) {
      const sample = makeSample(family, 7, 30, 60);
      const path = fitPathOf(sample, { numStrengths: 30 });
      expect(path.strengths[path.strengths.length - 1] / path.strengths[0]).toBeGreaterThanOrEqual(0.01 * (1 - 1e-9));
      expectConditions(sample, path, 1, true);
    }
  });

  it("begins where the first column is about to enter", () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const path = fitPathOf(sample, { numStrengths: 3, smallestRatio: 0.999 });
        expect(path.degreesOfFreedom[0]).toBe(0);
        expect(path.degreesOfFreedom[1]).toBeGreaterThan(0);
      }),
      { numRuns: 30, seed: 12 },
    );
  });

  it("ends in maximum likelihood at strength 0, whatever the mix", () => {
    fc.assert(
      fc.property(samples, fc.constantFrom(0, 0.5, 1), (sample, l1Ratio) => {
        const data = { ...sample.columns, y: sample.y, w: sample.w };
        const formula = `y ~ ${Object.keys(sample.columns).join(" + ")}`;
        const free = fitGlm(formula, data, { family: sample.family, weights: "w" });
        fc.pre(free.converged && free.coefficients.every(({ estimate }) => Math.abs(estimate ?? Number.NaN) < 50));
        const path = fitPathOf(sample, { l1Ratio, strengths: [0] });
        const one = fitGlm(formula, data, { family: sample.family, weights: "w", penalty: { strength: 0, l1Ratio } });
        free.coefficients.forEach(({ estimate }, j) => {
          const scale = 1 + Math.abs(estimate ?? 0);
          expect(Math.abs(path.coefficients[j] - (estimate ?? Number.NaN))).toBeLessThan(COEFFICIENT * scale);
          expect(Math.abs((one.coefficients[j].estimate ?? Number.NaN) - (estimate ?? Number.NaN))).toBeLessThan(COEFFICIENT * scale);
        });
        expect(one.deviance).toBeCloseTo(free.deviance, 6);
      }),
      { numRuns: 40, seed: 13 },
    );
  });

  it("is continuous in the strength", () => {
    fc.assert(
      fc.property(samples, fc.double({ min: 0.02, max: 0.9, noNaN: true }), (sample, share) => {
        const [largest] = fitPathOf(sample, { numStrengths: 1 }).strengths;
        const path = fitPathOf(sample, { l1Ratio: 0.9, strengths: [largest * share, largest * share * (1 - 1e-5)] });
        const p = path.coefficientNames.length;
        Object.values(sample.columns).forEach((column, j) => {
          const move = (path.coefficients[p + j + 1] - path.coefficients[j + 1]) * deviationOf(column, sample.w);
          expect(Math.abs(move)).toBeLessThan(1e-3);
        });
      }),
      { numRuns: 40, seed: 14 },
    );
  });

  it("does not depend on the units of standardised columns", () => {
    fc.assert(
      fc.property(samples, fc.constantFrom(1e-6, 0.3, 1e5), fc.constantFrom(1, 0.4), (sample, unit, l1Ratio) => {
        const path = fitPathOf(sample, { l1Ratio, numStrengths: 10 });
        const columns = { ...sample.columns, x0: sample.columns.x0.map((value) => unit * value) };
        const other = fitPathOf({ ...sample, columns }, { l1Ratio, strengths: path.strengths });
        const p = path.coefficientNames.length;
        path.strengths.forEach((_, k) => {
          for (let j = 1; j < p; j++) {
            const name = path.coefficientNames[j];
            const scale = deviationOf(sample.columns[name], sample.w);
            const moved = other.coefficients[k * p + j] * (j === 1 ? unit : 1) - path.coefficients[k * p + j];
            expect(Math.abs(moved) * scale).toBeLessThan(COEFFICIENT);
          }
        });
      }),
      { numRuns: 40, seed: 15 },
    );
  });

  it("keeps coefficients within their bounds", () => {
    fc.assert(
      fc.property(samples, (sample) => {
        const bounds = { x0: [0, 0.05], x1: [-0.01, 0], x2: [0, Number.POSITIVE_INFINITY] } satisfies GlmPathOptions["bounds"];
        const path = fitPathOf(sample, { bounds, numStrengths: 10 });
        const p = path.coefficientNames.length;
        path.strengths.forEach((_, k) => {
          Object.values(bounds).forEach(([low, high], j) => {
            expect(path.coefficients[k * p + j + 1]).toBeGreaterThanOrEqual(low * (1 + 1e-12));
            expect(path.coefficients[k * p + j + 1]).toBeLessThanOrEqual(high * (1 + 1e-12));
          });
        });
      }),
      { numRuns: 30, seed: 16 },
    );
  });
});
