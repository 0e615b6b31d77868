import { describe, expect, test } from "vitest";
import { fitGam, fitGamChunks, GamModel, negativeBinomial } from "../../../../src/models/index.ts";
import type { GamChunkOptions } from "../../../../src/models/index.ts";
import { createRandom } from "../../../../src/numeric/index.ts";
import { Table } from "../../../../src/table/index.ts";

const random = createRandom(12);
const numRows = 2500;
const regions = ["north", "south", "west"];
const table = Table.fromRecords(
  Array.from({ length: numRows }, (_, row) => {
    const age = 20 + 50 * random.next();
    const power = 3 * random.next() ** 2;
    const region = regions[random.integer(3)];
    const years = 0.5 + random.next();
    const curve = Math.sin(age / 8) + (region === "west" ? 0.5 * power : 0);
    const claims = Math.floor(-2 * years * Math.exp(0.3 * curve) * Math.log(1 - random.next()));
    return {
      age: row === 1411 ? null : age,
      hour: Math.floor(24 * random.next()),
      power,
      region,
      years,
      claims,
      cost: curve + 4 + 2 * random.next(),
      any: claims > 1,
      old: age > 40,
    };
  }),
);

/** Parts of uneven size, one of them of a row that misses something alone. */
const cuts = [0, 1, 950, 1411, 1412, numRows];
function* parts(): Generator<Table> {
  for (let part = 1; part < cuts.length; part++) yield table.rows(cuts[part - 1], cuts[part]);
}

/** Sums in another order differ by some 1e-16 of each; the search ends where the criterion cannot fall by more than 1e-9. */
const SEARCHED = 1e-5;

function expectSame(one: GamModel, other: GamModel): void {
  const near = (a: number | null, b: number | null, what: string): void => {
    expect(a === null, what).toBe(b === null);
    expect(Math.abs((a ?? 0) - (b ?? 0)), what).toBeLessThan(SEARCHED * Math.max(1, Math.abs(b ?? 0)));
  };
  expect(one.fit.recipe.columnNames).toEqual(other.fit.recipe.columnNames);
  expect(one.smooths.map(({ label, size }) => [label, size])).toEqual(other.smooths.map(({ label, size }) => [label, size]));
  one.smooths.forEach(({ effectiveDegreesOfFreedom, statistic, pValue }, j) => {
    near(effectiveDegreesOfFreedom, other.smooths[j].effectiveDegreesOfFreedom, `degrees of freedom ${j}`);
    near(statistic, other.smooths[j].statistic, `statistic ${j}`);
    near(pValue, other.smooths[j].pValue, `p-value ${j}`);
  });
  for (const what of ["criterion", "deviance", "nullDeviance", "scale", "logLikelihood", "adjustedRSquared", "numObservations"] as const) {
    near(one[what], other[what], what);
  }
  const some = table.rows(0, 40);
  const [mine, theirs] = [one, other].map((model) => model.predictWithErrors(some, { scale: "link" }));
  mine.values.forEach((value, row) => near(value, theirs.values[row], `row ${row}`));
  mine.standardErrors.forEach((value, row) => near(value, theirs.standardErrors[row], `standard error ${row}`));
}

describe("chunks give the model of all rows together", () => {
  const cases: [string, string, GamChunkOptions][] = [
    ["poisson with exposure", 'claims ~ region + s(age, bs = "cr") + s(power, bs = "ps")', { family: "poisson", exposure: "years" }],
    ["gaussian with weights", 'cost ~ s(age, bs = "cr") + s(hour, bs = "cc", k = 6)', { weights: "years" }],
    ["thin plates and a product", "cost ~ s(power, k = 5) + te(age, power, k = 4)", {}],
    ["curves by level", 'cost ~ region + s(power, by = region, bs = "cr", k = 5) + s(age, bs = "cr")', {}],
    ["curves by a number", 'cost ~ s(age, by = years, bs = "cr", k = 5) + s(age, bs = "cr", k = 6)', { family: "gamma", link: "log" }],
    ["random effects and slopes", 'claims ~ s(region, bs = "re") + s(region, power, bs = "re") + s(age, k = 6)', { family: "poisson" }],
    ["curves of levels as effects", 'claims ~ s(power, region, bs = "fs", k = 4) + age', { family: "quasipoisson" }],
    ["binomial by marginal likelihood", 'any ~ s(age, bs = "cr") + offset(0.1 * power)', { family: "binomial", method: "ML" }],
    ["generalized cross-validation", 'claims ~ s(age, bs = "cr") + s(power, bs = "cr")', { family: "quasipoisson", method: "GCV" }],
    ["theta", 'claims ~ s(age, bs = "cr")', { family: negativeBinomial() }],
    ["linked smooths", 'cost ~ s(age, bs = "cr", id = 1) + s(power, bs = "cr", id = 1)', {}],
  ];
  test.each(cases)("%s", async (_, formula, options) => {
    const chunked = await fitGamChunks(formula, parts, { ...options, discretize: 60 });
    expectSame(chunked, fitGam(formula, table, { ...options, discretize: 60 }));
    expect(chunked.fit.training).toBeNull();
    expect(chunked.fit.cells).toBe(60);
    expect(chunked.warnings.map(({ name }) => name)).toContain("missingRows");
  });

  test("with the uncertainty of the smoothing, where it is wanted", async () => {
    const formula = 'claims ~ s(age, bs = "cr") + s(power, bs = "cr", k = 5)';
    const options = { family: "poisson", discretize: 60 } as const;
    const whole = fitGam(formula, table, options);
    const chunked = await fitGamChunks(formula, parts, { ...options, unconditional: true });
    expect(Math.abs(chunked.aic! - whole.aic!)).toBeLessThan(1e-4);
    chunked.unconditionalCovariance!.forEach((value, cell) => expect(value).toBeCloseTo(whole.unconditionalCovariance![cell], 5));
    const plain = await fitGamChunks(formula, parts, options);
    expect(plain.unconditionalCovariance).toBeNull();
  });

  test("with a warning where means run to the end of their range", async () => {
    const model = await fitGamChunks('old ~ s(power, bs = "cr", k = 5) + age', parts, { family: "binomial" });
    expect(model.warnings.map(({ name }) => name)).toContain("separationSuspected");
  });

  test("from chunks that come later, and restored from JSON", async () => {
    const later = async function* (): AsyncGenerator<Table> {
      for (const part of parts()) yield await Promise.resolve(part);
    };
    const model = await fitGamChunks('cost ~ s(age, bs = "cr")', later, { discretize: 60 });
    const some = table.rows(0, 9);
    expect(GamModel.fromJSON(JSON.parse(JSON.stringify(model))).predict(some)).toEqual(model.predict(some));
  });
});

describe("fitGamChunks refuses", () => {
  const formula = 'cost ~ s(age, bs = "cr")';
  test.each([
    [{ discretize: false }, /discretize must be/],
    [{ discretize: 3 }, /discretize must be/],
    [{ keepData: true }, /keepData/],
    [{ unconditional: "yes" }, /unconditional must be true or false/],
    [{ weights: [1, 2] }, /weights must be the name of a column/],
    [{ metod: "REML" }, /"metod"/],
  ])("%j", async (options, message) => {
    await expect(fitGamChunks(formula, parts, options as object)).rejects.toThrow(message);
  });

  test("what is no function, smooths of too few numbers, and more coefficients than rows", async () => {
    await expect(fitGamChunks(formula, [table] as never)).rejects.toThrow(/chunks must be a function/);
    await expect(fitGamChunks("cost ~ s(hour, k = 40)", parts)).rejects.toThrow(/k of at most the number of distinct values, 24/);
    await expect(fitGamChunks('cost ~ s(age, bs = "cr")', () => [table.rows(0, 8)])).rejects.toThrow(/fitGamChunks/);
    await expect(fitGamChunks(formula, () => [])).rejects.toThrow(/chunks/);
  });
});
