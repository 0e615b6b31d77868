import { describe, expect, it } from "vitest";
import { areaUnderRoc, measureClasses, wilsonInterval } from "../../../src/quality/index.ts";
import { expectClose } from "./expect-close.ts";

/** A handful of roundings of 1e-16. */
const ROUNDING = 1e-15;
const response = Float64Array.of(0, 0, 1, 1);
const predictions = Float64Array.of(0.7, 0.2, 0.1, 0.3, 0.6, 0.1, 0.4, 0.4, 0.2, 0.1, 0.8, 0.1);

describe("measureClasses", () => {
  const found = measureClasses(response, predictions, 3);

  it("names the most probable class, the first of equals", () => {
    expect(found.confusion).toEqual([
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    expect(found.accuracy).toEqual({ value: 0.5, interval: wilsonInterval(2, 4) });
    expect(found.baselineAccuracy).toBe(0.5);
  });

  it("gives a class that is told apart wholly an area of exactly 1, without an interval", () => {
    // 49 rows against 60: sums of forty-ninths do not come to 1 in doubles.
    const rows = Array.from({ length: 109 }, (_, row) => (row < 49 ? 0 : 1));
    const shares = rows.flatMap((actual, row) => (actual === 0 ? [0.9 - row / 1000, 0.1 + row / 1000] : [row / 1000, 1 - row / 1000]));
    const { classes } = measureClasses(Float64Array.from(rows), Float64Array.from(shares), 2);
    for (const { areaUnderRoc: area } of classes) expect(area).toEqual({ value: 1, standardError: 0, interval: null });
  });

  it("measures each class against the rest, and leaves out a class without rows", () => {
    const [first, second, third] = found.classes;
    expect(third).toEqual({ index: 2, numRows: 0, numPredicted: 0, recall: null, precision: null, areaUnderRoc: null });
    expect(first.areaUnderRoc).toEqual(areaUnderRoc(Float64Array.of(1, 1, 0, 0), Float64Array.of(0.7, 0.3, 0.4, 0.1)));
    expect(second.recall).toEqual({ value: 0.5, interval: wilsonInterval(1, 2) });
    expectClose(found.macroAreaUnderRoc, (3 / 4 + 3 / 4) / 2, ROUNDING);
  });

  it("compares log loss with the shares of the classes", () => {
    expectClose(found.logLoss.value, -(Math.log(0.7) + Math.log(0.3) + Math.log(0.4) + Math.log(0.8)) / 4, ROUNDING);
    expectClose(found.logLoss.baseline, Math.log(2), ROUNDING);
  });

  it("bounds the loss of a class that the model ruled out", () => {
    const { logLoss } = measureClasses(Float64Array.of(0, 1), Float64Array.of(1, 0, 1, 0), 2);
    expectClose(logLoss.value, (52 * Math.log(2)) / 2, ROUNDING);
    expect(logLoss.warnings[0].name).toBe("certain-and-wrong");
  });
});
