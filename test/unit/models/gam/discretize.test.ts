import { describe, expect, it } from "vitest";
import { fitGam, GamModel } from "../../../../src/models/index.ts";
import { createRandom } from "../../../../src/numeric/index.ts";
import { Table } from "../../../../src/table/index.ts";

const random = createRandom(8);
const numRows = 4000;
const draw = (): Float64Array => Float64Array.from({ length: numRows }, () => random.next());
const [x, z] = [draw(), draw()];
const table = Table.fromColumns({
  x,
  z,
  whole: x.map((value) => Math.floor(40 * value)),
  y: Float64Array.from(x, (value, row) => Math.floor(-4 * Math.exp(Math.sin(6 * value) + z[row]) * Math.log(1 - random.next()))),
});
const formula = 'y ~ s(x, bs = "cr") + s(z, bs = "cr")';

describe("discretize", () => {
  const exact = fitGam(formula, table, { family: "quasipoisson" });
  const rounded = fitGam(formula, table, { family: "quasipoisson", discretize: 300 });

  it("finds nearly the curves of the rows themselves", () => {
    const [one, other] = [exact, rounded].map((model) => model.predictWithErrors(table, { scale: "link" }));
    const worst = one.values.reduce((most, value, row) => Math.max(most, Math.abs(value - other.values[row]) / one.standardErrors[row]), 0);
    // In standard errors: cells of a 300th of the range move a row's curve by far less than data of this size can tell.
    expect(worst).toBeLessThan(0.3);
    expect(worst).toBeGreaterThan(0);
    expect(rounded.effectiveDegreesOfFreedom).toBeCloseTo(exact.effectiveDegreesOfFreedom, 0);
  });

  it("says so in the summary, and when saved", () => {
    expect(String(rounded.summary())).toContain("rounded to at most 300 numbers each");
    expect(String(exact.summary())).not.toContain("rounded");
    expect(GamModel.fromJSON(JSON.parse(JSON.stringify(rounded))).fit.cells).toBe(300);
    expect(fitGam(formula, table, { discretize: true }).fit.cells).toBe(1000);
  });

  it("leaves covariates of few different numbers as they are", () => {
    const few = 'y ~ s(whole, bs = "cr") + z';
    const one = fitGam(few, table);
    const other = fitGam(few, table, { discretize: 40 });
    expect([...other.predict(table)]).toEqual([...one.predict(table)]);
  });

  it.each([[0], [19], [100.5], ["yes"], [NaN]])("refuses %j", (discretize) => {
    expect(() => fitGam(formula, table, { discretize: discretize as number })).toThrow(/discretize must be true, false or a whole number/);
  });
});
