import { expect, test } from "vitest";
import { beeswarmChart, palettes } from "../../../src/charts/index.ts";
import { creditExplanation, explain, levelColumn, numericColumn } from "./credit.ts";
import { readDots, readHeading, readRows } from "./read-spec.ts";
import { inputError } from "./input-error.ts";

const { ramp, others } = palettes.light;

test("each case is a dot at its contribution, coloured by the rank of its value", () => {
  const columns = [numericColumn("x", [10, 20, 30, 40, 50, NaN]), levelColumn("kind", [0, 0, 0, 0, 0, 0], ["a"])];
  const spec = beeswarmChart(
    explain(columns, [
      [5, 4, 3, 2, 1, 0],
      [0, 0, 0, 0, 0, 0.5],
    ]),
  );
  const dots = readDots(spec);
  expect(readRows(spec).map(({ label }) => label)).toEqual(["x", "kind"]);
  expect(dots.slice(0, 6).map(({ amount, colour }) => [amount, colour])).toEqual([
    [0, others],
    [1, ramp[4]],
    [2, ramp[3]],
    [3, ramp[2]],
    [4, ramp[1]],
    [5, ramp[0]],
  ]);
  expect(dots.slice(6).every(({ colour }) => colour === others)).toBe(true);
  expect(dots[1].tip).toBe("x: 50, +1.00");
  expect(spec.description).toBe(
    "Dots show the contributions to the prediction, in log-odds. All features, a dot for each case. x from no effect to +5.00; kind from no effect to +0.50.",
  );
});

test("equal values share the middle colour", () => {
  const dots = readDots(beeswarmChart(explain([numericColumn("x", [3, 3, 3])], [[1, 2, 3]])));
  expect(dots.map(({ colour }) => colour)).toEqual([ramp[2], ramp[2], ramp[2]]);
});

test("more cases than dots are thinned evenly, with the extremes, and the note says so", () => {
  const credit = creditExplanation(1000);
  const spec = beeswarmChart(credit, { top: 5, maxDots: 500 });
  const dots = readDots(spec);
  expect(dots).toHaveLength(500);
  const strongest = credit.importance()[0].feature;
  const all = Array.from({ length: 1000 }, (_, row) => credit.value(row, credit.featureNames.indexOf(strongest)));
  expect(dots[0].amount).toBe(Math.min(...all));
  expect(dots[99].amount).toBe(Math.max(...all));
  expect(readHeading(spec).note).toBe("5 most important of 15 features, 100 of 1000 cases each, evenly picked from lowest to highest");
});

test("refuses a number of dots that no one can see", () => {
  const message = "beeswarmChart: maxDots must be a whole number from 100 to 20000; got 10. Leave it out for 2000.";
  expect(() => beeswarmChart(creditExplanation(10), { maxDots: 10 })).toThrow(inputError(message));
});
