import { expect, describe, it } from "vitest";
import { liftTable } from "../../../src/quality/index.ts";
import { expectClose, messageOf } from "./expect-close.ts";

/** A handful of roundings of 1e-16. */
const ROUNDING = 1e-15;

describe("liftTable", () => {
  const y = Float64Array.of(1, 1, 0, 1, 0, 0, 0, 0);
  const p = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5, 0.3, 0.2, 0.1);

  it("goes from the highest predictions down", () => {
    const [first, second, ...rest] = liftTable(y, p, { groups: 4 });
    expect(first).toMatchObject({ group: 1, numRows: 2, numEvents: 2, lowestPrediction: 0.8, rate: 1, cumulativeShare: 0.25 });
    expectClose(first.meanPredicted, 0.85, ROUNDING);
    expectClose(first.lift, 8 / 3, ROUNDING);
    expectClose(first.cumulativeCaptured, 2 / 3, ROUNDING);
    expectClose(first.cumulativeLift, 8 / 3, ROUNDING);
    expectClose(second.lift, 4 / 3, ROUNDING);
    expectClose(second.cumulativeLift, 2, ROUNDING);
    expect(rest.map((group) => group.cumulativeCaptured)).toEqual([1, 1]);
  });

  it("keeps ties together and makes ten groups unless told otherwise", () => {
    const scores = Float64Array.from({ length: 20 }, (_, i) => (i < 5 ? 0.9 : 0.5 - i / 50));
    const outcomes = scores.map((_, i) => (i % 4 === 0 ? 1 : 0));
    expect(liftTable(outcomes, scores).map((group) => group.numRows)).toEqual([5, 1, 2, 2, 2, 2, 2, 2, 2]);
  });

  it("refuses groups that are not a whole number", () => {
    expect(messageOf(() => liftTable(y, p, { groups: 2.5 }))).toBe(
      "InputError: liftTable: groups must be a whole number of at least 1; got 2.5. Leave it out for 10 groups.",
    );
  });
});
