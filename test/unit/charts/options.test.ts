import { expect, test } from "vitest";
import {
  beeswarmChart,
  calibrationChart,
  contributionChart,
  dependenceChart,
  importanceChart,
  liftChart,
  observedChart,
  quantileChart,
  relativityChart,
  residualChart,
  surfaceChart,
  termChart,
  waterfallChart,
} from "../../../src/charts/index.ts";
import type { ImportanceChartOptions } from "../../../src/charts/index.ts";
import type { Explanation } from "../../../src/shap/index.ts";
import { explain, numericColumn } from "./credit.ts";
import { ageEffect, landEffect } from "./glm-examples.ts";
import { readHeading, readRows } from "./read-spec.ts";
import { inputError } from "./input-error.ts";

const plain = explain([numericColumn("x", [1, 2])], [[0.5, -1.5]]);

test.each<[object, string]>([
  [
    { witdh: 3 },
    'options must be made of "width", "theme", "title", "note", "output", "unitsLabel", "scale", "top"; got "witdh". Correct the name, or leave it out.',
  ],
  [{ width: 100 }, "width must be a number of pixels from 240 to 2000; got 100. Leave it out for 640."],
  [{ width: NaN }, "width must be a number of pixels from 240 to 2000; got NaN. Leave it out for 640."],
  [{ theme: "toString" }, 'theme must be "light" or "dark"; got "toString". Leave it out for "light".'],
  [{ title: 3 }, "title must be a text or null; got 3. Leave it out for the chart's own heading, or give null for none."],
  [{ scale: 0 }, "scale must be a number above 0; got 0. Leave it out to show values as they are."],
  [{ scale: Infinity }, "scale must be a number above 0; got Infinity. Leave it out to show values as they are."],
  [{ unitsLabel: null }, "unitsLabel must be a text; got null. Leave it out for the explanation's own units."],
  [{ output: "good" }, 'output must be one of "bad", or its position; got "good". See explanation.outputNames.'],
  [{ output: 1 }, 'output must be one of "bad", or its position; got 1. See explanation.outputNames.'],
  [{ top: 0 }, "top must be a whole number from 1 to 50; got 0. Leave it out for 7."],
])("refuses the options %j", (options, message) => {
  expect(() => importanceChart(plain, options as ImportanceChartOptions)).toThrow(inputError(`importanceChart: ${message}`));
});

test.each<[string, (options: object) => unknown, string]>([
  ["beeswarmChart", (options) => beeswarmChart(plain, options), '"output", "unitsLabel", "scale", "top", "maxDots"'],
  ["contributionChart", (options) => contributionChart(plain, 0, options), '"output", "unitsLabel", "scale", "top", "range"'],
  ["dependenceChart", (options) => dependenceChart(plain, "x", options), '"output", "unitsLabel", "scale", "colorBy", "maxDots", "range"'],
  ["waterfallChart", (options) => waterfallChart(plain, 0, options), '"output", "unitsLabel", "scale", "top"'],
  ["observedChart", (options) => observedChart([], options), '"unitsLabel"'],
  ["quantileChart", (options) => quantileChart([], options), '"names", "named", "maxDots"'],
  ["relativityChart", (options) => relativityChart([], options), '"unitsLabel", "confidence", "sizeLabel", "order"'],
  ["residualChart", (options) => residualChart([], options), '"kind", "unitsLabel", "named", "maxDots"'],
  ["surfaceChart", (options) => surfaceChart(landEffect, options), '"show", "range", "sizeLabel", "maxDots"'],
  ["termChart", (options) => termChart(ageEffect, options), '"order", "sizeLabel", "range", "maxDots"'],
])("%s refuses an option that it does not know", (call, draw, own) => {
  const known = `"width", "theme", "title", "note", ${own}`;
  expect(() => draw({ witdh: 3 })).toThrow(
    inputError(`${call}: options must be made of ${known}; got "witdh". Correct the name, or leave it out.`),
  );
});

test.each<[string, (options: object) => unknown]>([
  ["calibrationChart", (options) => calibrationChart([], options)],
  ["liftChart", (options) => liftChart([], options)],
])("%s knows the look alone", (call, draw) => {
  expect(() => draw({ top: 3 })).toThrow(
    inputError(`${call}: options must be made of "width", "theme", "title", "note"; got "top". Correct the name, or leave it out.`),
  );
});

test("refuses what is no explanation", () => {
  const message =
    "importanceChart: explanation must be an Explanation; got an object of type Object. Make one with treeShap(model).explain(data).";
  expect(() => importanceChart({} as Explanation)).toThrow(inputError(message));
});

test("refuses an explanation of no rows", () => {
  const empty = explain([numericColumn("x", [])], [[]]);
  const message =
    "importanceChart: explanation must be of at least one row and one feature; got 0 rows and 1 features. Explain some rows first.";
  expect(() => importanceChart(empty)).toThrow(inputError(message));
});

test("refuses contributions and predictions that are not finite, and says where", () => {
  const columns = [numericColumn("x", [1, 2]), numericColumn("y", [1, 2])];
  const holed = explain(
    columns,
    [
      [0, 0],
      [0, NaN],
    ],
    { predictions: new Float64Array(2) },
  );
  const mend = "Leave such rows out, or look for values that overflow in the model.";
  expect(() => importanceChart(holed)).toThrow(
    inputError(`importanceChart: explanation must be made of finite contributions; got NaN at row 1, feature "y". ${mend}`),
  );
  const endless = explain(
    columns,
    [
      [0, 0],
      [0, 0],
    ],
    { predictions: Float64Array.of(0, Infinity) },
  );
  expect(() => importanceChart(endless)).toThrow(
    inputError(`importanceChart: explanation must be made of finite predictions; got Infinity at row 1. ${mend}`),
  );
});

test("the title can be the caller's own, or none", () => {
  expect(readHeading(importanceChart(plain, { title: "Mine" }))).toEqual({
    title: "Mine",
    note: "Average size of contribution (log-odds), 2 cases",
  });
  expect(readHeading(importanceChart(plain, { title: null }))).toEqual({
    title: "Average size of contribution (log-odds), 2 cases",
    note: "",
  });
});

test("values are shown times the scale, in the unit given", () => {
  const spec = importanceChart(plain, { scale: 100, unitsLabel: "points" });
  expect(readRows(spec).map(({ text }) => text)).toEqual(["100"]);
  expect(readHeading(spec).note).toBe("Average size of contribution (points), 2 cases");
});

test("an output is chosen by name or position and named in the heading", () => {
  const two = explain([numericColumn("x", [1, 2])], [[0, 0]], {
    values: Float64Array.of(1, 5, 1, 7),
    baseValues: new Float64Array(4),
    predictions: Float64Array.of(1, 5, 1, 7),
    outputNames: ["good", "bad"],
  });
  expect(readRows(importanceChart(two)).map(({ size }) => size)).toEqual([1]);
  expect(readRows(importanceChart(two, { output: 1 })).map(({ size }) => size)).toEqual([6]);
  expect(readHeading(importanceChart(two, { output: "bad" })).title).toBe("What drives the prediction of “bad”");
});
