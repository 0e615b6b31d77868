import { describe, expect, test } from "vitest";
import { binomial, fitGlm } from "../../../../../src/models/index.ts";
import { claims, fitClaims } from "../../../../support/claims.ts";
import { messageOf } from "../../../../support/message-of.ts";

const model = fitClaims();

describe("confidence intervals", () => {
  test("a Wald interval ends where a hypothesis is rejected at its level", () => {
    const row = model.confidenceIntervals({ level: 0.9 }).rows[4];
    expect(model.testHypothesis(`age = ${row.low}`).pValue).toBeCloseTo(0.1, 8);
    expect(model.testHypothesis(`age = ${row.high}`).pValue).toBeCloseTo(0.1, 8);
  });

  test("a profile interval ends where the deviance has risen by the quantile", () => {
    const { rows } = model.confidenceIntervals({ method: "profile", coefficients: ["age"] });
    expect(rows.map(({ name }) => name)).toEqual(["age"]);
    for (const end of [rows[0].low, rows[0].high]) {
      const held = fitClaims("claims ~ region + fuel + offset(log(years))", { offset: (claims.age as number[]).map((age) => end * age) });
      // The 95% quantile of χ² with one degree of freedom.
      expect(held.deviance - model.deviance).toBeCloseTo(3.841458820694124, 9);
    }
  });

  test("the profile of a gaussian model with the identity link is Wald's", () => {
    const gaussian = fitGlm("claims ~ region + age", claims);
    const profile = gaussian.confidenceIntervals({ method: "profile" }).rows;
    for (const [k, wald] of gaussian.confidenceIntervals().rows.entries()) {
      expect(profile[k].low).toBeCloseTo(wald.low, 9);
      expect(profile[k].high).toBeCloseTo(wald.high, 9);
    }
  });

  test("a model of one coefficient has a profile", () => {
    const single = fitGlm("claims ~ 1", claims, { family: "poisson" });
    const { low, high } = single.confidenceIntervals({ method: "profile" }).rows[0];
    const counts = claims.claims as number[];
    const total = counts.reduce((sum, count) => sum + count, 0);
    for (const end of [low, high]) {
      // Twice the fall of Σ (count × log mean − mean) from its maximum.
      const fall = 2 * (total * ((single.coefficients[0].estimate as number) - end) - (total - counts.length * Math.exp(end)));
      expect(fall).toBeCloseTo(3.841458820694124, 9);
    }
  });

  test("a separated coefficient is open on one side, with a warning", () => {
    const data = { y: [0, 1, 0, 1, 1, 1, 1], x: [1, 2, 3, 4, 5, 6, 7], g: ["a", "a", "a", "a", "b", "b", "b"] };
    const { rows, warnings } = fitGlm("y ~ x + g", data, { family: binomial() }).confidenceIntervals({ method: "profile" });
    expect(rows[2].high).toBe(Infinity);
    expect(Number.isFinite(rows[1].low) && Number.isFinite(rows[1].high)).toBe(true);
    expect(warnings.map(({ name }) => name)).toEqual(["unbounded"]);
    expect(warnings[0].subjects).toContain("gb");
  });

  test("refuses wrong options, and profiles where they mean nothing", () => {
    expect(messageOf(() => model.confidenceIntervals({ level: 95 }))).toContain("level must be a number between 0 and 1; got 95");
    expect(messageOf(() => model.confidenceIntervals({ method: "bayes" as "wald" }))).toContain('"wald" or "profile"');
    expect(messageOf(() => model.confidenceIntervals({ coefficients: ["agee"] }))).toContain('Did you mean "age"?');
    expect(messageOf(() => model.confidenceIntervals({ coefficients: "age" as never }))).toContain("an array of names");
    expect(messageOf(() => model.confidenceIntervals({ levle: 0.9 } as object))).toContain('got "levle"');
    const light = fitClaims(undefined, { keepData: false });
    expect(light.confidenceIntervals().rows).toEqual(model.confidenceIntervals().rows);
    expect(messageOf(() => light.confidenceIntervals({ method: "profile" }))).toContain("training data");
    const firth = fitClaims(undefined, { biasReduction: "firth" });
    expect(firth.confidenceIntervals().rows.length).toBe(5);
    expect(messageOf(() => firth.confidenceIntervals({ method: "profile" }))).toContain("do not maximise the likelihood");
  });
});
