import { describe, expect, it } from "vitest";
import { fitGam, GamModel, poisson } from "../../../../src/models/index.ts";
import { curvedRows } from "../../../support/gam-data.ts";
import { messageOf } from "../../../support/message-of.ts";

/** What differences of a basis and sums of coefficients leave. */
const ROUNDING = 1e-9;
/** Derivatives by differences of the basis. */
const DIFFERENCES = 1e-6;

const data = curvedRows();
const model = fitGam('y ~ g + s(x, by = g, k = 12, bs = "cr") + s(z, bs = "cr", k = 6)', data);
const surface = fitGam('count ~ te(x, z, k = 5, bs = "cr")', data, { family: poisson() });

describe("smoothEffect", () => {
  it("is the term that predictTerms tells, with its error", () => {
    const effect = model.smoothEffect("s(x):ga", { points: 7 });
    const terms = model.predictTerms(effect.data);
    const t = terms.names.indexOf("s(x):ga");
    effect.estimate.forEach((value, i) => {
      expect(value).toBeCloseTo(terms.values[i * terms.names.length + t], 10);
      expect(effect.standardErrors[i]).toBeCloseTo(terms.standardErrors[i * terms.names.length + t], 10);
      expect(effect.high[i] - value).toBeCloseTo(1.959963984540054 * effect.standardErrors[i], 10);
    });
    expect(effect.x).toHaveLength(7);
    expect([effect.covariates, effect.confidence, effect.simultaneous]).toEqual([["x"], 0.95, false]);
  });

  it("is found by the column that one smooth alone reads", () => {
    expect(model.smoothEffect("z", { points: 5 }).estimate).toEqual(model.smoothEffect("s(z)", { points: 5 }).estimate);
    expect(messageOf(() => model.smoothEffect("x"))).toContain('a smooth of the model ("s(x):ga", "s(x):gb", "s(z)")');
  });

  it("reaches over the whole curve with a simultaneous band", () => {
    const pointwise = model.smoothEffect("s(z)");
    const band = model.smoothEffect("s(z)", { simultaneous: true, seed: 5 });
    expect(band.criticalValue).toBeGreaterThan(pointwise.criticalValue);
    // A curve of six coefficients has no more than six independent deviations.
    expect(band.criticalValue).toBeLessThan(3);
    expect(model.smoothEffect("s(z)", { simultaneous: true, seed: 5 }).criticalValue).toBe(band.criticalValue);
  });

  it("holds the share of drawn curves that it promises", () => {
    const band = model.smoothEffect("s(x):ga", { simultaneous: true, confidence: 0.9, points: 40 });
    const { values, numDraws, numCoefficients } = model.posteriorDraws(400, { seed: 99 });
    const curves = Array.from({ length: numDraws }, (_, k) => {
      const drawn = new GamModel({ ...model.fit, estimates: values.slice(k * numCoefficients, (k + 1) * numCoefficients) });
      return drawn.smoothEffect("s(x):ga", { data: band.data }).estimate;
    });
    const share = curves.filter((curve) => curve.every((value, i) => value >= band.low[i] && value <= band.high[i])).length / numDraws;
    // Three standard errors of a share of 0.9 among 400.
    expect(Math.abs(share - 0.9)).toBeLessThan(0.045);
  });

  it("spans two covariates, the last fastest, and holds one at a value", () => {
    const effect = surface.smoothEffect("te(x,z)", { points: 4 });
    expect(effect.estimate).toHaveLength(16);
    expect(effect.x).toBeNull();
    const [x, z] = ["x", "z"].map((name) => effect.data.column(name));
    if (x.kind !== "numeric" || z.kind !== "numeric") throw new Error("numbers");
    expect(x.values[0]).toBe(x.values[3]);
    expect(z.values[0]).toBe(z.values[4]);
    const slice = surface.smoothEffect("te(x,z)", { at: { z: z.values[2] }, points: 4 });
    slice.estimate.forEach((value, i) => expect(value).toBeCloseTo(effect.estimate[i * 4 + 2], 10));
  });

  it("widens with the uncertainty of the mean and of the smoothing", () => {
    const plain = surface.smoothEffect("te(x,z)", { points: 3 });
    const withMean = surface.smoothEffect("te(x,z)", { points: 3, withMean: true });
    const unconditional = surface.smoothEffect("te(x,z)", { points: 3, unconditional: true });
    withMean.estimate.forEach((value, i) => expect(value).toBeCloseTo(plain.estimate[i], 10));
    const sum = (errors: Float64Array): number => errors.reduce((total, error) => total + error, 0);
    expect(sum(withMean.standardErrors)).toBeGreaterThan(sum(plain.standardErrors));
    expect(sum(unconditional.standardErrors)).toBeGreaterThan(sum(plain.standardErrors));
  });

  it("refuses what it does not know", () => {
    expect(messageOf(() => model.smoothEffect("s(zz)"))).toContain('Did you mean "s(z)"?');
    expect(messageOf(() => model.smoothEffect("s(z)", { points: 1 }))).toContain("points must be a whole number from 2 to 10000; got 1");
    expect(messageOf(() => model.smoothEffect("s(z)", { confidence: 1.2 }))).toContain("confidence must be a number between 0 and 1");
    expect(messageOf(() => model.smoothEffect("s(z)", { range: { x: [0, 1] } }))).toContain(
      'range must be made of covariates that vary over the grid ("z")',
    );
    expect(messageOf(() => model.smoothEffect("s(z)", { range: { z: [1, 0] } }))).toContain("two finite numbers, the lower first");
    expect(messageOf(() => model.smoothEffect("s(z)", { at: { q: 1 } }))).toContain('got "q"');
    expect(messageOf(() => model.smoothEffect("s(z)", { draws: 3 }))).toContain("draws must be a whole number from 100");
    expect(messageOf(() => model.smoothEffect("s(z)", { wide: true } as object))).toContain("wide");
  });
});

describe("smoothDerivative", () => {
  it("is the slope of the smooth, and its second derivative that of the slope", () => {
    const h = 1e-4;
    const at = [0.2, 0.5, 0.8];
    const rowsAt = (shift: number): object => ({ x: at.map((value) => value + shift), z: [0.5, 0.5, 0.5], g: ["a", "a", "a"] });
    const effectAt = (shift: number): Float64Array => model.smoothEffect("s(x):ga", { data: rowsAt(shift) as never }).estimate;
    const first = model.smoothDerivative("s(x):ga", { data: rowsAt(0) as never });
    const [above, here, below] = [effectAt(h), effectAt(0), effectAt(-h)];
    first.estimate.forEach((value, i) => expect(Math.abs(value - (above[i] - below[i]) / (2 * h))).toBeLessThan(1e-4));
    const second = model.smoothDerivative("s(x):ga", { order: 2, data: rowsAt(0) as never });
    second.estimate.forEach((value, i) => expect(Math.abs(value - (above[i] - 2 * here[i] + below[i]) / h ** 2)).toBeLessThan(1e-3));
    expect(first.label).toBe("d s(x):ga / d x");
  });

  it("is that of the line that a natural spline is beyond its ends", () => {
    const { estimate, standardErrors } = model.smoothDerivative("s(z)", { range: { z: [-1, 0] }, points: 5 });
    estimate.subarray(0, 4).forEach((value) => expect(Math.abs(value - estimate[0])).toBeLessThan(DIFFERENCES));
    expect(standardErrors[0]).toBeCloseTo(standardErrors[3], 6);
  });

  it("knows which of two covariates it is by", () => {
    const byX = surface.smoothDerivative("te(x,z)", { points: 3 });
    const byZ = surface.smoothDerivative("te(x,z)", { points: 3, variable: "z" });
    expect([byX.label, byZ.label]).toEqual(["d te(x,z) / d x", "d te(x,z) / d z"]);
    expect(byX.estimate[4]).not.toBeCloseTo(byZ.estimate[4], 3);
    expect(messageOf(() => surface.smoothDerivative("te(x,z)", { variable: "g" }))).toContain(
      'a number that te(x,z) reads ("x", "z"); got "g"',
    );
    expect(messageOf(() => surface.smoothDerivative("te(x,z)", { order: 3 as 2 }))).toContain("order must be 1 or 2; got 3");
  });
});

describe("smoothDifference", () => {
  it("is the difference of two smooths, with the covariance between them", () => {
    const difference = model.smoothDifference("s(x):gb", "s(x):ga", { points: 6 });
    const [b, a] = ["s(x):gb", "s(x):ga"].map((label) => model.smoothEffect(label, { points: 6 }));
    difference.estimate.forEach((value, i) => {
      expect(Math.abs(value - (b.estimate[i] - a.estimate[i]))).toBeLessThan(ROUNDING);
      expect(difference.standardErrors[i]).toBeGreaterThan(0);
    });
    expect(difference.label).toBe("s(x):gb − s(x):ga");
  });

  it("is the difference of predictions with what else the levels change", () => {
    const { data: rows, estimate, standardErrors } = model.smoothDifference("s(x):gb", "s(x):ga", { points: 6, withMeans: true });
    const columns = Object.fromEntries(["x", "z"].map((name) => [name, (rows.column(name) as { values: Float64Array }).values]));
    const at = (level: string): Float64Array => model.predict({ ...columns, g: Array.from({ length: 6 }, () => level) }, { scale: "link" });
    const [b, a] = [at("b"), at("a")];
    estimate.forEach((value, i) => expect(Math.abs(value - (b[i] - a[i]))).toBeLessThan(ROUNDING));
    expect(standardErrors.every((error) => error > 0)).toBe(true);
  });

  it("refuses smooths of other covariates", () => {
    expect(messageOf(() => model.smoothDifference("s(x):ga", "s(z)"))).toContain('other must be another smooth of x; got "s(z)"');
    expect(messageOf(() => model.smoothDifference("s(z)", "s(z)"))).toContain("another smooth of z");
  });
});
