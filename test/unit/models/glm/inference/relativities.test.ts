import { describe, expect, test } from "vitest";
import { fitGlm } from "../../../../../src/models/index.ts";
import { toTable, type CategoricalColumn, type TableLike } from "../../../../../src/table/index.ts";
import { claims, fitClaims } from "../../../../support/claims.ts";
import { messageOf } from "../../../../support/message-of.ts";

const model = fitClaims();

describe("relativities", () => {
  test("a row for each level with its reference at 1, one for a number, none for the intercept", () => {
    const { of, rows, warnings } = model.relativities();
    expect([of, warnings]).toEqual(["mean", []]);
    expect(rows.map(({ term, name, level, isReference }) => [term, name, level, isReference])).toEqual([
      ["region", "regionnorth", "north", true],
      ["region", "regionsouth", "south", false],
      ["region", "regionwest", "west", false],
      ["fuel", "fuelpetrol", "petrol", true],
      ["fuel", "fueldiesel", "diesel", false],
      ["age", "age", null, false],
    ]);
    expect(rows[0]).toMatchObject({ relativity: 1, low: 1, high: 1 });
    const { rows: intervals } = model.confidenceIntervals();
    expect(rows[2].relativity).toBe(Math.exp(intervals[2].estimate));
    expect(rows[2].high).toBe(Math.exp(intervals[2].high));
    expect(rows.slice(0, 3).reduce((sum, { n }) => sum + (n as number), 0)).toBe(240);
    expect(rows[5].n).toBe(240);
  });

  test("are the same under every contrast and without an intercept", () => {
    const expected = model.relativities().rows;
    for (const other of [
      fitClaims(undefined, { contrasts: { region: "sum", fuel: "helmert" } }),
      fitClaims("claims ~ 0 + region + fuel + age + offset(log(years))"),
    ]) {
      for (const [k, row] of other.relativities().rows.entries()) {
        expect(row.relativity).toBeCloseTo(expected[k].relativity, 9);
        expect(row.low).toBeCloseTo(expected[k].low, 9);
        expect(row.isReference).toBe(expected[k].isReference);
      }
      expect(messageOf(() => other.relativities({ method: "profile" }))).toContain("unless factors have treatment contrasts");
    }
  });

  test("odds ratios, profiles, weights", () => {
    const data = { ...claims, any: (claims.claims as number[]).map((count) => (count > 1 ? 1 : 0)) };
    const logit = fitGlm("any ~ region", data, { family: "binomial", weights: "years" });
    const { of, rows } = logit.relativities({ method: "profile", level: 0.9 });
    expect(of).toBe("odds");
    const profile = logit.confidenceIntervals({ method: "profile", level: 0.9 }).rows;
    expect(rows[1].low).toBeCloseTo(Math.exp(profile[1].low), 12);
    const total = rows.reduce((sum, { weight }) => sum + (weight as number), 0);
    expect(total).toBeCloseTo(
      (claims.years as number[]).reduce((sum, each) => sum + each, 0),
      9,
    );
  });

  test("levels have the exposure behind them where the log link has one", () => {
    const years = claims.years as number[];
    const { codes } = toTable(claims as TableLike, "test").column("region") as CategoricalColumn;
    const total = years.reduce((sum, each) => sum + each, 0);
    for (const fitted of [model, fitGlm("claims ~ region", claims as TableLike, { family: "poisson", exposure: "years" })]) {
      const regions = fitted.relativities().rows.filter(({ term }) => term === "region");
      const north = years.reduce((sum, each, row) => sum + (codes[row] === 0 ? each : 0), 0);
      expect(regions[0].exposure).toBeCloseTo(north, 9);
      expect(regions.reduce((sum, { exposure }) => sum + (exposure as number), 0)).toBeCloseTo(total, 9);
    }
    expect(fitGlm("claims ~ region", claims as TableLike, { family: "poisson" }).relativities().rows[0]).not.toHaveProperty("exposure");
  });

  test("interactions have a row a coefficient, and main effects within them a warning", () => {
    const { rows, warnings } = fitClaims("claims ~ region * fuel + poly(age, 2)").relativities();
    const inner = rows.filter(({ term }) => term === "region:fuel");
    expect(inner.map(({ level }) => level)).toEqual(["regionsouth:fueldiesel", "regionwest:fueldiesel"]);
    expect(rows.filter(({ term }) => term === "poly(age, 2)").length).toBe(2);
    expect(warnings).toMatchObject([{ name: "interactions", subjects: ["region", "fuel"] }]);
  });

  test("numbers taken as factors have levels; aliased ones are left out with a warning", () => {
    const doors = fitClaims("claims ~ factor(doors)").relativities().rows;
    expect(doors.map(({ level, isReference }) => [level, isReference])).toEqual([
      ["3", true],
      ["4", false],
      ["5", false],
    ]);
    expect(doors.reduce((sum, { n }) => sum + (n as number), 0)).toBe(240);
    const aliased = fitClaims("claims ~ age + I(2 * age)").relativities();
    expect(aliased.rows.map(({ term }) => term)).toEqual(["age"]);
    expect(aliased.warnings).toMatchObject([{ name: "aliased", subjects: ["I(2 * age)"] }]);
  });

  test("without the training data they have no counts; other links are refused", () => {
    const light = fitClaims(undefined, { keepData: false }).relativities().rows;
    expect(light[1]).not.toHaveProperty("n");
    expect(light[1].relativity).toBe(model.relativities().rows[1].relativity);
    expect(messageOf(() => fitGlm("claims ~ age", claims).relativities())).toContain('one with the link "identity"');
  });
});
