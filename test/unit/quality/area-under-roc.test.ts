import { describe, expect, it } from "vitest";
import { areaUnderRoc, gini } from "../../../src/quality/index.ts";
import { expectClose, messageOf } from "./expect-close.ts";

/** A handful of roundings of 1e-16. */
const ROUNDING = 1e-15;

describe("areaUnderRoc", () => {
  it("counts the pairs that are ranked rightly, ties one half", () => {
    const y = Float64Array.of(0, 0, 1, 1, 0);
    const p = Float64Array.of(0.1, 0.4, 0.4, 0.8, 0.6);
    // 0.4 beats 0.1 and ties 0.4; 0.8 beats all three: 1.5 + 3 of 6 pairs.
    expectClose(areaUnderRoc(y, p).value, 4.5 / 6, ROUNDING);
  });

  it("takes the interval on the logit scale", () => {
    const y = Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1);
    const p = Float64Array.of(0.1, 0.3, 0.35, 0.4, 0.5, 0.6, 0.65, 0.9);
    const { value, standardError, interval } = areaUnderRoc(y, p);
    const half = (1.959963984540054 * (standardError ?? Number.NaN)) / (value * (1 - value));
    // Taking the logit of ends that were made by its inverse costs a few digits.
    expectClose(interval && logit(interval.low), logit(value) - half, 1e-13);
    expectClose(interval && logit(interval.high), logit(value) + half, 1e-13);
    expect(interval).toMatchObject({ level: 0.95, method: "DeLong, on the logit scale" });
  });

  it("gives no interval for a perfect ranking, whose variance is zero", () => {
    expect(areaUnderRoc(Float64Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.2, 0.3, 0.4))).toEqual({
      value: 1,
      standardError: 0,
      interval: null,
    });
  });

  it("gives no interval for one prediction for all", () => {
    expect(areaUnderRoc(Float64Array.of(0, 0, 1, 1), Float64Array.of(0.5, 0.5, 0.5, 0.5))).toEqual({
      value: 0.5,
      standardError: 0,
      interval: null,
    });
  });

  it("gives no error with a single row of a class", () => {
    expect(areaUnderRoc(Float64Array.of(0, 0, 1), Float64Array.of(0.1, 0.5, 0.4))).toEqual({
      value: 0.5,
      standardError: null,
      interval: null,
    });
  });

  it("names itself in errors", () => {
    expect(messageOf(() => areaUnderRoc(Float64Array.of(1, 1), Float64Array.of(0.1, 0.2)))).toBe(
      "InputError: areaUnderRoc: response must be a mix of 0 and 1; got 1 in all 2 rows. Use data that has rows with the event and rows without it.",
    );
  });
});

describe("gini", () => {
  it("is twice the area less one, with its interval and error", () => {
    const y = Float64Array.of(0, 1, 0, 1, 0, 1);
    const p = Float64Array.of(0.1, 0.3, 0.35, 0.4, 0.5, 0.6);
    const area = areaUnderRoc(y, p);
    const found = gini(y, p);
    expect(found.value).toBe(2 * area.value - 1);
    expect(found.standardError).toBe(2 * (area.standardError ?? Number.NaN));
    expect(found.interval?.low).toBe(2 * (area.interval?.low ?? Number.NaN) - 1);
    expect(found.interval?.high).toBe(2 * (area.interval?.high ?? Number.NaN) - 1);
  });

  it("has no interval where the area has none", () => {
    expect(gini(Float64Array.of(0, 0, 1), Float64Array.of(0.1, 0.5, 0.4))).toEqual({ value: 0, standardError: null, interval: null });
  });
});

function logit(probability: number): number {
  return Math.log(probability / (1 - probability));
}
