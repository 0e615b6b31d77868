import { expect, test } from "vitest";
import { writeEstimate, writePercentRange, writeRange, writeValue } from "../../../src/report/estimates.ts";
import type { Interval, Metric } from "../../../src/quality/index.ts";
import { savingTile, writeSaving } from "../../../src/report/saving.ts";

const space = "\u00a0";
const minus = "\u2212";

function interval(low: number, high: number): Interval {
  return { low, high, level: 0.95, method: "test" };
}

function saving(value: number, range: Interval | null): Metric {
  return { name: "logLossSkill", label: "", value, interval: range, baseline: 0, ideal: 1, higherIsBetter: true, explanation: "" };
}

test("value and interval are of one precision, and ends that differ read so", () => {
  expect(writeEstimate(0.7412, interval(0.66, 0.83))).toBe("0.74 (0.66 to 0.83)");
  expect(writeEstimate(0.9996, interval(0.9981, 0.9999))).toBe("1.000 (0.998 to 1.000)");
  expect(writeRange(interval(0.9981, 0.9999))).toBe("0.998 to 1.000");
  expect(writeEstimate(-1754, interval(-3012, 204), "$")).toBe(`${minus}$${space}1750 (${minus}3010 to 200)`);
});

test("dust beside a wide interval reads as zero", () => {
  expect(writeValue(-1.2e-10, interval(-310, 310), "€")).toBe(`≈ €${space}0`);
  expect(writeValue(0.5, null)).toBe("0.50");
});

test("ranges of shares take their decimals by size, whatever the sign", () => {
  expect(writePercentRange(interval(0.25, 0.36))).toBe(`25${space}% to 36${space}%`);
  expect(writePercentRange(interval(-0.57, -0.3))).toBe(`${minus}57${space}% to ${minus}30${space}%`);
  expect(writePercentRange(interval(-0.02, 0.05))).toBe(`${minus}2.0${space}% to 5.0${space}%`);
});

test("a saving says less or more, and its interval with it", () => {
  expect(writeSaving(saving(0.17, interval(0.1, 0.24)))).toBe(`17${space}% (10${space}% to 24${space}%) less error`);
  expect(writeSaving(saving(-0.06, interval(-0.097, -0.024)))).toBe(`6.0${space}% (2.4${space}% to 9.7${space}%) more error`);
  expect(writeSaving(saving(0.03, interval(-0.052, 0.112)))).toBe(`3${space}% less error (between 5${space}% more and 11${space}% less)`);
  expect(writeSaving(saving(-0.57, interval(-1.2, 0.05)))).toBe(`57${space}% more error (between 120${space}% more and 5${space}% less)`);
  expect(writeSaving(saving(-0.57, null))).toBe(`57${space}% more error`);
});

test("a saving's tile is named by its sign", () => {
  expect(savingTile(saving(-0.06, interval(-0.097, -0.024)), "the same percentage for all")).toEqual({
    label: "More error than the same percentage for all (log loss)",
    value: `6.0${space}%`,
    note: `2.4${space}% to 9.7${space}%; 0${space}% is no gain`,
  });
  expect(savingTile(saving(0.17, null), "the same percentages for all")).toEqual({
    label: "Less error than the same percentages for all (log loss)",
    value: `17${space}%`,
    note: `0${space}% is no gain, 100${space}% is perfect`,
  });
});
