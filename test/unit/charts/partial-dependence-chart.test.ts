import { expect, test } from "vitest";
import { partialDependenceChart } from "../../../src/charts/index.ts";
import { ageCurves, ageMeans, districtMeans } from "./mean-examples.ts";
import { readHeading, readLayer } from "./read-spec.ts";

const plain = (text: string | undefined): string | undefined => text?.replaceAll("\u00a0", " ");

test("the chart of a number says what its height, lines and bars are", () => {
  const spec = partialDependenceChart(ageMeans, { individual: ageCurves });
  const { title, note } = readHeading(spec);
  expect(title).toBe("Mean prediction by “Age of the driver”");
  expect(plain(note)).toBe(
    "Height: mean prediction of all rows with this value (response); steps: the model's own; thin lines: single rows, 30 of 45; dashed: where it is missing, 9 rows; bars: number of rows",
  );
  expect(plain(spec.description)).toBe(
    "Mean prediction by Age of the driver, in response: from 0.164 at 21 years to 0.170 at 80 years; lowest 0.080 at 52 years; missing: 0.120.",
  );
});

test("it draws as many curves as asked for, from the first row on", () => {
  const rows = readLayer(partialDependenceChart(ageMeans, { individual: ageCurves, maxCurves: 5 }), "row");
  expect(new Set(rows.map(({ row }) => row)).size).toBe(5);
  // Ten points and the two edges of the plot.
  expect(rows).toHaveLength(5 * 12);
  expect(rows[1].height).toBe(ageCurves.values[0]);
});

test("levels stand by their means, missing among them", () => {
  const rows = readLayer(partialDependenceChart(districtMeans, { unitsLabel: "probability" }), "label");
  expect(rows.map(({ label, text }) => `${String(label)}: ${String(text)}`)).toEqual([
    "Porto: 0.140",
    "Coimbra: 0.125",
    "missing: 0.120",
    "Lisboa: 0.110",
    "Faro: 0.090",
  ]);
});

test("what it cannot draw is refused", () => {
  expect(() => partialDependenceChart({} as never)).toThrow(/dependence must be a PartialDependence/);
  expect(() => partialDependenceChart(ageMeans, { output: "other" })).toThrow(/output must be one of "claim"/);
  expect(() => partialDependenceChart(ageMeans, { individual: { ...ageCurves, isCentred: true } })).toThrow(/individual must be curves/);
  expect(() => partialDependenceChart(ageMeans, { maxCurves: 0 })).toThrow(/maxCurves must be a whole number from 1 to 200/);
  expect(() => partialDependenceChart({ ...ageMeans, values: ageMeans.values.map(() => NaN) })).toThrow(/finite values/);
});
