import { expect, test } from "vitest";
import { dependenceChart, palettes } from "../../../src/charts/index.ts";
import { creditExplanation, explain, levelColumn, numericColumn } from "./credit.ts";
import { readDots, readHeading, readLine, readRows } from "./read-spec.ts";
import { inputError } from "./input-error.ts";

const { accent, categories, others, ramp } = palettes.light;
const rising = Array.from({ length: 20 }, (_, k) => k);

test("a number is drawn against its contribution with a line through binned medians", () => {
  const spec = dependenceChart(
    explain([numericColumn("x", rising, { label: "Duration", unit: "months" })], [rising.map((x) => 2 * x)]),
    "x",
  );
  expect(readDots(spec).map(({ value, amount, colour }) => [value, amount, colour])).toEqual(rising.map((x) => [x, 2 * x, accent]));
  // Four bins of five cases: 0 to 4, 5 to 9, and so on.
  expect(readLine(spec)).toEqual([2, 7, 12, 17].map((value) => ({ value, amount: 2 * value })));
  expect(readHeading(spec)).toEqual({
    title: "How “Duration” moves the prediction",
    note: "Height: contribution (log-odds), above zero it raises; line: median",
  });
  expect(spec.description).toBe(
    "Scatter of Duration. Height: contribution (log-odds), above zero it raises; line: median. The median contribution goes from +4.0 at 2\u00a0months to +34.0 at 17\u00a0months.",
  );
});

test("equal values stay in one bin, and a small last bin joins the one before", () => {
  const values = [...rising.slice(0, 5), 4, 4, 4, 5, 6, 7, 8, 9, 10];
  const line = readLine(dependenceChart(explain([numericColumn("x", values)], [values]), "x"));
  expect(line).toEqual([
    { value: 3.5, amount: 3.5 },
    { value: 7.5, amount: 7.5 },
  ]);
});

test("missing values stand apart, infinite ones are left out and counted", () => {
  const spec = dependenceChart(explain([numericColumn("x", [1, 2, NaN, Infinity])], [[0.1, 0.2, 0.75, 4]]), "x");
  expect(readDots(spec).map(({ tip }) => tip)).toEqual(["x: 1, +0.1", "x: 2, +0.2", "x: missing, +0.75"]);
  expect(readHeading(spec).note).toBe("Height: contribution (log-odds), above zero it raises; 1 infinite value left out");
  expect(spec.description).toContain("Where it is missing, the median is +0.75.");
  expect(JSON.stringify(spec)).toContain('"text":"missing"');
});

test("of many cases it shows an even pick with the extremes of value and contribution", () => {
  const credit = creditExplanation(3000);
  const spec = dependenceChart(credit, "age", { maxDots: 200 });
  const dots = readDots(spec);
  expect(dots.length).toBeGreaterThan(180);
  expect(dots.length).toBeLessThanOrEqual(200);
  const j = credit.featureNames.indexOf("age");
  const amounts = Array.from({ length: 3000 }, (_, row) => credit.value(row, j));
  const column = credit.data.column("age");
  const ages = column.kind === "numeric" ? [...column.values] : [];
  const present = amounts.filter((_, row) => !Number.isNaN(ages[row]));
  expect(dots.some(({ amount }) => amount === Math.max(...present))).toBe(true);
  expect(dots.some(({ amount }) => amount === Math.min(...present))).toBe(true);
  expect(dots.some(({ value }) => value === Math.max(...ages.filter((age) => !Number.isNaN(age))))).toBe(true);
  expect(readHeading(spec).note).toContain(`; ${dots.length} of 3000 cases, evenly picked with the extremes`);
});

test("categories are rows with their cases and median, highest first, missing last", () => {
  const column = levelColumn("status", [0, 1, 1, 1, -1], ["A11", "A12"], { levels: { A11: "overdrawn" } });
  const spec = dependenceChart(explain([column], [[-1, 0, 0.5, 2, 9]]), "status");
  expect(readRows(spec).map(({ label, median }) => [label, median])).toEqual([
    ["A12 (3)", 0.5],
    ["overdrawn (1)", -1],
    ["missing (1)", 9],
  ]);
  expect(readHeading(spec).note).toBe("A dot for each case, 5 cases. Thick mark: the median of its category");
  expect(spec.description).toContain("Medians: A12 +0.50; overdrawn −1.00; missing +9.00.");
});

test("beyond twelve categories the rarer ones share a row", () => {
  const codes = Array.from({ length: 40 }, (_, row) => Math.floor(Math.sqrt(row * 6)));
  const levels = Array.from({ length: 16 }, (_, code) => `level ${code}`);
  const rows = readRows(dependenceChart(explain([levelColumn("kind", codes, levels)], [codes]), "kind"));
  expect(rows).toHaveLength(12);
  expect(String(rows[11].label)).toMatch(/^\d+ rarer categories \(\d+\)$/);
});

test("beyond twelve categories the highest and the lowest with ten cases keep their row", () => {
  // Sixteen levels of 30, 29, … 15 cases; the rarest act most, but for one of nine cases that is too rare to be compared.
  const codes = Array.from({ length: 16 }, (_, code) => Array.from({ length: 30 - code }, () => code)).flat();
  codes.push(...Array.from({ length: 9 }, () => 16));
  const effects = Array.from({ length: 17 }, (_, code) => [5, -5, 9][code - 14] ?? 0);
  const levels = Array.from({ length: 17 }, (_, code) => `level ${code}`);
  const amounts = codes.map((code) => effects[code]);
  const rows = readRows(dependenceChart(explain([levelColumn("kind", codes, levels)], [amounts]), "kind"));
  expect(rows.map(({ label, median }) => [label, median])).toEqual([
    ["level 14 (16)", 5],
    ...Array.from({ length: 9 }, (_, code) => [`level ${code} (${30 - code})`, 0]),
    ["level 15 (15)", -5],
    ["6 rarer categories (104)", 0],
  ]);
});

test("dots take the colour of another column", () => {
  const codes = [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, -1];
  const columns = [
    numericColumn("x", codes),
    levelColumn("kind", codes, ["a", "b", "c", "d", "e"]),
    numericColumn(
      "size",
      codes.map((_, row) => row),
    ),
  ];
  const explanation = explain(columns, [codes, codes, codes]);
  const byKind = dependenceChart(explanation, "x", { colorBy: "kind" });
  const colours = new Map(readDots(byKind).map(({ value, colour }) => [value, colour]));
  expect([0, 1, 2, 3, 4, -1].map((value) => colours.get(value))).toEqual([...categories, others, others]);
  expect(JSON.stringify(byKind)).toContain('"1 other or missing"');
  const bySize = readDots(dependenceChart(explanation, "x", { colorBy: "size" }));
  expect(new Set(bySize.map(({ colour }) => colour))).toEqual(new Set(ramp));
});

test("refuses features and columns that are not there, and groups", () => {
  const explanation = explain([numericColumn("x", [1]), numericColumn("y", [1])], [[1], [1]]);
  expect(() => dependenceChart(explanation, "z")).toThrow(
    inputError(
      'dependenceChart: featureName must be the name of a feature that stands for one column; got "z". The features are "x", "y".',
    ),
  );
  const grouped = explanation.group({ both: ["x", "y"] });
  expect(() => dependenceChart(grouped, "both")).toThrow(
    inputError(
      'dependenceChart: featureName must be the name of a feature that stands for one column; got "both", a group of 2 columns. Explain without this group to see its columns one by one.',
    ),
  );
  expect(() => dependenceChart(explanation, "x", { colorBy: "z" })).toThrow(
    inputError('dependenceChart: colorBy must be a column of the explained data; got "z". The columns are "x", "y".'),
  );
  expect(() => dependenceChart(explanation, "x", { maxDots: 1 })).toThrow(
    inputError("dependenceChart: maxDots must be a whole number from 100 to 20000; got 1. Leave it out for 2000."),
  );
});
