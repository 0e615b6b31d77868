import { expect, test } from "vitest";
import { calibrationChart, liftChart } from "../../../src/charts/index.ts";
import { readRows } from "./read-spec.ts";
import { inputError } from "./input-error.ts";

const bin = { meanPredicted: 0.3, observedRate: 0.28, low: 0.2, high: 0.37, n: 1200 };
const row = { group: "Highest tenth", rate: 0.72, lift: 2.4, n: 100 };

test("calibration says prediction, outcome, interval and number of cases", () => {
  expect(calibrationChart([bin]).description).toBe(
    "Calibration chart. Predicted 30 %, happened 28 % (20 % to 37 %), 1200 cases.".replaceAll(" %", "\u00a0%"),
  );
});

test.each<[object[], string]>([
  [[], "bins must be at least one bin; got none. Give the bins of a calibration table."],
  [[bin, { ...bin, meanPredicted: 30 }], "bins[1].meanPredicted must be a share from 0 to 1; got 30. Give shares, not per cents."],
  [[{ ...bin, high: NaN }], "bins[0].high must be a share from 0 to 1; got NaN. Give shares, not per cents."],
  [[{ ...bin, n: 0 }], "bins[0].n must be a number of cases of at least 1; got 0. Leave empty bins out."],
])("calibration refuses %j", (bins, message) => {
  expect(() => calibrationChart(bins as (typeof bin)[])).toThrow(inputError(`calibrationChart: ${message}`));
});

test("lift shows each group as a multiple of the average with its share", () => {
  const rows = readRows(liftChart([row, { group: "Lowest tenth", rate: 0.077, lift: 0.26, n: 100 }]));
  expect(rows.map(({ label, text, tip }) => [label, text, tip])).toEqual([
    ["Highest tenth", "2.4× (72\u00a0%)", "Highest tenth: 2.4× (72\u00a0%), 100 cases"],
    ["Lowest tenth", "0.3× (8\u00a0%)", "Lowest tenth: 0.3× (8\u00a0%), 100 cases"],
  ]);
});

test("rare outcomes keep a decimal", () => {
  expect(readRows(liftChart([{ ...row, rate: 0.0234 }]))[0].text).toBe("2.4× (2.3\u00a0%)");
});

test.each<[object[], string]>([
  [[], "rows must be at least one row; got none. Give the rows of a lift table."],
  [[{ ...row, rate: 72 }], "rows[0].rate must be a share from 0 to 1; got 72. Give shares, not per cents."],
  [
    [row, { ...row, lift: Infinity }],
    "rows[1].lift must be a number of at least 0; got Infinity. Divide the group's rate by the overall rate.",
  ],
  [[{ ...row, n: NaN }], "rows[0].n must be a number of cases of at least 1; got NaN. Leave empty groups out."],
])("lift refuses %j", (rows, message) => {
  expect(() => liftChart(rows as (typeof row)[])).toThrow(inputError(`liftChart: ${message}`));
});
