import { describe, expect, test } from "vitest";
import { binomial, fitGlm, gamma, GlmModel, poisson } from "../../../../src/models/index.ts";
import { additiveShap } from "../../../../src/shap/index.ts";
import type { AdditiveModel, AdditiveShapOptions } from "../../../../src/shap/index.ts";
import { categorical, Table } from "../../../../src/table/index.ts";
import { messageOf } from "../../../support/message-of.ts";

/** Rounding of sums of a few terms of size 1. */
const ROUNDING = 1e-12;

const region = categorical(["north", "south", "north", "west", "south", "west", "north", "south"], ["north", "south", "west"]);
const data = Table.fromColumns({
  claims: [1, 0, 2, 3, 1, 0, 4, 2],
  age: [20, 30, 40, 50, 25, 35, 45, 60],
  power: [4, 5, 6, 7, 8, 5, 4, 9],
  years: [1, 0.5, 1, 2, 1, 0.25, 1, 1.5],
  region,
}).describe({ age: { label: "Age of the driver", unit: "years" } });

describe("a model without interactions", () => {
  const model = fitGlm("claims ~ age + I(age^2) + region", data, { family: poisson() });
  const explanation = additiveShap(model).explain(data);

  test("gives each column what its terms add, several terms together", () => {
    const { constant, names, values } = model.predictTerms(data);
    expect(names).toEqual(["age", "I(age^2)", "region"]);
    expect(explanation.featureNames).toEqual(["age", "region"]);
    for (let row = 0; row < data.numRows; row++) {
      expect(explanation.value(row, 0)).toBe(values[row * 3] + values[row * 3 + 1]);
      expect(explanation.value(row, 1)).toBe(values[row * 3 + 2]);
      expect(explanation.baseValues[row]).toBe(constant);
    }
  });

  test("says the scale, its unit, the method and the response", () => {
    expect(explanation).toMatchObject({
      scale: "raw",
      units: "log of the mean",
      method: "additive-training-mean",
      background: null,
      outputNames: ["claims"],
    });
    expect([...explanation.predictions]).toEqual([...model.predict(data, { scale: "link" })]);
  });

  test("columns are called as in training where the rows do not say", () => {
    const bare = Table.fromRecords([{ age: 33, region: "south" }]);
    expect(
      additiveShap(model)
        .explain(bare)
        .features.map(({ label }) => label),
    ).toEqual(["Age of the driver", "region"]);
    const own = bare.describe({ age: { label: "Alter" } });
    expect(additiveShap(model).explain(own).features[0].label).toBe("Alter");
  });

  test("a saved model explains the same, as it knows where terms are centred", () => {
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(model)));
    expect([...additiveShap(restored).explain(data).values]).toEqual([...explanation.values]);
  });

  test("groups get the sum of their columns", () => {
    const grouped = additiveShap(model, { groups: { who: ["region", "age"] } }).explain(data);
    expect(grouped.featureNames).toEqual(["who"]);
    grouped.values.forEach((value, row) =>
      expect(Math.abs(value - explanation.value(row, 0) - explanation.value(row, 1))).toBeLessThan(ROUNDING),
    );
  });
});

test.each([
  ["identity", undefined, ""],
  ["log", gamma({ link: "log" }), "log of the mean"],
  ["inverse", gamma(), "inverse of the mean"],
])("the unit of the link %s", (_, family, units) => {
  const positive = Table.fromColumns({ y: [1, 2, 3, 5, 4], x: [1, 2, 3, 4, 5] });
  expect(additiveShap(fitGlm("y ~ x", positive, family ? { family } : {})).explain(positive).units).toBe(units);
});

test("a logistic model is explained in log-odds", () => {
  const coin = Table.fromColumns({ y: [0, 1, 0, 1, 1, 0], x: [1, 2, 3, 4, 5, 6] });
  expect(additiveShap(fitGlm("y ~ x", coin, { family: binomial() })).explain(coin).units).toBe("log-odds");
});

describe("interactions and offsets", () => {
  const model = fitGlm("claims ~ age * region + offset(log(years))", data, { family: poisson() });

  test("are set against the training rows, which the model has kept", () => {
    const explanation = additiveShap(model).explain(data);
    expect(explanation).toMatchObject({
      method: "additive-interventional",
      background: { numRows: 8, totalWeight: 8 },
      warnings: model.warnings,
    });
    const mean = model.predict(data, { scale: "link" }).reduce((sum, value) => sum + value / 8, 0);
    expect(Math.abs(explanation.baseValues[0] - mean)).toBeLessThan(ROUNDING);
  });

  test("an offset is a contribution of its column: what it is beyond its mean", () => {
    const explanation = additiveShap(model).explain(data);
    const years = explanation.featureNames.indexOf("years");
    const column = data.column("years");
    const logs = column.kind === "numeric" ? column.values.map(Math.log) : new Float64Array(0);
    const mean = logs.reduce((sum, value) => sum + value / 8, 0);
    logs.forEach((value, row) => expect(Math.abs(explanation.value(row, years) - (value - mean))).toBeLessThan(ROUNDING));
  });

  test("an interaction within a group stays whole", () => {
    const options = { groups: { both: ["age", "region"] } };
    const [value] = additiveShap(model, options).explain(data.rows(0, 1)).values;
    const { names, values } = model.predictTerms(data);
    const sums = Array.from({ length: 8 }, (_, row) => names.reduce((sum, __, t) => sum + values[row * names.length + t], 0));
    expect(Math.abs(value - (sums[0] - sums.reduce((sum, one) => sum + one / 8, 0)))).toBeLessThan(ROUNDING);
  });

  test("a model without its rows wants a background", () => {
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(messageOf(() => additiveShap(restored))).toBe(
      "additiveShap: background must be given, because the model has interactions, offsets or no intercept, and has not kept its training rows; got nothing. Pass `background`: the training rows, or a sample of them.",
    );
    const given = additiveShap(restored, { background: data }).explain(data);
    expect([...given.values]).toEqual([...additiveShap(model).explain(data).values]);
  });

  test("terms ask the model about no crossed rows; offsets about distinct combinations alone", () => {
    expect(countRows("claims ~ age * region + age:power")).toBe(2 * data.numRows);
    const rows = Table.fromColumns({ age: [20, 30, 30, 40], power: [4, 4, 5, 5] });
    expect(countRows("claims ~ I(age * power)", rows)).toBe(data.numRows + rows.numRows);
    // An offset is no term. No column known: 1 × 8 pairs; age: 3 × 6 powers; power: 2 × 8 ages; both: 4 × 1.
    expect(countRows("claims ~ age + offset(age * power / 1000)", rows)).toBe(data.numRows + rows.numRows + 8 + 3 * 6 + 2 * 8 + 4);
  });

  /** How many rows the model is asked about, background and explained ones included. */
  function countRows(formula: string, rows: Table = data): number {
    const fitted = fitGlm(formula, data);
    let asked = 0;
    const counted: AdditiveModel = {
      terms: fitted.terms,
      inputs: fitted.inputs,
      family: fitted.family,
      warnings: fitted.warnings,
      fit: fitted.fit,
      predict: (table, options) => fitted.predict(table, options),
      predictTerms: (table) => {
        asked += table instanceof Table ? table.numRows : 0;
        return fitted.predictTerms(table);
      },
    };
    additiveShap(counted).explain(rows);
    return asked;
  }
});

test("without an intercept the base value is the mean over the training rows", () => {
  const model = fitGlm("claims ~ 0 + age", data);
  const { baseValues, values } = additiveShap(model).explain(data);
  const [slope] = model.coefficients.map(({ estimate }) => estimate ?? NaN);
  expect(Math.abs(baseValues[0] - slope * (305 / 8))).toBeLessThan(ROUNDING);
  expect(Math.abs(values[0] - slope * (20 - 305 / 8))).toBeLessThan(ROUNDING);
});

test("an aliased column contributes nothing", () => {
  const doubled = Table.of([...data.columns, { ...data.column("age"), name: "again" }]);
  const explanation = additiveShap(fitGlm("claims ~ age + again + region:again", doubled)).explain(doubled);
  expect(explanation.values.every(Number.isFinite)).toBe(true);
  expect(explanation.warnings.map(({ name }) => name)).not.toContain("additivity");
});

describe("refuses", () => {
  const model = fitGlm("claims ~ age", data);

  test.each<[unknown, string]>([
    [
      {},
      "model must be a GlmModel; got an object of type Object. Fit one with fitGlm; for trees use treeShap, for any other model exactShap.",
    ],
    [null, "model must be a GlmModel; got null. Fit one with fitGlm; for trees use treeShap, for any other model exactShap."],
  ])("the model %j", (wrong, message) => {
    expect(messageOf(() => additiveShap(wrong as AdditiveModel))).toBe(`additiveShap: ${message}`);
  });

  test.each<[unknown, string]>([
    [null, "options must be an object; got null. Leave it out for the training rows."],
    [
      { output: "raw" },
      'options must be made of "background", "backgroundWeights", "groups"; got "output". Correct the name, or leave it out.',
    ],
    [
      { backgroundWeights: [1] },
      "backgroundWeights must be given together with background; got weights alone. Pass the background rows too.",
    ],
    [{ groups: { g: ["claims"] } }, 'group "g" must be made of the model\'s columns ("age"); got "claims". Correct the name.'],
  ])("the options %j", (options, message) => {
    expect(messageOf(() => additiveShap(model, options as AdditiveShapOptions))).toBe(`additiveShap: ${message}`);
  });

  test("a background or rows without a column, and no rows", () => {
    const power = data.select(["power"]);
    const mend = "Give the columns of the training data.";
    expect(messageOf(() => additiveShap(model, { background: power }))).toBe(
      `additiveShap background: data must be a table with the columns that the model reads; got one without "age". ${mend}`,
    );
    expect(messageOf(() => additiveShap(model).explain(power))).toBe(
      `additiveShap.explain: data must be a table with the columns that the model reads; got one without "age". ${mend}`,
    );
    expect(messageOf(() => additiveShap(model).explain(data.rows(0, 0)))).toBe(
      "additiveShap.explain: data must be at least one row; got none. Check where the rows come from.",
    );
  });

  test("a term of more columns than can be enumerated", () => {
    const names = Array.from({ length: 17 }, (_, k) => `x${k}`);
    const wide = Table.fromColumns(Object.fromEntries(["y", ...names].map((name, k) => [name, [k, k + 1, 2 * k, 3]])));
    expect(messageOf(() => additiveShap(fitGlm(`y ~ ${names.join(":")}`, wide)))).toBe(
      `additiveShap: model must be made of terms of at most 16 columns; got 17 at the term ${names.join(":")}. Put columns of the term together with \`groups\`.`,
    );
  });
});
