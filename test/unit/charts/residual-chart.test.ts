import { expect, test } from "vitest";
import { residualChart } from "../../../src/charts/index.ts";
import type { ResidualChartOptions, ResidualPoint } from "../../../src/charts/index.ts";
import { residualPoints } from "./glm-examples.ts";
import { inputError } from "./input-error.ts";
import { layerOf, readHeading, readLayer, readLine } from "./read-spec.ts";

const points = residualPoints(300);
const note = (options: ResidualChartOptions): string => readHeading(residualChart(points, options)).note.replaceAll("\u00a0", " ");

test("says what is measured and what a good picture looks like", () => {
  expect(note({})).toBe(
    "Height: residual in standard deviations, above zero more than predicted. Good: the line of medians stays near zero, 95 % of the dots between the dashed lines",
  );
  expect(note({ kind: "deviance" })).toBe(
    "Height: deviance residual, above zero more than predicted. Good: the line of medians stays near zero",
  );
});

test("names the farthest cases, in the chart and in the description", () => {
  const spec = residualChart(points, { named: 2 });
  const texts = readLayer(spec, "text").map(({ text }) => text);
  expect(texts).toEqual(["policy 4711", "row 40"]);
  expect(spec.description).toMatch(
    /Farthest: policy 4711: \+5\.20 where [\d.]+ was predicted; row 40: −4\.40 where [\d.]+ was predicted\.$/,
  );
  expect(readLayer(residualChart(points, { named: 0 }), "text")).toEqual([]);
});

test("tells the share beyond the dashed lines and between what medians lie", () => {
  const outside = points.filter(({ residual }) => Math.abs(residual) > 1.959964).length;
  const spec = residualChart(points);
  expect(spec.description).toContain(`Beyond the dashed lines lie ${(outside / 3).toFixed(1)}\u00a0%; 5 % are expected.`);
  const amounts = readLine(spec).map(({ amount }) => Number(amount));
  expect(spec.description).toContain(`lie from −${(-Math.min(...amounts)).toFixed(2)} to ${Math.max(...amounts).toFixed(2)}.`);
});

test("few cases make no line, and their median is told", () => {
  const spec = residualChart([
    { fitted: 1, residual: 0.5 },
    { fitted: 2, residual: 0 },
  ]);
  expect(readLine(spec)).toEqual([]);
  expect(spec.description).toContain("2 cases. Its median is 0.25.");
});

test("predictions with a long tail above zero stand on a logarithmic axis, others do not", () => {
  const scaleOf = (cases: readonly ResidualPoint[]): unknown => layerOf(residualChart(cases), "circle").encoding.x.scale;
  expect(scaleOf(points)).toHaveProperty("type", "log");
  expect(scaleOf([...points, { fitted: 0, residual: 0 }])).not.toHaveProperty("type");
  expect(scaleOf(points.filter(({ fitted }) => fitted < 0.3))).not.toHaveProperty("type");
});

test("of many cases an even pick is drawn, with the farthest of both sides", () => {
  const many = residualPoints(6000);
  const spec = residualChart(many, { maxDots: 500 });
  const drawn = readLayer(spec, "residual").length + readLayer(spec, "name").length;
  expect(drawn).toBeLessThanOrEqual(500);
  expect(drawn).toBeGreaterThan(450);
  expect(readHeading(spec).note).toContain(`; ${drawn} of 6000 cases, evenly picked with the farthest`);
  const sorted = many.map(({ residual }) => residual).sort((a, b) => a - b);
  const shown = new Set([...readLayer(spec, "residual").map(({ residual }) => residual), ...readLayer(spec, "name").map(({ y }) => y)]);
  for (const extreme of [...sorted.slice(0, 20), ...sorted.slice(-20)]) expect(shown).toContain(extreme);
});

test.each<[unknown, string]>([
  [[], "points must be at least one case; got none. Give predictions with their residuals."],
  [3, "points must be at least one case; got 3. Give predictions with their residuals."],
  [[{ fitted: NaN, residual: 1 }], "points[0].fitted must be a finite number; got NaN. Leave the case out."],
  [[points[0], { fitted: 1, residual: Infinity }], "points[1].residual must be a finite number; got Infinity. Leave the case out."],
  [[{ fitted: 1, residual: 1, name: 17 }], "points[0].name must be a text; got 17. Leave it out for the row's position."],
])("refuses %j", (cases, message) => {
  expect(() => residualChart(cases as ResidualPoint[])).toThrow(inputError(`residualChart: ${message}`));
});

test.each<[object, string]>([
  [
    { kind: "raw" },
    'kind must be "quantile", "deviance", "pearson", "standardized", "response" or "working"; got "raw". Leave it out for "quantile".',
  ],
  [{ unitsLabel: 3 }, "unitsLabel must be a text; got 3. Leave it out for none."],
  [{ named: 21 }, "named must be a whole number from 0 to 20; got 21. Leave it out for 5."],
  [{ maxDots: 99 }, "maxDots must be a whole number from 100 to 20000; got 99. Leave it out for 2000."],
])("refuses the options %j", (options, message) => {
  expect(() => residualChart(points, options as ResidualChartOptions)).toThrow(inputError(`residualChart: ${message}`));
});
