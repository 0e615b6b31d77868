import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Family, ParameterLikelihood } from "../../src/models/index.ts";
import { beta, negativeBinomial, scaledT, tweedie, zeroInflatedPoisson } from "../../src/models/index.ts";
import * as numeric from "../../src/numeric/index.ts";
import { runWork } from "../unit/models/families/run-work.ts";

/** Five-point differences with a step of 1e-3: h⁴ of the fifth derivative of functions of order 1. */
const TRUNCATION = 1e-8;
/** Some hundred roundings of what is summed, divided by the step. */
const ROUNDING = 1e-11;

function differenceOf(f: (x: number) => number, x: number): number {
  const h = 1e-3;
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

/** `reach`: size of the terms that f sums. */
function expectSlope(f: (x: number) => number, x: number, slope: number, reach: number): void {
  expect(Math.abs(differenceOf(f, x) - slope)).toBeLessThanOrEqual(TRUNCATION * (reach + Math.abs(slope)) + ROUNDING * reach);
}

interface Row {
  readonly response: number;
  readonly linearPredictor: number;
  readonly weight: number;
  readonly frequency: number;
  readonly dispersion: number;
  readonly observed: boolean;
}

function slopesOf(family: Family, row: Row): ParameterLikelihood & { score: number[]; information: number[] } {
  const { response, linearPredictor, weight, frequency, dispersion, observed } = row;
  const score = family.parameters.map(() => new Float64Array(1));
  const information = family.parameters.map(() => new Float64Array(1));
  if (!family.parameterSlopes) throw new Error("no parameters");
  const likelihood = family.parameterSlopes({
    count: 1,
    response: Float64Array.of(response),
    linearPredictor: Float64Array.of(linearPredictor),
    weights: Float64Array.of(weight * frequency),
    frequencies: Float64Array.of(frequency),
    dispersion,
    observed,
    score,
    information,
  });
  return { ...likelihood, score: score.map(([value]) => value), information: information.map(([value]) => value) };
}

type LogDensity = (y: number, mean: number, parameters: readonly number[], weight: number, frequency: number, dispersion: number) => number;

/** By gamma functions, so that fractions have one, too. */
const ofCounts: LogDensity = (y, mean, [theta], weight, frequency) =>
  weight *
  frequency *
  (numeric.logGamma(y + theta) -
    numeric.logGamma(theta) -
    numeric.logGamma(y + 1) -
    theta * Math.log1p(mean / theta) +
    y * (Math.log(mean) - Math.log(mean + theta)));
const ofAmounts: LogDensity = (y, mean, [power], weight, frequency, dispersion) =>
  frequency * numeric.tweedie.logDensity(y, mean, dispersion / weight, power);

const ofHeavyTails: LogDensity = (y, mean, [degrees, scale], weight, frequency) =>
  weight *
  frequency *
  (numeric.logGamma((degrees + 1) / 2) -
    numeric.logGamma(degrees / 2) -
    0.5 * Math.log(Math.PI * degrees) -
    Math.log(scale) -
    0.5 * (degrees + 1) * Math.log1p(((y - mean) / scale) ** 2 / degrees));
const ofShares: LogDensity = (y, mean, [precision], weight, frequency) =>
  weight *
  frequency *
  ((mean * precision - 1) * Math.log(y) +
    ((1 - mean) * precision - 1) * Math.log1p(-y) -
    numeric.logBeta(mean * precision, (1 - mean) * precision));

const ofZeros: LogDensity = (y, mean, [intercept, slope], weight, frequency) => {
  const eta = zeroInflatedPoisson({ presenceIntercept: intercept, presenceSlope: slope }).link.apply(mean);
  const rate = Math.exp(eta);
  const hazard = Math.exp(intercept + slope * eta);
  const ofCount = Math.log(-Math.expm1(-hazard)) + y * eta - rate - Math.log(-Math.expm1(-rate)) - numeric.logGamma(y + 1);
  return weight * frequency * (y === 0 ? -hazard : ofCount);
};

const count = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(1500, 2.5));
const amount = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 50, noNaN: true }));
const anyNumber = fc.double({ min: -20, max: 20, noNaN: true });
const share = fc.double({ min: 1e-3, max: 1 - 1e-3, noNaN: true });
const middle = fc.double({ min: -3, max: 3, noNaN: true });
const above = fc.double({ min: 0.3, max: 5, noNaN: true });

/** Family, how its parameters are drawn on the free scale, its log density, responses, linear predictors. */
const cases: readonly (readonly [string, Family, fc.Arbitrary<number>, LogDensity, fc.Arbitrary<number>, fc.Arbitrary<number>])[] = [
  ["negative binomial log", negativeBinomial(), fc.double({ min: -3, max: 5, noNaN: true }), ofCounts, count, middle],
  ["negative binomial sqrt", negativeBinomial({ link: "sqrt" }), fc.double({ min: -3, max: 5, noNaN: true }), ofCounts, count, above],
  [
    "negative binomial identity",
    negativeBinomial({ link: "identity" }),
    fc.double({ min: -3, max: 5, noNaN: true }),
    ofCounts,
    count,
    above,
  ],
  ["tweedie log", tweedie(), fc.double({ min: -2.5, max: 2.5, noNaN: true }), ofAmounts, amount, middle],
  ["scaledT", scaledT(), fc.double({ min: -2, max: 3, noNaN: true }), ofHeavyTails, anyNumber, middle],
  ["scaledT log", scaledT({ link: "log" }), fc.double({ min: -2, max: 3, noNaN: true }), ofHeavyTails, anyNumber, middle],
  ["beta logit", beta(), fc.double({ min: -1, max: 5, noNaN: true }), ofShares, share, middle],
  [
    "beta cloglog",
    beta({ link: "cloglog" }),
    fc.double({ min: -1, max: 5, noNaN: true }),
    ofShares,
    share,
    fc.double({ min: -3, max: 1, noNaN: true }),
  ],
  [
    "zero inflated Poisson",
    zeroInflatedPoisson(),
    fc.double({ min: -1.5, max: 1.5, noNaN: true }),
    ofZeros,
    fc.integer({ min: 0, max: 40 }),
    middle,
  ],
  ["tweedie sqrt", tweedie({ link: "sqrt" }), fc.double({ min: -2.5, max: 2.5, noNaN: true }), ofAmounts, amount, above],
];

/** Terms of a log density may be as large as its parameters. */
function sizeOf(values: readonly number[]): number {
  return Math.max(0, ...values);
}

describe("own parameters of families", () => {
  it.each(cases)("%s: slopes are derivatives on the scale without bounds", (_, family, frees, logDensity, ys, etas) => {
    const rows = fc.record({
      response: ys,
      linearPredictor: etas,
      weight: fc.double({ min: 0.3, max: 3, noNaN: true }),
      frequency: fc.integer({ min: 1, max: 3 }),
      dispersion: family.hasKnownDispersion ? fc.constant(1) : fc.double({ min: 0.2, max: 4, noNaN: true }),
      observed: fc.boolean(),
    });
    fc.assert(
      fc.property(rows, fc.array(frees, { minLength: family.parameters.length, maxLength: family.parameters.length }), (row, free) => {
        const { response, linearPredictor, weight, frequency, dispersion, observed } = row;
        const valuesAt = (place: readonly number[]): number[] => family.parameters.map(({ fromFree }, k) => fromFree(place[k]));
        const familyAt = (place: readonly number[]): Family => family.withParameters(valuesAt(place));
        // The mean of zero inflated counts depends on the parameters: what stays is the linear predictor.
        const meanAt = (place: readonly number[]): number => familyAt(place).link.inverse(linearPredictor);
        const moved = (k: number, x: number): number[] => free.map((value, l) => (l === k ? x : value));
        const slopes = slopesOf(familyAt(free), row);
        const q = free.length;
        for (let k = 0; k < q; k++) {
          const logDensityAt = (x: number): number =>
            logDensity(response, meanAt(moved(k, x)), valuesAt(moved(k, x)), weight, frequency, dispersion);
          const workAt = (x: number): ReturnType<typeof runWork> =>
            runWork(familyAt(moved(k, x)).work, response, linearPredictor, weight * frequency, observed);
          const reach =
            1 +
            Math.abs(logDensityAt(free[k])) +
            weight * frequency * (Math.abs(response) + meanAt(free) + sizeOf(valuesAt(free))) * (1 + 1 / dispersion);
          expectSlope(logDensityAt, free[k], slopes.gradient[k], reach);
          const { score, information } = workAt(free[k]);
          const size = Math.abs(score) + Math.abs(information) + runWork(familyAt(free).work, response, linearPredictor).information;
          expectSlope((x) => workAt(x).score, free[k], slopes.score[k], size);
          expectSlope((x) => workAt(x).information, free[k], slopes.information[k], size);
          const gradientAt = (x: number): Float64Array => slopesOf(familyAt(moved(k, x)), row).gradient;
          for (let l = 0; l < q; l++) expectSlope((x) => gradientAt(x)[l], free[k], slopes.hessian[k * q + l], reach);
          const byDispersion = (x: number): number => slopesOf(familyAt(free), { ...row, dispersion: Math.exp(x) }).gradient[k];
          if (family.hasKnownDispersion) expect(slopes.withDispersion[k]).toBe(0);
          else expectSlope(byDispersion, Math.log(dispersion), slopes.withDispersion[k], reach);
        }
      }),
    );
  });

  it.each(cases)("%s: start where the family can be, and stay where they are given", (_, family, __, ___, ys) => {
    fc.assert(
      fc.property(fc.array(ys, { minLength: 2, maxLength: 20 }), (response) => {
        const rows = { response: Float64Array.from(response), weights: new Float64Array(response.length).fill(1) };
        const start = family.startParameters(rows);
        const settled = family.withParameters(start);
        expect(settled.parameters.map(({ value }) => value)).toEqual(start);
        expect(settled.startParameters(rows)).toEqual(start);
        family.parameters.forEach(({ toFree, fromFree, value }, k) => {
          expect(value).toBe(null);
          expect(Math.abs(fromFree(toFree(start[k])) - start[k])).toBeLessThanOrEqual(1e-12 * start[k]);
        });
      }),
    );
  });
});
