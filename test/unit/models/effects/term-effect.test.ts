import { describe, expect, test } from "vitest";
import { termChart } from "../../../../src/charts/index.ts";
import { fitGam, fitGlm, GamModel, GlmModel, poisson, termEffect } from "../../../../src/models/index.ts";
import type { TermEffect, TermEffectOptions } from "../../../../src/models/index.ts";
import { createRandom, normal, studentT } from "../../../../src/numeric/index.ts";
import { categorical, Table, type NumericColumn } from "../../../../src/table/index.ts";
import { renderSvg } from "../../../../src/report/render-svg.ts";
import { messageOf } from "../../../support/message-of.ts";

/** Rounding of short sums of numbers of size 100. */
const ROUNDING = 1e-9;

const random = createRandom(7);
const rows = Array.from({ length: 200 }, () => random.next());
const regions = ["north", "south", "west"];
const data = Table.fromColumns({
  claims: rows.map((u) => Math.floor(4 * u * random.next())),
  age: rows.map(() => 18 + 60 * random.next()),
  doors: rows.map(() => 2 + random.integer(4)),
  years: rows.map(() => 0.5 + random.next()),
  region: categorical(
    rows.map((_, row) => (row < 3 ? regions[row] : regions[random.integer(10) < 7 ? 1 : random.integer(3)])),
    regions,
  ),
}).describe({ age: { label: "Age", unit: "years" }, region: { label: "Region", levels: { south: "The South" } } });

const near = (found: number | null, wanted: number): void =>
  expect(Math.abs((found ?? NaN) - wanted)).toBeLessThan(ROUNDING * (1 + Math.abs(wanted)));

describe("of a factor", () => {
  const model = fitGlm("claims ~ age + region", data, { family: poisson() });
  const effect = termEffect(model, "region");

  test("levels are compared with the reference level of the fit, as the coefficients are", () => {
    expect(effect).toMatchObject({ label: "Region", kind: "categorical", scale: "factor", unitsLabel: "relativity", reference: "north" });
    expect(effect.points.map(({ x }) => x)).toEqual(["north", "The South", "west"]);
    const z = normal.quantile(0.975);
    model.coefficients.slice(2).forEach(({ estimate, standardError }, k) => {
      const { estimate: found, low, high } = effect.points[k + 1];
      near(found, Math.exp(estimate ?? NaN));
      near(low, Math.exp((estimate ?? NaN) - z * (standardError ?? NaN)));
      near(high, Math.exp((estimate ?? NaN) + z * (standardError ?? NaN)));
    });
    expect(effect.points[0]).toMatchObject({ estimate: 1, low: 1, high: 1 });
  });

  test("another reference, by name or by label, divides by its level", () => {
    for (const reference of ["south", "The South"]) {
      const other = termEffect(model, "region", { reference });
      expect(other.reference).toBe("The South");
      other.points.forEach(({ estimate }, k) => near(estimate, effect.points[k].estimate / effect.points[1].estimate));
    }
  });

  test("cases are counted, unless no rows are known", () => {
    const column = data.column("region");
    const codes = column.kind === "categorical" ? [...column.codes] : [];
    expect(effect.points.map(({ n }) => n)).toEqual(regions.map((_, code) => codes.filter((each) => each === code).length));
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(model)));
    const uncounted = termEffect(restored, "region").points;
    expect(uncounted.map((point) => Object.hasOwn(point, "n"))).toEqual([false, false, false]);
    expect(uncounted).toEqual(effect.points.map(({ x, estimate, low, high }) => ({ x, estimate, low, high })));
    expect(termEffect(restored, "region", { data: data.rows(0, 3) }).points.map(({ n }) => n)).toEqual([1, 1, 1]);
  });

  test("numbers that are taken for levels are levels", () => {
    const found = termEffect(fitGlm("claims ~ factor(doors)", data), "doors", { reference: 3 });
    expect(found).toMatchObject({ kind: "categorical", reference: "3", scale: "link" });
    expect(found.points.map(({ x, estimate }) => [x, estimate === 0])).toEqual([
      ["2", false],
      ["3", true],
      ["4", false],
      ["5", false],
    ]);
    expect(found.points.reduce((sum, { n = 0 }) => sum + n, 0)).toBe(200);
  });
});

describe("of a number", () => {
  test("all terms that read the column count together, with the covariance of their coefficients", () => {
    const model = fitGlm("claims ~ age + I(age^2) + region", data);
    const effect = termEffect(model, "age", { reference: 40, points: 11, confidence: 0.9 });
    const [, b1, b2] = model.coefficients.map(({ estimate }) => estimate ?? NaN);
    const V = (i: number, j: number): number => model.covariance[i * 5 + j];
    const t = studentT.quantile(0.95, model.residualDegreesOfFreedom);
    expect(effect).toMatchObject({
      label: "Age",
      unit: "years",
      kind: "numeric",
      scale: "link",
      unitsLabel: "",
      reference: 40,
      confidence: 0.9,
    });
    expect(effect.points).toHaveLength(12);
    for (const { x, estimate, low, high } of effect.points) {
      const [d1, d2] = [Number(x) - 40, Number(x) ** 2 - 1600];
      const error = Math.sqrt(d1 * d1 * V(1, 1) + 2 * d1 * d2 * V(1, 2) + d2 * d2 * V(2, 2));
      near(estimate, d1 * b1 + d2 * b2);
      near(low, d1 * b1 + d2 * b2 - t * error);
      near(high, d1 * b1 + d2 * b2 + t * error);
    }
  });

  test("by default it is compared with the median, over the values that occur", () => {
    const model = fitGlm("claims ~ age + doors", data, { family: poisson() });
    const column = data.column("age");
    const sorted = column.kind === "numeric" ? column.values.toSorted() : new Float64Array(0);
    const effect = termEffect(model, "age");
    expect(effect.reference).toBe(sorted[99]);
    expect([effect.points[0].x, effect.points.at(-1)?.x]).toEqual([sorted[0], sorted[199]]);
    expect(effect.points.reduce((sum, { n = 0 }) => sum + n, 0)).toBe(200);
    expect(termEffect(model, "doors").points.map(({ x }) => x)).toEqual([2, 3, 4, 5]);
    const part = termEffect(model, "age", { range: [30, 50], points: 5 });
    expect(part.points.filter(({ x }) => x !== effect.reference).map(({ x }) => x)).toEqual([30, 35, 40, 45, 50]);
  });

  test("per cent are changes, and a saved model knows the range", () => {
    const model = fitGlm("claims ~ age", data, { family: poisson() });
    const restored = GlmModel.fromJSON(JSON.parse(JSON.stringify(model)));
    const effect = termEffect(restored, "age", { scale: "percent", points: 3 });
    const slope = model.coefficients[1].estimate ?? NaN;
    expect(effect.unitsLabel).toBe("%");
    near(effect.points[2].estimate, 100 * (Math.exp(slope * (Number(effect.points[2].x) - Number(effect.reference))) - 1));
    expect(effect.points[0].n).toBeUndefined();
  });

  test("an offset that reads the column counts", () => {
    const model = fitGlm("claims ~ age + offset(log(years))", data, { family: poisson() });
    for (const { x, estimate } of termEffect(model, "years", { reference: 1 }).points) near(estimate, Number(x));
  });

  test("the label of a term that reads one column names it", () => {
    const model = fitGlm("claims ~ poly(age, 2)", data);
    expect(termEffect(model, "poly(age, 2)")).toEqual(termEffect(model, "age"));
  });
});

describe("of a column with interactions", () => {
  const model = fitGlm("claims ~ age * region + doors", data, { family: poisson() });

  test("the others stand at a typical case, or where they are put, and the label says so", () => {
    const [slope, west] = [1, 6].map((position) => model.coefficients[position].estimate ?? NaN);
    expect(model.coefficients[6].name).toBe("age:regionwest");
    expect(termEffect(model, "age").label).toBe("Age, where Region is The South");
    const effect = termEffect(model, "age", { at: { region: "west" }, reference: 30, range: [20, 40], points: 2 });
    expect(effect.label).toBe("Age, where Region is west");
    near(effect.points[2].estimate, Math.exp(10 * (slope + west)));
    expect(termEffect(model, "region", { at: { age: 33.333 } }).label).toBe("Region, where Age is 33.3 years");
  });

  test("effects can be drawn as they are", async () => {
    for (const column of ["age", "region", "doors"]) expect(await renderSvg(termChart(termEffect(model, column)))).toContain("<svg");
  });
});

test("a fit without standard errors leaves intervals out", () => {
  const constraints = { bounds: { age: [0, 1] } } as const;
  const effect = termEffect(fitGlm("claims ~ age", data, { constraints }), "age", { points: 2 });
  expect(effect.points.every(({ low, high }) => low === null && high === null)).toBe(true);
});

describe("refuses", () => {
  const model = fitGlm("claims ~ age + region", data, { family: poisson() });

  test.each<[string, TermEffectOptions, string]>([
    ["agee", {}, 'column must be a column that the model reads ("age", "region"); got "agee". Did you mean "age"?'],
    [
      "age",
      { scale: "odds" as never },
      'scale must be "link", "factor" or "percent"; got "odds". Leave it out for the scale that goes with the link.',
    ],
    ["age", { confidence: 95 }, "confidence must be a number between 0 and 1; got 95. Leave it out for 0.95."],
    ["age", { points: 1 }, "points must be a whole number from 2 to 10000; got 1. Leave it out for 61."],
    ["age", { reference: "old" }, 'reference must be a finite number; got "old". Leave it out for the median.'],
    ["age", { range: [3, 3] }, "range must be two finite numbers, the lower first; got an array of 2. Leave it out for all values."],
    ["region", { range: [3, 4] }, "range must be left out for levels; got an array of 2. It is for numbers."],
    [
      "region",
      { reference: "east" },
      'reference must be one of the levels "north", "south", "west"; got "east". Leave it out for the fit\'s own.',
    ],
    ["age", { at: { age: 3 } }, 'at must be made of other columns of the model ("region"); got "age". Correct the name, or leave it out.'],
    [
      "age",
      { at: { region: "east" } },
      'at["region"] must be one of the levels "north", "south", "west"; got "east". Leave it out for a typical value.',
    ],
    ["region", { at: { age: "old" } }, 'at["age"] must be a finite number; got "old". Leave it out for a typical value.'],
    [
      "age",
      { data: { age: [1] } },
      'data must be a table with the categorical column "region"; got none of this name. Give rows with the columns of the training data, or leave it out.',
    ],
  ])("%s with %j", (column, options, message) => {
    expect(messageOf(() => termEffect(model, column, options))).toBe(`termEffect: ${message}`);
  });

  test("multiples for a link that has none, and what is no model", () => {
    const linear = fitGlm("claims ~ age", data);
    expect(messageOf(() => termEffect(linear, "age", { scale: "factor" }))).toBe(
      'termEffect: scale must be "link" for the link "identity"; got "factor". Multiples belong to the links log, logit and cloglog.',
    );
    expect(messageOf(() => termEffect({} as GlmModel, "age"))).toBe(
      "termEffect: model must be a GlmModel or a GamModel; got an object of type Object. Fit one with fitGlm or fitGam.",
    );
  });
});

describe("of a curve, on request", () => {
  const model = fitGam('claims ~ region + s(age, bs = "cr", k = 8)', data, { family: poisson() });

  /** How many times as far the wider intervals reach, on the link scale, at each point that has one. */
  const widths = (found: TermEffect): number[] =>
    found.points.flatMap(({ estimate, low, high, simultaneous }) => {
      const [wideLow, wideHigh] = simultaneous!;
      expect(wideLow).toBeLessThanOrEqual(low!);
      expect(wideHigh).toBeGreaterThanOrEqual(high!);
      return high! > estimate + 1e-6 ? [(wideHigh - estimate) / (high! - estimate)] : [];
    });

  test("come intervals of the whole curve, as much wider everywhere as its bends ask", () => {
    const ages = data.column("age") as NumericColumn;
    const wave = ages.values.map((age) => Math.sin(age / 5) + random.next());
    const bent = fitGam("wave ~ s(age, k = 15)", { wave, age: ages.values });
    const ratios = widths(termEffect(bent, "age", { simultaneous: true }));
    expect(ratios.length).toBeGreaterThan(50);
    for (const ratio of ratios) near(ratio, ratios[0]);
    // The maximum of 61 independent ones would reach 1.7 times as far.
    expect(ratios[0]).toBeGreaterThan(1.3);
    expect(ratios[0]).toBeLessThan(1.7);
    // Differences along a straight line are one number.
    expect(model.smooths[0].effectiveDegreesOfFreedom).toBeCloseTo(1, 4);
    for (const ratio of widths(termEffect(model, "age", { simultaneous: true, scale: "link" }))) expect(ratio).toBeCloseTo(1, 1);
    expect(termEffect(model, "age").points[0]).not.toHaveProperty("simultaneous");
  });

  test("come partial residuals: the effect at each row, and the working residual", () => {
    const { residuals } = termEffect(model, "age", { residuals: true, scale: "link", reference: 40 });
    const working = model.residuals("working");
    const ages = data.column("age");
    const { names, values } = model.predictTerms(data);
    const at40 = model.smoothEffect("s(age)", { data: { age: [40], region: ["north"] } }).estimate[0];
    expect(residuals!.x).toEqual(ages.kind === "numeric" ? [...ages.values] : []);
    residuals!.y.forEach((value, row) => near(value, values[row * names.length + names.indexOf("s(age)")] - at40 + working[row]));
    const factors = termEffect(model, "age", { residuals: true, reference: 40 }).residuals!;
    factors.y.forEach((value, row) => near(value, Math.exp(residuals!.y[row])));
    expect(messageOf(() => termEffect(model, "region", { residuals: true }))).toContain("residuals must be left out for levels; got true");
    const restored = GamModel.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(messageOf(() => termEffect(restored, "age", { residuals: true, reference: 40 }))).toContain("its training data");
    expect(messageOf(() => termEffect(model, "age", { simultaneous: 1 as never }))).toContain("simultaneous must be true or false; got 1");
  });

  test("both are drawn", async () => {
    const spec = termChart(termEffect(model, "age", { residuals: true, simultaneous: true }));
    expect(JSON.stringify(spec)).toContain("dots: partial residuals");
    expect(await renderSvg(spec)).toContain("<svg");
  });
});
