import { describe, expect, test } from "vitest";
import { surfaceChart } from "../../../../src/charts/index.ts";
import { fitGlm, GlmModel, surfaceEffect } from "../../../../src/models/index.ts";
import type { SurfaceEffectOptions } from "../../../../src/models/index.ts";
import { createRandom, studentT } from "../../../../src/numeric/index.ts";
import { Table } from "../../../../src/table/index.ts";
import { renderSvg } from "../../../../src/report/render-svg.ts";
import { messageOf } from "../../../support/message-of.ts";

/** Rounding of short sums of numbers of size 100. */
const ROUNDING = 1e-8;

const random = createRandom(11);
const rows = Array.from({ length: 150 }, () => ({ east: 10 * random.next(), north: 100 + 4 * random.next(), age: 60 * random.next() }));
const data = Table.fromRecords(
  rows.map((row) => ({
    ...row,
    price: 50 + (row.east - 5) * (row.north - 102) + 0.1 * row.age + random.next(),
    claims: random.integer(4),
  })),
).describe({ east: { label: "East", unit: "km" }, north: { label: "North", unit: "km" } });

const near = (found: number, wanted: number): void => expect(Math.abs(found - wanted)).toBeLessThan(ROUNDING * (1 + Math.abs(wanted)));

describe("of a linear model", () => {
  const model = fitGlm("price ~ poly(east, 2) * north + age", data);
  const effect = surfaceEffect(model, ["east", "north"], { points: 7 });

  test("it is the sum of what the terms of both columns add against the average row", () => {
    expect(effect).toMatchObject({
      label: "East and North",
      scale: "link",
      unitsLabel: "",
      x: { label: "East", unit: "km" },
      y: { label: "North" },
    });
    expect(effect.estimates).toHaveLength(49);
    const places = effect.y.values.flatMap((north) => effect.x.values.map((east) => ({ east, north, age: 30 })));
    const { names, values } = model.predictTerms(Table.fromRecords(places));
    effect.estimates.forEach((estimate, k) => {
      const own = names.reduce((sum, name, t) => (name === "age" ? sum : sum + values[k * names.length + t]), 0);
      near(estimate, own);
    });
  });

  test("intervals are those of the difference, with the covariance of all its terms", () => {
    const own = fitGlm("price ~ poly(east, 2) * north", data);
    const { x, y, estimates, lows, highs, confidence } = surfaceEffect(own, "poly(east, 2):north", { points: 5 });
    expect(confidence).toBe(0.95);
    const places = y.values.flatMap((north) => x.values.map((east) => ({ east, north })));
    const { standardErrors } = own.predictWithErrors(Table.fromRecords(places));
    const half = studentT.quantile(0.975, own.residualDegreesOfFreedom);
    // A prediction is the mean plus the difference, and in least squares the two are independent.
    const variances = standardErrors.map((error) => error ** 2 - own.dispersion / rows.length);
    estimates.forEach((estimate, k) => {
      near(lows?.[k] ?? NaN, estimate - half * Math.sqrt(variances[k]));
      near(highs?.[k] ?? NaN, estimate + half * Math.sqrt(variances[k]));
    });
  });

  test("axes run from the smallest to the largest value, and cases are the rows", () => {
    const east = rows.map((row) => row.east);
    expect([effect.x.values[0], effect.x.values[6]]).toEqual([Math.min(...east), Math.max(...east)]);
    expect(effect.cases?.x).toEqual(east);
    expect(surfaceEffect(model, ["north", "east"], { points: 3 }).x.label).toBe("North");
    const few = surfaceEffect(model, ["east", "north"], { data: data.rows(0, 2), points: 21, reach: 0.05 });
    expect(few.isFar?.filter((isFar) => !isFar).length).toBeLessThan(20);
    expect(few.cases?.y).toEqual([rows[0].north, rows[1].north]);
  });

  test("it can be drawn", async () => {
    expect(await renderSvg(surfaceChart(effect))).toContain("East (km)");
  });

  test("restored without its rows it has no cases; its axes are those of the training range", () => {
    const restored = surfaceEffect(GlmModel.fromJSON(JSON.parse(JSON.stringify(model))), ["east", "north"], { points: 7 });
    expect(restored.cases).toBeUndefined();
    expect(restored.isFar).toBeUndefined();
    restored.estimates.forEach((estimate, k) => near(estimate, effect.estimates[k]));
  });
});

test("of a log link it multiplies, or changes by per cent", () => {
  const model = fitGlm("claims ~ east * north", data, { family: "poisson" });
  const [link, factor, percent] = (["link", "factor", "percent"] as const).map((scale) =>
    surfaceEffect(model, ["east", "north"], { scale, points: 4 }),
  );
  expect(surfaceEffect(model, ["east", "north"]).scale).toBe("factor");
  expect([link, factor, percent].map(({ unitsLabel }) => unitsLabel)).toEqual(["log of the mean", "relativity", "%"]);
  link.estimates.forEach((estimate, k) => {
    near(factor.estimates[k], Math.exp(estimate));
    near(percent.estimates[k], 100 * (factor.estimates[k] - 1));
    near(factor.lows?.[k] ?? NaN, Math.exp(link.lows?.[k] ?? NaN));
  });
});

test("a penalized fit has a surface without intervals", () => {
  const model = fitGlm("price ~ east * north", data, { penalty: { strength: 0.1, l1Ratio: 0 } });
  expect(surfaceEffect(model, ["east", "north"])).toMatchObject({ lows: null, highs: null });
});

const model = fitGlm("price ~ east * north + age", data);
const pair = ["east", "north"] as const;

test.each<[unknown, SurfaceEffectOptions, string]>([
  [
    ["east", "age"],
    {},
    'columns must be two numeric columns that a term of the model reads together, or the label of that term; got an array of 2. Terms of two columns are "east:north".',
  ],
  [
    "age",
    {},
    'columns must be two numeric columns that a term of the model reads together, or the label of that term; got "age". Terms of two columns are "east:north".',
  ],
  [pair, { points: 1 }, "points must be a whole number from 2 to 200; got 1. Leave it out for 40."],
  [pair, { reach: 2 }, "reach must be a number from 0 to 1; got 2. Leave it out for 0.1."],
  [pair, { confidence: 1 }, "confidence must be a number between 0 and 1; got 1. Leave it out for 0.95."],
  [
    pair,
    { scale: "factor" },
    'scale must be "link" for the link "identity"; got "factor". Multiples belong to the links log, logit and cloglog.',
  ],
  [
    pair,
    { data: { east: [1] } },
    'data must be a table with the numeric column "north"; got none of this name. Give rows with the columns of the training data, or leave it out.',
  ],
])("refuses %j with %j", (columns, options, message) => {
  expect(messageOf(() => surfaceEffect(model, columns as readonly [string, string], options))).toBe(`surfaceEffect: ${message}`);
});

test("a model without such a term says where to look", () => {
  const plain = fitGlm("price ~ east + north", data);
  expect(messageOf(() => surfaceEffect(plain, ["east", "north"]))).toContain("The model has no term of two columns; see termEffect.");
});
