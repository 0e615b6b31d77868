import { expect, test } from "vitest";
import { quantileChart } from "../../../src/charts/index.ts";
import type { QuantileChartOptions } from "../../../src/charts/index.ts";
import { expectedNormal, normalBand } from "../../../src/charts/normal-band.ts";
import { normal } from "../../../src/numeric/index.ts";
import { scatterNormal } from "./glm-examples.ts";
import { inputError } from "./input-error.ts";
import { readHeading, readLayer } from "./read-spec.ts";

test.each([
  [1, 40, -3.22369301, -1.35256511],
  [20, 40, -0.417878945, 0.355039138],
  [40, 40, 1.35256511, 3.22369301],
  [999_000, 1_000_000, 3.07178403, 3.10857166],
])("the band of rank %d of %d is that of R's qnorm(qbeta(c(.025, .975), k, n - k + 1))", (rank, count, low, high) => {
  // Bisection ends at 1e-6.
  expect(normalBand(rank, count, 0.95)[0]).toBeCloseTo(low, 5);
  expect(normalBand(rank, count, 0.95)[1]).toBeCloseTo(high, 5);
});

test("residuals stand in rising order over what is expected of their rank", () => {
  const spec = quantileChart([0.3, -2, 1], { names: ["a", "b", "c"] });
  const dots = readLayer(spec, "found");
  expect(dots.map(({ found }) => found)).toEqual([-2, 0.3, 1]);
  expect(dots.map(({ expected }) => expected)).toEqual([1 / 6, 1 / 2, 5 / 6].map(normal.quantile));
  expect(dots.map(({ tip }) => tip)).toEqual(["b: −2.00, expected −0.97", "a: +0.30, expected 0", "c: +1.00, expected +0.97"]);
});

test("says what a good picture looks like, and tells the ends and the share far out", () => {
  const spec = quantileChart(scatterNormal(200));
  expect(readHeading(spec).note.replaceAll("\u00a0", " ")).toBe(
    "Height: residuals in standard deviations. Good: the dots follow the dashed line and stay in the band (95 % interval of each rank)",
  );
  expect(spec.description).toMatch(
    /200 cases\. Lowest: row \d+: −\d\.\d\d, expected −2\.81; highest: row \d+: \+\d\.\d\d, expected \+2\.81\./,
  );
  expect(spec.description).toContain("Beyond 1.96 standard deviations lie 5.0\u00a0%; 5 % are expected.");
});

test("of a right model no case is named, of a wrong one those outside the band", () => {
  const right = Float64Array.from({ length: 500 }, (_, k) => expectedNormal(k + 1, 500));
  expect(readLayer(quantileChart(right), "name")).toEqual([]);
  const wrong = right.map((value, k) => (k === 499 ? 8 : value));
  const spec = quantileChart(wrong);
  expect(readLayer(spec, "name").map(({ name }) => name)).toEqual(["row 499"]);
  expect(spec.description).toMatch(/Farthest outside the band: row 499: \+8\.00, expected \+3\.09\.$/);
});

test("of many cases both ends and an even pick are drawn", () => {
  const spec = quantileChart(scatterNormal(20_000), { maxDots: 400 });
  const found = readLayer(spec, "found").map((dot) => Number(dot.found));
  expect(found.length).toBeLessThanOrEqual(400);
  expect(readHeading(spec).note).toMatch(/; \d+ of 20\u202f000 cases, with both ends$/);
  const sorted = [...scatterNormal(20_000)].sort((a, b) => a - b);
  for (const end of [...sorted.slice(0, 20), ...sorted.slice(-20)]) expect(found).toContain(end);
  // The band follows the ends closely, however many cases there are.
  const places = readLayer(spec, "high").map(({ expected }) => Number(expected));
  expect(Math.max(...places.slice(1).map((place, k) => place - places[k]))).toBeLessThan(0.5);
});

const mend = 'Give model.residuals("quantile").';

test.each<[unknown, string]>([
  [[1], `residuals must be at least two numbers; got 1. ${mend}`],
  [undefined, `residuals must be at least two numbers; got nothing. ${mend}`],
  [[1, NaN], "residuals must be made of finite numbers; got NaN at position 1. Leave such cases out."],
])("refuses %j", (residuals, message) => {
  expect(() => quantileChart(residuals as number[])).toThrow(inputError(`quantileChart: ${message}`));
});

test.each<[object, string]>([
  [{ names: ["a"] }, "names must be 2 texts, one a residual; got 1 names. Leave it out for the rows' positions."],
  [{ names: "ab" }, 'names must be 2 texts, one a residual; got "ab". Leave it out for the rows\' positions.'],
  [{ names: ["a", 2] }, "names[1] must be a text; got 2. Leave the option out for the rows' positions."],
  [{ named: -1 }, "named must be a whole number from 0 to 20; got -1. Leave it out for 3."],
  [{ maxDots: 1e6 }, "maxDots must be a whole number from 100 to 20000; got 1000000. Leave it out for 2000."],
])("refuses the options %j", (options, message) => {
  expect(() => quantileChart([1, 2], options as QuantileChartOptions)).toThrow(inputError(`quantileChart: ${message}`));
});
