import { describe, expect, test } from "vitest";
import { excessOfErrors, readTolerance, type Tolerance } from "../../../../src/shap/kernel-shap/tolerance.ts";
import { messageOf } from "../../../support/message-of.ts";

const values = Float64Array.of(4, -2, 1);
const errors = Float64Array.of(0.3, 0.1, 0.2);

describe("how far errors are from what is asked", () => {
  test.each<[Tolerance, number]>([
    [{ absolute: 0.1 }, 3],
    [{ relative: 0.1 }, 0.3 / (0.1 * 6)],
    [{ relative: 0.1, absolute: 0.1 }, 3],
    [{ topFeatures: 1 }, (1.959963984540054 * Math.hypot(0.3, 0.1)) / 2],
    [{ topFeatures: 2 }, (1.959963984540054 * Math.hypot(0.1, 0.2)) / 1],
    [{ topFeatures: 3 }, 0],
  ])("%j", (tolerance, excess) => {
    expect(excessOfErrors(tolerance, values, errors)).toBeCloseTo(excess, 12);
  });

  test("nothing is left where there are no errors", () => {
    expect(excessOfErrors({ relative: 1e-9 }, new Float64Array(3), new Float64Array(3))).toBe(0);
  });
});

describe("wrong tolerances", () => {
  test.each<[unknown, string]>([
    ["1 %", 'tolerance must be a number or an object; got "1 %"'],
    [-1, "tolerance.relative must be a number above 0; got -1"],
    [{}, 'tolerance must be made of "relative", "absolute", "topFeatures"; got "none of them"'],
    [{ share: 1 }, 'tolerance must be made of "relative", "absolute", "topFeatures"; got "share"'],
    [{ topFeatures: 1.5 }, "tolerance.topFeatures must be a whole number of at least 1; got 1.5"],
    [{ absolute: NaN }, "tolerance.absolute must be a number above 0; got NaN"],
  ])("%j", (tolerance, message) => {
    expect(messageOf(() => readTolerance(tolerance))).toContain(`kernelShap: ${message}. Give a share such as 0.01`);
  });
});
