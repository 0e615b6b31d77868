import { describe, expect, it } from "vitest";
import { predictionBins } from "../../../src/quality/index.ts";
import { expectClose, messageOf } from "./expect-close.ts";

const response = Float64Array.of(9, 2, 4, 7, 7);
const predictions = Float64Array.of(8, 1, 3, 6, 6);

describe("predictionBins", () => {
  it("compares means in ascending bins of neighbouring predictions", () => {
    const bins = predictionBins(response, predictions, { bins: 3 });
    expect(bins.map(({ numRows, meanPredicted, meanObserved }) => [numRows, meanPredicted, meanObserved])).toEqual([
      [2, 2, 3],
      [2, 6, 7],
      [1, 8, 9],
    ]);
    // The standard error of the mean of 2 and 4 is 1; one rounding of 1e-16.
    expectClose(bins[0].interval?.low, 3 - 1.959963984540054, 1e-15);
    expectClose(bins[0].interval?.high, 3 + 1.959963984540054, 1e-15);
  });

  it("gives no interval for equal or single observations", () => {
    const [, equal, single] = predictionBins(response, predictions, { bins: 3 });
    expect([equal.interval, single.interval]).toEqual([null, null]);
  });

  it("refuses bins that are not a whole number", () => {
    expect(messageOf(() => predictionBins(response, predictions, { bins: -1 }))).toBe(
      "InputError: predictionBins: bins must be a whole number of at least 1; got -1. Leave it out for 10 bins.",
    );
  });
});
