import { describe, expect, test } from "vitest";
import { additivityWarnings } from "../../../src/shap/additivity.ts";
import { Explanation } from "../../../src/shap/index.ts";
import { Table } from "../../../src/table/index.ts";

/** Three rows of one feature whose sums are 1, with what is added to each prediction. */
function explain(misses: readonly number[]): Explanation {
  return new Explanation({
    values: Float64Array.of(0.75, 0.75, 0.75),
    baseValues: Float64Array.of(0.25, 0.25, 0.25),
    predictions: Float64Array.from(misses, (miss) => 1 + miss),
    data: Table.fromColumns({ x: [1, 2, 3] }),
    features: [{ name: "x", label: "x", columns: ["x"] }],
    outputNames: ["output"],
    scale: "raw",
    units: "",
    method: "test",
    background: null,
    warnings: [],
  });
}

describe("additivity", () => {
  test("rounding is no fault", () => {
    expect(additivityWarnings(explain([0, 2e-16, -1e-12]))).toEqual([]);
    // The bound is a billionth of what is summed: here of 2.
    expect(additivityWarnings(explain([0, 1.9e-9, 0]))).toEqual([]);
  });

  test("more than a billionth is, and the row that misses most is named", () => {
    expect(additivityWarnings(explain([1e-8, 0.5, 0])).map(({ message }) => message)).toEqual([
      "Base value and contributions do not add up to the prediction: row 1 misses by 0.5.",
    ]);
    expect(additivityWarnings(explain([0, 0, 3e-9]))).toHaveLength(1);
  });

  test("what is not even a number comes before any miss", () => {
    expect(additivityWarnings(explain([0.1, NaN, 0.5])).map(({ subjects }) => subjects)).toEqual([["row 1"]]);
  });
});
