import { expect, test } from "vitest";
import { importanceChart } from "../../../src/charts/index.ts";
import { explain, numericColumn } from "./credit.ts";
import { readHeading, readRows } from "./read-spec.ts";

const columns = ["a", "b", "c", "d", "e"].map((name) => numericColumn(name, [1, 2]));
const contributions = [
  [0.1, -0.1],
  [-0.4, 0.4],
  [0.02, 0],
  [0.8, -0.8],
  [0, 0],
];
const explanation = explain(columns, contributions);

test("bars are sorted by mean size and the others share the last", () => {
  const spec = importanceChart(explanation, { top: 2 });
  expect(readRows(spec).map(({ label, text, quiet }) => ({ label, text, quiet }))).toEqual([
    { label: "d", text: "0.80", quiet: false },
    { label: "b", text: "0.40", quiet: false },
    { label: "3 others together", text: "0.11", quiet: true },
  ]);
  expect(spec.description).toBe(
    "Bar chart of the average size of each feature's contribution to the prediction, in log-odds: d 0.80, b 0.40, 3 others together 0.11.",
  );
});

test("a single other feature is named", () => {
  const rows = readRows(importanceChart(explanation, { top: 4 }));
  expect(rows.map(({ label }) => label)).toEqual(["d", "b", "a", "c", "e"]);
  expect(rows.map(({ text }) => text)).toEqual(["0.80", "0.40", "0.10", "0.01", "no effect"]);
});

test("one row is one case", () => {
  expect(readHeading(importanceChart(explain([numericColumn("a", [1])], [[1]]))).note).toBe(
    "Average size of contribution (log-odds), 1 case",
  );
});

test("whiskers reach 1.96 mean standard errors to both sides, never below zero", () => {
  // Rows × features: features a and d have standard errors 0.1 and 0.3 in the two rows, the others none.
  const standardErrors = Float64Array.of(0.1, 0, 0, 0.1, 0, 0.3, 0, 0, 0.3, 0);
  const spec = importanceChart(explain(columns, contributions, { standardErrors }), { top: 4 });
  const [d, , a] = readRows(spec);
  const margin = 1.959964 * 0.2;
  expect(d).toMatchObject({ low: 0.8 - margin, end: 0.8 + margin });
  expect(a).toMatchObject({ low: 0, end: 0.1 + margin });
  expect(readHeading(spec).note).toBe("Average size of contribution (log-odds), 2 cases. Whiskers: 95 % intervals");
});
