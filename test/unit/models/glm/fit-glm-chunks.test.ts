import { describe, expect, test } from "vitest";
import { fitGlm, fitGlmChunks, negativeBinomial, tweedie } from "../../../../src/models/index.ts";
import type { FamilyLike, GlmChunkOptions, GlmModel } from "../../../../src/models/index.ts";
import { createRandom } from "../../../../src/numeric/index.ts";
import { Table } from "../../../../src/table/index.ts";

const random = createRandom(8);
const numRows = 700;
const regions = ["north", "south", "west"];
const table = Table.fromRecords(
  Array.from({ length: numRows }, (_, row) => {
    const age = 20 + 50 * random.next();
    const region = regions[random.integer(3)];
    const years = 0.5 + random.next();
    const mean = years * Math.exp(-1 + 0.02 * age + (region === "west" ? 0.5 : 0));
    const claims = Math.floor(mean * 2 * random.next() + random.next());
    return {
      age: row === 411 ? null : age,
      region,
      years,
      claims,
      cost: 0.1 + mean * random.next(),
      any: claims > 1,
      cases: 1 + random.integer(3),
    };
  }),
);

/** Parts of uneven size, one of them of rows that miss something alone. */
const cuts = [0, 1, 250, 411, 412, 700];
function* parts(): Generator<Table> {
  for (let part = 1; part < cuts.length; part++) yield table.rows(cuts[part - 1], cuts[part]);
}

/** Sums in another order differ by rounding: some 1e-16 of each, times the conditioning of the design. */
const ROUNDING = 1e-10;

function expectSame(one: GlmModel, other: GlmModel): void {
  const near = (a: number | null, b: number | null, what: string): void => {
    expect(Math.abs((a ?? 0) - (b ?? 0)), what).toBeLessThan(ROUNDING * Math.max(1, Math.abs(b ?? 0)));
    expect(a === null, what).toBe(b === null);
  };
  expect(one.coefficients.map(({ name }) => name)).toEqual(other.coefficients.map(({ name }) => name));
  one.coefficients.forEach(({ estimate, standardError, pValue }, j) => {
    near(estimate, other.coefficients[j].estimate, `estimate ${j}`);
    near(standardError, other.coefficients[j].standardError, `standard error ${j}`);
    near(pValue, other.coefficients[j].pValue, `p-value ${j}`);
  });
  for (const what of [
    "deviance",
    "nullDeviance",
    "dispersion",
    "logLikelihood",
    "aic",
    "residualDegreesOfFreedom",
    "numObservations",
  ] as const) {
    near(one[what], other[what], what);
  }
  one.fit.columnMeans.forEach((mean, j) => near(mean, other.fit.columnMeans[j], `mean ${j}`));
  const old = table.rows(0, 5);
  one.predictTerms(old).values.forEach((value, cell) => near(value, other.predictTerms(old).values[cell], `term ${cell}`));
}

describe("chunks give the model of all rows together", () => {
  const cases: [string, string, GlmChunkOptions & { family: FamilyLike }][] = [
    ["poisson with exposure", "claims ~ age + region", { family: "poisson", exposure: "years" }],
    ["poisson with an offset in the formula", "claims ~ age * region + offset(log(years))", { family: "poisson" }],
    ["gaussian with weights", "cost ~ age + I(age^2) + region", { family: "gaussian", weights: "years" }],
    ["gaussian with frequencies", "cost ~ age", { family: "gaussian", frequencies: "cases" }],
    ["gamma with the log link", "cost ~ age + region", { family: "gamma", link: "log" }],
    ["inverse gaussian with weights", "cost ~ age", { family: "inverseGaussian", link: "log", weights: "years" }],
    ["binomial of two levels", "any ~ age + region", { family: "binomial", link: "probit" }],
    ["negative binomial with theta", "claims ~ age + region", { family: negativeBinomial({ theta: 2 }) }],
    ["tweedie with power", "cost ~ age", { family: tweedie({ power: 1.5 }) }],
    ["without intercept", "cost ~ 0 + region + age", { family: "gaussian" }],
    ["with sum contrasts", "claims ~ region", { family: "poisson", contrasts: { region: "sum" } }],
    ["with Firth's prior", "any ~ age", { family: "binomial", biasReduction: "firth" }],
    ["with bounds", "claims ~ age + region", { family: "poisson", constraints: { bounds: { regionwest: [0, 0.1] } } }],
  ];
  test.each(cases)("%s", async (_, formula, options) => {
    expectSame(await fitGlmChunks(formula, parts, options), fitGlm(formula, table, options));
  });
});

describe("chunks", () => {
  test("may come later", async () => {
    const later = async function* (): AsyncGenerator<Table> {
      for (const part of parts()) yield await Promise.resolve(part);
    };
    expectSame(await fitGlmChunks("claims ~ age", later, { family: "poisson" }), fitGlm("claims ~ age", table, { family: "poisson" }));
  });

  test("tell what was left out, and keep no data", async () => {
    const model = await fitGlmChunks("claims ~ age", parts, { family: "poisson" });
    expect(model.warnings.map(({ name }) => name)).toEqual(["missingRows"]);
    expect(model.fit.training).toBeNull();
    expect(() => model.residuals()).toThrow(/training data/);
  });

  test("name aliased columns", async () => {
    const model = await fitGlmChunks("claims ~ age + I(2 * age) + region", parts, { family: "poisson" });
    expect(model.coefficients[2]).toMatchObject({ name: "I(2 * age)", aliased: true, estimate: null });
  });

  test("that separate are told of", async () => {
    const split = (): Table[] =>
      [0, 1].map((half) => Table.fromRecords(Array.from({ length: 20 }, (_, i) => ({ x: 20 * half + i, y: half === 1 }))));
    const model = await fitGlmChunks("y ~ x", split, { family: "binomial" });
    expect(model.warnings.map(({ name }) => name)).toContain("separationSuspected");
  });

  test.each([
    ["chunks", /chunks must be a function/, (): unknown => fitGlmChunks("claims ~ age", [table] as never)],
    ["theta", /family must be one whose theta/, (): unknown => fitGlmChunks("claims ~ age", parts, { family: "negativeBinomial" })],
    ["lists", /weights must be the name of a column/, (): unknown => fitGlmChunks("claims ~ age", parts, { weights: [1] as never })],
    ["penalty", /penalty/, (): unknown => fitGlmChunks("claims ~ age", parts, { penalty: { strength: 1 } } as never)],
    ["poly", /poly/, (): unknown => fitGlmChunks("claims ~ poly(age, 2)", parts)],
    ["no chunk", /chunks with rows/, (): unknown => fitGlmChunks("claims ~ age", () => [])],
    [
      "negative counts",
      /at least 0|count/,
      (): unknown => fitGlmChunks("years2 ~ age", () => [{ years2: [-1, 2], age: [1, 2] }], { family: "poisson" }),
    ],
  ])("wrong %s are refused", async (_, message, fit) => {
    await expect(Promise.resolve().then(fit)).rejects.toThrow(message);
  });
});
