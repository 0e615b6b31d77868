import { expect, test } from "vitest";
import { layOutAxis, padRange } from "../../../src/charts/axis.ts";

test("ticks stand at round numbers, about one every 60 pixels", () => {
  expect(layOutAxis(-0.52, 1.04, 300)).toEqual({
    domain: [-0.52, 1.04],
    ticks: [-0.5, 0, 0.5, 1],
    format: ".1f",
    labels: ["−0.5", "0.0", "0.5", "1.0"],
  });
  expect(layOutAxis(0, 0.35, 600).ticks).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
});

test("ticks can keep clear of the ends", () => {
  expect(layOutAxis(0, 100, 300, { clear: 20 }).ticks).toEqual([20, 40, 60, 80]);
});

test("long labels side by side stand further apart, one above the other they do not", () => {
  const flat = layOutAxis(0, 100_000_000, 600);
  expect(flat.labels).toEqual([
    "0",
    "20\u202f000\u202f000",
    "40\u202f000\u202f000",
    "60\u202f000\u202f000",
    "80\u202f000\u202f000",
    "100\u202f000\u202f000",
  ]);
  expect(flat.format).toBe(",.0f");
  expect(layOutAxis(0, 100_000_000, 600, { upright: true }).ticks).toHaveLength(11);
});

test("huge and tiny steps are written as powers", () => {
  expect(layOutAxis(0, 5e9, 300).format).toBe(".2~e");
  expect(layOutAxis(0, 1e-7, 300).format).toBe(".2~e");
});

test("a padded range leaves so many pixels at its ends", () => {
  expect(padRange(0, 10, 120, 10, 10)).toEqual([-1, 11]);
  expect(padRange(0, 10, 100, 0, 0)).toEqual([0, 10]);
});

test("a range of one number is widened", () => {
  expect(padRange(0.1 + 0.2, 0.3, 100, 0, 0)).toEqual([0.3 - 1, 1.3].map((end) => expect.closeTo(end, 9)));
  expect(padRange(3, 3, 100, 0, 0)).toEqual([2, 4]);
  expect(padRange(-5000, -5000, 100, 0, 0)).toEqual([-5050, -4950]);
});

test("a short axis sets its ticks closer together before it has fewer than three", () => {
  expect(layOutAxis(16, 97, 250).ticks).toEqual([20, 40, 60, 80]);
});
