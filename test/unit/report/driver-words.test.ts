import { expect, test } from "vitest";
import { describeDriver } from "../../../src/report/driver-words.ts";
import { unitsFor } from "../../../src/report/units.ts";
import { readNarrative } from "../../../src/report/words.ts";
import { levelColumn, numericColumn } from "../charts/credit.ts";

const words = readNarrative("test", { case: "applicant", cases: "applicants" });
const minus = "\u2212";
const space = "\u00a0";

/** A sentence about 120 rows with values 1 to 120 in turn and a contribution that is a function of them. */
function describeNumbers(values: readonly number[], effect: (value: number) => number): string {
  const column = numericColumn("months", values, { unit: "months" });
  const amounts = Float64Array.from(values, effect);
  return describeDriver({ column, amounts, units: unitsFor("binary", undefined), words, subject: "the risk" });
}

function describeLevels(codes: readonly number[], effects: readonly number[]): string {
  const column = levelColumn("account", codes, ["none", "small", "large"]);
  const amounts = Float64Array.from(codes, (code) => effects[code] ?? 0);
  return describeDriver({ column, amounts, units: unitsFor("binary", undefined), words, subject: "the risk" });
}

const even = Array.from({ length: 120 }, (_, row) => row + 1);

test("a driver that rises evenly is told by its ends", () => {
  expect(describeNumbers(even, (value) => (value - 60) / 500)).toBe(
    `The risk rises from ${minus}11${space}points around 5.5${space}months to +11${space}points around 116${space}months.`,
  );
});

test("a step is told by where it lies", () => {
  expect(describeNumbers(even, (value) => (value > 60 ? -0.1 : 0.1))).toBe(
    `The risk falls from +10${space}points around 5.5${space}months to ${minus}10${space}points around 116${space}months; most of the fall lies between 55.5${space}months and 65.5${space}months.`,
  );
});

test("a valley is told by its top and its bottom", () => {
  expect(describeNumbers(even, (value) => Math.abs(value - 60) / 500)).toBe(
    `The risk is highest around 116${space}months (+11${space}points) and lowest around 55.5${space}months (+1${space}point).`,
  );
});

test("nothing is told where nothing moves, or values are too few", () => {
  expect(describeNumbers(even, () => 0)).toBe("No effect found: the risk is much the same over the whole range.");
  expect(describeNumbers([1, 2, 3, NaN], (value) => value)).toBe("Too few applicants with different values to tell how it acts.");
});

test("years stand in full, and near values are told apart", () => {
  const rising = (offset: number, step: number): string =>
    describeNumbers(
      even.map((value) => offset + step * value),
      (value) => (value - offset) / step / 500,
    );
  expect(rising(1871, 1)).toBe(
    `The risk rises from +1${space}point around 1877${space}months to +23${space}points around 1987${space}months.`,
  );
  expect(rising(41.9, 0.001)).toBe(
    `The risk rises from +1${space}point around 41.91${space}months to +23${space}points around 42.02${space}months.`,
  );
});

test("a thin upper end is owned up to", () => {
  const values = [...even.slice(0, 100), 300, 400, 500];
  expect(describeNumbers(values, (value) => value / 5000)).toContain(
    ` Above 94${space}months there are only 9 applicants: too few to tell.`,
  );
});

test("missing values have their own sentence", () => {
  const effect = (value: number): number => (Number.isNaN(value) ? 0.2 : value / 1000);
  expect(describeNumbers([...even, ...Array.from({ length: 12 }, () => NaN)], effect)).toContain(
    ` Where it is missing: +20${space}points (12 applicants).`,
  );
  expect(describeNumbers([...even, NaN], effect)).toContain(" It is missing for only 1 applicant: too few to tell.");
});

test("levels are told by the highest and the lowest, and the rare ones by their names", () => {
  const codes = [...even.slice(0, 60).map(() => 0), ...even.slice(0, 40).map(() => 2), 1, 1, -1];
  expect(describeLevels(codes, [0.12, 0.5, -0.034])).toBe(
    `The risk is highest where it is “none” (+12${space}points, 60 applicants) and lowest where it is “large” (${minus}3${space}points, 40 applicants). Too few applicants to tell: “small” (2) and “missing” (1).`,
  );
  expect(describeLevels(codes, [0, 0, 0])).toMatch(/^No effect found: the risk is much the same at every level\./);
  expect(describeLevels([0, 0, 1], [1, 2])).toBe(
    "There is no comparison of levels with 10 applicants or more. Too few applicants to tell: “small” (1) and “none” (2).",
  );
});
