import { expect, test } from "vitest";
import { relativityChart } from "../../../src/charts/index.ts";
import type { Relativity, RelativityChartOptions } from "../../../src/charts/index.ts";
import { tariff } from "./glm-examples.ts";
import { inputError } from "./input-error.ts";
import { readHeading, readLayer } from "./read-spec.ts";

const labels = (rows: readonly Relativity[], options?: RelativityChartOptions): unknown[] =>
  readLayer(relativityChart(rows, options), "label").map(({ label, text }) => (text === undefined ? `# ${String(label)}` : label));

const one: Relativity = { term: "Region", level: "north", relativity: 2, low: 1.5, high: 3, n: 10, isReference: false };

test("levels stand under their term in the order given, or by relativity", () => {
  const levels = tariff.filter(({ term }) => term === "Region").map(({ level }) => level);
  const { length } = tariff;
  const given = labels(tariff, { width: 1200 });
  expect(given.slice(length)).toEqual(["# Power of the vehicle", "# Region", "# Bonus-malus"]);
  expect(given.slice(5, 8)).toEqual(levels);
  expect(labels(tariff, { width: 1200, order: "effect" }).slice(5, 8)).toEqual([levels[1], levels[0], levels[2]]);
});

test("numbers alone carry the name of their term", () => {
  expect(labels([{ ...one, term: "Age", level: null }], { width: 1200 })).toEqual(["Age, each unit more"]);
});

test("a relativity is written with its interval, near 1 with as many decimals as it takes", () => {
  const texts = readLayer(relativityChart(tariff), "text").map(({ label, text }) => [label, text]);
  expect(texts[0]).toEqual(["4", "reference"]);
  expect(texts[1]).toEqual(["5", "1.56 (1.44 to 1.69)"]);
  expect(texts[8]).toEqual(["each unit more", "1.023 (1.021 to 1.025)"]);
});

test("what multiples, lines and bars mean stands above; all figures stand in the description", () => {
  const spec = relativityChart(tariff, { unitsLabel: "odds ratio", sizeLabel: "policy years", confidence: 0.9 });
  expect(readHeading(spec).note.replaceAll("\u00a0", " ")).toBe(
    "1 = as the reference, 2 = twice as much; line: 90 % interval; grey: no clear difference; bars: policy years",
  );
  expect(spec.description).toContain("Chart of multiples (odds ratio). Power of the vehicle: 4 reference; 5 1.56 (1.44 to 1.69);");
  expect(spec.description).toContain("Bonus-malus: each unit more 1.023 (1.021 to 1.025).");
  expect(readHeading(relativityChart([{ ...one, low: null, high: null, n: undefined }])).note).toBe(
    "1 = as the reference, 2 = twice as much",
  );
});

test("bars are as long as the numbers of cases", () => {
  const bars = readLayer(relativityChart([one, { ...one, level: "south", n: 40 }]), "bottom").filter(({ from }) => from !== undefined);
  const [north, south] = bars.map(({ from, to }) => Number(to) - Number(from));
  expect(south).toBeCloseTo(4 * north, 10);
});

test("an interval without upper end is written and drawn to the edge", () => {
  const spec = relativityChart([one, { ...one, level: "south", low: 0, high: Infinity }]);
  expect(readLayer(spec, "text").map(({ text }) => text)).toContain("2.00 (0 to ∞)");
  expect(readLayer(spec, "shape").map(({ shape }) => shape)).toEqual(["triangle-left", "triangle-right"]);
});

test.each<[object[] | string, string]>([
  [[], "rows must be at least one row; got none. Give model.relativities().rows."],
  ["rows", 'rows must be at least one row; got "rows". Give model.relativities().rows.'],
  [[{ ...one, term: 3 }], "rows[0].term must be a text; got 3. Name the term that the level belongs to."],
  [[one, { ...one, level: 3 }], "rows[1].level must be a text; got 3. Give null for a number."],
  [
    [{ ...one, relativity: -1 }],
    "rows[0].relativity must be a finite number above 0; got -1. Give multiples, 1 where there is no effect; leave aliased coefficients out.",
  ],
  [[{ ...one, n: NaN }], "rows[0].n must be a finite number of at least 0; got NaN. Leave it out where it is not known."],
])("refuses %j", (rows, message) => {
  expect(() => relativityChart(rows as unknown as Relativity[])).toThrow(inputError(`relativityChart: ${message}`));
});

test.each<[object, string]>([
  [{ unitsLabel: 3 }, 'unitsLabel must be a text; got 3. Leave it out for "relativity".'],
  [{ sizeLabel: 3 }, 'sizeLabel must be a text; got 3. Leave it out for "cases".'],
  [{ confidence: 1 }, "confidence must be a number between 0 and 1; got 1. Leave it out for 0.95."],
  [{ order: "name" }, 'order must be "effect" or "given"; got "name". Leave it out for the chart\'s own order.'],
])("refuses the options %j", (options, message) => {
  expect(() => relativityChart([one], options as RelativityChartOptions)).toThrow(inputError(`relativityChart: ${message}`));
});
