import { expect, test } from "vitest";
import type { CaseRole } from "../../../src/report/cases.ts";
import { chooseCases } from "../../../src/report/cases.ts";
import { gatherFacts } from "../../../src/report/facts.ts";
import type { Facts } from "../../../src/report/facts.ts";
import { sampleRows } from "../../../src/report/sample-rows.ts";
import type { Table } from "../../../src/table/index.ts";
import { classReport, countReport, creditReport, numberReport, openReport } from "../../support/report-cases.ts";

const credit = gatherFacts(creditReport());

/** Rows of the highest and the lowest prediction, of the largest miss, and of the smallest. */
function extremesOf(table: Table, { predictions, response }: Facts): number[] {
  const rows = Array.from({ length: table.numRows }, (_, row) => row);
  const byPrediction = rows.toSorted((a, b) => predictions[b] - predictions[a]);
  const miss = (row: number): number => Math.abs(predictions[row] - (response?.values[row] ?? NaN));
  const between = byPrediction.slice(1, -1).toSorted((a, b) => miss(b) - miss(a));
  return [byPrediction[0], byPrediction[byPrediction.length - 1], between[0], between[between.length - 1]];
}

function rolesOf(facts: Facts): string[] {
  return chooseCases(facts).map(({ role }) => role);
}

test("each kind of report shows its cases, in reading order and no row twice", () => {
  expect(rolesOf(credit)).toEqual(["typical", "high", "low", "borderline", "wrong"]);
  expect(rolesOf(gatherFacts(numberReport()))).toEqual(["typical", "high", "low", "torn", "wrong"]);
  expect(rolesOf(gatherFacts(countReport()))).toEqual(["typical", "high", "low", "torn", "wrong"]);
  expect(rolesOf(gatherFacts(classReport()))).toEqual(["typical", "high", "low", "torn", "wrong"]);
  expect(rolesOf(gatherFacts(openReport()))).toEqual(["typical", "high", "low", "borderline", "torn"]);
  for (const facts of [credit, gatherFacts(classReport())]) {
    const rows = chooseCases(facts).map(({ index }) => index);
    expect(new Set(rows).size).toBe(rows.length);
  }
});

test("the cases are what they are called", () => {
  const { predictions } = credit;
  const outcomes = credit.response?.values ?? new Float64Array();
  const rowOf = (role: string): number => chooseCases(credit).find((each) => each.role === role)?.index ?? -1;
  expect(predictions[rowOf("high")]).toBe(Math.max(...predictions));
  expect(predictions[rowOf("low")]).toBe(Math.min(...predictions));
  const misses = predictions.map((prediction, row) => Math.abs(prediction - outcomes[row]));
  expect(misses[rowOf("wrong")]).toBe(Math.max(...misses));
  const toThreshold = predictions.map((prediction) => Math.abs(prediction - 0.5));
  expect(toThreshold[rowOf("borderline")]).toBe(Math.min(...toThreshold));
});

test("of more than 10 000 rows the extreme ones are among the explained and the cases", () => {
  const { model, data, ...options } = numberReport();
  const table = data as Table;
  const numRows = 25_000;
  // All rows alike, but for three that an even pick passes over.
  const extremes = extremesOf(table, gatherFacts(numberReport()));
  const even = new Set(sampleRows(numRows, []));
  const places = [0, 9000, 18_000].map((start) => Array.from({ length: 5 }, (_, k) => start + k).find((row) => !even.has(row)));
  const picked = Array.from({ length: numRows }, (_, row) => extremes[places.includes(row) ? places.indexOf(row) : 3]);
  const facts = gatherFacts({ model, data: table.take(picked), ...options });
  expect(facts.rows.length).toBeGreaterThan(10_000);
  expect(facts.rows.length).toBeLessThanOrEqual(10_004);
  const rowOf = new Map(chooseCases(facts).map(({ role, index }) => [role, facts.rows[index]]));
  expect(["high", "low", "wrong"].map((role) => rowOf.get(role as CaseRole))).toEqual(places);
});

test("the threshold moves the borderline case", () => {
  const facts = gatherFacts({ ...creditReport(), threshold: 0.2 });
  const borderline = chooseCases(facts).find(({ role }) => role === "borderline");
  expect(Math.abs(facts.predictions[borderline?.index ?? -1] - 0.2)).toBeLessThan(0.01);
});

test("with fewer rows than roles there are as many cases as rows", () => {
  const { model, data } = openReport();
  const facts = gatherFacts({ title: "Two", model, data: (data as Facts["data"]).rows(0, 2) });
  expect(chooseCases(facts)).toHaveLength(2);
});

test("a case of several classes explains the predicted one", () => {
  const facts = gatherFacts(classReport());
  for (const { index, output } of chooseCases(facts)) {
    const row = facts.predictions.subarray(3 * index, 3 * index + 3);
    expect(row[output]).toBe(Math.max(...row));
  }
});
