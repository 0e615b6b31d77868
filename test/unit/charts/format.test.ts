import { expect, test } from "vitest";
import {
  cellText,
  decimalsFor,
  formatCount,
  formatNumber,
  formatPercent,
  formatSigned,
  formatSize,
  formatterOf,
  withUnit,
} from "../../../src/charts/index.ts";
import { levelColumn, numericColumn } from "./credit.ts";

test.each([
  [[], 0],
  [[0, 0], 0],
  [[1.43, 0.2], 2],
  [[0.82], 2],
  [[0.082], 3],
  [[34.2, 0.001], 1],
  [[134], 0],
  [[-1430], -1],
  [[99.96], 0],
  [[NaN, 2, Infinity], 2],
])("the numbers %j take %d decimals", (values, decimals) => {
  expect(decimalsFor(values)).toBe(decimals);
});

test.each([
  [0, "0"],
  [0.5, "0.5"],
  [-0.5, "−0.5"],
  [1.4349, "1.43"],
  [30, "30"],
  [9999, "10\u202f000"],
  [1234, "1230"],
  [-1_234_567, "−1\u202f230\u202f000"],
  [1.5e-7, "1.5\u00a0×\u00a010⁻⁷"],
  [-2e21, "−2\u00a0×\u00a010²¹"],
  [Infinity, "∞"],
  [-Infinity, "−∞"],
  [NaN, "unknown"],
])("%d alone reads %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test("in a list all numbers have its decimals, and one that they round away says so", () => {
  expect([1.5, 0.25, 0.001, -0.001, 0].map((value) => formatNumber(value, 2))).toEqual(["1.50", "0.25", "≈ 0", "≈ 0", "0"]);
  expect(formatNumber(1234, -2)).toBe("1200");
});

test("contributions carry a sign, and none is no effect", () => {
  expect([0.61, -0.61, 0, 0.001, -0.001].map((value) => formatSigned(value, 2))).toEqual(["+0.61", "−0.61", "no effect", "≈ 0", "≈ 0"]);
  expect([0.61, -0.61, 0].map((value) => formatSize(value, 2))).toEqual(["0.61", "0.61", "no effect"]);
});

test("counts stand in full", () => {
  expect([1, 2].map((count) => formatCount(count, "case", "cases"))).toEqual(["1 case", "2 cases"]);
  expect([0, 999, 1000, 12_345, 1_234_567].map((count) => formatCount(count))).toEqual([
    "0",
    "999",
    "1000",
    "12\u202f345",
    "1\u202f234\u202f567",
  ]);
});

test("shares read as per cents", () => {
  expect([0, 0.0249, 0.0995, 0.28, 1].map((share) => formatPercent(share))).toEqual([
    "0\u00a0%",
    "2.5\u00a0%",
    "10\u00a0%",
    "28\u00a0%",
    "100\u00a0%",
  ]);
  expect(formatPercent(0.025, 0)).toBe("3\u00a0%");
  expect([-0.57, -0.057].map((share) => formatPercent(share))).toEqual(["−57\u00a0%", "−5.7\u00a0%"]);
});

test("currency signs stand before the number, other units behind it", () => {
  expect(withUnit("7400", "€")).toBe("€\u00a07400");
  expect(withUnit("48", "months")).toBe("48\u00a0months");
  expect(withUnit("48", "")).toBe("48");
  expect(withUnit("48", undefined)).toBe("48");
  expect(["−1750", "+12", "≈ 0"].map((text) => withUnit(text, "$"))).toEqual(["−$\u00a01750", "+$\u00a012", "≈ $\u00a00"]);
  expect(withUnit("−1750", "kg")).toBe("−1750\u00a0kg");
});

test("a cell reads in the user's words", () => {
  const amount = numericColumn("amount", [7412, 12_345.678, 0.123_456, NaN, -3], { unit: "€" });
  expect([0, 1, 2, 3, 4].map((row) => cellText(amount, row))).toEqual([
    "€\u00a07412",
    "€\u00a012\u202f346",
    "€\u00a00.12",
    "missing",
    "−€\u00a03",
  ]);
  expect(cellText(numericColumn("year", [1998]), 0)).toBe("1998");
  const status = levelColumn("status", [0, 1, -1], ["A11", "constructor"], { levels: { A11: "overdrawn" } });
  expect([0, 1, 2].map((row) => cellText(status, row))).toEqual(["overdrawn", "constructor", "missing"]);
});

test.each<[number[], string[]]>([
  [
    [1872, 2009, 1970.5],
    ["1872", "2009", "1971"],
  ],
  [
    [338, 15_857, 1234.56],
    ["338", "15\u202f857", "1235"],
  ],
  [
    [41.986_45, 42.063_98, NaN, Infinity],
    ["41.986", "42.064", "unknown", "∞"],
  ],
  [
    [1, 1 + 2e-9],
    ["1", "1.000000002"],
  ],
  [
    [1.5e-7, 2.5e-7],
    ["1.5\u00a0×\u00a010⁻⁷", "2.5\u00a0×\u00a010⁻⁷"],
  ],
  [[7.125], ["7.13"]],
])("the values %j of one column read %j", (values, texts) => {
  expect(values.map(formatterOf(Float64Array.from(values)))).toEqual(texts);
});
