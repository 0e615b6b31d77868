import { describe, expect, it } from "vitest";
import { groupByScore, splitIntoBins } from "../../../src/quality/score-groups.ts";

describe("groupByScore", () => {
  it("gathers rows by equal prediction, ascending", () => {
    const groups = groupByScore(Float64Array.of(1, 0, 1, 1, 0), Float64Array.of(0.7, 0.2, 0.7, 0.2, 0.1));
    expect(groups).toEqual({
      scores: Float64Array.of(0.1, 0.2, 0.7),
      counts: Float64Array.of(1, 2, 2),
      events: Float64Array.of(0, 1, 2),
      numRows: 5,
      numEvents: 3,
    });
  });

  it("takes 0 and -0 for the same prediction", () => {
    expect(groupByScore(Float64Array.of(1, 0), Float64Array.of(0, -0)).counts).toEqual(Float64Array.of(2));
  });
});

describe("splitIntoBins", () => {
  it("makes bins of nearly equal size", () => {
    expect(
      sizes(
        Array.from({ length: 25 }, () => 1),
        10,
      ),
    ).toEqual([3, 2, 3, 2, 3, 2, 3, 2, 3, 2]);
  });

  it("never cuts a group in two", () => {
    expect(sizes([1, 95, 4], 10)).toEqual([96, 4]);
  });

  it("makes no empty bin when rows are fewer than bins", () => {
    expect(sizes([1, 1, 1], 10)).toEqual([1, 1, 1]);
  });
});

function sizes(counts: number[], bins: number): number[] {
  return splitIntoBins(Float64Array.from(counts), bins).map(({ from, to }) =>
    counts.slice(from, to).reduce((total, count) => total + count, 0),
  );
}
