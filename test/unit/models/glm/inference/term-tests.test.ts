import { describe, expect, test } from "vitest";
import { claims, fitClaims } from "../../../../support/claims.ts";
import { messageOf } from "../../../../support/message-of.ts";
import { fitGlm } from "../../../../../src/models/index.ts";

const crossed = "claims ~ region * fuel + age + offset(log(years))";
const model = fitClaims(crossed);

describe("tests of terms", () => {
  test("type I sums to what the model explains", () => {
    const { rows } = model.testTerms({ type: "I" });
    expect(rows.map(({ term }) => term)).toEqual(["region", "fuel", "age", "region:fuel"]);
    const explained = rows.reduce((sum, { deviance }) => sum + (deviance as number), 0);
    expect(explained).toBeCloseTo(model.nullDeviance - model.deviance, 9);
  });

  test("type II leaves out interactions with the term, type III does not", () => {
    const two = model.testTerms().rows.find(({ term }) => term === "region");
    const without = fitClaims("claims ~ fuel + age + offset(log(years))");
    const beside = fitClaims("claims ~ region + fuel + age + offset(log(years))");
    expect(two?.deviance).toBeCloseTo(without.deviance - beside.deviance, 9);
    expect(two?.degreesOfFreedom).toBe(2);
    const three = model.testTerms({ type: "III" });
    expect(three.rows.find(({ term }) => term === "region:fuel")?.deviance).toBeCloseTo(beside.deviance - model.deviance, 9);
    expect(three.rows.find(({ term }) => term === "region")?.deviance).not.toBeCloseTo(two?.deviance as number, 3);
  });

  test("for a gaussian model Wald over its degrees of freedom is F, under every type", () => {
    const gaussian = fitGlm("claims ~ region * fuel + age", claims);
    for (const type of ["I", "II", "III"] as const) {
      const wald = gaussian.testTerms({ type, test: "Wald" }).rows;
      for (const [k, row] of gaussian.testTerms({ type }).rows.entries()) {
        expect(wald[k].statistic / wald[k].degreesOfFreedom).toBeCloseTo(row.statistic, 8);
        expect(wald[k].deviance).toBeNull();
      }
    }
  });

  test("warns of type III under treatment contrasts, and of F where the dispersion is known", () => {
    const [warning] = model.testTerms({ type: "III" }).warnings;
    expect(warning.name).toBe("contrasts");
    expect(warning.subjects).toEqual(["region", "fuel"]);
    expect(fitClaims(crossed, { contrasts: { region: "sum", fuel: "helmert" } }).testTerms({ type: "III" }).warnings).toEqual([]);
    expect(fitClaims().testTerms({ type: "III" }).warnings).toEqual([]);
    const byF = model.testTerms({ test: "F" });
    expect(byF.warnings.map(({ name }) => name)).toEqual(["dispersionEstimated"]);
    expect(byF.dispersion).toBe(model.fit.pearsonChiSquared / model.residualDegreesOfFreedom);
  });

  test("a term that earlier ones make up has nothing to test", () => {
    const { rows } = fitGlm("claims ~ age + I(2 * age) + fuel", claims).testTerms({ type: "I" });
    expect(rows[1]).toMatchObject({ term: "I(2 * age)", degreesOfFreedom: 0, statistic: NaN, pValue: NaN });
    const wald = fitGlm("claims ~ age + I(2 * age) + fuel", claims).testTerms({ test: "Wald" });
    expect(wald.rows[1]).toMatchObject({ degreesOfFreedom: 0, statistic: NaN });
  });

  test("a robust covariance makes robust Wald tests", () => {
    const robust = model.withCovariance(model.robustCovariance());
    expect(robust.testTerms({ test: "Wald" }).rows[2].statistic).toBeCloseTo((robust.coefficients[4].statistic as number) ** 2, 9);
    expect(robust.testTerms({ test: "LR" }).rows).toEqual(model.testTerms({ test: "LR" }).rows);
  });

  test("a term with no intercept beside it is tested against the offset alone", () => {
    const { rows } = fitGlm("claims ~ 0 + fuel", claims, { family: "poisson" }).testTerms();
    expect(rows[0].degreesOfFreedom).toBe(2);
    expect(rows[0].deviance).toBeGreaterThan(0);
  });

  test("refuses wrong options, and refits without data", () => {
    expect(messageOf(() => model.testTerms({ type: "2" as "II" }))).toContain('"I" or "II" or "III"');
    expect(messageOf(() => model.testTerms({ test: "score" as "LR" }))).toContain('"LR" or "Wald" or "F"');
    const light = fitClaims(crossed, { keepData: false });
    expect(messageOf(() => light.testTerms())).toContain("training data");
    expect(light.testTerms({ test: "Wald" }).rows).toEqual(model.testTerms({ test: "Wald" }).rows);
    const firth = fitClaims(crossed, { biasReduction: "firth" });
    expect(messageOf(() => firth.testTerms())).toContain("do not maximise the likelihood");
  });
});
