import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ScoreLink } from "../../src/report/reported-model.ts";
import { toResponseScale } from "../../src/report/response-scale.ts";
import { Explanation } from "../../src/shap/index.ts";
import { Table } from "../../src/table/index.ts";

/** Rounding of sums of a dozen numbers up to e^6 that are stretched by a quotient of differences: each step errs by 1e-16 of its size. */
const ROUNDING = 1e-9;

const logistic: ScoreLink = { units: "log-odds", scoresAre: "not percentages", apply: (raw) => raw.map((x) => 1 / (1 + Math.exp(-x))) };
const exponential: ScoreLink = { units: "log of the mean", scoresAre: "logarithms", apply: (raw) => raw.map(Math.exp) };

const scores = fc.double({ min: -1, max: 1, noNaN: true });
const rows = fc.record({
  base: fc.double({ min: -2, max: 2, noNaN: true }),
  contributions: fc.array(fc.array(scores, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
});

function rawExplanation({ base, contributions }: { base: number; contributions: readonly (readonly number[])[] }): Explanation {
  const columns = Object.fromEntries([0, 1, 2, 3].map((j) => [`x${j}`, contributions.map((row) => row[j])]));
  const data = Table.fromColumns(columns);
  return new Explanation({
    values: Float64Array.from(contributions.flat()),
    baseValues: new Float64Array(contributions.length).fill(base),
    predictions: Float64Array.from(contributions, (row) => row.reduce((sum, value) => sum + value, base)),
    data,
    features: data.columnNames.map((name) => ({ name, label: name, columns: [name] })),
    outputNames: ["output"],
    scale: "raw",
    units: "",
    method: "test",
    background: null,
    warnings: [],
  });
}

test.each([logistic, exponential])("on the response scale base value and contributions add up to the prediction: $units", (link) => {
  fc.assert(
    fc.property(rows, (raw) => {
      const shown = toResponseScale(rawExplanation(raw), link);
      for (const residual of shown.additivityResiduals) expect(Math.abs(residual)).toBeLessThanOrEqual(ROUNDING);
    }),
  );
});

test("signs and proportions within a row stay", () => {
  fc.assert(
    fc.property(rows, (raw) => {
      const before = rawExplanation(raw);
      const after = toResponseScale(before, logistic);
      for (let i = 0; i < before.numRows; i++) {
        for (let j = 0; j < 4; j++) {
          // Products of pairs instead of quotients, which small numbers would blow up.
          const difference = after.value(i, j) * before.value(i, 0) - before.value(i, j) * after.value(i, 0);
          expect(Math.abs(difference)).toBeLessThanOrEqual(ROUNDING);
          expect(Math.sign(after.value(i, j)) * Math.sign(before.value(i, j))).toBeGreaterThanOrEqual(0);
        }
      }
    }),
  );
});

test("a row at the base score takes the slope of the link", () => {
  const shown = toResponseScale(rawExplanation({ base: 0, contributions: [[0.5, -0.5, 0, 0]] }), logistic);
  // The slope of the logistic at 0 is 1/4; the central difference errs by 1e-10.
  expect(Math.abs(shown.value(0, 0) - 0.125)).toBeLessThan(1e-9);
  expect(shown.predictions[0]).toBe(0.5);
});

test("the rescaled explanation says what it is; an identity link changes nothing", () => {
  const raw = rawExplanation({ base: 1, contributions: [[1, 2, 3, 4]] });
  expect(toResponseScale(raw, logistic)).toMatchObject({ scale: "response", method: "test, rescaled to the response" });
  const same = toResponseScale(raw, { units: "", scoresAre: null, apply: (values) => values });
  expect([...same.values]).toEqual([1, 2, 3, 4]);
  expect(same.method).toBe("test");
});
