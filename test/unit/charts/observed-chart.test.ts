import { expect, test } from "vitest";
import { dependenceChart, importanceChart, observedChart } from "../../../src/charts/index.ts";
import type { DependenceChartOptions, ObservedPoint } from "../../../src/charts/index.ts";
import { renderSvg } from "../../../src/report/render-svg.ts";
import { explain, levelColumn, numericColumn } from "./credit.ts";
import { inputError } from "./input-error.ts";
import { readHeading } from "./read-spec.ts";
import { readTexts } from "./svg-texts.ts";

const bin = { meanPredicted: 120, meanObserved: 131, low: 118, high: 144, n: 50 };

test("observed against predicted says both, the interval and the number of cases", () => {
  const spec = observedChart([bin, { ...bin, meanPredicted: 300, n: 1 }], { unitsLabel: "€" });
  expect(spec.description).toBe(
    "Observed against predicted means. Predicted 120, came out 131 (118 to 144), 50 cases; Predicted 300, came out 131 (118 to 144), 1 case.",
  );
  expect(readHeading(spec).note).toBe("Height: mean of what came out (€), with its interval. On the dashed line both agree");
});

test.each([324, 640])("at %d pixels its texts fit, also with a long unit", async (width) => {
  const texts = readTexts(await renderSvg(observedChart([bin], { width, unitsLabel: "thousands of tonnes a year ".repeat(4) })));
  expect(texts.length).toBeGreaterThan(5);
  // The estimate of widths is on the wide side; two pixels are rounding.
  expect(texts.filter(({ left, right }) => left < -2 || right > width + 2)).toEqual([]);
});

test.each<[object[], string]>([
  [[], "bins must be at least one bin; got none. Give the bins of a quality report."],
  [[bin, { ...bin, low: NaN }], "bins[1].low must be a finite number; got NaN. Leave the bin out."],
])("refuses %j", (bins, message) => {
  expect(() => observedChart(bins as ObservedPoint[])).toThrow(inputError(`observedChart: ${message}`));
});

const plain = explain(
  [numericColumn("x", [1, 2, 3]), levelColumn("y", [0, 1, 0], ["a", "b"])],
  [
    [0.5, -1.5, 1],
    [0.1, 0.2, 0.3],
  ],
);

test("a chart can do without its note, and without any heading", () => {
  expect(readHeading(importanceChart(plain, { note: null }))).toEqual({ title: "What drives the prediction", note: "" });
  expect(readHeading(importanceChart(plain, { note: "Mine" })).note).toBe("Mine");
  expect(importanceChart(plain, { note: null, title: null })).not.toHaveProperty("title");
});

test("charts of one range have one scale", async () => {
  const labels = async (name: string, range: readonly [number, number]): Promise<string[]> =>
    readTexts(await renderSvg(dependenceChart(plain, name, { range }))).map(({ text }) => text);
  for (const name of ["x", "y"]) expect(await labels(name, [-40, 40])).toEqual(expect.arrayContaining(["−20", "0", "20"]));
});

test.each<[object, string]>([
  [{ range: [1, 0] }, "range must be two finite numbers, the lower first; got an array of 2. Leave it out for the chart's own range."],
  [{ range: [0, NaN] }, "range must be two finite numbers, the lower first; got an array of 2. Leave it out for the chart's own range."],
  [{ note: 3 }, "note must be a text or null; got 3. Leave it out for the chart's own note, or give null for none."],
])("refuses the options %j", (options, message) => {
  expect(() => dependenceChart(plain, "x", options as DependenceChartOptions)).toThrow(inputError(`dependenceChart: ${message}`));
});
