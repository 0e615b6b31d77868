import { expect, test } from "vitest";
import { contributionChart, waterfallChart } from "../../../src/charts/index.ts";
import { Explanation } from "../../../src/shap/index.ts";
import { explain, levelColumn, numericColumn } from "./credit.ts";
import { readHeading, readRows } from "./read-spec.ts";
import { inputError } from "./input-error.ts";

const columns = [
  numericColumn("duration", [48, 12], { label: "Duration", unit: "months" }),
  levelColumn("status", [0, -1], ["A11"], { label: "Account", levels: { A11: "overdrawn" } }),
  numericColumn("age", [30, NaN], { label: "Age" }),
  numericColumn("rate", [1, 2]),
  numericColumn("phone", [0, 1]),
];
const explanation = explain(columns, [
  [0.5, -0.1],
  [0.25, 0.3],
  [-0.125, -0.2],
  [0.0625, 0],
  [-0.03125, 0],
]);

test("a case shows its values in the user's words, strongest first, with true signs", () => {
  const spec = contributionChart(explanation, 0, { top: 3 });
  expect(readRows(spec).map(({ label, text, quiet }) => `${String(label)} | ${String(text)} | ${String(quiet)}`)).toEqual([
    "Duration: 48\u00a0months | +0.50 | false",
    "Account: overdrawn | +0.25 | false",
    "Age: 30 | −0.13 | false",
    "2 others together | +0.03 | true",
  ]);
  expect(readHeading(spec)).toEqual({ title: "What moved this prediction", note: "Prediction −0.19, on average −0.85 (log-odds)" });
  expect(spec.description).toBe(
    "Bar chart for row 0. Prediction −0.19, on average −0.85 (log-odds). Duration: 48\u00a0months, +0.50; Account: overdrawn, +0.25; Age: 30, −0.13; 2 others together, +0.03.",
  );
});

test("missing values and contributions of zero are said in words", () => {
  const labels = readRows(contributionChart(explanation, 1)).map(({ label, text }) => `${String(label)} | ${String(text)}`);
  expect(labels).toEqual([
    "Account: missing | +0.30",
    "Age: missing | −0.20",
    "Duration: 12\u00a0months | −0.10",
    "rate: 2 | no effect",
    "phone: 1 | no effect",
  ]);
});

test("cases of one range share scale and decimals", () => {
  const range = [-20, 20] as const;
  expect(readRows(contributionChart(explanation, 0, { range })).map(({ text }) => text)).toEqual(["+0.5", "+0.3", "−0.1", "+0.1", "≈ 0"]);
  const scaleOf = (row: number, options: object): string | undefined =>
    /"domain":\[-?\d[^\]]*\]/.exec(JSON.stringify(contributionChart(explanation, row, options)))?.[0];
  expect(scaleOf(0, { range })).toBe(scaleOf(1, { range }));
  expect(scaleOf(0, {})).not.toBe(scaleOf(1, {}));
  expect(() => contributionChart(explanation, 0, { range: [1, 0] })).toThrow(
    inputError(
      "contributionChart: range must be two finite numbers, the lower first; got an array of 2. Leave it out for the chart's own range.",
    ),
  );
});

test("a group of columns goes by its name alone", () => {
  const grouped = explanation.group({ person: ["age", "phone"] });
  expect(readRows(contributionChart(grouped, 0)).map(({ label }) => label)).toEqual([
    "Duration: 48\u00a0months",
    "Account: overdrawn",
    "person",
    "rate: 1",
  ]);
});

test("what Banzhaf values leave over is a step of its own", () => {
  const predictions = explanation.predictions.map((prediction) => prediction + 0.5);
  const rows = readRows(waterfallChart(new Explanation({ ...explanation.parts(), predictions, index: "banzhaf" }), 0, { top: 3 }));
  expect(rows.slice(-2).map(({ label, text }) => `${String(label)} | ${String(text)}`)).toEqual([
    "Not credited to any feature | +0.50",
    "This prediction | 0.31",
  ]);
});

test("a waterfall leads from the average to the prediction, each step from where the last ended", () => {
  const rows = readRows(waterfallChart(explanation, 0, { top: 3 }));
  expect(rows.map(({ label, text }) => `${String(label)} | ${String(text)}`)).toEqual([
    "Average prediction | −0.85",
    "Duration: 48\u00a0months | +0.50",
    "Account: overdrawn | +0.25",
    "Age: 30 | −0.13",
    "2 others together | +0.03",
    "This prediction | −0.19",
  ]);
  rows.slice(1).forEach((row, k) => expect(row.from).toBe(k === rows.length - 2 ? row.to : rows[k].to));
  // Sums of a few numbers of size 1 differ by some units in the last place at most.
  expect(Math.abs(Number(rows[4].to) - Number(rows[5].to))).toBeLessThan(1e-14);
});

test.each([
  ["contributionChart", contributionChart],
  ["waterfallChart", waterfallChart],
])("%s refuses rows that are not there", (call, chart) => {
  for (const row of [-1, 2, 0.5]) {
    const message = `${call}: row must be a whole number from 0 to 1; got ${row}. Rows are counted from 0, in the order of the explained data.`;
    expect(() => chart(explanation, row)).toThrow(inputError(message));
  }
  expect(() => chart(explanation, 0, { top: 51 })).toThrow(
    inputError(`${call}: top must be a whole number from 1 to 50; got 51. Leave it out for 5.`),
  );
});
