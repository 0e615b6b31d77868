import { describe, expect, test } from "vitest";
import { fitGlm } from "../../../../../src/models/index.ts";
import { claims, fitClaims } from "../../../../support/claims.ts";
import { messageOf } from "../../../../support/message-of.ts";

const model = fitClaims();

describe("marginal means", () => {
  test("are averages of predictions over the other factors", () => {
    const formula = "claims ~ region * fuel + poly(age, 2)";
    const crossed = fitClaims(formula);
    const { rows } = crossed.marginalMeans("region", { scale: "link", at: { age: 40 } });
    for (const { at, estimate } of rows) {
      const both = { region: [at.region, at.region] as string[], fuel: ["petrol", "diesel"], age: [40, 40] };
      const [one, other] = crossed.predict(both, { scale: "link" });
      expect(estimate).toBeCloseTo((one + other) / 2, 12);
    }
    const apart = crossed.marginalMeans(["region", "fuel"], { at: { age: 40 } });
    const grid = apart.rows.map(({ at }) => at);
    expect(grid.slice(0, 2)).toEqual([
      { region: "north", fuel: "petrol" },
      { region: "north", fuel: "diesel" },
    ]);
    const { values, standardErrors } = crossed.predictWithErrors({
      region: grid.map(({ region }) => region as string),
      fuel: grid.map(({ fuel }) => fuel as string),
      age: grid.map(() => 40),
    });
    for (const [k, row] of apart.rows.entries()) {
      expect(row.estimate).toBeCloseTo(values[k], 12);
      expect(row.standardError).toBeCloseTo(standardErrors[k], 12);
    }
  });

  test("numbers taken as factors are averaged over like factors", () => {
    const doors = fitClaims("claims ~ region + factor(doors)");
    expect(doors.marginalMeans("doors").rows.map(({ at }) => at.doors)).toEqual([3, 4, 5]);
    const b = doors.coefficients.map(({ estimate }) => estimate as number);
    expect(doors.marginalMeans("region", { scale: "link" }).rows[0].estimate).toBeCloseTo(b[0] + (b[3] + b[4]) / 3, 12);
  });

  test("an offset stands at the mean of its column, one given as a list at its own", () => {
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const b = model.coefficients.map(({ estimate }) => estimate as number);
    const years = claims.years as number[];
    const expected = b[0] + b[3] / 2 + b[4] * mean(claims.age as number[]);
    expect(model.marginalMeans("region", { scale: "link" }).rows[0].estimate).toBeCloseTo(expected + Math.log(mean(years)), 12);
    expect(model.marginalMeans("region", { scale: "link", at: { years: 1 } }).rows[0].estimate).toBeCloseTo(expected, 12);
    const given = fitClaims("claims ~ region + fuel + age", { exposure: years });
    expect(given.marginalMeans("region", { scale: "link" }).rows[0].estimate).toBeCloseTo(expected + mean(years.map(Math.log)), 10);
  });

  test("equal and proportional weights differ, and proportions are those of the rows", () => {
    const b = model.coefficients.map(({ estimate }) => estimate as number);
    const [equal, proportional] = (["equal", "proportional"] as const).map(
      (weights) => model.marginalMeans("region", { scale: "link", weights, at: { age: 0, years: 1 } }).rows[0].estimate,
    );
    const share = fitGlm("fuel ~ 1", claims, { family: "binomial" }).predict({ rows: [1] })[0];
    expect(equal).toBeCloseTo(b[0] + b[3] / 2, 12);
    expect(proportional).toBeCloseTo(b[0] + b[3] * share, 12);
  });

  test("contrasts: ratios on the response scale, adjusted as asked", () => {
    const means = model.marginalMeans("region");
    const { rows, scale, adjust } = means.contrasts();
    expect([scale, adjust]).toEqual(["ratio", "holm"]);
    expect(rows.map(({ first, second }) => `${first.region}/${second.region}`)).toEqual(["north/south", "north/west", "south/west"]);
    expect(rows[0].estimate).toBeCloseTo(means.rows[0].estimate / means.rows[1].estimate, 12);
    expect(rows[0].estimate).toBeCloseTo(Math.exp(-(model.coefficients[1].estimate as number)), 12);
    const single = means.contrasts({ adjust: "none" }).rows.map(({ pValue }) => pValue);
    expect(single[0]).toBeCloseTo(model.coefficients[1].pValue as number, 12);
    const bonferroni = means.contrasts({ adjust: "bonferroni" }).rows.map(({ pValue }) => pValue);
    for (const [k, pValue] of bonferroni.entries()) expect(pValue).toBeCloseTo(Math.min(1, 3 * single[k]), 12);
    const differences = means.contrasts({ scale: "response" }).rows;
    expect(differences[0].estimate).toBeCloseTo(means.rows[0].estimate - means.rows[1].estimate, 12);
    expect(model.marginalMeans("region", { scale: "link" }).contrasts().scale).toBe("link");
  });

  test("what the data do not tell is NaN with a warning", () => {
    const data = { y: [1, 2, 3, 5, 4, 6], a: ["p", "p", "q", "q", "p", "q"], b: ["u", "v", "u", "u", "v", "u"] };
    const { rows, warnings } = fitGlm("y ~ a * b", data).marginalMeans(["a", "b"]);
    expect(rows.map(({ estimate }) => Number.isNaN(estimate))).toEqual([false, false, false, true]);
    expect(warnings).toMatchObject([{ name: "notEstimable", subjects: ["q v"] }]);
  });

  test("a link that falls keeps intervals in order", () => {
    const inverse = fitGlm("years ~ region", claims, { family: "gamma" });
    for (const { low, estimate, high } of inverse.marginalMeans("region").rows) {
      expect(low).toBeLessThan(estimate);
      expect(estimate).toBeLessThan(high);
    }
    expect(messageOf(() => inverse.marginalMeans("region").contrasts({ scale: "ratio" }))).toContain('the link "inverse"');
    expect(inverse.marginalMeans("region").contrasts().scale).toBe("response");
  });

  test("without the training data numbers must be given", () => {
    const light = fitClaims(undefined, { keepData: false });
    expect(messageOf(() => light.marginalMeans("region"))).toContain("training data");
    const at = { age: 40, years: 1 };
    expect(light.marginalMeans("region", { at }).rows).toEqual(model.marginalMeans("region", { at }).rows);
  });

  test("refuses unknown columns, levels and words", () => {
    expect(messageOf(() => model.marginalMeans("regoin"))).toContain('Did you mean "region"?');
    expect(messageOf(() => model.marginalMeans([]))).toContain("one or more different columns");
    expect(messageOf(() => model.marginalMeans(["age", "age"]))).toContain("one or more different columns");
    expect(messageOf(() => model.marginalMeans("region", { at: { fuel: "gas" } }))).toContain('levels among "petrol", "diesel"; got "gas"');
    expect(messageOf(() => model.marginalMeans("region", { at: { age: "old" } }))).toContain('finite numbers; got "old"');
    expect(messageOf(() => model.marginalMeans("region", { at: { age: [] } }))).toContain("got none");
    expect(messageOf(() => model.marginalMeans("region", { at: { colour: "red" } }))).toContain('got "colour"');
    expect(messageOf(() => model.marginalMeans("region", { weights: "outer" as "equal" }))).toContain('"equal" or "proportional"');
    expect(messageOf(() => model.marginalMeans("region").contrasts({ adjust: "tukey" as "holm" }))).toContain(
      '"none" or "bonferroni" or "holm"',
    );
  });
});
